"""Finds faces far from the camera: looks at the whole frame and at overlapping tiles of it.

Tiles and model were chosen by measurements on 1280x720 frames. Listed are the shares found of faces
with 32 px / 24 px between the ears, and the time on one core (``python -m benchmarks far_faces``):

- 24 tiles of 260 px, short-range model: 99 % / 89 % found, 27 ms;
- 18 tiles of 280 px, short-range model: 98 % / 73 %, 21 ms;
- MediaPipe's full-range model in LiteRT, 8 tiles of 400 px: 96 % / 92 %, 27 ms; 15 tiles of 360 px:
  99 % / 97 %, 48 ms; on the whole frame it finds 1 % of either.

The full-range model needs tiles as well and takes three times as long per look, so only the
short-range model is used. The close look (`refine`) then adds 2.3 ms per face. The tiles in use
measure 256 px, which finds as many faces as 260 px in four fifths of the time: OpenCV averages 2 by
2 pixels quickly, anything in between slowly.
"""

from __future__ import annotations

from math import ceil
from pathlib import Path

import cv2
import numpy as np

from faceapp.types import U8, Face
from faceapp.vision.detect.blaze import INPUT_PX, BlazeFace
from faceapp.vision.detect.candidates import FLOOR, Candidate
from faceapp.vision.detect.patch import PatchDetector
from faceapp.vision.detect.refine import MAX_CANDIDATES, Refiner

TILE_PX = 256
"""Side of a tile, twice the model's input, so that small faces stay large enough."""

TILES_ACROSS = 5
"""How many tiles the longer side of a larger frame holds, apart from their overlap: larger frames
get larger tiles, so that every frame takes the same time."""

OVERLAP = 0.2
"""Overlap of neighbouring tiles as a share of their side, so that no small face is cut by both."""


class FarDetector:
    """MediaPipe's short-range detector on frame and tiles, with the landmark model's points."""

    def __init__(self, folder: Path, most: int = MAX_CANDIDATES) -> None:
        """Load the models of ``folder``; find at most ``most`` faces.

        Raises ModelError.
        """
        # The one with a thread comes last, so that no thread is left behind if another fails.
        self._patches = PatchDetector(folder, FLOOR)
        self._refiner = Refiner(folder, most)
        self._blaze = BlazeFace(folder)

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first."""
        found = self._blaze.find(rgb)
        for left, top, side in tiles(*rgb.shape[:2]):
            found += self._in_tile(rgb, left, top, side)
        return self._refiner.faces(rgb, found)

    def close(self) -> None:
        """Release MediaPipe's graph and its thread."""
        self._blaze.close()

    def _in_tile(self, rgb: U8, left: int, top: int, side: int) -> list[Candidate]:
        tile = rgb[top : top + side, left : left + side]
        height, width = tile.shape[:2]
        # Averaging keeps small faces that skipping pixels would break up.
        scale = INPUT_PX / side
        size = max(1, round(width * scale)), max(1, round(height * scale))
        patch = np.zeros((INPUT_PX, INPUT_PX, 3), np.uint8)
        patch[: size[1], : size[0]] = cv2.resize(tile, size, interpolation=cv2.INTER_AREA)
        sx, sy = width / size[0], height / size[1]
        # Maps pixel centres of the patch to pixel centres of the frame.
        to_frame = np.array([[sx, 0.0, left + (sx - 1.0) / 2.0], [0.0, sy, top + (sy - 1.0) / 2.0]])
        return [found.moved(to_frame) for found in self._patches.find(patch)]


def tiles(height: int, width: int) -> list[tuple[int, int, int]]:
    """Return left, top and side in px of the tiles; none if the frame is no larger than one."""
    side = max(TILE_PX, ceil(max(height, width) / TILES_ACROSS))
    if max(height, width) <= side:
        return []
    return [(left, top, side) for top in _starts(height, side) for left in _starts(width, side)]


def _starts(length: int, side: int) -> list[int]:
    if length <= side:
        return [0]
    shared = int(OVERLAP * side)
    count = ceil((length - shared) / (side - shared))
    return [round(at) for at in np.linspace(0.0, length - side, count)]
