"""Turns "at most 1 stranger in X is given a name" into a threshold of the score.

The model card's table says how often two different people reach a score (FMR, per comparison). A
search gives a stranger N chances, so the larger the gallery, the lower the FMR that may be allowed:
``FMR = 1 - (1 - FPIR)^(1/N)``. N is neither the number of people, since the templates of a person
differ, nor that of templates, since their mean counts too: see `score.chances`.

Beyond the table the threshold is extrapolated, see `_Curve`. The threshold itself is not a setting
anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1, log1p, log10

import numpy as np

from faceapp.types import MIN_ERRORS, FmrRow

UNSURE_FACTOR = 30.0
"""How many times more false matches the unsure threshold allows than the accept threshold."""

SAME_FACE_FMR = 1e-4
"""For one comparison with one claimed person (NIST SP 800-63B requires 1:10,000)."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores: a frame at or above ``accept`` votes for a name; between the two it is unsure."""

    accept: float
    unsure: float

    def __post_init__(self) -> None:
        if not -1.0 <= self.unsure <= self.accept <= 1.0:
            raise ValueError(
                f"thresholds: expected -1 <= unsure <= accept <= 1, "
                f"got unsure={self.unsure} accept={self.accept}"
            )


def required_fmr(fpir: float, comparisons: float) -> float:
    """Return the FMR at which a share ``fpir`` of searches has a false match.

    A search makes ``comparisons`` independent comparisons; an empty gallery counts as one. Raises
    ValueError unless 0 < fpir < 1.
    """
    if not 0.0 < fpir < 1.0:
        raise ValueError(f"fpir: expected 0 < fpir < 1, got {fpir}")
    return -expm1(log1p(-fpir) / max(comparisons, 1.0))


def threshold_for(table: Sequence[FmrRow], odds: int, chances: float) -> Thresholds:
    """Derive the thresholds at which at most 1 stranger in ``odds`` is given a name.

    ``table`` is the model card's, ``chances`` the gallery's. More chances or longer odds never
    lower a threshold. Raises ValueError if the table has fewer than two usable rows or
    ``odds`` is below 2.
    """
    if odds < 2:
        raise ValueError(f"odds: expected 2 or more, got {odds}")
    fmr = required_fmr(1.0 / odds, chances)
    curve = _Curve.through(table)
    return Thresholds(curve.score_at(fmr), curve.score_at(min(fmr * UNSURE_FACTOR, 1.0)))


def same_face_threshold(table: Sequence[FmrRow]) -> float:
    """Return the cosine from which two pictures count as one person (1:1, no search)."""
    return _Curve.through(table).score_at(SAME_FACE_FMR)


@dataclass(frozen=True, slots=True)
class _Curve:
    """Score over log10(FMR), rows from loose to strict.

    Between rows it is log-linear. For FMRs looser than the first row, the first score holds. For
    FMRs stricter than the last row, it continues in a straight line, as steep as the last decade of
    FMR or the whole table, whichever is steeper. The impostor tail of a cosine falls faster than
    exponentially (about like a normal distribution's), so each further decade costs *less* score
    than the one before, and the straight line is on the safe side. The whole table's slope guards
    against a last decade that happens to be flat. The result is never below the last score and
    never above 1.
    """

    logs: tuple[float, ...]
    scores: tuple[float, ...]
    slope: float

    @classmethod
    def through(cls, table: Sequence[FmrRow]) -> _Curve:
        rows = _usable(table)
        if len(rows) < 2:
            raise ValueError(f"table: expected two rows of {MIN_ERRORS} errors, got {len(rows)}")
        logs = tuple(log10(fmr) for _, fmr in rows)
        scores = tuple(score for score, _ in rows)
        decade = float(np.interp(-(logs[-1] + 1.0), np.negative(logs), scores))
        width = min(logs[0] - logs[-1], 1.0)
        last = (scores[-1] - decade) / width
        whole = (scores[-1] - scores[0]) / (logs[0] - logs[-1])
        return cls(logs, scores, max(last, whole))

    def score_at(self, fmr: float) -> float:
        wanted = log10(fmr)
        if wanted < self.logs[-1]:
            beyond = self.logs[-1] - wanted
            return max(min(self.scores[-1] + self.slope * beyond, 1.0), self.scores[-1])
        return float(np.interp(-wanted, np.negative(self.logs), self.scores))


def _usable(table: Sequence[FmrRow]) -> list[tuple[float, float]]:
    """Return (score, FMR) by rising score and falling FMR, without rows that are not reliable.

    Where noise makes the FMR rise with the score, the higher FMR counts for both rows.
    """
    supported = sorted(
        (row.score, row.fmr) for row in table if 0.0 < row.fmr <= 1.0 and row.reliable
    )
    rows: list[tuple[float, float]] = []
    for score, fmr in reversed(supported):
        if not rows or fmr > rows[-1][1]:
            rows.append((score, fmr))
    return rows[::-1]
