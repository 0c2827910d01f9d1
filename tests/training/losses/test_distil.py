from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training.losses import distil
from tests.training import brute
from tests.training.made import Floats, measured, scattered

AXES = np.eye(3)


def cosine(embeddings: Floats, teacher: Floats) -> float:
    return measured(distil.cosine, embeddings, teacher)


def relations(embeddings: Floats, teacher: Floats) -> float:
    return measured(distil.relations, embeddings, teacher)


def bank(embeddings: Floats, teacher: Floats, others: Floats, temperature: float) -> float:
    return measured(distil.bank, embeddings, teacher, others, temperature=temperature)


def hardest(embeddings: Floats, teacher: Floats, recent: Floats, recent_teacher: Floats) -> float:
    return measured(distil.hardest, embeddings, teacher, np.stack([recent, recent_teacher]))


def test_cosine_by_hand() -> None:
    # One stands where the teacher stands, one at right angles, one opposite.
    student = np.array([[2.0, 0, 0], [0, 0, 5.0], [0, 0, -0.1]])
    assert cosine(student, AXES) == pytest.approx((0.0 + 1.0 + 2.0) / 3, abs=1e-6)


def test_relations_by_hand() -> None:
    # The teacher sees three strangers, the student takes the first two for one person.
    student = np.array([[1.0, 0, 0], [3.0, 0, 0], [0, 1.0, 0]])
    assert relations(student, AXES) == pytest.approx(2 / 6, abs=1e-6)


def test_relations_do_not_ask_where_but_who_resembles_whom() -> None:
    turned = AXES[[1, 2, 0]] * -2.0
    assert relations(turned, AXES) == pytest.approx(0.0, abs=1e-6)
    assert cosine(turned, AXES) > 0.5


def test_bank_by_hand() -> None:
    # A face and a stranger at right angles, temperature 1: the teacher says e^2 : 1, the student,
    # half-way, 1 : 1.
    student, teacher, other = np.array([[1.0, 1.0, 0]]), AXES[:1], AXES[1:2]
    assert bank(student, teacher, other, 1.0) == pytest.approx(math.log(2.0), abs=1e-6)
    at_teacher = bank(teacher, teacher, other, 1.0)
    share = math.exp(2) / (math.exp(2) + 1)
    by_hand = -share * (1 - math.log(math.e + 1)) + (1 - share) * math.log(math.e + 1)
    assert at_teacher == pytest.approx(by_hand, abs=1e-6)


def test_bank_prefers_the_teachers_place_to_a_strangers() -> None:
    teacher, others = AXES[:1], AXES[1:]
    assert bank(AXES[:1], teacher, others, 0.07) < bank(AXES[1:2], teacher, others, 0.07)


def test_hardest_by_hand() -> None:
    # The student takes the last face for one of those before, for which the teacher sees 0.6; the
    # two others resemble it less to the student than to the teacher, which is no excess.
    student, recent = np.array([[0, 0, 7.0]]), AXES[[2, 0, 1]]
    teacher = np.array([[0, 0.6, 0.8]])
    recent_teacher = np.array([[0, 1.0, 0], [0, 0.8, 0.6], [0, 0.6, 0.8]])
    assert hardest(student, teacher, recent, recent_teacher) == pytest.approx(0.4**2 / 3, abs=1e-6)


def test_hardest_looks_at_those_most_alike_only() -> None:
    # One is as alike as can be; of all the others only so many are looked at that 32 come together.
    recent = np.concatenate([np.tile(AXES[1:2], (100, 1)), AXES[:1]])
    recent_teacher = np.tile(AXES[2:], (101, 1))
    lost = hardest(AXES[:1], AXES[:1], recent, recent_teacher)
    assert lost == pytest.approx(1 / distil.HARDEST, abs=1e-6)


sizes = st.tuples(st.integers(2, 6), st.integers(1, 5), st.integers(2, 5))


@given(data=st.data(), size=sizes, temperature=st.sampled_from((0.07, 0.3, 1.0)))
def test_all_equal_counting(
    data: st.DataObject, size: tuple[int, int, int], temperature: float
) -> None:
    rows, crowd, dimension = size
    student = data.draw(scattered(rows, dimension))
    teacher = brute.unit(data.draw(scattered(rows, dimension)))
    others = brute.unit(data.draw(scattered(crowd, dimension)))
    assert cosine(student, teacher) == pytest.approx(brute.cosine(student, teacher), abs=1e-5)
    assert relations(student, teacher) == pytest.approx(brute.relations(student, teacher), abs=1e-5)
    assert bank(student, teacher, others, temperature) == pytest.approx(
        brute.bank(student, teacher, others, temperature), rel=1e-4, abs=1e-4
    )
    before = brute.unit(data.draw(scattered(crowd, dimension)))
    assert hardest(student, teacher, before, others) == pytest.approx(
        brute.hardest(student, teacher, before, others), abs=1e-5
    )
