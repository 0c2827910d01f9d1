"""Turns scores into matches: the best person, the margin to the second, each person once a frame.

Whether a match is good enough to give a name is up to `decide`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from faceapp.types import F32, Match, PersonId

NO_OTHER_MARGIN = 2.0
"""The margin if nobody else is enrolled: the whole range of the cosine."""


class BestTwo(NamedTuple):
    """For each of N searches, the best person, their score and the score of the second.

    ``person`` intp (N,) is the person's row, -1 if there is none; ``first`` and ``second`` float32
    (N,) are the scores, -inf if there is no such person.
    """

    person: NDArray[np.intp]
    first: F32
    second: F32


def no_best(searches: int) -> BestTwo:
    """Return the answer of an empty gallery."""
    nothing = np.full(searches, -np.inf, np.float32)
    return BestTwo(np.full(searches, -1, np.intp), nothing, nothing.copy())


def best_two(scores: F32, first_row: int) -> BestTwo:
    """Find best and second best of ``scores`` float32 (N, P), P >= 1; ties go to the first person.

    ``first_row``, where the block begins in a larger gallery, is added to the person rows.
    """
    rows = np.arange(len(scores))
    person = scores.argmax(axis=1)
    first = scores[rows, person]
    others = scores.copy()
    others[rows, person] = -np.inf
    return BestTwo(person + first_row, first, others.max(axis=1))


def merge_best(one: BestTwo, other: BestTwo) -> BestTwo:
    """Merge the answers of two blocks with different people; on a tie ``one`` stays first."""
    wins = other.first > one.first
    return BestTwo(
        np.where(wins, other.person, one.person),
        np.where(wins, other.first, one.first),
        np.where(wins, np.maximum(one.first, other.second), np.maximum(one.second, other.first)),
    )


def as_matches(best: BestTwo, people: Sequence[PersonId]) -> tuple[Match, ...]:
    """Turn scores into matches, with scores clipped to -1..1."""
    return tuple(
        _as_match(int(row), float(first), float(second), people)
        for row, first, second in zip(*best, strict=True)
    )


def _as_match(row: int, first: float, second: float, people: Sequence[PersonId]) -> Match:
    if row < 0:
        return Match(None, -1.0, NO_OTHER_MARGIN)
    score = min(max(first, -1.0), 1.0)
    margin = NO_OTHER_MARGIN if second == -np.inf else max(score - max(second, -1.0), 0.0)
    return Match(people[row], score, margin)


def assign_once(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Let each person be the candidate of only one face of a frame: the most similar one.

    A face that loses its person gets none (``person`` None, margin 0), never its runner-up. It is
    most like somebody who is elsewhere in the picture, so any other name would rest on a weaker
    likeness than one that is known to be wrong. It keeps its score, so that the frame still shows
    how close it came. Ties go to the earlier face.
    """
    holder: dict[PersonId, int] = {}
    for index, match in enumerate(matches):
        if match.person is None:
            continue
        held = holder.get(match.person)
        if held is None or match.score > matches[held].score:
            holder[match.person] = index
    return tuple(
        match
        if match.person is None or holder[match.person] == index
        else Match(None, match.score, 0.0)
        for index, match in enumerate(matches)
    )
