"""Measure where the detector's points lie in the training chips: the points of `vision.template`.

The training chips were aligned by another detector's five points. Each is put back into a frame
(its border repeated, at several sizes), found with the app's own detector, and its points carried
into the chip: their medians, made symmetric, are the template that keeps the training geometry.
What is left between the two geometries is the jitter that training should imitate.

    python benchmarks/align_template.py [--chips ../shared/faces/train] [--count 400]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from faceapp.types import CHIP_SIZE_PX, F32, U8, RangeMode
from faceapp.vision.detect import Detector, open_detector
from faceapp.vision.geometry import estimate_similarity
from faceapp.vision.template import POINTS, TEMPLATE, WEIGHTS

ROOT = Path(__file__).resolve().parents[1]

FRAME_PX = 640
PADDING_PX = 40
SHARES = (0.4, 0.25, 0.15)  # of the frame's side, between the ears
EARS_PX = 80.0  # in a chip
SOURCES = ("wild", "utk200")  # those whose originals were as large as the chip or larger

# Where a shift of the alignment is felt: eyes, nose and mouth.
PROBES = np.array([[38.0, 52.0], [74.0, 52.0], [56.0, 72.0], [56.0, 92.0]])


def chips_of(folder: Path, source: str, count: int, seed: int) -> Iterator[U8]:
    """Read ``count`` chips of one source, picked by chance, uint8 (112, 112, 3) RGB."""
    index = np.load(folder / "index.npz")
    rows = np.flatnonzero((index["source"] == source) & (index["scale"] >= 1.0))
    shards = {
        n: np.memmap(folder / f"chips-{n:02d}.bin", mode="r") for n in np.unique(index["shard"])
    }
    for row in np.random.default_rng(seed).permutation(rows)[:count]:
        start = int(index["offset"][row])
        packed = shards[index["shard"][row]][start : start + int(index["length"][row])]
        yield np.asarray(cv2.imdecode(np.asarray(packed), cv2.IMREAD_COLOR_RGB), np.uint8)


def framed(chip: U8, share: float, random: np.random.Generator) -> tuple[U8, float, F32]:
    """Put a chip into a frame; also frame px per chip px and where the chip's (0, 0) lies."""
    padded = cv2.copyMakeBorder(chip, *(PADDING_PX,) * 4, cv2.BORDER_REPLICATE)
    side = min(FRAME_PX, round(FRAME_PX * share / EARS_PX * padded.shape[0]))
    scale = side / padded.shape[0]
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    small = cv2.resize(padded, (side, side), interpolation=method)
    mask = np.zeros((side, side), np.float32)
    rim = side // 10
    mask[rim:-rim, rim:-rim] = 1.0
    soft = cv2.GaussianBlur(mask, (0, 0), rim / 2.5)[..., None]
    left, top = random.integers(0, FRAME_PX - side + 1, 2)
    frame = np.empty((FRAME_PX, FRAME_PX, 3), np.float32)
    frame[:] = np.linspace(70.0, 170.0, FRAME_PX)[:, None, None]
    part = frame[top : top + side, left : left + side]
    part[:] = part * (1.0 - soft) + small * soft
    origin = np.array([left, top]) + (PADDING_PX + 0.5) * scale - 0.5
    return frame.astype(np.uint8), scale, origin.astype(np.float32)


def points_in_chips(detector: Detector, chips: list[U8], share: float) -> F32:
    """Find every chip in a frame, also mirrored; the points in its own px, float32 (N, 4, 2)."""
    random = np.random.default_rng(int(share * 100))
    found = []
    for chip in chips:
        for mirrored in (False, True):
            frame, scale, origin = framed(chip[:, ::-1] if mirrored else chip, share, random)
            faces = detector.detect(frame)
            if len(faces) != 1:
                continue
            points = (faces[0].landmarks[list(POINTS)] - origin) / scale
            found.append(mirror(points) if mirrored else points)
    return np.array(found, np.float32)


def mirror(points: F32) -> F32:
    """Mirror points (4, 2) of a chip: x turned round, the eyes exchanged."""
    turned = points.copy()
    turned[:, 0] = CHIP_SIZE_PX - 1 - turned[:, 0]
    return turned[[1, 0, 2, 3]]


def robust_deviation(values: F32) -> float:
    """Estimate a standard deviation that a few gross errors do not move."""
    return float(1.4826 * np.median(np.abs(values - np.median(values))))


def print_jitter(label: str, points: F32, template: F32) -> None:
    """Print how far the alignment by ``points`` (N, 4, 2) stays from the chips' own."""
    matrices = np.array([estimate_similarity(one, template, WEIGHTS) for one in points])
    centre = np.array([55.5, 55.5])
    shift = matrices[:, :, :2] @ centre + matrices[:, :, 2] - centre
    turn = np.degrees(np.arctan2(matrices[:, 1, 0], matrices[:, 0, 0]))
    size = np.log(np.hypot(matrices[:, 0, 0], matrices[:, 1, 0]))
    moved = np.einsum("nij,kj->nki", matrices[:, :, :2], PROBES) + matrices[:, None, :, 2]
    miss = np.linalg.norm(moved - PROBES, axis=2).mean(axis=1)
    cells = [
        f"{robust_deviation(v):6.3f} /{v.std():6.3f}"
        for v in (shift[:, 0], shift[:, 1], turn, size)
    ]
    print(
        f"{label:24s} {len(points):5d}  "
        + "  ".join(cells)
        + f"   {np.median(miss):5.2f} {np.percentile(miss, 95):6.2f}"
    )


def main() -> None:
    """Print the template and the jitter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chips", type=Path, default=ROOT.parent / "shared/faces/train")
    parser.add_argument("--count", type=int, default=400, help="chips of each source")
    asked = parser.parse_args()
    detector = open_detector(RangeMode.NEAR, ROOT / "models")
    points: dict[tuple[str, float], F32] = {}
    for source in SOURCES:
        chips = list(chips_of(asked.chips, source, asked.count, seed=1))
        for share in SHARES:
            points[source, share] = points_in_chips(detector, chips, share)
    detector.close()
    every = np.concatenate(list(points.values()))
    median = np.median(every, axis=0)
    measured = ((median + mirror(median)) / 2.0).astype(np.float32)
    print("points:", ", ".join(point.name.lower() for point in POINTS))
    print("median:", np.round(median, 2).tolist())
    print("made symmetric:", np.round(measured, 2).tolist())
    print("TEMPLATE in faceapp.vision.template:", np.round(TEMPLATE, 2).tolist())
    print("\nresidual against the chips' own geometry, robust / plain standard deviation")
    print(
        "source, ears/frame         chips   dx px           dy px           turn deg  "
        "      log scale         miss px: median, 95 %"
    )
    for (source, share), found in points.items():
        print_jitter(f"{source} {share}", found, TEMPLATE)
    print_jitter("all", every, TEMPLATE)


if __name__ == "__main__":
    main()
