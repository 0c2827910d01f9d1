"""Faces far from the camera: a look at the whole frame and at overlapping tiles of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from faceapp.types import U8, Box, Face
from faceapp.vision.detect.blaze import INPUT_PX, BlazeFace
from faceapp.vision.detect.candidates import Candidate
from faceapp.vision.detect.refine import Refiner

FLOOR = 0.4
"""First-look score from which a candidate is worth a close look; that one decides."""

TILE_PX = 280
"""Side of a tile, in which a face of 32 px between the ears is large enough for the detector."""

TILES_ACROSS = 1280 / TILE_PX
"""Larger frames get larger tiles, so that every frame costs the same."""

OVERLAP = 0.2
"""What neighbouring tiles share, in sides of a tile: no small face is cut by both."""


class FarDetector:
    """MediaPipe's short-range detector on tiles, points by the landmark model."""

    def __init__(self, folder: Path) -> None:
        """Load the models of ``folder``. Raises ModelMissing, ModelCorrupt."""
        self._blaze = BlazeFace(folder, FLOOR)
        self._refiner = Refiner(folder, self._blaze)

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first."""
        found = self._blaze.find(rgb)
        for left, top, side in tiles(*rgb.shape[:2]):
            found += self._in_tile(rgb, left, top, side)
        return self._refiner.faces(rgb, found)

    def close(self) -> None:
        """Let MediaPipe's graph and thread go."""
        self._blaze.close()

    def _in_tile(self, rgb: U8, left: int, top: int, side: int) -> Iterator[Candidate]:
        tile = rgb[top : top + side, left : left + side]
        # Averaging keeps small faces that skipping pixels would break up.
        scale = max(1.0, max(tile.shape[:2]) / INPUT_PX)
        size = round(tile.shape[1] / scale), round(tile.shape[0] / scale)
        small = np.asarray(cv2.resize(tile, size, interpolation=cv2.INTER_AREA), np.uint8)
        sx, sy = tile.shape[1] / size[0], tile.shape[0] / size[1]
        for (bx, by, width, height), points, score in self._blaze.find(small):
            x, y = left + (bx + 0.5) * sx - 0.5, top + (by + 0.5) * sy - 0.5
            moved = (points + 0.5) * (sx, sy) + (left - 0.5, top - 0.5)
            box = Box(x, y, width * sx, height * sy)
            yield Candidate(box, moved.astype(np.float32), score)


def tiles(height: int, width: int) -> list[tuple[int, int, int]]:
    """Lay tiles over a frame: left, top and side in px; none where the frame is no larger."""
    side = max(TILE_PX, round(max(height, width) / TILES_ACROSS))
    if max(height, width) <= side:
        return []
    return [(left, top, side) for top in _starts(height, side) for left in _starts(width, side)]


def _starts(length: int, side: int) -> list[int]:
    if length <= side:
        return [0]
    shared = OVERLAP * side
    count = int(np.ceil((length - shared) / (side - shared)))
    return [round(at) for at in np.linspace(0.0, length - side, count)]
