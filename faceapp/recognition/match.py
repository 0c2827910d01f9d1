"""From scores to matches: the best person, the margin to the second, one identity once a frame.

Whether a match is good enough to give a name is not decided here but in `decide`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from faceapp.types import F32, Match, PersonId

NO_OTHER_MARGIN = 2.0
"""The margin where nobody else is enrolled: the whole range of the cosine."""


class BestTwo(NamedTuple):
    """For each of N searches the best person and the score of the second one.

    ``person`` intp (N,) row of the person, -1 where there is none; ``first`` and ``second``
    float32 (N,), -inf where there is no such person.
    """

    person: NDArray[np.intp]
    first: F32
    second: F32


def no_best(searches: int) -> BestTwo:
    """Return the answer of a gallery without anybody."""
    nothing = np.full(searches, -np.inf, np.float32)
    return BestTwo(np.full(searches, -1, np.intp), nothing, nothing.copy())


def best_two(scores: F32, first_row: int = 0) -> BestTwo:
    """Find best and second best of ``scores`` float32 (N, P), P >= 1; ties go to the first person.

    ``first_row`` is added to the person rows: a block of a larger gallery begins there.
    """
    rows = np.arange(len(scores))
    person = scores.argmax(axis=1)
    first = scores[rows, person]
    others = scores.copy()
    others[rows, person] = -np.inf
    return BestTwo(person + first_row, first, others.max(axis=1))


def merge_best(one: BestTwo, other: BestTwo) -> BestTwo:
    """Join the answers of two blocks with different people; on a tie ``one`` stays first."""
    wins = other.first > one.first
    return BestTwo(
        np.where(wins, other.person, one.person),
        np.where(wins, other.first, one.first),
        np.where(wins, np.maximum(one.first, other.second), np.maximum(one.second, other.first)),
    )


def as_matches(best: BestTwo, people: Sequence[PersonId]) -> tuple[Match, ...]:
    """Turn scores into matches, cosines within -1..1."""
    return tuple(
        _as_match(int(row), float(first), float(second), people)
        for row, first, second in zip(*best, strict=True)
    )


def _as_match(row: int, first: float, second: float, people: Sequence[PersonId]) -> Match:
    if row < 0:
        return Match(None, -1.0, NO_OTHER_MARGIN)
    cosine = min(max(first, -1.0), 1.0)
    margin = NO_OTHER_MARGIN if second == -np.inf else max(cosine - max(second, -1.0), 0.0)
    return Match(people[row], cosine, margin)


def assign_once(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Let each person be the candidate of at most one face of a frame: the nearest one.

    A face that loses its person gets none (``person`` None, margin 0), never its runner-up: its
    own evidence says that it is most like somebody who stands elsewhere in the picture, so every
    other name for it would rest on a weaker likeness than one that is known to be wrong. It keeps
    its cosine, so that the frame still shows how near it came. Ties go to the earlier face.
    """
    holder: dict[PersonId, int] = {}
    for index, match in enumerate(matches):
        if match.person is None:
            continue
        held = holder.get(match.person)
        if held is None or match.cosine > matches[held].cosine:
            holder[match.person] = index
    return tuple(
        match
        if match.person is None or holder[match.person] == index
        else Match(None, match.cosine, 0.0)
        for index, match in enumerate(matches)
    )
