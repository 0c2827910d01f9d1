"""From a face in a frame to a chip: the one way in which every chip is made, training's included.

The face's points are brought onto those of `template`. Changing anything here changes every
embedding, as a change there does.
"""

from __future__ import annotations

from faceapp.types import CHIP_SIZE_PX, U8, Chip, Face
from faceapp.vision.geometry import estimate_similarity, warp
from faceapp.vision.template import POINTS, TEMPLATE, WEIGHTS


def align(rgb: U8, face: Face) -> Chip:
    """Cut the chip of ``face`` out of its frame ``rgb`` uint8 (H, W, 3).

    What lies beyond the frame's edge repeats the edge, as in the training chips.
    """
    points = face.landmarks[list(POINTS)]
    matrix = estimate_similarity(points, TEMPLATE, WEIGHTS)
    return Chip(warp(rgb, matrix, CHIP_SIZE_PX), matrix)
