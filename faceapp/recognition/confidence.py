"""Confidence intervals of measured rates: bootstrap over people and the rule of three.

Scores of one person are correlated, so people are resampled, never single comparisons. The random
source is passed in.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition.metrics import Ints

ROUNDS = 1_000
LEVEL = 0.95


class Interval(NamedTuple):
    """A confidence interval at `LEVEL`."""

    low: float
    high: float


def rule_of_three(trials: int) -> float:
    """Return the upper bound of the error rate after ``trials`` independent trials without error.

    Exact (about 3 / trials at 95 %). Raises ValueError without trials.
    """
    if trials < 1:
        raise ValueError(f"trials: expected 1 or more, got {trials}")
    return float(-np.expm1(np.log1p(-LEVEL) / trials))


def rate_interval(errors: NDArray[np.bool_], people: Ints, rng: np.random.Generator) -> Interval:
    """Return the bootstrap interval of the share of ``errors`` (R,), resampling ``people`` (R,).

    Without any error the bootstrap says nothing; then the upper end comes from the rule of three
    over the people. The same goes for the lower end if everything is an error.
    """
    _, owner = np.unique(people, return_inverse=True)
    trials = np.bincount(owner).astype(np.float64)
    wrong = np.bincount(owner, weights=errors.astype(np.float64))
    drawn = rng.multinomial(len(trials), np.full(len(trials), 1.0 / len(trials)), size=ROUNDS)
    ends = [(1.0 - LEVEL) / 2, (1.0 + LEVEL) / 2]
    low, high = np.quantile((drawn @ wrong) / (drawn @ trials), ends).tolist()
    if not errors.any():
        high = rule_of_three(len(trials))
    if errors.all():
        low = 1.0 - rule_of_three(len(trials))
    return Interval(low, high)
