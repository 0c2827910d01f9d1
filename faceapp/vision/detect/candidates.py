"""What a first look at a frame gives, and keeping one of those that mean the same face."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from faceapp.types import F32, Box, Face
from faceapp.vision.geometry import Matrix, apply

FLOOR = 0.3
"""First-look score from which a candidate is worth a close look; that one decides."""

SAME_FACE_IOU = 0.3
SAME_FACE_INSIDE = 0.55


class Candidate(NamedTuple):
    """Perhaps a face: ``points`` float32 (6, 2) px in `Landmark` order, roughly; score 0..1."""

    box: Box
    points: F32
    score: float

    def moved(self, matrix: Matrix) -> Candidate:
        """Carry it through ``matrix`` (2, 3), a shift and scale."""
        box = self.box
        corners = apply(matrix, [[box.x, box.y], [box.x + box.width, box.y + box.height]])
        (left, top), (right, bottom) = corners.tolist()
        place = Box(left, top, right - left, bottom - top)
        return Candidate(place, apply(matrix, self.points), self.score)


Found = TypeVar("Found", Candidate, Face)


def same_place(one: Box, other: Box) -> bool:
    """Tell whether two boxes are of one face: much in common, or one inside the other."""
    common = one.common_area(other)
    smaller = min(one.area, other.area)
    return common > 0.0 and (one.iou(other) > SAME_FACE_IOU or common > SAME_FACE_INSIDE * smaller)


def best_of_each_place(found: Iterable[Found]) -> list[Found]:
    """Keep the best-scored one of every place, best first."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -one.score):
        if not any(same_place(one.box, other.box) for other in kept):
            kept.append(one)
    return kept
