from __future__ import annotations

import numpy as np
import pytest

from faceapp.recognition.confidence import rate_interval, rule_of_three


@pytest.mark.parametrize(
    ("trials", "rate"), [(50, 0.058), (300, 0.0099), (3_000, 0.0010), (30_000, 0.00010), (1, 0.95)]
)
def test_no_error_at_all_claims_a_rate_by_the_rule_of_three(trials: int, rate: float) -> None:
    assert rule_of_three(trials) == pytest.approx(rate, rel=0.02)


def test_without_trials_nothing_can_be_claimed() -> None:
    with pytest.raises(ValueError, match="trials"):
        rule_of_three(0)


def test_independent_people_give_the_binomial_interval() -> None:
    rng = np.random.default_rng(0)
    errors = np.arange(2_000) % 10 == 0
    low, high = rate_interval(errors, np.arange(2_000), rng)
    half = 1.96 * (0.1 * 0.9 / 2_000) ** 0.5
    assert low == pytest.approx(0.1 - half, abs=0.003)
    assert high == pytest.approx(0.1 + half, abs=0.003)


def test_correlated_searches_of_few_people_give_a_wider_interval() -> None:
    people = np.arange(2_000) // 100
    errors = people % 10 == 0  # all searches of two people out of twenty
    narrow = rate_interval(errors, np.arange(2_000), np.random.default_rng(0))
    wide = rate_interval(errors, people, np.random.default_rng(0))
    assert wide.high - wide.low > 5 * (narrow.high - narrow.low)


def test_no_errors_and_nothing_but_errors_still_leave_room() -> None:
    none = rate_interval(np.zeros(100, bool), np.arange(100) // 2, np.random.default_rng(0))
    assert none == (0.0, rule_of_three(50))
    every = rate_interval(np.ones(100, bool), np.arange(100) // 2, np.random.default_rng(0))
    assert every == (1.0 - rule_of_three(50), 1.0)
