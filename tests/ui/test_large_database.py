"""A database too large for a check at opening is checked while the window stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from faceapp.store import connection
from faceapp.store.connection import side_files
from faceapp.ui.words import shell
from tests.helpers.disk import damage_table
from tests.ui.rooms import Room, RoomParts

INDEX = "sqlite_autoindex_entries_1"
"""By which an entry is found to be there already: the app opens although it is damaged."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every database be a large one."""
    monkeypatch.setattr(connection, "SMALL_BYTES", 0)


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
