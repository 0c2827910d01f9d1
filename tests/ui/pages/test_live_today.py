"""The list beside the picture tells the day: who is here, who is missing, what was struck."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings

from faceapp.service import Service
from faceapp.types import EntryPolicy, PersonId, Today
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.dialogs import files
from faceapp.ui.memory import FILE
from faceapp.ui.page import PageKey
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live import day as day_module
from faceapp.ui.pages.live.board import read_board
from faceapp.ui.pages.live.side import View
from faceapp.ui.pages.live.side_list import Row, RowLook
from faceapp.ui.theme import Token
from tests.helpers.clock import MONDAY, here
from tests.helpers.data import GRACE, sample, service_on, sighting
from tests.ui.pages.live import names, seconds, with_grace
from tests.ui.rooms import Room
from tests.ui.seen import choose, click, press

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def again(room: Room) -> LivePage:
    """The page after somebody was seen twice."""
    page = with_grace(room)
    for _ in range(2):
        room.desk.camera.start(Purpose.TAKING)
        with room.qtbot.waitSignal(room.desk.camera.recorded):
            pass
        room.desk.camera.stop()
        room.parts.clock.sleep(2.0)
    room.until(lambda: [text[:7] for text in seconds(page)] == ["already", "in"])
    return page


def test_somebody_seen_again_is_already_in(room: Room, again: LivePage) -> None:
    assert seconds(again)[1] == "in"
    assert len(room.entries()) == 1


def test_who_is_forgotten_was_not_seen_again(room: Room, again: LivePage) -> None:
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: again.day.people == 0)
    room.until(lambda: seconds(again) == ["in"])
    assert "Grace Okafor" not in names(again)


def test_a_struck_entry_of_somebody_forgotten_says_so(room: Room, again: LivePage) -> None:
    (entry,) = room.entries()
    room.do(lambda service: service.void_entry(entry.id, "her twin"))
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: seconds(again) == ["struck: forgotten person"])
    assert names(again) == ["forgotten person"]


def test_who_got_another_name_is_seen_again_under_it(room: Room, again: LivePage) -> None:
    room.do(lambda service: service.edit_person(PersonId("P01"), "Grace Haddad"))
    room.until(lambda: names(again) == ["Grace Haddad"] * 2)


def test_a_struck_entry_does_not_stand_already(room: Room, again: LivePage) -> None:
    (entry,) = room.entries()
    room.do(lambda service: service.void_entry(entry.id, "wrong"))
    room.until(lambda: seconds(again) == ["struck: wrong"])


def test_forgetting_somebody_empties_the_lists(room: Room) -> None:
    page = with_grace(room)
    room.until(lambda: page.side.counts.text() == "0 here · 1 missing")
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: page.side.counts.text() == "0 here · 0 missing")


def test_who_is_here_follows_the_rules_of_coming_and_going(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.see("P01", here(18, 8), here(18, 9))
    page = room.page(LivePage)
    room.until(lambda: page.side.counts.text() == "1 here · 0 missing")
    room.window.open(PageKey.SETTINGS)
    room.desk.settings.change("policy", EntryPolicy.ALTERNATING.value)
    room.window.open(PageKey.LIVE)
    room.until(lambda: page.side.counts.text() == "0 here · 1 left · 0 missing")


def test_the_day_of_one_group_is_told_and_remembered(
    open_room: Callable[[], Room], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = open_room()
    for code, name, group in (("P1", "Ann", "7a"), ("P2", "Ben", "7b"), ("P3", "Cem", "7b")):
        first.add(code, name, group)
    first.see("P1", here(18, 8))
    first.see("P2", here(18, 9))
    page = first.page(LivePage)
    first.until(lambda: page.side.counts.text() == "2 here · 1 missing")
    first.until(page.side.group.isVisible)
    choose(page.side.group, "7b")
    first.until(lambda: page.side.counts.text() == "1 here · 1 missing")
    assert names(page) == ["Ben"]
    target = tmp_path / "7b.csv"
    monkeypatch.setattr(files, "ask_export", lambda *_: target)
    page.side.export.click()
    first.until(target.exists)
    assert "Ann" not in target.read_text("utf-8-sig")
    first.close()
    # A group may be named after a person, who may be forgotten while no window is open.
    kept = QSettings(str(first.parts.data_dir / FILE), QSettings.Format.IniFormat)
    assert kept.value("group") not in (None, "7b")
    again = open_room()
    page = again.page(LivePage)
    again.until(lambda: page.side.counts.text() == "1 here · 1 missing")
    assert page.side.group.currentText() == "7b"
    # A group that is gone leaves no trace, not even in what the window remembers.
    for code in ("P2", "P3"):
        again.do(lambda service, who=code: service.forget(PersonId(who)))  # type: ignore[misc]
    again.until(lambda: page.side.counts.text() == "1 here · 0 missing")
    assert page.side.group.currentIndex() == 0
    again.close()
    kept.sync()
    assert not kept.contains("group")


def test_of_thousands_who_are_missing_no_list_is_made_until_it_is_wanted(room: Room) -> None:
    side = room.page(LivePage).side
    made: list[View] = []

    def rows(view: View) -> list[Row]:
        made.append(view)
        return [Row(RowLook.MISSING, view.name, "", "", "", str)]

    side.show_rows({view: partial(rows, view) for view in View})
    assert made == [View.ENTRIES]
    press(side, words.live.MISSING())
    assert made == [View.ENTRIES, View.MISSING]
    assert names(room.page(LivePage)) == ["MISSING"]


def test_the_row_that_the_keys_have_chosen_stays_when_somebody_arrives(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.enrol("P02", "Omar Haddad")
    room.see("P01", here(18, 12))
    page = room.page(LivePage)
    shown = page.side.list
    room.until(lambda: names(page) == ["Grace Okafor"])
    shown.setFocus()
    shown.setCurrentIndex(shown.shown_rows.index(0, 0))
    room.see("P02", here(18, 12))
    room.until(lambda: len(names(page)) == 2)
    assert shown.currentIndex().isValid()
    assert shown.shown_rows.row(shown.currentIndex()).first == "Grace Okafor"


def test_a_chosen_row_is_marked_by_a_bar_and_not_only_by_colour(room: Room) -> None:
    for person, name in (("P01", "Grace Okafor"), ("P02", "Omar Haddad")):
        room.enrol(person, name)
        room.see(person, here(18, 12))
    page = room.page(LivePage)
    shown = page.side.list
    room.until(lambda: len(names(page)) == 2)
    rows = [shown.shown_rows.index(at, 0) for at in range(2)]
    shown.setCurrentIndex(rows[1])
    picture = shown.viewport().grab().toImage()
    seen = [picture.pixelColor(2, shown.visualRect(row).center().y()) for row in rows]
    accent = room.desk.theme.color(Token.ACCENT)
    assert [color == accent for color in seen] == [False, True]


def test_the_newest_row_stays_in_sight_whichever_is_chosen(room: Room) -> None:
    page = room.page(LivePage)
    room.until(lambda: page.side.counts.text() != "")
    page.side.show_rows({View.ENTRIES: lambda: [Row(RowLook.RECORDED, "P", "", "", "", str)]})
    shown = page.side.list
    many = [Row(RowLook.RECORDED, f"P{n}", "09:00", "in", f"P{n}", str) for n in range(60)]
    shown.shown_rows.show(many[1:])
    room.until(lambda: shown.isVisible() and shown.verticalScrollBar().maximum() > 0)
    shown.setCurrentIndex(shown.shown_rows.index(50, 0))
    shown.verticalScrollBar().setValue(0)
    shown.shown_rows.show(many)
    assert shown.currentIndex().row() == 51
    assert shown.indexAt(shown.viewport().rect().topLeft()).row() == 0


@pytest.mark.expect_log("a fault of the program|a job failed")
def test_a_bug_while_today_is_read_does_not_end_the_reading(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_service: Service, _group: str | None) -> NoReturn:
        raise RuntimeError("a fault of our own")

    page = room.page(LivePage)
    room.until(lambda: page.day.board is not None)
    with monkeypatch.context() as broken:
        broken.setattr(day_module, "read_board", fails)
        page.day.read()
        room.until(lambda: room.window.faults.box is not None)
    room.bugs.clear()
    box = room.window.faults.box
    assert box is not None
    box.close()
    room.enrol("P01", "Grace Okafor")
    room.until(lambda: page.day.people == 1)


def test_list_and_counts_are_of_one_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, today_of = tmp_path / "faceapp.db", Service.today
    with service_on(path) as service, service_on(path) as camera:
        camera.enrol(GRACE, [sample(1)])

        def meanwhile(self: Service, group: str | None) -> Today:
            today = today_of(self, group)
            camera.record(sighting(GRACE.id, MONDAY))
            return today

        monkeypatch.setattr(Service, "today", meanwhile)
        board = read_board(service, None)
        assert len(camera.entries()) == 1
    assert len(board.entries) == len(board.today.here) == 0


def test_nothing_is_exported_before_there_is_an_entry(room: Room) -> None:
    page = with_grace(room)
    room.until(lambda: page.day.people == 1)
    assert not page.side.export.isEnabled()
    room.see("P01", here(18, 8))
    room.until(page.side.export.isEnabled)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_todays_entries_are_exported(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    page = with_grace(room)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: names(page) == ["Grace Okafor"])
    target = tmp_path / f"today{suffix}"
    # The system's own dialog cannot be worked from here.
    monkeypatch.setattr(files, "ask_export", lambda *_: target)
    click(page.side.export)
    room.until(room.window.toast.isVisible)
    assert room.toast == words.live.EXPORTED(file=target.name)
    if suffix == ".csv":
        assert "Grace Okafor" in target.read_text(encoding="utf-8-sig")
    else:
        sheet = load_workbook(target).active
        assert sheet is not None
        assert sheet["C2"].value == "Grace Okafor"


def test_an_export_that_fails_after_the_window_is_closed_is_known(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = with_grace(room)
    room.see("P01", here(18, 8))
    room.until(page.side.export.isEnabled)
    monkeypatch.setattr(files, "ask_export", lambda *_: tmp_path / "no stick" / "today.csv")
    page.side.export.click()
    room.shell.close()
    assert [error.code for error in room.desk.ops.unwritten()] == ["target_unwritable"]
