"""Turns the head of a cut-out a little, as if its picture lay on a rounded face.

Points nearer to the camera move farther, the outline stays in place: enough for a few degrees.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from faceapp.types import F32, U8

_HALF_WIDTH_PX, _HALF_HEIGHT_PX = 165, 210
_BELOW_EYES_PX = 74
_DEPTH_PX = 240.0
"""How far the middle of a face is in front of its edge. The ears, by which a turn is measured, lie
in between."""


class Turner:
    """Turns heads in full-size cut-outs; ``eyes`` (x, y) px is the point between the eyes."""

    def __init__(self, eyes: tuple[float, float]) -> None:
        across, down = int(eyes[0]), int(eyes[1]) + _BELOW_EYES_PX
        self._rows = slice(down - _HALF_HEIGHT_PX, down + _HALF_HEIGHT_PX)
        self._columns = slice(across - _HALF_WIDTH_PX, across + _HALF_WIDTH_PX)
        y, x = np.mgrid[0 : 2 * _HALF_HEIGHT_PX, 0 : 2 * _HALF_WIDTH_PX].astype(np.float32)
        self._x: F32 = x
        self._y: F32 = y
        away = (x / _HALF_WIDTH_PX - 1) ** 2 + (y / _HALF_HEIGHT_PX - 1) ** 2
        self._depth = np.asarray(_DEPTH_PX * np.clip(1 - away, 0, None), np.float32)

    def turned(self, cutout: U8, turn_deg: float, nod_deg: float) -> U8:
        """Return ``cutout`` (H, W, 4) with its head turned to its own left and lifted."""
        right = self._depth * np.float32(math.sin(math.radians(turn_deg)))
        up = self._depth * np.float32(math.sin(math.radians(nod_deg)))
        face = np.ascontiguousarray(cutout[self._rows, self._columns])
        moved = cutout.copy()
        moved[self._rows, self._columns] = cv2.remap(
            face, self._x - right, self._y + up, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return moved
