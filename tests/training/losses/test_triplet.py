from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from faceapp.training.losses import triplet
from tests.training import brute
from tests.training.made import Floats, Ints, labels, measured, scattered, tied

Loss = Callable[..., Any]
LOSSES = [
    pytest.param(triplet.batch_all, brute.batch_all, id="batch-all"),
    pytest.param(triplet.batch_semi_hard, brute.batch_semi_hard, id="semi-hard"),
    pytest.param(triplet.batch_hard, brute.batch_hard, id="batch-hard"),
]
MARGIN = 0.2


def on_circle(*degrees: float) -> Floats:
    angles = np.deg2rad(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def lost(loss: Loss, embeddings: Floats, people: Any, margin: float) -> float:
    return measured(loss, embeddings, np.asarray(people), margin=margin)


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        # Squared distances: 0-90 and 90-180 degrees 2, 0-180 degrees 4; one person at 0 and 90.
        # Triplets: (0, 90, 180) 2 - 4 + 0.5 < 0 and (90, 0, 180) 2 - 2 + 0.5 = 0.5.
        (triplet.batch_all, 0.5),  # the only violation
        (triplet.batch_semi_hard, 0.25),  # (90, 0) has no negative beyond: the farthest stands in
        (triplet.batch_hard, 0.25),  # the face at 180 has no positive and does not count
    ],
)
def test_three_faces_by_hand(loss: Loss, expected: float) -> None:
    assert lost(loss, on_circle(0, 90, 180), [7, 7, 8], 0.5) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        # One person at 0 and 60 (distance 1), others at 90 (2 from 0, 2 - sqrt(3) from 60) and at
        # 180 (4 and 3). Margin 1.5.
        # (0, 60): negatives 2 and 4 -> 0.5 and none.
        # (60, 0): negatives 2 - sqrt(3) and 3 -> 0.5 + sqrt(3) and none.
        (triplet.batch_all, (0.5 + 0.5 + 3**0.5) / 2),
        # Nearest beyond 1: 2 for the first pair, 3 for the second.
        (triplet.batch_semi_hard, (0.5 + 0.0) / 2),
        (triplet.batch_hard, (0.5 + 0.5 + 3**0.5) / 2),
    ],
)
def test_four_faces_by_hand(loss: Loss, expected: float) -> None:
    found = lost(loss, on_circle(0, 60, 90, 180), [0, 0, 1, 2], 1.5)
    assert found == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(("loss", "reference"), LOSSES)
@given(data=st.data(), people=labels(), margin=st.sampled_from((0.1, 0.5, 2.5)))
def test_equals_counting_one_triplet_at_a_time(
    loss: Loss, reference: Loss, data: st.DataObject, people: Ints, margin: float
) -> None:
    embeddings = data.draw(scattered(len(people), 3))
    d = brute.distances(embeddings)
    apart = d[np.triu_indices(len(people), 1)]
    # Selection jumps where two distances are equal or a margin apart to a rounding.
    gaps = [a - b for a, b in itertools.permutations(apart, 2)]
    assume(all(abs(gap) > 1e-4 and abs(gap + margin) > 1e-4 for gap in gaps))
    assert lost(loss, embeddings, people, margin) == pytest.approx(
        reference(embeddings, people, margin), abs=1e-4
    )


@pytest.mark.parametrize(("loss", "reference"), LOSSES)
@given(data=st.data(), people=labels())
def test_equals_counting_where_distances_are_tied(
    loss: Loss, reference: Loss, data: st.DataObject, people: Ints
) -> None:
    embeddings = data.draw(tied(len(people)))
    assert lost(loss, embeddings, people, MARGIN) == pytest.approx(
        reference(embeddings, people, MARGIN), abs=1e-5
    )


@pytest.mark.parametrize(("loss", "_reference"), LOSSES)
@pytest.mark.parametrize("people", [[0, 1, 2], [0, 0, 0], [-1, -1, -1], [0, 0, -1]])
def test_without_a_triplet_there_is_nothing_to_learn(
    loss: Loss, _reference: Loss, people: list[int]
) -> None:
    assert lost(loss, on_circle(0, 10, 20), people, MARGIN) == 0.0


@pytest.mark.parametrize(("loss", "_reference"), LOSSES)
def test_a_collapsed_network_loses_the_margin(loss: Loss, _reference: Loss) -> None:
    assert lost(loss, np.ones((4, 3)), [0, 0, 1, 1], MARGIN) == pytest.approx(MARGIN, abs=1e-6)


@pytest.mark.parametrize(("loss", "_reference"), LOSSES)
def test_lengths_do_not_matter(loss: Loss, _reference: Loss) -> None:
    embeddings, people = on_circle(0, 50, 80, 170), [0, 0, 1, 1]
    longer = embeddings * np.array([[0.1], [3.0], [20.0], [1.0]])
    assert lost(loss, longer, people, 1.0) == pytest.approx(
        lost(loss, embeddings, people, 1.0), abs=1e-5
    )
