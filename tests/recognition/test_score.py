from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition.score import chances, means_of, scores_among, scores_of
from tests.recognition.made import towards, units

seeds = st.integers(0, 2**32 - 1)


def by_hand(templates: np.ndarray, face: np.ndarray) -> float:
    """Score one face as defined: the mean of the best cosine and of the one to the mean."""
    total = templates.astype(np.float64).sum(axis=0)
    best = max(float(template @ face) for template in templates.astype(np.float64))
    return (best + float(total @ face) / float(np.linalg.norm(total))) / 2


@given(st.integers(1, 9), st.integers(0, 4), seeds)
def test_a_score_lies_halfway_between_the_best_template_and_the_mean(
    count: int, faces: int, seed: int
) -> None:
    templates, probes = units(count, 6, seed), units(faces, 6, seed + 1)
    expected = [by_hand(templates, probe) for probe in probes]
    assert scores_of(templates, probes) == pytest.approx(expected, abs=1e-5)


@given(seeds)
def test_a_single_template_scores_as_its_cosine(seed: int) -> None:
    template, probes = units(1, 6, seed), units(5, 6, seed + 1)
    assert scores_of(template, probes) == pytest.approx((probes @ template[0]), abs=1e-6)


@given(st.integers(2, 9), seeds)
def test_each_template_scores_against_the_others_as_if_it_were_not_enrolled(
    count: int, seed: int
) -> None:
    templates = units(count, 6, seed)
    expected = [
        scores_of(np.delete(templates, row, axis=0), templates[row : row + 1])[0]
        for row in range(count)
    ]
    assert scores_among(templates) == pytest.approx(expected, abs=1e-5)


def test_what_is_accidental_in_every_template_counts_less_than_what_they_share() -> None:
    """A stranger who resembles one template by chance scores lower than the person."""
    templates = np.stack([towards(0.8, axis=axis) for axis in (1, 2, 3, 4)])
    person, stranger = towards(1.0), towards(0.0, axis=1)
    by_person, by_stranger = scores_of(templates, np.stack([person, stranger]))
    assert by_person > 0.8  # above every single cosine
    assert by_stranger < 0.5  # below its cosine of 0.6 to the first template


def test_opposite_templates_have_a_mean_that_resembles_nobody() -> None:
    one = towards(1.0)
    opposite = np.stack([one, -one])
    assert not means_of(opposite, np.zeros(1, np.intp)).any()
    assert scores_of(opposite, one[None])[0] == pytest.approx(0.5)


def test_means_are_unit_rows_person_by_person() -> None:
    vectors = units(5, 6, 3)
    means = means_of(vectors, np.array([0, 2], np.intp))
    assert np.linalg.norm(means, axis=1) == pytest.approx([1.0, 1.0])
    assert means[0] @ (vectors[0] - vectors[1]) == pytest.approx(0.0, abs=1e-6)
    assert means_of(vectors[:0], np.zeros(0, np.intp)).shape == (0, 6)


@given(st.integers(1, 1000), st.integers(1, 8), st.integers(1, 8))
def test_chances_lie_between_the_people_and_their_templates(
    people: int, each: int, more: int
) -> None:
    now = chances(people * each, people)
    assert people <= now <= people * each
    assert chances(people * each + more, people) > now
    assert chances(people * each + more, people + 1) > now
