from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition.gallery import Gallery
from faceapp.recognition.openset import (
    SearchScores,
    draw_split,
    fnir_at,
    fnir_at_fpir,
    search_scores,
    threshold_at_fpir,
)
from faceapp.types import PersonId
from tests.recognition.made import towards, units

levels = st.lists(st.integers(-4, 4).map(lambda value: value / 4), min_size=1, max_size=20)


def test_searches_counted_by_hand() -> None:
    gallery = Gallery.of(
        np.stack([towards(1.0, axis=1), towards(0.0, axis=1)]), [PersonId("A"), PersonId("B")]
    )
    mated = np.stack([towards(0.9, axis=1), towards(0.8, axis=2), towards(0.7, axis=2)])
    strangers = np.stack([towards(0.6, axis=2), towards(0.1, axis=2)])
    mates = [PersonId("A"), PersonId("A"), PersonId("B")]
    scores = search_scores(gallery, mated, mates, strangers)
    assert fnir_at(scores, 0.5) == pytest.approx(1 / 3)  # B's search finds A
    assert fnir_at(scores, 0.85) == pytest.approx(2 / 3)
    assert (scores.non_mated >= 0.5).tolist() == [True, False]
    fnir, threshold = fnir_at_fpir(scores, 0.0)
    assert threshold == pytest.approx(0.6, abs=1e-6)
    assert fnir == pytest.approx(1 / 3)


def test_a_mate_who_is_not_enrolled_counts_as_missed() -> None:
    gallery = Gallery.of(units(2, 8, 0), [PersonId("A"), PersonId("B")])
    scores = search_scores(gallery, units(1, 8, 1), [PersonId("C")], units(1, 8, 2))
    assert fnir_at(scores, -1.0) == 1.0


@given(levels, levels, st.floats(0, 1))
def test_fnir_at_fpir_is_the_best_that_counting_finds(
    mated: list[float], strangers: list[float], fpir: float
) -> None:
    scores = SearchScores(np.array(mated), np.array(strangers))
    fnir, threshold = fnir_at_fpir(scores, fpir)
    assert np.mean(scores.non_mated >= threshold) <= fpir + 1e-9
    cuts = [*mated, *strangers, 2.0]
    allowed = [
        np.mean([score < cut for score in mated])
        for cut in cuts
        if np.mean([score >= cut for score in strangers]) <= fpir + 1e-9
    ]
    assert fnir == pytest.approx(min(allowed))


def test_without_strangers_there_is_no_threshold() -> None:
    empty = SearchScores(np.zeros(1), np.zeros(0))
    with pytest.raises(ValueError, match="strangers"):
        threshold_at_fpir(empty, 0.1)


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=60),
    st.integers(1, 3),
    st.integers(0, 2**32 - 1),
)
def test_a_split_shares_no_picture_and_no_stranger_is_enrolled(
    identities: list[int], templates: int, seed: int
) -> None:
    names = np.array(identities)
    _, counts = np.unique(names, return_counts=True)
    people = int((counts > templates).sum())
    split = draw_split(names, people, templates, np.random.default_rng(seed))
    everything = np.concatenate([split.gallery, split.mated, split.non_mated])
    assert sorted(everything) == list(range(len(names)))
    enrolled = set(names[split.gallery])
    assert len(enrolled) == people
    assert len(split.gallery) == people * templates
    assert set(names[split.mated]) == enrolled
    assert enrolled.isdisjoint(names[split.non_mated])
    with pytest.raises(ValueError, match="people"):
        draw_split(names, people + 1, templates, np.random.default_rng(seed))


def test_the_same_random_source_draws_the_same_split() -> None:
    names = np.arange(100) // 4
    first = draw_split(names, 10, 2, np.random.default_rng(7))
    again = draw_split(names, 10, 2, np.random.default_rng(7))
    assert np.array_equal(first.gallery, again.gallery)
    assert np.array_equal(first.mated, again.mated)
