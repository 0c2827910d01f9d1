"""What an arrival costs when thousands have come: how often the list is laid out, and of what."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt

from faceapp.types import Entry, Recorded, RecordOutcome, Sighting
from faceapp.ui import times
from faceapp.ui.bridge import Purpose
from faceapp.ui.page import PageKey
from faceapp.ui.pages.live import LivePage, board
from faceapp.ui.pages.live.side_list import Row
from tests.helpers.clock import here
from tests.helpers.seams import MODEL
from tests.ui.pages.live import names, seconds, with_grace
from tests.ui.rooms import Room

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the rows each time that the list of entries is laid out."""
    counts: list[int] = []
    lay_out = board.entry_rows

    def counting(*given: object) -> list[Row]:
        rows = lay_out(*given)  # type: ignore[arg-type]
        counts.append(len(rows))
        return rows

    monkeypatch.setattr(board, "entry_rows", counting)
    return counts


def at_rest(room: Room, laid_out: list[int]) -> None:
    """Let everything be read that has changed, and count anew."""
    room.until(lambda: room.desk.ops.busy == 0)
    room.wait_for_clerk()
    laid_out.clear()


def hear_again(page: LivePage, entry: Entry) -> None:
    """Tell the page that somebody was seen once more, within the cool-down."""
    seen = Sighting(f"again {entry.person}", entry.person, entry.at, "demo", 0.71, 0.42, MODEL)
    page.day.hear(seen, Recorded(RecordOutcome.COOLING_DOWN, entry))


def test_an_arrival_lays_the_list_out_once(room: Room, laid_out: list[int]) -> None:
    page = with_grace(room)
    room.until(lambda: page.side.counts.text() == "0 here · 1 missing")
    at_rest(room, laid_out)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: names(page) == ["Grace Okafor"])
    assert laid_out == [1]


def test_who_is_seen_while_another_page_is_in_front_is_listed_on_return(
    room: Room, laid_out: list[int]
) -> None:
    room.enrol("P01", "Grace Okafor")
    room.see("P01", here(18, 12))
    page = room.page(LivePage)
    room.until(lambda: seconds(page) == ["in"])
    room.window.open(PageKey.SETTINGS)
    (entry,) = room.entries()
    at_rest(room, laid_out)
    hear_again(page, entry)
    room.wait_for_clerk()
    assert laid_out == []
    room.window.open(PageKey.LIVE)
    assert [text[:7] for text in seconds(page)] == ["already", "in"]


def test_a_class_that_is_seen_again_lays_the_list_out_once(room: Room, laid_out: list[int]) -> None:
    codes = ("P01", "P02", "P03")
    for code in codes:
        room.add(code, code)
        room.see(code, here(18, 12))
    page = room.page(LivePage)
    room.until(lambda: len(names(page)) == len(codes))
    entries = room.entries()
    at_rest(room, laid_out)
    for entry in entries:
        hear_again(page, entry)
    room.until(lambda: len(names(page)) == 2 * len(codes))
    assert laid_out == [2 * len(codes)]


def test_a_tooltip_is_made_only_when_it_is_wanted(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[datetime] = []
    exact = times.exact

    def counting(moment: datetime, zone: str = "") -> str:
        made.append(moment)
        return exact(moment, zone)

    monkeypatch.setattr(times, "exact", counting)
    room.enrol("P01", "Grace Okafor")
    room.see("P01", here(18, 8), here(18, 9))
    page = room.page(LivePage)
    room.until(lambda: len(names(page)) == 2)
    assert made == []
    shown = page.side.list.shown_rows
    assert "Grace Okafor" in shown.data(shown.index(0, 0), Qt.ItemDataRole.ToolTipRole)  # type: ignore[operator]
    assert made == [here(18, 9)]


def test_the_day_is_read_while_something_is_recorded(room: Room) -> None:
    room.add("P01", "Grace Okafor")
    page = room.page(LivePage)
    room.until(lambda: page.day.people == 1)
    with room.clerk_busy(), room.qtbot.waitSignal(page.day.arrived):
        page.day.read()


class Watched(tuple[Entry, ...]):
    """Entries that must not be gone through."""

    __slots__ = ()

    def __iter__(self) -> NoReturn:
        raise AssertionError("for each of thousands who were seen again, all entries are read")


def test_whether_an_entry_stands_is_known_without_going_through_all(room: Room) -> None:
    for code in ("P01", "P02"):
        room.add(code, code)
        room.see(code, here(18, 12))
    struck, standing = room.entries()
    room.do(lambda service: service.void_entry(struck.id, "wrong"))
    read = room.do(lambda service: board.read_board(service, None))
    read = replace(read, entries=Watched(read.entries))
    assert not read.stands(struck)
    assert read.stands(standing)
