from __future__ import annotations

import weakref
from concurrent.futures import Future
from pathlib import Path

from faceapp.ui.pages.live.day import write_entries
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


def test_what_could_not_be_written_while_closing_is_known_afterwards(
    room: Room, tmp_path: Path
) -> None:
    target = tmp_path / "no stick" / "out.csv"
    room.desk.ops.aside(lambda: write_entries(tmp_path / "out.csv", []))
    room.desk.ops.aside(lambda: write_entries(target, []), makes_file=True)
    room.shell.close()
    assert [error.details["path"] for error in room.desk.ops.unwritten()] == [target]
    assert (tmp_path / "out.csv").exists()
