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
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    if width <= 0 or height <= 0:
        return False
    common = width * height
    areas = one.width * one.height, other.width * other.height
    return common > SAME_FACE_IOU * (sum(areas) - common) or common > SAME_FACE_INSIDE * min(areas)


def best_of_each_place(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the best-scored candidate of every place, best first."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: -one.score):
        if not any(same_place(candidate.box, other.box) for other in kept):
            kept.append(candidate)
    return kept
