"""What a first look at a frame gives, and keeping one of those that mean the same face."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from faceapp.types import F32, Box

SAME_FACE_IOU = 0.3
SAME_FACE_INSIDE = 0.55


class Candidate(NamedTuple):
    """Perhaps a face: ``points`` float32 (6, 2) px in `Landmark` order, roughly; score 0..1."""

    box: Box
    points: F32
    score: float


def same_place(one: Box, other: Box) -> bool:
    """Tell whether two boxes are of one face: much in common, or one inside the other."""
    common = one.common_area(other)
    smaller = min(one.area, other.area)
    return common > 0.0 and (one.iou(other) > SAME_FACE_IOU or common > SAME_FACE_INSIDE * smaller)


def best_of_each_place(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the best-scored candidate of every place, best first."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: -one.score):
        if not any(same_place(candidate.box, other.box) for other in kept):
            kept.append(candidate)
    return kept
