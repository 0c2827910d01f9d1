from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training.progress_check import tar_over_pairs
from tests.recognition.made import units

FMRS = (1e-1, 1e-2, 1e-3, 0.5)


def counted(vectors: np.ndarray, people: list[int], fmr: float) -> float:
    """TAR at the lowest threshold that at most a share ``fmr`` of the impostors exceed."""
    same: list[float] = []
    other: list[float] = []
    scores = vectors @ vectors.T  # as computed there: a rounding may swap two scores
    for i in range(len(people)):
        for j in range(i + 1, len(people)):
            (same if people[i] == people[j] else other).append(scores[i, j])
    allowed = [t for t in other if sum(score > t for score in other) <= fmr * len(other)]
    return sum(score > min(allowed) for score in same) / len(same)


@given(st.lists(st.integers(0, 4), min_size=3, max_size=24), st.integers(0, 2**32 - 1))
def test_equals_counting_pair_by_pair(people: list[int], seed: int) -> None:
    if len(set(people)) in (1, len(people)):
        people = [0, 0, 1, *people]
    vectors = units(len(people), 3, seed)
    found = tar_over_pairs(vectors, np.array(people, np.int32), FMRS)
    for fmr in FMRS:
        assert found[f"tar@{fmr:g}"] == pytest.approx(counted(vectors, people, fmr), abs=1e-4)


def test_people_told_apart_perfectly() -> None:
    vectors = np.repeat(np.eye(5, dtype=np.float32), 3, axis=0)
    people = np.repeat(np.arange(5), 3).astype(np.int32)
    assert tar_over_pairs(vectors, people, (1e-3,)) == {"tar@0.001": 1.0}


def test_a_collapsed_network_tells_nobody_apart() -> None:
    people = np.repeat(np.arange(5), 3).astype(np.int32)
    assert tar_over_pairs(np.ones((15, 1), np.float32), people, (1e-3, 0.5)) == {
        "tar@0.001": 0.0,
        "tar@0.5": 0.0,
    }
