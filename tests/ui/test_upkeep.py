"""What the operator learns of the data: a purge that was put off, entries that are damaged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from faceapp.types import PersonId, Sighting
from faceapp.ui.upkeep import HOUR_MS
from faceapp.ui.words import shell
from tests.helpers.seams import MODEL
from tests.ui.rooms import Room
from tests.ui.seen import let_pass


def record(room: Room, days: int) -> None:
    """Record somebody so many days ago."""
    at = room.parts.clock.now() - timedelta(days=days)
    sighting = Sighting(f"{days}", PersonId("P01"), at, "demo", 0.7, 0.4, MODEL)
    room.do(lambda service: service.record(sighting))


def tend(room: Room) -> None:
    """Let an hour pass."""
    let_pass(room.window, HOUR_MS)
    room.do(lambda service: service.people())


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


@pytest.fixture
def put_off(room: Room) -> Room:
    """A room in which nobody was seen for a month, and entries are kept for two weeks."""
    room.enrol("P01", "Grace Okafor")
    record(room, 30)
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
    record(room, 2)
    tend(room)
    assert room.do(lambda service: service.count_entries()) == 1


@pytest.mark.expect_log("no entry is young")
def test_what_was_put_off_is_taken_back_when_it_was_done(put_off: Room) -> None:
    record(put_off, 2)
    tend(put_off)
    assert said(put_off) == []


@pytest.mark.expect_log("no entry is young")
def test_what_was_put_off_is_taken_back_when_everything_is_kept(put_off: Room) -> None:
    assert put_off.desk.settings.change("retention_days", 0)
    for _ in range(2):
        put_off.do(lambda service: service.people())
    assert said(put_off) == []


def test_damaged_entries_are_said(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    for days in (2, 3):
        record(room, days)

    tend(room)
    assert said(room) == []
    room.write(
        "DROP TRIGGER entries_never_change",
        "UPDATE entries SET at_us = at_us + (1 << 61) WHERE id = 1",
    )
    tend(room)
    assert said(room) == [shell.DAMAGED_ENTRIES(1)]
    assert len(room.do(lambda service: service.entries())) == 1
