"""Cuts chips of faces out of frames: the only way in which chips are made, also for training.

The face's points are mapped onto those of `template`. Any change here or there changes every
embedding.
"""

from __future__ import annotations

from faceapp.types import CHIP_SIZE_PX, U8, Chip, Face
from faceapp.vision.geometry import estimate_similarity, warp
from faceapp.vision.template import POINTS, TEMPLATE, WEIGHTS


def align(rgb: U8, face: Face) -> Chip:
    """Cut the chip of ``face`` out of its frame ``rgb`` uint8 (H, W, 3).

    Beyond the frame's edge, the edge pixels repeat, as in the training chips.
    """
    points = face.landmarks[list(POINTS)]
    matrix = estimate_similarity(points, TEMPLATE, WEIGHTS)
    return Chip(warp(rgb, matrix, CHIP_SIZE_PX), matrix)
