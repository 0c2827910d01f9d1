"""The candidates from a first look at a frame, and the removal of duplicates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

import numpy as np

from faceapp.types import F32, Box, Face
from faceapp.vision.geometry import Matrix, apply

FLOOR = 0.3
"""The lowest first-look score that is worth a close look; the close look decides."""

SAME_FACE_IOU = 0.3
SAME_FACE_INSIDE = 0.55


class Candidate(NamedTuple):
    """A possible face: ``points`` float32 (6, 2) px, rough, in `Landmark` order; score 0..1."""

    box: Box
    points: F32
    score: float

    def moved(self, matrix: Matrix) -> Candidate:
        """Return the candidate mapped through ``matrix`` (2, 3): shift, scale, even half a turn."""
        box = self.box
        corners = apply(matrix, [[box.x, box.y], [box.x + box.width, box.y + box.height]])
        (left, top), (right, bottom) = np.sort(corners, axis=0).tolist()
        place = Box(left, top, right - left, bottom - top)
        return Candidate(place, apply(matrix, self.points), self.score)


Found = TypeVar("Found", Candidate, Face)


def same_place(one: Box, other: Box) -> bool:
    """Return whether two boxes show one face: they overlap a lot, or one is inside the other."""
    common = one.common_area(other)
    smaller = min(one.area, other.area)
    return common > 0.0 and (one.iou(other) > SAME_FACE_IOU or common > SAME_FACE_INSIDE * smaller)


def best_of_each_place(found: Iterable[Found]) -> list[Found]:
    """Keep only the best-scored one at each place, best first."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -one.score):
        if not any(same_place(one.box, other.box) for other in kept):
            kept.append(one)
    return kept
