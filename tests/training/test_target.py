"""What there is to learn of a chip."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.recognition import metrics
from faceapp.training import target
from faceapp.training.chipset import ChipSet
from faceapp.training.config import TrainConfig, Weights
from faceapp.training.network import Backbone
from faceapp.training.target import Target
from tests.recognition.made import unit, units
from tests.training.made import labels, packed_set

DIMENSION = 16
EVERY = np.arange(40)
TINY = Backbone(stem=8, stages=(), head=8, dimension=DIMENSION)
CONFIG = TrainConfig("made", (), losses=Weights(distil_cosine=1.0))


def seen(people: np.ndarray, seed: int = 0) -> np.ndarray:
    """Say what a teacher does who knows these people, but looks at the light as well.

    All its answers lie to one side of the origin, and differ along one direction at random.
    """
    rng = np.random.default_rng(seed)
    who = units(int(people.max()) + 1, DIMENSION, seed)[people]
    light = rng.standard_normal((len(people), 1)) * units(1, DIMENSION, seed + 1)
    return unit(who + light + 1.5 * units(1, DIMENSION, seed + 2))


@given(st.integers(1, 30), st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_a_teacher_fits_a_student_of_any_dimension(
    rows: int, dimension: int, wanted: int, seed: int
) -> None:
    teacher = units(rows, dimension, seed)
    found = target.fitted(teacher, wanted)
    assert found.shape == (rows, wanted)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    if wanted >= np.linalg.matrix_rank(teacher):  # nothing is lost
        assert np.allclose(found @ found.T, teacher @ teacher.T, atol=1e-4)


def test_a_teacher_of_the_students_dimension_stays_as_it_is() -> None:
    teacher = units(20, 8, 0)
    assert np.array_equal(target.fitted(teacher, 8), teacher)


def test_a_teacher_keeps_what_tells_most() -> None:
    """Two strong directions and six weak ones: the strong ones stay."""
    vectors = np.random.default_rng(0).standard_normal((200, 8)) * ([3.0] * 2 + [0.1] * 6)
    teacher = unit(vectors)
    found = target.fitted(teacher, 2)
    assert np.abs(found @ found.T - teacher @ teacher.T).mean() < 0.02


def test_people_become_classes_without_gaps() -> None:
    people = np.array([9, -1, 4, 9, 70, 4], np.int32)
    assert target.numbered(people, np.array([0, 1, 2, 3, 5])).tolist() == [1, -1, 0, 1, -1, 0]
    assert target.numbered(people, np.array([1])).tolist() == [-1] * 6


def test_a_label_that_the_teacher_contradicts_is_left_out() -> None:
    teacher = np.eye(3, dtype=np.float32)[[0, 0, 0, 1, 1, 1, 2, 2]]
    #                                      the fourth picture is of person 1, and the last is alone
    people = np.array([0, 0, 0, 0, 1, 1, -1, 2])
    assert target.supported(teacher, people).tolist() == [0, 0, 0, -1, 1, 1, -1, -1]


@pytest.mark.parametrize(("cosine", "label"), [(0.3, 0), (0.2, -1)])
def test_a_label_needs_a_quarter_of_likeness(cosine: float, label: int) -> None:
    other = [cosine, math.sqrt(1 - cosine**2)]
    teacher = np.array([[1.0, 0.0], [1.0, 0.0], other], np.float32)
    assert target.supported(teacher, np.zeros(3, np.int64)).tolist() == [0, 0, label]


@given(labels(), st.integers(0, 99))
def test_no_label_is_invented(people: np.ndarray, seed: int) -> None:
    cleaned = target.supported(units(len(people), DIMENSION, seed), people)
    assert all(new in (-1, old) for new, old in zip(cleaned, people, strict=True))


def test_whitening_lets_pictures_of_one_person_agree_more() -> None:
    """Half the people set the directions; the other half is told apart better by them."""
    people = np.repeat(np.arange(100, dtype=np.int32), 5)
    teacher = seen(people)
    found = target.whitened(teacher, np.arange(250), people)
    before, after = (
        metrics.tar_at_fmr(metrics.all_pairs(rows[250:], people[250:]), 1e-2)[0]
        for rows in (teacher, found)
    )
    assert after > before + 0.1
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert found.dtype == np.float32


def test_whitening_does_not_look_at_who_is_held_out() -> None:
    people = np.repeat(np.arange(100), 5)
    teacher, rows = seen(people), np.arange(250)
    others = np.where(np.arange(500) < 250, people, -1)
    first, again = (target.whitened(teacher, rows, labels) for labels in (people, others))
    assert np.array_equal(first, again)
    elsewhere = np.concatenate([teacher[:250], units(250, DIMENSION, 5)])
    assert np.array_equal(target.whitened(elsewhere, rows, people)[:250], first[:250])


def test_whitening_makes_a_teacher_without_preferences_no_worse() -> None:
    """Where pictures differ alike in all directions around the origin, nothing changes."""
    rng = np.random.default_rng(0)
    people = np.repeat(np.arange(4000), 5)
    teacher = unit(units(4000, 8, 0)[people] + 0.3 * rng.standard_normal((20_000, 8)))
    found = target.whitened(teacher, np.arange(len(people)), people)
    assert (found * teacher).sum(axis=1).min() > 0.99


def test_whitening_wants_somebody_with_two_pictures() -> None:
    with pytest.raises(ValueError, match="two pictures"):
        target.whitened(units(3, 4, 0), np.arange(3), np.array([0, -1, 1]))


def test_a_direction_in_which_pictures_of_one_person_differ_shrinks_by_hand() -> None:
    # Variance within a person 0.08 along the first axis, 0 along the second; the mean, 0.04, is
    # added to each: 0.12 and 0.04, whose roots stand at sqrt(3) to 1.
    vectors = np.array([[0.2, 0.5], [-0.2, 0.5], [1.2, -3.0], [0.8, -3.0], [9.0, 9.0]], np.float32)
    found = target.stretch(vectors, np.array([0, 0, 1, 1, -1]))
    narrow = 1 / math.sqrt(3)
    middle = (1 + narrow) / 2
    assert found == pytest.approx(np.diag([narrow / middle, 1 / middle]), abs=1e-6)


def test_centres_are_the_mean_answers() -> None:
    teacher = units(5, DIMENSION, 0)
    found = target.centres(teacher, np.array([1, 0, -1, 1, 1]))
    assert found == pytest.approx(unit(np.stack([teacher[1], teacher[[0, 3, 4]].mean(axis=0)])))


def test_a_teacher_is_whitened_only_if_asked(tmp_path: Path) -> None:
    chips = ChipSet.load(packed_set(tmp_path / "set"))
    plain = replace(CONFIG, layout=TINY, refine_targets=True)
    kept, moved = (
        Target.of(chips, EVERY, config).teacher
        for config in (plain, replace(plain, whiten_teacher=True))
    )
    assert kept is not None
    assert moved is not None
    assert chips.teacher is not None
    assert np.allclose(kept, chips.teacher)
    assert not np.allclose(moved, kept, atol=0.01)


def test_a_head_begins_where_the_teacher_sees_each_person_only_if_asked(tmp_path: Path) -> None:
    chips = ChipSet.load(packed_set(tmp_path / "set"))
    for asked in (False, True):
        config = replace(CONFIG, layout=TINY, refine_targets=asked)
        learned = Target.of(chips, EVERY, config)
        assert learned.teacher is not None
        assert learned.centres.shape == (10, DIMENSION)
        likeness = (learned.centres[learned.people] * learned.teacher).sum(axis=1)
        assert (likeness > 0.99).all() == asked


def test_whose_labels_are_all_contradicted_is_no_class(tmp_path: Path) -> None:
    chips = ChipSet.load(packed_set(tmp_path / "set"))
    assert chips.teacher is not None
    teacher = chips.teacher.copy()
    teacher[chips.people == 3] = np.eye(16, dtype=np.float32)[10:14]
    config = replace(CONFIG, layout=TINY, refine_targets=True)
    learned = Target.of(replace(chips, teacher=teacher), EVERY, config)
    assert learned.centres.shape == (9, DIMENSION)
    assert np.unique(learned.people).tolist() == [-1, *range(9)]


@pytest.mark.parametrize("config", [CONFIG, replace(CONFIG, losses=Weights(), refine_targets=True)])
def test_what_a_teacher_says_cannot_be_learned_without_one(
    config: TrainConfig, tmp_path: Path
) -> None:
    chips = replace(ChipSet.load(packed_set(tmp_path / "set")), teacher=None)
    with pytest.raises(ValueError, match="prepare --teacher"):
        Target.of(chips, EVERY, config)


def test_labels_are_enough_without_distillation(tmp_path: Path) -> None:
    chips = replace(ChipSet.load(packed_set(tmp_path / "set")), teacher=None)
    learned = Target.of(chips, EVERY, replace(CONFIG, losses=Weights(arcface=1.0)))
    assert learned.teacher is None
    assert learned.people.tolist() == chips.people.tolist()
    assert learned.centres.shape == (10, 192)
