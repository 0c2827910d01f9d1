"""Measure how small a face the far detector finds in 1280x720, and what it costs.

Frames are made by pasting shrunken pictures of known faces at random places; a face counts as
found when eyes, nose and mouth lie within a quarter of the distance between the ears of where the
near detector saw them in the original. All else that is found counts as false.

    python benchmarks/far_faces.py [--pictures ../shared/faces/lfw-dev] [--frames 12]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from faceapp.types import F32, U8, Landmark, RangeMode
from faceapp.vision.detect import Detector, open_detector

ROOT = Path(__file__).resolve().parents[1]

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


def known_faces(folder: Path, near: Detector, count: int) -> list[Known]:
    """Pick pictures in which exactly one face is found."""
    paths = sorted(folder.glob("*/*.webp"))
    faces = []
    for at in np.random.default_rng(5).permutation(len(paths)):
        rgb = np.asarray(cv2.imread(str(paths[at]), cv2.IMREAD_COLOR_RGB), np.uint8)
        found = near.detect(rgb)
        if len(found) == 1:
            faces.append(Known(rgb, found[0].landmarks))
        if len(faces) == count:
            break
    return faces


def montage(faces: list[Known], ears_px: float, random: np.random.Generator) -> tuple[U8, F32]:
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
        small = cv2.resize(face.rgb, (side, side), interpolation=cv2.INTER_AREA)
        mask = np.zeros((side, side))
        rim = max(1, side // 12)
        mask[rim:-rim, rim:-rim] = 1.0
        soft = cv2.GaussianBlur(mask, (0, 0), rim / 2.0)[..., None]
        left = cell % COLUMNS * cell_x + int(random.integers(0, cell_x - side + 1))
        top = cell // COLUMNS * cell_y + int(random.integers(0, cell_y - side + 1))
        part = frame[top : top + side, left : left + side]
        part[:] = part * (1.0 - soft) + small * soft
        truth.append((face.landmarks + 0.5) * scale - 0.5 + np.array([left, top]))
    return frame.clip(0, 255).astype(np.uint8), np.array(truth, np.float32)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=Path, default=ROOT.parent / "shared/faces/lfw-dev")
    parser.add_argument("--frames", type=int, default=12, help="frames of twelve faces each")
    asked = parser.parse_args()
    near, far = (open_detector(mode, ROOT / "models") for mode in RangeMode)
    faces = known_faces(asked.pictures, near, 200)
    empty = np.zeros((HEIGHT_PX, WIDTH_PX, 3), np.uint8)
    print(f"{'ears px':>8} {'found':>7} {'false/frame':>12} {'error px':>9} {'cpu ms/frame':>13}")
    for ears_px in EARS_PX:
        random = np.random.default_rng(ears_px)
        found = false = 0
        errors, spent_ms = [], []
        for _ in range(asked.frames):
            frame, truth = montage(faces, ears_px, random)
            started_s = time.process_time()
            seen = far.detect(frame)
            spent_ms.append((time.process_time() - started_s) * 1000.0)
            points = np.array([face.landmarks[CORE] for face in seen]).reshape(-1, len(CORE), 2)
            miss = np.abs(points[None] - truth[:, None, CORE]).mean(axis=(2, 3))
            hits = miss < ears_px / 4.0
            found += int(hits.any(axis=1).sum())
            false += int((~hits.any(axis=0)).sum())
            errors += miss[hits].tolist()
        share = found / (asked.frames * COLUMNS * ROWS)
        error = float(np.median(errors)) if errors else float("nan")
        print(
            f"{ears_px:8d} {share:7.3f} {false / asked.frames:12.2f} {error:9.2f} "
            f"{np.median(spent_ms):13.1f}"
        )
    started_s = time.process_time()
    for _ in range(10):
        far.detect(empty)
    print(f"nobody there: {(time.process_time() - started_s) * 100.0:.1f} cpu ms/frame")
    near.close()
    far.close()


if __name__ == "__main__":
    main()
