from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from faceapp.runtime.mailbox import Mailbox


@given(st.lists(st.one_of(st.integers(), st.just("take"))))
def test_the_newest_value_is_taken_and_every_other_is_counted(steps: list[int | str]) -> None:
    box: Mailbox[int] = Mailbox()
    put, taken, last = 0, 0, None
    for step in steps:
        if isinstance(step, int):
            put, last = put + 1, step
            assert box.put(step)
        else:
            value = box.take(0)
            assert value == last
            taken, last = taken + (value is not None), None
    assert put == taken + box.dropped + (last is not None)


def test_put_wakes_a_waiting_taker() -> None:
    box: Mailbox[str] = Mailbox()
    taken: list[str | None] = []
    taker = threading.Thread(target=lambda: taken.append(box.take(10)))
    taker.start()
    box.put("picture")
    taker.join(5)
    assert taken == ["picture"]


def test_closing_wakes_every_taker_and_refuses_what_comes_later() -> None:
    box: Mailbox[str] = Mailbox()
    taken: list[str | None] = []
    takers = [threading.Thread(target=lambda: taken.append(box.take(60))) for _ in range(3)]
    for taker in takers:
        taker.start()
    box.close()
    for taker in takers:
        taker.join(5)
    assert taken == [None, None, None]
    assert not box.put("late")
    assert box.take(0) is None


def test_what_lies_in_a_closed_box_is_forgotten() -> None:
    box: Mailbox[str] = Mailbox()
    box.put("stale")
    box.close()
    assert box.take(0) is None
