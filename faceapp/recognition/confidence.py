"""What a measured rate can claim: bootstrap over people and the rule of three.

Scores of one person are correlated, so people are drawn, never single comparisons. The random
source is passed in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition.metrics import Floats, Ints

ROUNDS = 1_000
LEVEL = 0.95


class Interval(NamedTuple):
    """A confidence interval."""

    low: float
    high: float


def rule_of_three(trials: int, level: float = LEVEL) -> float:
    """Return the error rate that no error in ``trials`` independent trials excludes.

    Exact (about 3 / trials at 95 %). Raises ValueError without trials.
    """
    if trials < 1:
        raise ValueError(f"trials: expected 1 or more, got {trials}")
    return float(-np.expm1(np.log1p(-level) / trials))


def bootstrap(
    people: Ints,
    statistic: Callable[[NDArray[np.intp]], float],
    rng: np.random.Generator,
    rounds: int = ROUNDS,
    level: float = LEVEL,
) -> Interval:
    """Return the interval of ``statistic`` under drawing people with replacement.

    ``people`` (R,) is the person of each row; ``statistic`` is given the rows of one draw, those
    of a person drawn twice twice.
    """
    _, owner = np.unique(people, return_inverse=True)
    order = np.argsort(owner, kind="stable")
    rows_of = np.split(order, np.cumsum(np.bincount(owner))[:-1])
    values = [
        statistic(
            np.concatenate([rows_of[at] for at in rng.integers(0, len(rows_of), len(rows_of))])
        )
        for _ in range(rounds)
    ]
    return _percentiles(np.array(values), level)


def rate_interval(
    errors: NDArray[np.bool_],
    people: Ints,
    rng: np.random.Generator,
    rounds: int = ROUNDS,
    level: float = LEVEL,
) -> Interval:
    """Return the interval of the share of ``errors`` (R,) under drawing ``people`` (R,).

    Without a single error the bootstrap knows nothing; then the upper end is the rule of three
    over the people, and likewise the lower end where everything is an error.
    """
    _, owner = np.unique(people, return_inverse=True)
    trials = np.bincount(owner).astype(np.float64)
    wrong = np.bincount(owner, weights=errors.astype(np.float64))
    drawn = rng.multinomial(len(trials), np.full(len(trials), 1.0 / len(trials)), size=rounds)
    low, high = _percentiles((drawn @ wrong) / (drawn @ trials), level)
    if not errors.any():
        high = rule_of_three(len(trials), level)
    if errors.all():
        low = 1.0 - rule_of_three(len(trials), level)
    return Interval(low, high)


def _percentiles(values: Floats, level: float) -> Interval:
    low, high = np.quantile(values, [(1.0 - level) / 2, (1.0 + level) / 2])
    return Interval(float(low), float(high))
