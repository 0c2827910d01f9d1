from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training.losses import classify
from tests.training import brute
from tests.training.made import Floats, Ints, labels, measured, scattered

SCALE, MARGIN_RAD = 16.0, 0.4
AXES = np.eye(2)


def towards(degrees: float, length: float = 1.0) -> Floats:
    angle = math.radians(degrees)
    return length * np.array([[math.cos(angle), math.sin(angle)]])


def softmax(embeddings: Floats, weights: Floats, people: Ints) -> float:
    return measured(classify.softmax, embeddings, weights, people)


def normface(embeddings: Floats, weights: Floats, people: Ints, scale: float) -> float:
    return measured(classify.normface, embeddings, weights, people, scale=scale)


def arcface(embeddings: Floats, weights: Floats, people: Ints, margin_rad: float) -> float:
    sizes = {"scale": SCALE, "margin_rad": margin_rad}
    return measured(classify.arcface, embeddings, weights, people, **sizes)


def test_softmax_by_hand() -> None:
    # Logits 3 and 0 of a face of person 0.
    found = softmax(np.array([[3.0, 0.0]]), AXES, np.array([0]))
    assert found == pytest.approx(math.log(1 + math.exp(-3.0)), abs=1e-6)


def test_normface_by_hand() -> None:
    # 60 and 30 degrees from the two people, whatever the lengths: logits 2 and 2 sqrt(3).
    found = normface(towards(60, 5.0), AXES * 7.0, np.array([0]), 4.0)
    assert found == pytest.approx(math.log(1 + math.exp(2 * 3**0.5 - 2.0)), abs=1e-5)


def test_arcface_by_hand() -> None:
    # 30 degrees from its own person, moved by 30 more: cosines 0.5 and, untouched, 0.5.
    found = arcface(towards(30), AXES, np.array([0]), math.radians(30))
    assert found == pytest.approx(math.log(2.0), abs=1e-4)


def test_arcface_without_margin_is_normface() -> None:
    faces, people = np.concatenate([towards(20), towards(75), towards(200)]), np.array([0, 0, 1])
    assert arcface(faces, AXES, people, 0.0) == pytest.approx(
        normface(faces, AXES, people, SCALE), abs=1e-4
    )


def test_arcface_never_rewards_turning_away() -> None:
    """Beyond 180 degrees less the margin the cosine of the moved angle would rise again."""
    losses = [
        arcface(towards(angle), AXES[:1], np.array([0]), MARGIN_RAD) for angle in range(0, 181, 5)
    ]
    both = [
        arcface(towards(-angle), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0]), MARGIN_RAD)
        for angle in range(90, 181, 5)
    ]
    assert losses == pytest.approx([0.0] * len(losses), abs=1e-6)  # one class is always right
    assert both[0] < both[9]
    assert both[9:] == sorted(both[9:])


@given(data=st.data(), people=labels())
def test_softmax_equals_counting(data: st.DataObject, people: Ints) -> None:
    faces, weights = data.draw(scattered(len(people), 3)), data.draw(scattered(4, 3))
    assert softmax(faces, weights, people) == pytest.approx(
        brute.softmax(faces, weights, people), rel=1e-4, abs=1e-4
    )


@given(data=st.data(), people=labels(), scale=st.sampled_from((1.0, 16.0, 64.0)))
def test_normface_equals_counting(data: st.DataObject, people: Ints, scale: float) -> None:
    faces, weights = data.draw(scattered(len(people), 3)), data.draw(scattered(4, 3))
    assert normface(faces, weights, people, scale) == pytest.approx(
        brute.normface(faces, weights, people, scale), rel=1e-4, abs=1e-3
    )


@given(data=st.data(), people=labels(), margin_rad=st.sampled_from((0.1, 0.4, 0.5, 1.0)))
def test_arcface_equals_counting(data: st.DataObject, people: Ints, margin_rad: float) -> None:
    faces, weights = data.draw(scattered(len(people), 3)), data.draw(scattered(4, 3))
    # Angles below a thousandth are clipped to it, for the gradient's sake: 16 x 0.0014 x sin(1).
    assert arcface(faces, weights, people, margin_rad) == pytest.approx(
        brute.arcface(faces, weights, people, SCALE, margin_rad), rel=1e-3, abs=2.5e-2
    )


@pytest.mark.parametrize("people", [[-1], [-1, -1, -1]])
def test_the_unknown_teach_nothing(people: list[int]) -> None:
    faces, who = np.ones((len(people), 2)), np.array(people)
    assert softmax(faces, AXES, who) == 0.0
    assert normface(faces, AXES, who, SCALE) == 0.0
    assert arcface(faces, AXES, who, MARGIN_RAD) == 0.0


def test_the_unknown_do_not_thin_out_the_known() -> None:
    faces = np.concatenate([towards(30), towards(80)])
    alone = arcface(faces[:1], AXES, np.array([0]), MARGIN_RAD)
    assert arcface(faces, AXES, np.array([0, -1]), MARGIN_RAD) == pytest.approx(alone, abs=1e-5)
