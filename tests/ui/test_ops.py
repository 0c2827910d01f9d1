from __future__ import annotations

import weakref
from concurrent.futures import Future

from tests.ui.rooms import Room


class Answer:
    """Stands for the thousands of rows of a list."""


def test_an_answer_is_let_go_once_it_is_delivered(room: Room) -> None:
    future: Future[Answer] = Future()
    told: list[type[Answer]] = []
    room.desk.ops.follow(future, done=lambda answer: told.append(type(answer)))
    future.set_result(Answer())
    kept = weakref.ref(future.result())
    del future
    room.until(lambda: told == [Answer])
    # Not only after a collection: old garbage is collected every ten minutes.
    assert kept() is None
