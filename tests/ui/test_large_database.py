"""A database too large for a check at opening is checked while the window stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from threading import Event

import pytest

from faceapp.store import connection
from faceapp.store.connection import side_files
from faceapp.types import PersonId
from faceapp.ui.notices import Notice
from faceapp.ui.status_watch import LOOK_MS
from faceapp.ui.upkeep import CORRUPT
from faceapp.ui.words import shell
from tests.helpers.disk import damage_table
from tests.helpers.seams import WAIT_S
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import let_pass, texts

INDEX = "sqlite_autoindex_entries_1"
"""By which an entry is found to be there already: the app opens although it is damaged."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every database be a large one."""
    monkeypatch.setattr(connection, "SMALL_BYTES", 0)


def data(room: Room) -> bytes:
    """Return all that the database's files hold."""
    database = room.parts.paths.database
    return b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))


@pytest.mark.expect_log("the database is damaged")
def test_damage_is_told_clearly(open_room: Callable[[], Room]) -> None:
    first = open_room()
    first.do(lambda service: damage_table(service, INDEX))
    first.close()
    room = open_room()
    room.until(lambda: room.window.banner.notice is not None)
    notice = room.window.banner.notice
    assert notice is not None
    assert notice.what == shell.DATABASE_DAMAGED()


@pytest.mark.expect_log("the database is damaged")
def test_damage_is_told_if_another_program_had_the_database_at_the_start(
    open_room: Callable[[], Room], parts: RoomParts
) -> None:
    first = open_room()
    first.do(lambda service: damage_table(service, INDEX))
    first.close()
    with closing(sqlite3.connect(parts.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        room, told = open_room(), list[Notice]()
        room.desk.notices.told.connect(told.append)
        room.until(lambda: shell.DATABASE_FAILED() in texts(room.window.status_line))
        room.until(lambda: room.desk.ops.busy == 0)
        other.execute("ROLLBACK")
        let_pass(room.window, LOOK_MS)
        room.until(lambda: CORRUPT in [notice.key for notice in told])


def test_a_sound_one_is_not_spoken_of(
    open_room: Callable[[], Room], parts: RoomParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[bool] = []
    real = connection.Connection.check_until

    def watched(self: connection.Connection, given_up: Callable[[], bool]) -> None:
        real(self, given_up)
        checked.append(given_up())

    monkeypatch.setattr(connection.Connection, "check_until", watched)
    room = open_room()
    room.until(lambda: checked == [False])
    room.wait_for_clerk()
    assert room.window.banner.notice is None
    room.close()
    assert not side_files(parts.paths.database)[0].exists()


def test_what_is_forgotten_during_the_check_leaves_no_trace_after_it(
    open_room: Callable[[], Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_room()
    first.add("P1", "Grace Okafor")
    first.close()
    checking, forgotten = Event(), Event()
    real = connection.Connection.check_until

    def held(self: connection.Connection, given_up: Callable[[], bool]) -> None:
        def hold() -> bool:
            checking.set()
            forgotten.wait(WAIT_S)
            return given_up()

        real(self, hold)

    monkeypatch.setattr(connection, "_CHECK_STEPS", 1)
    monkeypatch.setattr(connection.Connection, "check_until", held)
    room = open_room()
    room.until(checking.is_set)
    room.do(lambda service: service.forget(PersonId("P1")))
    assert b"Grace Okafor" in data(room)
    forgotten.set()
    room.until(lambda: b"Grace Okafor" not in data(room))
