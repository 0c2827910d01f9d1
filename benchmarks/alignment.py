"""Where the app's points lie in the training chips, for the points of `vision.template`.

The chips of ../shared/faces/train were aligned by another detector's five points. Each is put back
into a frame (its border repeated, at several sizes), found with the app's own detector, and its
points carried into the chip: their medians, made symmetric, are the template that keeps the
training geometry. What is left between the two geometries is the jitter that training should
imitate.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import cv2
import numpy as np

from benchmarks.measure import Figure
from benchmarks.scenes import SHARED, paste
from faceapp.paths import models_dir
from faceapp.training import chipset
from faceapp.types import CHIP_SIZE_PX, F32, U8, RangeMode
from faceapp.vision.detect import Detector, open_detector
from faceapp.vision.geometry import estimate_similarity
from faceapp.vision.template import POINTS, TEMPLATE, WEIGHTS

CHIPS = SHARED / "faces" / "train"
SOURCES = ("wild", "utk200")  # those whose originals were as large as the chip or larger
COUNT, SEED = 400, 1  # chips of each source
FRAME_PX = 640
PADDING_PX = 40
SHARES = (0.4, 0.25, 0.15)  # of the frame's side, between the ears
EARS_PX = 80.0  # in a chip
MIDDLE = np.full(2, (CHIP_SIZE_PX - 1) / 2.0)

# Where a shift of the alignment is felt: eyes, nose and mouth.
PROBES = np.array([[38.0, 52.0], [74.0, 52.0], [56.0, 72.0], [56.0, 92.0]])


def figures() -> Iterator[Figure]:
    """The points beside those of the template, and how far chips cut by it stay from the given."""
    if not CHIPS.is_dir():
        yield Figure(f"{CHIPS} is not there", "-")
        return
    points: dict[str, F32] = {}
    with closing(open_detector(RangeMode.NEAR, models_dir())) as detector:
        for source in SOURCES:
            chips = _chips(source)
            for share in SHARES:
                name = f"{source}, ears at {share:g} of the frame"
                points[name] = _points_in_chips(detector, chips, share)
    points["all"] = np.concatenate(list(points.values()))
    yield from _template(np.median(points["all"], axis=0))
    yield Figure("what is left: robust / plain standard deviation", "")
    for name, found in points.items():
        yield Figure(f"{name}, {len(found)} chips", _jitter(found))


def _chips(source: str) -> list[U8]:
    """Pick chips of one source by chance, uint8 (112, 112, 3) RGB."""
    index = np.load(CHIPS / "index.npz")
    rows = np.flatnonzero((index["source"] == source) & (index["scale"] >= 1.0))
    picked = np.random.default_rng(SEED).permutation(rows)[:COUNT]
    return list(map(chipset.decoder(CHIPS, picked), range(len(picked))))


def _points_in_chips(detector: Detector, chips: list[U8], share: float) -> F32:
    """Find every chip in a frame, also mirrored; the points in its own px, float32 (N, 4, 2)."""
    random = np.random.default_rng(int(share * 100))
    found = []
    for chip in chips:
        for mirrored in (False, True):
            frame, scale, origin = _framed(chip[:, ::-1] if mirrored else chip, share, random)
            faces = detector.detect(frame)
            if len(faces) != 1:
                continue
            points = (faces[0].landmarks[list(POINTS)] - origin) / scale
            found.append(_mirror(points) if mirrored else points)
    return np.array(found, np.float32)


def _framed(chip: U8, share: float, random: np.random.Generator) -> tuple[U8, float, F32]:
    """Put a chip into a frame; also frame px per chip px and where the chip's (0, 0) lies."""
    padded = cv2.copyMakeBorder(chip, *(PADDING_PX,) * 4, cv2.BORDER_REPLICATE)
    side = min(FRAME_PX, round(FRAME_PX * share / EARS_PX * padded.shape[0]))
    scale = side / padded.shape[0]
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(padded, (side, side), interpolation=method), np.uint8)
    left, top = random.integers(0, FRAME_PX - side + 1, 2)
    frame = np.empty((FRAME_PX, FRAME_PX, 3), np.float32)
    frame[:] = np.linspace(70.0, 170.0, FRAME_PX)[:, None, None]
    rim = side // 10
    paste(frame, small, (left, top), rim, rim / 2.5)
    origin = np.array([left, top]) + (PADDING_PX + 0.5) * scale - 0.5
    return frame.astype(np.uint8), scale, origin.astype(np.float32)


def _mirror(points: F32) -> F32:
    """Mirror points (4, 2) of a chip: x turned round, the eyes exchanged."""
    turned = points.copy()
    turned[:, 0] = CHIP_SIZE_PX - 1 - turned[:, 0]
    return turned[[1, 0, 2, 3]]


def _template(median: F32) -> Iterator[Figure]:
    """Compare the points (4, 2), made symmetric, with the template."""
    symmetric = (median + _mirror(median)) / 2.0
    for point, even, found, used in zip(POINTS, symmetric, median, TEMPLATE, strict=True):
        yield Figure(
            point.name.lower().replace("_", " "),
            f"{_told(even)} px (as found: {_told(found)}); in the template: {_told(used)}",
        )


def _told(point: F32) -> str:
    return f"{point[0]:.2f}, {point[1]:.2f}"


def _jitter(points: F32) -> str:
    """Say how far the alignment by ``points`` (N, 4, 2) stays from the chips' own."""
    matrices = np.array([estimate_similarity(one, TEMPLATE, WEIGHTS) for one in points])
    shift = matrices[:, :, :2] @ MIDDLE + matrices[:, :, 2] - MIDDLE
    turn = np.degrees(np.arctan2(matrices[:, 1, 0], matrices[:, 0, 0]))
    size = np.log(np.hypot(matrices[:, 0, 0], matrices[:, 1, 0]))
    moved = np.einsum("nij,kj->nki", matrices[:, :, :2], PROBES) + matrices[:, None, :, 2]
    miss = np.linalg.norm(moved - PROBES, axis=2).mean(axis=1)
    return (
        f"x {_spread(shift[:, 0])} px, y {_spread(shift[:, 1])} px, turn {_spread(turn)} deg, "
        f"log scale {_spread(size)}, off {np.median(miss):.2f} px "
        f"(95 %: {np.percentile(miss, 95):.2f})"
    )


def _spread(values: F32) -> str:
    """Say the standard deviation: as a few gross errors do not move it, and as it is."""
    robust = 1.4826 * np.median(np.abs(values - np.median(values)))
    return f"{robust:.3f} / {values.std():.3f}"
