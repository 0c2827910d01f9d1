"""An export holds what is on the screen, in full, and never replaces a file unasked."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from traceback import extract_stack
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from faceapp.service import Service
from faceapp.types import DayRow, Entry, Person, PersonId
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.confirm import ReplaceDialog
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance import page as attendance_page
from faceapp.ui.pages.attendance.export import Exporter, proposed_name
from faceapp.ui.pages.attendance.filters import View
from faceapp.ui.pages.attendance.listing import Rows, read_all
from faceapp.ui.pages.attendance.ranges import Range
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.settings import SettingsPage
from faceapp.ui.tables import let_go
from faceapp.ui.translation import LANGUAGES, Language
from faceapp.ui.words import attendance as words
from faceapp.ui.words import tables as table_words
from tests.helpers.seams import WAIT_S
from tests.ui.answers import answering
from tests.ui.pages.attendance import (
    answer_export,
    busy_week,
    choose_range,
    entry_view,
    foot,
    is_read,
)
from tests.ui.pages.live import names
from tests.ui.rooms import Room
from tests.ui.seen import click, only

pytestmark = pytest.mark.usefixtures("noon")


class WhenHidden(QObject):
    """Calls back when a window is hidden; it waits for its threads after that."""

    def __init__(self, window: QObject, hidden: Callable[[], object]) -> None:
        super().__init__(window)
        self._hidden = hidden

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Hide:
            self._hidden()
        return False


def export(room: Room, page: AttendancePage, written: Path) -> None:
    """Press the button for an export, and wait until the file is there."""
    page.export_button.click()
    room.until(lambda: written.exists() and not page.strip.busy)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("view", "named"), [("days", "attendance-"), ("entries", "attendance-entries-")]
)
def test_the_export_holds_exactly_what_is_on_screen(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, view: str, named: str
) -> None:
    page = busy_week(room)
    target = tmp_path / "out.csv"
    asked = answer_export(monkeypatch, target)
    choose_range(page, Range.THIS_WEEK)
    if view == "entries":
        page.filters.person_box.choose(PersonId("P2"))
        entry_view(room, page, 4, Range.THIS_WEEK)
    room.until(page.correct_button.isEnabled)
    export(room, page, target)
    rows = read_csv(target)
    days = [(row.local_date.isoformat(), row.person.id) for row in page.days.rows]
    entries = [(row.local_date.isoformat(), row.person) for row in page.entries.rows]
    shown = days if view == "days" else entries
    assert [(row["date"], row["person"]) for row in rows] == shown
    assert asked[0].name.startswith(f"{named}2026-11-")
    assert str(target) in room.toast
    if view == "days":
        assert {row["name"] for row in rows if row["person"] == "P4"} == {"'=cmd|'calc'!A1"}


def test_an_export_that_fails_after_the_window_is_closed_is_known(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    choose_range(page, Range.THIS_WEEK)
    room.until(page.correct_button.isEnabled)
    answer_export(monkeypatch, tmp_path / "no stick" / "out.csv")
    page.export_button.click()
    room.shell.close()
    assert [error.code for error in room.desk.ops.unwritten()] == ["target_unwritable"]


def test_the_export_can_be_a_workbook(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    target = tmp_path / "out.xlsx"
    answer_export(monkeypatch, target)
    entry_view(room, page, 2, Range.TODAY)
    export(room, page, target)
    sheet = load_workbook(target).active
    assert sheet is not None
    values = list(sheet.iter_rows(values_only=True))
    assert len(values) == 3
    assert "Asha Lin" in values[1]


@pytest.mark.parametrize("view", [View.DAYS, View.ENTRIES])
def test_a_cancelled_export_reads_no_further(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, view: View
) -> None:
    page = busy_week(room)
    page.most_rows = 3
    read: list[int] = []

    def watched(*asked: Any) -> Rows:
        rows = read_all(*asked)
        read.append(len(rows))
        return rows

    monkeypatch.setattr(attendance_page, "read_all", watched)
    answer_export(monkeypatch, tmp_path / "out.csv")
    entry_view(room, page, 3, Range.ALL_TIME)
    if view is View.DAYS:
        page.filters.day_button.click()
        room.until(lambda: is_read(page, 3))
    with room.aside_busy():
        page.export_button.click()
        page.strip.cancel_button.click()
    room.until(lambda: not page.strip.busy)
    assert read == [0]
    assert not list(tmp_path.glob("out*"))


def test_rows_that_are_written_are_freed_bit_by_bit(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    freed_by: list[str] = []

    class Told(DayRow):
        def __del__(self) -> None:
            freed_by.append(extract_stack(limit=2)[0].name)

    def read(*_: object) -> Rows:
        asha = Person(PersonId("P3"), "Asha")
        return tuple(Told(asha, date(2026, 11, 18), None, None, False, None) for _ in range(5))

    answer_export(monkeypatch, tmp_path / "out.csv")
    day = date(2026, 11, 18)
    Exporter(room.desk, page.strip, lambda: None).start(page, View.DAYS, read, (day, day))
    room.until(lambda: not page.strip.busy)
    assert len(read_csv(tmp_path / "out.csv")) == 5
    assert freed_by == [let_go.__name__] * 5


def test_a_long_list_shows_its_newest_rows_and_exports_all(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    page.most_rows = 3
    entry_view(room, page, 3, Range.ALL_TIME)
    assert foot(page) == words.NEWEST_ENTRIES(3, all=5)
    assert [row.local_date.day for row in page.entries.rows] == [18, 18, 17]
    proposed = answer_export(monkeypatch, tmp_path / "entries.csv")
    export(room, page, tmp_path / "entries.csv")
    written = [row["date"] for row in read_csv(tmp_path / "entries.csv")]
    assert written == [f"2026-11-{day}" for day in (18, 18, 17, 16, 16)]
    page.filters.day_button.click()
    room.until(lambda: is_read(page, 3))
    assert foot(page) == words.NEWEST_DAYS(1, all="3")
    answer_export(monkeypatch, tmp_path / "days.csv")
    export(room, page, tmp_path / "days.csv")
    assert len(read_csv(tmp_path / "days.csv")) == 3 + 1 + 1
    assert [path.name for path in proposed] == ["attendance-entries-2026-11-16_2026-11-18.csv"]


@pytest.mark.parametrize(
    ("first", "name"),
    [(18, "attendance-2026-11-18.csv"), (1, "attendance-2026-11-01_2026-11-18.csv")],
)
def test_files_are_named_after_their_days(first: int, name: str) -> None:
    assert proposed_name(View.DAYS, (date(2026, 11, first), date(2026, 11, 18))) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_view_names_its_files_differently(qapp: QApplication, language: str) -> None:
    span = (date(2026, 11, 16), date(2026, 11, 18))
    spoken = Language(qapp, language)
    names = {proposed_name(view, span) for view in View}
    spoken.stop()
    assert len(names) == len(View)


def test_a_cancelled_export_leaves_no_file(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    entry_view(room, page, 2, Range.TODAY)
    target = tmp_path / "out.xlsx"
    answer_export(monkeypatch, target)
    with room.aside_busy():
        page.export_button.click()
        assert page.strip.isVisible()
        assert not page.export_button.isEnabled()
        click(page.strip.cancel_button)
    room.until(lambda: not page.strip.busy)
    assert list(tmp_path.glob("out*")) == []
    assert page.export_button.isEnabled()
    assert room.toast == table_words.CANCELLED()


def test_an_export_that_cannot_be_written_is_said(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    answer_export(monkeypatch, tmp_path / "nowhere" / "out.csv")
    page.export_button.click()
    room.until(room.window.banner.isVisible)
    assert not page.strip.busy


@pytest.mark.expect_log("a fault of the program|a job failed")
def test_an_export_ends_when_reading_meets_a_fault_of_our_own(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    answer_export(monkeypatch, tmp_path / "out.csv")
    ended: list[bool] = []

    def fail(_service: Service, _cancelled: object) -> list[Entry]:
        raise ZeroDivisionError("our fault")

    exporter = Exporter(room.desk, page.strip, lambda: ended.append(page.strip.busy))
    exporter.start(page, View.ENTRIES, fail, (date(2026, 11, 18), date(2026, 11, 18)))
    assert page.strip.busy
    room.until(lambda: len(room.bugs) == 1)
    assert ended == [False]
    assert not (tmp_path / "out.csv").exists()
    room.bugs.clear()


def test_the_live_page_shows_who_arrives_while_an_export_is_read(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page, (now, go_on) = busy_week(room), (room.parts.clock.now(), Event())
    answer_export(monkeypatch, tmp_path / "out.csv")

    def read(service: Service, _cancelled: object) -> list[Entry]:
        assert go_on.wait(WAIT_S)
        return service.entries()

    exporter = Exporter(room.desk, page.strip, lambda: None)
    exporter.start(page, View.ENTRIES, read, (now.date(), now.date()))
    live = room.open(LivePage)
    room.add("P9", "Ines Duarte")
    room.see("P9", now)
    room.until(lambda: "Ines Duarte" in names(live))
    assert page.strip.busy
    go_on.set()
    room.until(lambda: not page.strip.busy)
    assert "P9" in {row["person"] for row in read_csv(tmp_path / "out.csv")}


def test_what_waits_behind_an_export_is_written_when_the_window_closes(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page, read, go_on = busy_week(room), Event(), Event()
    table, today, copy = tmp_path / "out.csv", tmp_path / "today.csv", tmp_path / "copy.db"

    def slow_read(service: Service, _cancelled: object) -> list[Entry]:
        read.set()
        assert go_on.wait(WAIT_S)
        return service.entries()

    answer_export(monkeypatch, table)
    days = (date(2026, 11, 18), date(2026, 11, 18))
    Exporter(room.desk, page.strip, lambda: None).start(page, View.ENTRIES, slow_read, days)
    assert read.wait(WAIT_S)
    answer_export(monkeypatch, today)
    live = room.open(LivePage)
    room.until(lambda: live.day.board is not None)
    live.day.export()
    monkeypatch.setattr(files, "ask_backup", lambda *_: copy)
    room.open(SettingsPage).data.backup_button.click()
    room.window.installEventFilter(WhenHidden(room.window, go_on.set))
    room.close()
    assert [path.exists() for path in (table, today, copy)] == [True] * 3


def test_a_held_target_is_written_beside_and_said(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    (tmp_path / "out.csv").write_text("open in LibreOffice")
    (tmp_path / ".~lock.out.csv#").touch()
    answer_export(monkeypatch, tmp_path / "out.csv")
    page.export_button.click()
    room.until(lambda: bool(room.told))
    assert (tmp_path / "out.csv").read_text() == "open in LibreOffice"
    assert len(read_csv(tmp_path / "out (2).csv")) == 3
    (notice,) = room.told
    assert "out (2).csv" in notice.what
    assert notice.hint == words.EXPORT_ELSEWHERE_HINT()
    assert notice.action is not None


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_that_only_its_ending_makes_known_is_not_replaced_unasked(
    room: Room, tmp_path: Path, replace: bool
) -> None:
    page = busy_week(room)
    target = tmp_path / "payroll 23.11.2026.csv"
    target.write_text("edited by the manager", encoding="utf-8")

    def choose(dialog: QFileDialog) -> None:
        only(dialog, QLineEdit).setText(str(target.with_suffix("")))
        dialog.accept()

    def answer(dialog: ReplaceDialog) -> None:
        (dialog.do_button if replace else dialog.cancel_button).click()

    with answering(ReplaceDialog, answer), answering(QFileDialog, choose):
        page.export_button.click()
    room.until(lambda: not page.strip.busy)
    kept = target.read_text(encoding="utf-8-sig") == "edited by the manager"
    assert kept is not replace
