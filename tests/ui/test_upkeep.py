"""What the operator learns of the data: a purge that was put off, entries that are damaged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from faceapp.ui.upkeep import HOUR_MS
from faceapp.ui.words import shell
from tests.ui.rooms import Room
from tests.ui.seen import let_pass


def see(room: Room, days: int) -> None:
    """Let somebody have been seen so many days ago."""
    room.see("P01", room.parts.clock.now() - timedelta(days=days))


def tend(room: Room) -> None:
    """Let an hour pass."""
    let_pass(room.window, HOUR_MS)
    room.wait_for_clerk()


def said(room: Room) -> list[str]:
    """Read the messages, the newest first, and put them back."""
    banner = room.window.banner
    read = []
    while (notice := banner.notice) is not None:
        read.append(notice)
        banner.dismiss()
    for notice in reversed(read):
        banner.tell(notice)
    return [notice.what for notice in read]


def test_entries_expire_while_the_window_stays_open(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    for days in (30, 2):  # one day before could be today, where a day has 25 hours
        see(room, days)
    assert room.desk.settings.change("retention_days", 14)
    assert len(room.entries()) == 2
    tend(room)
    assert len(room.entries()) == 1
    tend(room)  # and so on


@pytest.fixture
def put_off(room: Room) -> Room:
    """A room in which nobody was seen for a month, and entries are kept for two weeks."""
    room.enrol("P01", "Grace Okafor")
    see(room, 30)
    assert room.desk.settings.change("retention_days", 14)
    tend(room)
    return room


@pytest.mark.expect_log("no entry is young")
def test_a_purge_that_is_put_off_is_said_once_until_it_was_done(put_off: Room) -> None:
    room, banner = put_off, put_off.window.banner
    assert said(room) == [shell.PURGE_PUT_OFF()]
    banner.dismiss()
    tend(room)
    assert said(room) == []
    see(room, 2)
    tend(room)
    assert len(room.entries()) == 1


@pytest.mark.expect_log("no entry is young")
def test_what_was_put_off_is_taken_back_when_it_was_done(put_off: Room) -> None:
    see(put_off, 2)
    tend(put_off)
    assert said(put_off) == []


@pytest.mark.expect_log("no entry is young")
def test_what_was_put_off_is_taken_back_when_everything_is_kept(put_off: Room) -> None:
    assert put_off.desk.settings.change("retention_days", 0)
    for _ in range(2):
        put_off.wait_for_clerk()
    assert said(put_off) == []


def test_damaged_entries_are_said(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    for days in (2, 3):
        see(room, days)
    tend(room)
    assert said(room) == []
    room.write(
        "DROP TRIGGER entries_never_change",
        "UPDATE entries SET at_us = at_us + (1 << 61) WHERE id = 1",
    )
    tend(room)
    assert said(room) == [shell.DAMAGED_ENTRIES(1)]
    assert len(room.entries()) == 1
