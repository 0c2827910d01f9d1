from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training.order import MixedOrder, Order, PeopleOrder
from tests.training.made import Ints


@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 9), st.integers(1, 4))
def test_an_epoch_shows_every_chip_once(chips: int, batch: int, seed: int, epochs: int) -> None:
    rows = np.arange(chips, dtype=np.int64) * 3
    order = Order(rows, batch, seed)
    steps = -(-chips * epochs // batch)
    drawn = np.concatenate([order.rows_of(step) for step in range(steps)])
    for epoch in range(epochs):
        assert sorted(drawn[epoch * chips : (epoch + 1) * chips]) == rows.tolist()


def test_epochs_differ_and_so_do_seeds() -> None:
    rows = np.arange(50, dtype=np.int64)
    first, second = (Order(rows, 50, 1).rows_of(step) for step in (0, 1))
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, Order(rows, 50, 2).rows_of(0))


@given(st.integers(0, 200), st.integers(1, 64))
def test_a_batch_depends_on_seed_and_step_alone(step: int, batch: int) -> None:
    rows = np.arange(70, dtype=np.int64)
    used = Order(rows, batch, 5)
    for before in range(0, step, 17):
        used.rows_of(before)
    assert np.array_equal(used.rows_of(step), Order(rows, batch, 5).rows_of(step))


def test_nothing_to_train_on_is_said() -> None:
    with pytest.raises(ValueError, match="one or more chips"):
        Order(np.zeros(0, np.int64), 4, 1)


def crowd() -> tuple[Ints, Ints]:
    """Thirty chips: of persons 0..5 one, two, ... six each, the rest unknown; two thirds in use."""
    people = np.concatenate([np.repeat(np.arange(6), np.arange(1, 7)), np.full(9, -1)])
    people = np.random.default_rng(0).permutation(people).astype(np.int64)
    return np.arange(30, dtype=np.int64), people


@given(st.integers(0, 500))
def test_batches_of_people_hold_as_many_chips_of_each(step: int) -> None:
    rows, people = crowd()
    drawn = PeopleOrder(rows, people, (12, 3), 7).rows_of(step)
    owners, counts = np.unique(people[drawn], return_counts=True)
    assert len(owners) == 4
    assert set(counts) == {3}
    assert 0 not in owners  # a single chip has no positive
    assert -1 not in owners
    for owner in owners:
        chips = drawn[people[drawn] == owner]
        assert len(set(chips)) == min(3, int((people == owner).sum()))


def test_of_a_person_with_many_chips_all_are_shown_in_time() -> None:
    rows, people = crowd()
    order = PeopleOrder(rows, people, (12, 3), 7)
    drawn = np.concatenate([order.rows_of(step) for step in range(60)])
    assert set(drawn) == set(rows[people > 0])


def test_batches_of_people_leave_out_chips_that_are_held_out() -> None:
    rows, people = crowd()
    used = rows[people != 5]
    order = PeopleOrder(used, people, (6, 2), 7)
    drawn = np.concatenate([order.rows_of(step) for step in range(50)])
    assert set(people[drawn]) == {1, 2, 3, 4}


@pytest.mark.parametrize(("shape", "why"), [((12, 5), "no multiple"), ((12, 2), "needs 6")])
def test_a_batch_of_people_that_cannot_be_made_is_refused(shape: tuple[int, int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        PeopleOrder(*crowd(), shape, 1)


@given(st.integers(0, 60), st.integers(1, 15), st.integers(0, 9))
def test_a_mixed_batch_holds_both_kinds_in_one_proportion(step: int, share: int, seed: int) -> None:
    rows, others = np.arange(50, dtype=np.int64), np.arange(100, 120, dtype=np.int64)
    drawn = MixedOrder(rows, others, (16, share), seed).rows_of(step)
    assert len(drawn) == 16
    assert int((drawn >= 100).sum()) == share
    assert np.array_equal(drawn, MixedOrder(rows, others, (16, share), seed).rows_of(step))


def test_of_each_kind_every_chip_is_shown_once() -> None:
    rows, others = np.arange(50, dtype=np.int64), np.arange(100, 120, dtype=np.int64)
    order = MixedOrder(rows, others, (7, 2), 3)
    drawn = np.concatenate([order.rows_of(step) for step in range(10)])
    assert sorted(drawn.tolist()) == [*range(50), *range(100, 120)]
