"""How small a face the far detector finds in 1280x720, and what it costs.

Frames are made by pasting shrunken pictures of ../shared/faces/lfw-dev at random places; a face
counts as found when eyes, nose and mouth lie within a quarter of the distance between the ears of
where the near detector saw them in the original. All else that is found counts as false.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks.measure import Figure
from benchmarks.scenes import SHARED, paste
from faceapp.paths import models_dir
from faceapp.types import F32, U8, Face, Landmark, RangeMode
from faceapp.vision.detect import Detector, open_detector

FOLDER = SHARED / "faces" / "lfw-dev"
FACES, SEED = 200, 5
FRAMES = 12  # of each size
WIDTH_PX, HEIGHT_PX = 1280, 720
COLUMNS, ROWS = 4, 3
EARS_PX = (20, 24, 28, 32, 40, 56, 80, 90)
CORE = list(range(Landmark.MOUTH_CENTRE + 1))


class Known(NamedTuple):
    """A square picture of one face: landmarks float32 (6, 2) px."""

    rgb: U8
    landmarks: F32

    @property
    def ears_px(self) -> float:
        """The distance between the ears."""
        ears = self.landmarks[Landmark.LEFT_EAR] - self.landmarks[Landmark.RIGHT_EAR]
        return float(np.hypot(*ears))


def figures() -> Iterator[Figure]:
    """What is found of faces of each size, and the time on one core."""
    if not FOLDER.is_dir():
        yield Figure(f"{FOLDER} is not there", "-")
        return
    with closing(open_detector(RangeMode.NEAR, models_dir())) as near:
        faces = _known_faces(near)
    with closing(open_detector(RangeMode.FAR, models_dir())) as far:
        for ears_px in EARS_PX:
            yield Figure(f"{ears_px} px between the ears", _found(far, faces, ears_px))
        empty = np.zeros((HEIGHT_PX, WIDTH_PX, 3), np.uint8)
        spent_ms = [_looked(far, empty)[1] for _ in range(10)]
        yield Figure("nobody there", f"{np.mean(spent_ms):.1f} CPU ms a frame")


def _known_faces(near: Detector) -> list[Known]:
    """Pick pictures in which exactly one face is found."""
    paths = sorted(FOLDER.glob("*/*.webp"))
    faces: list[Known] = []
    for at in np.random.default_rng(SEED).permutation(len(paths)):
        rgb = np.asarray(cv2.imread(str(paths[at]), cv2.IMREAD_COLOR_RGB), np.uint8)
        found = near.detect(rgb)
        if len(found) == 1:
            faces.append(Known(rgb, found[0].landmarks))
        if len(faces) == FACES:
            break
    return faces


def _found(far: Detector, faces: list[Known], ears_px: int) -> str:
    random = np.random.default_rng(ears_px)
    found = false = 0
    errors: list[float] = []
    spent_ms = []
    for _ in range(FRAMES):
        frame, truth = _montage(faces, ears_px, random)
        seen, taken_ms = _looked(far, frame)
        spent_ms.append(taken_ms)
        points = np.array([face.landmarks[CORE] for face in seen]).reshape(-1, len(CORE), 2)
        miss = np.abs(points[None] - truth[:, None, CORE]).mean(axis=(2, 3))
        hits = miss < ears_px / 4.0
        found += int(hits.any(axis=1).sum())
        false += int((~hits.any(axis=0)).sum())
        errors += miss[hits].tolist()
    share = found / (FRAMES * COLUMNS * ROWS)
    return (
        f"{100.0 * share:.1f} % found, {false / FRAMES:.2f} false a frame, "
        f"{np.median(errors or [np.nan]):.2f} px off, {np.median(spent_ms):.1f} CPU ms a frame"
    )


def _looked(far: Detector, frame: U8) -> tuple[tuple[Face, ...], float]:
    """The faces in the frame, and the ms of CPU time that it took to find them."""
    started_s = time.process_time()
    seen = far.detect(frame)
    return seen, (time.process_time() - started_s) * 1000.0


def _montage(faces: list[Known], ears_px: int, random: np.random.Generator) -> tuple[U8, F32]:
    """Paste faces of ``ears_px`` into a frame; it, and their landmarks (N, 6, 2) in it.

    Pictures that would be larger than their cell are left out. Raises ValueError where all are.
    """
    blobs = random.integers(40, 200, (9, 16, 3)).astype(np.uint8)
    frame = cv2.resize(blobs, (WIDTH_PX, HEIGHT_PX), interpolation=cv2.INTER_CUBIC).astype(float)
    cell_x, cell_y = WIDTH_PX // COLUMNS, HEIGHT_PX // ROWS
    fitting = [one for one in faces if one.rgb.shape[0] * ears_px <= one.ears_px * cell_y]
    truth = []
    for cell in range(COLUMNS * ROWS):
        face = fitting[int(random.integers(len(fitting)))]
        side = round(face.rgb.shape[0] * ears_px / face.ears_px)
        scale = side / face.rgb.shape[0]
        resized = cv2.resize(face.rgb, (side, side), interpolation=cv2.INTER_AREA)
        small = np.asarray(resized, np.uint8)
        left = cell % COLUMNS * cell_x + int(random.integers(0, cell_x - side + 1))
        top = cell // COLUMNS * cell_y + int(random.integers(0, cell_y - side + 1))
        rim = max(1, side // 12)
        paste(frame, small, (left, top), rim, rim / 2.0)
        truth.append((face.landmarks + 0.5) * scale - 0.5 + np.array([left, top]))
    return frame.clip(0, 255).astype(np.uint8), np.array(truth, np.float32)
