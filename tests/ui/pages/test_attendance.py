from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import QFileDialog

from faceapp.service import Service
from faceapp.types import (
    Changes,
    Confirmation,
    Entry,
    EntryFilter,
    EntryKind,
    EntryPolicy,
    PersonId,
)
from faceapp.ui import words as all_words
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.confirm import ReplaceDialog
from faceapp.ui.dialogs.correct import CorrectDialog, What
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.export import Exporter, proposed_name
from faceapp.ui.pages.attendance.page import DAY_MS
from faceapp.ui.pages.attendance.ranges import Range, span_of
from faceapp.ui.tables import Order
from faceapp.ui.words import attendance as words
from faceapp.ui.words import tables as table_words
from tests.ui.answers import answering
from tests.ui.pages.conftest import here
from tests.ui.rooms import Room
from tests.ui.seen import click, let_pass, press, room_for_text, texts

pytestmark = pytest.mark.usefixtures("noon")

dates = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def opened(room: Room) -> AttendancePage:
    page = room.open(AttendancePage)
    room.until(page.correct_button.isEnabled)
    return page


def is_read(page: AttendancePage, days: int) -> bool:
    """Whether a list of so many days is on the screen, and none is on its way."""
    return len(page.days.rows) == days and page.correct_button.isEnabled()


def foot(page: AttendancePage) -> str:
    return page.foot.line.full_text


def present(page: AttendancePage) -> int:
    return sum(row.present for row in page.days.rows)


def struck(page: AttendancePage) -> list[Entry]:
    return [row for row in page.entries.rows if row.voided_reason]


def choose_range(page: AttendancePage, chosen: Range) -> None:
    page.filters.range_box.setCurrentIndex(page.filters.range_box.findData(chosen))


def busy_week(room: Room) -> AttendancePage:
    """Omar came on three days, Asha today only, the third never."""
    room.enrol("P2", "Omar Haddad")
    room.enrol("P3", "Asha Lin")
    room.enrol("P4", "=cmd|'calc'!A1")
    room.do(lambda service: service.rename(PersonId("P3"), "Asha Lin", ["Class 7b"]))
    room.see("P2", here(16, 8), here(16, 17), here(17, 8, 5), here(18, 8, 10))
    room.see("P3", here(18, 9))
    page = opened(room)
    # Two threads read them: either may be first.
    room.until(lambda: len(page.days.rows) == 3 and page.filters.person_box.count() == 4)
    return page


def test_after_midnight_today_is_another_day(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    page = busy_week(room)
    assert foot(page) == words.COUNT_PRESENT(here=2, missing=1)
    room.parts.clock.sleep(24 * 3600)
    proposed: list[Path] = []
    monkeypatch.setattr(files, "ask_export", lambda _parent, proposal: proposed.append(proposal))
    page.export_button.click()  # what is on screen is still yesterday's
    assert proposed[0].name.endswith("2026-11-18.csv")
    let_pass(page, DAY_MS)
    room.until(lambda: foot(page) == words.COUNT_PRESENT(here=0, missing=3))
    assert present(page) == 0


def test_sorting_after_midnight_is_no_answer_about_the_new_day(room: Room) -> None:
    page = busy_week(room)
    room.parts.clock.sleep(24 * 3600)
    page.days.horizontalHeader().sectionClicked.emit(1)
    room.until(page.correct_button.isEnabled)
    assert foot(page) == words.COUNT_PRESENT(here=0, missing=3)
    assert present(page) == 0


@pytest.mark.parametrize("name", ["correct_button", "export_button"])
def test_the_focus_stays_on_a_button_when_somebody_is_recorded(room: Room, name: str) -> None:
    page = busy_week(room)
    focused = getattr(page, name)
    focused.setFocus()
    room.see("P4", here(18, 10))
    room.until(lambda: present(page) == 3 and page.correct_button.isEnabled())
    assert room.window.focusWidget() is focused


def test_the_focus_goes_where_the_operator_has_gone_meanwhile(room: Room) -> None:
    page = busy_week(room)
    page.correct_button.setFocus()
    page.filters.changed.emit()
    page.filters.group_box.setFocus()
    room.until(page.correct_button.isEnabled)
    assert room.window.focusWidget() is page.filters.group_box


def entry_view(room: Room, page: AttendancePage, rows: int, chosen: Range) -> None:
    choose_range(page, chosen)
    page.filters.entry_button.click()
    room.until(lambda: len(page.entries.rows) == rows and page.correct_button.isEnabled())


def correct(page: AttendancePage, act: Callable[[CorrectDialog], object]) -> None:
    """Press the button for a correction, and do something to the dialog."""
    with answering(CorrectDialog, act):
        page.correct_button.click()


def wrong_entry(room: Room) -> tuple[AttendancePage, Entry]:
    """Select an entry that is to be corrected."""
    page = busy_week(room)
    entry_view(room, page, 2, Range.TODAY)
    wrong = next(row for row in page.entries.rows if row.person == "P3")
    page.entries.select(wrong.id)
    return page, wrong


def answer_export(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[Path]:
    asked: list[Path] = []

    def ask(_parent: object, proposal: Path) -> Path | None:
        asked.append(proposal)
        return path

    monkeypatch.setattr(files, "ask_export", ask)
    return asked


def export(room: Room, page: AttendancePage, written: Path) -> None:
    """Press the button for an export, and wait until the file is there."""
    page.export_button.click()
    room.until(lambda: written.exists() and not page.strip.busy)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_empty_day_leads_to_the_live_page(room: Room) -> None:
    page = opened(room)
    assert page.empty.isVisible()
    assert not page.export_button.isEnabled()
    press(page.empty, words.GO_LIVE())
    assert room.window.page.accessibleName() == all_words.shell.LIVE()


def test_the_day_view_says_who_came_and_who_is_missing(room: Room) -> None:
    page = busy_week(room)
    states = {row.person.id: page.days.columns[6].show(row) for row in page.days.rows}
    assert states == {"P2": words.HERE(), "P3": words.HERE(), "P4": words.MISSING()}
    assert foot(page) == words.COUNT_PRESENT(here=2, missing=1)
    choose_range(page, Range.THIS_WEEK)
    room.until(lambda: any(row.local_date == date(2026, 11, 16) for row in page.days.rows))
    room.until(page.correct_button.isEnabled)
    people = all_words.people.COUNT(3)
    said = words.COUNT_OF_DAYS(people=people, present=4, missing=len(page.days.rows) - 4)
    assert foot(page) == said
    monday = next(row for row in page.days.rows if row.local_date == date(2026, 11, 16))
    assert [column.show(monday) for column in page.days.columns[3:6]] == ["08:00", "17:00", "9:00"]
    assert page.days.columns[6].show(monday) == words.WAS_HERE()


@pytest.mark.parametrize("policy", list(EntryPolicy))
def test_only_who_comes_and_goes_by_turns_is_seen_to_leave(room: Room, policy: EntryPolicy) -> None:
    room.desk.settings.change("policy", policy.value)
    room.enrol("P2", "Omar Haddad")
    room.see("P2", here(18, 8), here(18, 9))
    page = opened(room)
    room.until(lambda: len(page.days.rows) == 1)
    wanted = words.WAS_HERE if policy is EntryPolicy.ALTERNATING else words.HERE
    assert page.days.columns[6].show(page.days.rows[0]) == wanted()


def test_filters_narrow_what_is_shown(room: Room) -> None:
    page = busy_week(room)
    entry_view(room, page, 5, Range.THIS_WEEK)
    newest_first = [row.at for row in page.entries.rows]
    assert newest_first == sorted(newest_first, reverse=True)
    room.until(lambda: page.filters.group_box.count() == 2)
    page.filters.group_box.setCurrentIndex(1)
    room.until(lambda: [row.name for row in page.entries.rows] == ["Asha Lin"])
    page.filters.group_box.setCurrentIndex(0)
    page.filters.person_box.choose(PersonId("P2"))
    room.until(lambda: {row.person for row in page.entries.rows} == {"P2"})
    choose_range(page, Range.YESTERDAY)
    room.until(lambda: [row.local_date for row in page.entries.rows] == [date(2026, 11, 17)])
    choose_range(page, Range.CUSTOM)
    page.filters.to_field.setDate(QDate(2026, 11, 16))
    room.until(lambda: [row.local_date for row in page.entries.rows] == [date(2026, 11, 16)] * 2)
    assert page.filters.from_field.date() == QDate(2026, 11, 16)


def test_who_is_typed_is_shown_alone_and_nobody_else_is_taken(room: Room) -> None:
    page = busy_week(room)
    box = page.filters.person_box
    box.field.setText("Asha Lin (P3)")
    box.field.editingFinished.emit()
    room.until(lambda: [row.person.id for row in page.days.rows] == ["P3"])
    box.field.setText("nobody at all")
    box.field.editingFinished.emit()
    assert box.currentText() == "Asha Lin (P3)"
    box.field.clear()
    box.field.editingFinished.emit()
    room.until(lambda: len(page.days.rows) == 3)


def test_columns_sort_what_is_shown(room: Room) -> None:
    page = busy_week(room)
    entry_view(room, page, 5, Range.THIS_WEEK)
    page.entries.horizontalHeader().sectionClicked.emit(2)
    room.until(
        lambda: [row.name for row in page.entries.rows] == ["Asha Lin"] + ["Omar Haddad"] * 4
    )
    assert page.entries.order == Order(2)


def test_an_entry_is_struck_with_a_reason_and_stays_to_be_seen(room: Room) -> None:
    page, wrong = wrong_entry(room)

    def strike(dialog: CorrectDialog) -> None:
        assert dialog.what is What.STRIKE
        assert not dialog.do_button.isEnabled()
        dialog.reason_box.setEditText("her twin sister")
        click(dialog.do_button)

    with answering(CorrectDialog, strike):
        room.qtbot.keyClick(page.entries, Qt.Key.Key_Return)
    room.until(lambda: bool(struck(page)))
    (row,) = struck(page)
    assert (row.id, row.voided_reason) == (wrong.id, "her twin sister")
    assert page.entries.columns[-1].show(row) == words.STRUCK(reason="her twin sister")
    assert [one.voided_reason for one in room.entries() if one.id == wrong.id] == [
        "her twin sister"
    ]


def test_an_entry_of_the_wrong_person_is_given_to_the_right_one(room: Room) -> None:
    page, wrong = wrong_entry(room)

    def give(dialog: CorrectDialog) -> None:
        dialog.modes[What.OTHER].setChecked(True)
        # Nobody is proposed, least of all who it was not; the reason is plain.
        assert dialog.person_box.person is None
        assert dialog.reason_box.currentText() == words.REASONS[0]()
        assert not dialog.do_button.isEnabled()
        assert not dialog.time_field.isVisible()
        dialog.person_box.choose(PersonId("P3"))
        assert dialog.problem.text() == words.SAME_PERSON()
        dialog.person_box.choose(PersonId("P4"))
        click(dialog.do_button)

    correct(page, give)
    room.until(lambda: room.toast == words.OTHER_DONE())
    at_nine = [row for row in room.entries() if row.at == wrong.at]
    assert {(row.person, row.voided_reason, row.kind) for row in at_nine} == {
        ("P3", words.REASONS[0](), wrong.kind), ("P4", None, wrong.kind),
    }  # fmt: skip


def test_a_reason_that_was_only_proposed_goes_with_its_correction(room: Room) -> None:
    page, _ = wrong_entry(room)
    seen: list[object] = []

    def look(dialog: CorrectDialog) -> None:
        for what in (What.OTHER, What.CHANGE, What.ADD):
            dialog.modes[what].setChecked(True)
            seen.append((dialog.reason_box.currentText(), dialog.person_box.person is None))

    correct(page, look)
    assert seen == [(words.REASONS[0](), True), ("", False), ("", False)]


def test_nobody_is_told_off_before_anything_was_touched(room: Room) -> None:
    page, _ = wrong_entry(room)
    said: list[tuple[str, str]] = []

    def look(dialog: CorrectDialog) -> None:
        said.append((dialog.problem.text(), dialog.problem.property("tone")))
        dialog.modes[What.CHANGE].setChecked(True)
        said.append((dialog.problem.text(), dialog.problem.property("tone")))
        assert not dialog.do_button.isEnabled()
        dialog.time_field.setTime(QTime(7, 55))
        said.append((dialog.problem.text(), dialog.problem.property("tone")))

    correct(page, look)
    missing = words.REASON_MISSING()
    assert said == [(missing, "muted"), (missing, "muted"), (missing, "bad")]


@pytest.mark.usefixtures("language")
def test_every_range_is_readable_in_its_box(room: Room) -> None:
    room.window.resize(960, 640)
    box = opened(room).filters.range_box
    widest_px = max(
        box.fontMetrics().horizontalAdvance(box.itemText(at)) for at in range(box.count())
    )
    assert widest_px <= room_for_text(box).width()


def test_the_find_key_goes_to_the_person(room: Room) -> None:
    page = opened(room)
    room.qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.person_box.hasFocus()


def test_a_correction_that_could_not_be_saved_is_there_again(room: Room) -> None:
    page, _ = wrong_entry(room)

    def change(dialog: CorrectDialog) -> None:
        dialog.modes[What.CHANGE].setChecked(True)
        dialog.time_field.setTime(QTime(8, 45))
        dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(EntryKind.OUT))
        dialog.reason_box.setEditText("came by the back door")
        dialog.do_button.click()

    with room.locked():
        correct(page, change)
        room.until(lambda: bool(room.told))

    def again(dialog: CorrectDialog) -> None:
        assert dialog.what is What.CHANGE
        assert dialog.time_field.time() == QTime(8, 45)
        assert dialog.kind_box.currentData() == EntryKind.OUT
        assert dialog.reason_box.currentText() == "came by the back door"
        dialog.do_button.click()

    correct(page, again)
    room.until(lambda: any(row.at == here(18, 8, 45) for row in page.entries.rows))
    page.entries.select(next(row.id for row in page.entries.rows if row.at == here(18, 8, 45)))
    # What is saved is not offered again.
    seen: list[str] = []
    correct(page, lambda dialog: seen.append(dialog.reason_box.currentText()))
    assert seen == [""]


def test_of_a_struck_entry_nothing_else_is_meant(room: Room) -> None:
    page = busy_week(room)
    room.see("P3", here(18, 11))
    entry_view(room, page, 3, Range.TODAY)
    wrong = next(row for row in page.entries.rows if row.at == here(18, 9))
    room.do(lambda service: service.void_entry(wrong.id, "her twin sister"))
    room.until(lambda: bool(struck(page)))
    page.entries.select(wrong.id)

    def look(dialog: CorrectDialog) -> None:
        assert dialog.what is What.ADD
        assert dialog.person_box.person == "P3"
        dialog.modes[What.STRIKE].setChecked(True)
        dialog.reason_box.setEditText("wrong person")
        assert dialog.problem.text() == words.ENTRY_MISSING()
        assert not dialog.do_button.isEnabled()
        dialog.entry_box.setCurrentIndex(0)
        assert dialog.correction is not None
        assert dialog.correction.entry != wrong.id

    with answering(CorrectDialog, look):
        room.qtbot.keyClick(page.entries, Qt.Key.Key_Return)
    assert len(room.do(lambda service: service.entries(EntryFilter(include_voided=False)))) == 5


def test_a_struck_entry_is_added_again_as_it_was(room: Room) -> None:
    page, right = wrong_entry(room)

    def strike(dialog: CorrectDialog) -> None:
        assert words.STRIKE_FINAL() in texts(dialog)
        dialog.modes[What.CHANGE].setChecked(True)
        assert words.STRIKE_FINAL() not in texts(dialog)
        dialog.modes[What.STRIKE].setChecked(True)
        dialog.reason_box.setEditText("wrong person")
        dialog.do_button.click()

    correct(page, strike)
    room.until(lambda: bool(struck(page)))
    page.entries.select(right.id)

    def add_again(dialog: CorrectDialog) -> None:
        dialog.reason_box.setEditText("it was right")
        dialog.do_button.click()

    correct(page, add_again)
    room.until(lambda: len(page.entries.rows) == 3)
    (again,) = (row for row in page.entries.rows if row.correction_reason == "it was right")
    assert (again.person, again.at, again.kind) == (right.person, right.at, right.kind)


def test_an_entry_of_somebody_forgotten_can_be_struck_but_not_changed(room: Room) -> None:
    page = busy_week(room)
    entry_view(room, page, 2, Range.TODAY)
    entry = next(row for row in page.entries.rows if row.person == "P3")
    room.do(lambda service: service.forget(PersonId("P3")))
    room.until(lambda: all(row.person != "P3" for row in page.entries.rows))
    page.entries.select(entry.id)

    def look(dialog: CorrectDialog) -> None:
        assert dialog.what is What.STRIKE
        assert not dialog.modes[What.CHANGE].isEnabled()
        assert dialog.modes[What.CHANGE].toolTip() == words.FORGOTTEN_CHANGE()
        dialog.reason_box.setEditText("wrong person")
        click(dialog.do_button)

    with answering(CorrectDialog, look):
        room.qtbot.keyClick(page.entries, Qt.Key.Key_Return)
    room.until(lambda: bool(struck(page)))


def test_pressing_twice_asks_once(room: Room) -> None:
    page = busy_week(room)
    room.until(lambda: room.desk.ops.busy == 0)
    with answering(CorrectDialog, lambda dialog: dialog.reject()), room.clerk_busy():
        page.correct_button.click()
        page.correct_button.click()
        assert room.desk.ops.busy == 2
    correct(page, lambda dialog: dialog.reject())


def test_what_was_still_to_come_has_come_while_the_dialog_is_open(room: Room) -> None:
    page = busy_week(room)
    said: list[str] = []

    def add(dialog: CorrectDialog) -> None:
        dialog.person_box.choose(PersonId("P4"))
        dialog.reason_box.setEditText("forgot to check in")
        dialog.time_field.setTime(QTime(12, 2))
        said.append(dialog.problem.text())
        room.parts.clock.sleep(180)
        said.append("" if dialog.correction else dialog.problem.text())

    correct(page, add)
    assert said == [words.IN_FUTURE(), ""]


def test_a_missing_entry_is_added_by_hand(room: Room) -> None:
    page = busy_week(room)

    def add(dialog: CorrectDialog) -> None:
        assert dialog.what is What.ADD
        assert not dialog.modes[What.STRIKE].isEnabled()
        dialog.person_box.choose(PersonId("P4"))
        dialog.day_field.setDate(QDate(2026, 11, 17))
        dialog.time_field.setTime(QTime(8, 30))
        dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(EntryKind.IN))
        dialog.reason_box.setEditText("forgot to check in")
        click(dialog.do_button)

    correct(page, add)
    room.until(lambda: room.toast == words.ADDED_DONE())
    (added,) = [row for row in room.entries() if row.person == "P4"]
    how = (added.at, added.kind, added.confirmation)
    assert how == (here(17, 8, 30), EntryKind.IN, Confirmation.MANUAL)
    assert added.correction_reason == "forgot to check in"


def test_a_wrong_time_is_struck_and_the_right_one_added(room: Room) -> None:
    page = busy_week(room)
    page.days.select((date(2026, 11, 18), PersonId("P2")))

    def change(dialog: CorrectDialog) -> None:
        dialog.modes[What.CHANGE].setChecked(True)
        assert dialog.time_field.time() == QTime(8, 10)
        dialog.time_field.setTime(QTime(7, 55))
        dialog.reason_box.setEditText("clock was slow")
        click(dialog.do_button)

    correct(page, change)
    room.until(lambda: _first_in(page, "P2") == here(18, 7, 55))
    today = [row for row in room.entries() if row.local_date == date(2026, 11, 18)]
    omars = [(row.at, row.voided_reason) for row in today if row.person == "P2"]
    assert omars == [(here(18, 7, 55), None), (here(18, 8, 10), "clock was slow")]


def _first_in(page: AttendancePage, person: str) -> object:
    row = next(row for row in page.days.rows if row.person.id == person)
    return row.first_in.at if row.first_in else None


def test_a_correction_says_what_it_lacks_and_cuts_a_long_reason(room: Room) -> None:
    page = busy_week(room)
    said: list[str] = []

    def wrong(dialog: CorrectDialog) -> None:
        dialog.reason_box.setEditText("x")
        said.append(dialog.problem.text())
        dialog.person_box.choose(PersonId("P2"))
        dialog.day_field.setDate(QDate(2027, 1, 1))
        said.append(dialog.problem.text())
        dialog.day_field.setDate(QDate(2026, 11, 18))
        dialog.time_field.setTime(QTime(11, 0))
        dialog.reason_box.setEditText("  ")
        said.append(dialog.problem.text())
        dialog.reason_box.setEditText("x" * 600)
        said.append(dialog.problem.text())
        assert dialog.correction is not None
        assert len(dialog.correction.reason) == 500

    correct(page, wrong)
    assert said == [words.PERSON_MISSING(), words.IN_FUTURE(), words.REASON_MISSING(), ""]
    assert len(room.entries()) == 5


@pytest.mark.parametrize("view", ["days", "entries"])
def test_the_export_holds_exactly_what_is_on_screen(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, view: str
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
    assert asked[0].name.startswith("attendance-2026-11-")
    assert str(target) in room.toast
    if view == "days":
        assert {row["name"] for row in rows if row["person"] == "P4"} == {"'=cmd|'calc'!A1"}


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


def test_a_cancelled_export_leaves_no_file(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = busy_week(room)
    entry_view(room, page, 2, Range.TODAY)
    target = tmp_path / "out.xlsx"
    answer_export(monkeypatch, target)
    with room.reader_busy():
        page.export_button.click()
        assert page.strip.isVisible()
        assert not page.export_button.isEnabled()
        click(page.strip.cancel_button)
    room.until(lambda: not page.strip.busy)
    assert list(tmp_path.glob("out*")) == []
    assert page.export_button.isEnabled()
    assert room.toast == table_words.CANCELLED()


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
    assert [path.name for path in proposed] == [f"{words.FILE_NAME()}-2026-11-16_2026-11-18.csv"]


def test_an_arrival_is_saved_while_a_long_list_is_read(room: Room) -> None:
    page = busy_week(room)
    with room.reader_busy():
        room.see("P4", here(18, 9, 30))
        assert present(page) == 2
    room.until(lambda: present(page) == 3)


def test_a_long_list_is_shown_although_people_arrive_while_it_is_read(room: Room) -> None:
    page = busy_week(room)
    with ExitStack() as second:
        with room.reader_busy():
            room.see("P4", here(18, 9, 30))  # the list is asked for, and waits
            second.enter_context(room.reader_busy())
            room.see("P2", here(18, 9, 50))  # and is outdated already
        room.until(lambda: present(page) == 3)
    room.until(page.correct_button.isEnabled)


def test_who_is_forgotten_while_chosen_leaves_a_list_of_all(room: Room) -> None:
    page = busy_week(room)
    page.filters.person_box.choose(PersonId("P3"))
    room.until(lambda: is_read(page, 1))
    room.do(lambda service: service.forget(PersonId("P3")))
    with room.clerk_busy():  # the list is read before it is known who is left
        room.desk.changes.changed.emit(Changes(people=True))
        room.until(page.correct_button.isEnabled)
    room.until(lambda: page.filters.asked.wanted.person is None)
    room.until(lambda: len(page.days.rows) == 3)


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

    def fail(_service: Service) -> list[Entry]:
        raise ZeroDivisionError("our fault")

    exporter = Exporter(room.desk, page.strip, lambda: ended.append(page.strip.busy))
    exporter.start(page, fail, (date(2026, 11, 18), date(2026, 11, 18)))
    assert page.strip.busy
    room.until(lambda: len(room.bugs) == 1)
    assert ended == [False]
    assert not (tmp_path / "out.csv").exists()
    room.bugs.clear()


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


def test_nothing_is_asked_for_twice_while_it_is_read(room: Room) -> None:
    page = busy_week(room)
    runs: list[object] = []
    room.desk.ops.busy_changed.connect(runs.append)
    for chosen in (Range.YESTERDAY, Range.THIS_WEEK, Range.THIS_MONTH, Range.TODAY):
        choose_range(page, chosen)
    room.until(page.correct_button.isEnabled)
    assert len(page.days.rows) == 3
    assert len([one for one in runs if one]) <= 3


def test_rows_that_are_on_their_way_out_are_neither_exported_nor_corrected(room: Room) -> None:
    page = busy_week(room)
    assert page.export_button.isEnabled()
    choose_range(page, Range.THIS_WEEK)
    assert not page.export_button.isEnabled()
    assert not page.correct_button.isEnabled()
    room.until(page.correct_button.isEnabled)
    assert page.export_button.isEnabled()
    page.days.horizontalHeader().sectionClicked.emit(1)
    assert not page.export_button.isEnabled()
    room.until(page.export_button.isEnabled)


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_that_only_its_ending_makes_known_is_not_replaced_unasked(
    room: Room,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    replace: bool,
) -> None:
    page = busy_week(room)
    target = tmp_path / "payroll 23.11.2026.csv"
    target.write_text("edited by the manager", encoding="utf-8")
    chosen = str(target.with_suffix("")), table_words.CSV_FILES()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)

    def answer(dialog: ReplaceDialog) -> None:
        (dialog.do_button if replace else dialog.cancel_button).click()

    with answering(ReplaceDialog, answer):
        page.export_button.click()
    room.until(lambda: not page.strip.busy)
    kept = target.read_text(encoding="utf-8-sig") == "edited by the manager"
    assert kept is not replace


@given(dates, st.integers(1, 7))
def test_named_ranges_hold_today_and_begin_where_they_say(today: date, begins: int) -> None:
    nothing = (None, None)
    assert span_of(Range.TODAY, today, nothing) == (today, today)
    first, last = span_of(Range.THIS_WEEK, today, nothing, begins)
    assert first is not None
    assert last == today
    assert first.isoweekday() == begins
    assert timedelta(0) <= today - first < timedelta(days=7)
    month = span_of(Range.THIS_MONTH, today, nothing)
    assert month == (date(today.year, today.month, 1), today)
    assert span_of(Range.YESTERDAY, today, nothing) == (today - timedelta(1), today - timedelta(1))
    assert span_of(Range.ALL_TIME, today, nothing) == nothing
    assert span_of(Range.CUSTOM, today, (today, today)) == (today, today)


@pytest.mark.parametrize(
    ("first", "name"),
    [(18, "attendance-2026-11-18.csv"), (1, "attendance-2026-11-01_2026-11-18.csv")],
)
def test_files_are_named_after_their_days(first: int, name: str) -> None:
    assert proposed_name((date(2026, 11, first), date(2026, 11, 18))) == name
