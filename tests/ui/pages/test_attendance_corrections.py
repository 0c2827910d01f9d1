"""Entries are struck, changed, given to somebody else or added by hand, always with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, Qt, QTime

from faceapp.types import Confirmation, Entry, EntryFilter, EntryKind, PersonId
from faceapp.ui.corrections import What
from faceapp.ui.dialogs.correct import CorrectDialog
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.ranges import Range
from faceapp.ui.words import attendance as words
from tests.helpers.clock import here
from tests.ui.answers import answering
from tests.ui.pages.attendance import busy_week, entry_view
from tests.ui.rooms import Room
from tests.ui.seen import cells, choose, click, texts

pytestmark = pytest.mark.usefixtures("noon")


def struck(page: AttendancePage) -> list[Entry]:
    return [row for row in page.entries.rows if row.voided_reason]


def correct(page: AttendancePage, act: Callable[[CorrectDialog], object]) -> None:
    """Press the button for a correction, and do something to the dialog."""
    with answering(CorrectDialog, act):
        page.correct_button.click()


def finish(dialog: CorrectDialog, reason: str) -> None:
    """Enter the reason, and press the button that corrects."""
    dialog.reason_box.setEditText(reason)
    click(dialog.do_button)


def first_arrivals(page: AttendancePage) -> list[tuple[str, datetime]]:
    """Say who is listed, and when each came first."""
    return [(row.person.id, row.first_in.at) for row in page.days.rows if row.first_in]


def wrong_entry(room: Room) -> tuple[AttendancePage, Entry]:
    """Select an entry that is to be corrected."""
    page = busy_week(room)
    entry_view(room, page, 2, Range.TODAY)
    wrong = next(row for row in page.entries.rows if row.person == "P3")
    page.entries.select(wrong.id)
    return page, wrong


def test_an_entry_is_struck_with_a_reason_and_stays_to_be_seen(room: Room) -> None:
    page, wrong = wrong_entry(room)

    def strike(dialog: CorrectDialog) -> None:
        assert dialog.what is What.STRIKE
        assert not dialog.do_button.isEnabled()
        finish(dialog, "her twin sister")

    with answering(CorrectDialog, strike):
        room.qtbot.keyClick(page.entries, Qt.Key.Key_Return)
    room.until(lambda: bool(struck(page)))
    (row,) = struck(page)
    assert row.id == wrong.id
    told = cells(page.entries)[page.entries.rows.index(row)][-1]
    assert told == words.STRUCK(reason="her twin sister")
    kept = {one.id: one.voided_reason for one in room.entries()}
    assert {at: reason for at, reason in kept.items() if reason} == {wrong.id: "her twin sister"}


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


def test_a_wrong_time_is_struck_and_the_right_one_added(room: Room) -> None:
    page = busy_week(room)
    page.days.select((date(2026, 11, 18), PersonId("P2")))

    def change(dialog: CorrectDialog) -> None:
        dialog.modes[What.CHANGE].setChecked(True)
        assert dialog.time_field.time() == QTime(8, 10)
        dialog.time_field.setTime(QTime(7, 55))
        finish(dialog, "clock was slow")

    correct(page, change)
    early = here(18, 7, 55)
    room.until(lambda: ("P2", early) in first_arrivals(page))
    today = [row for row in room.entries() if row.local_date == date(2026, 11, 18)]
    omars = [(row.at, row.voided_reason) for row in today if row.person == "P2"]
    assert omars == [(early, None), (here(18, 8, 10), "clock was slow")]


def test_a_missing_entry_is_added_by_hand(room: Room) -> None:
    page = busy_week(room)

    def add(dialog: CorrectDialog) -> None:
        assert dialog.what is What.ADD
        assert not dialog.modes[What.STRIKE].isEnabled()
        dialog.person_box.choose(PersonId("P4"))
        dialog.day_field.setDate(QDate(2026, 11, 17))
        dialog.time_field.setTime(QTime(8, 30))
        choose(dialog.kind_box, EntryKind.IN)
        finish(dialog, "forgot to check in")

    correct(page, add)
    room.until(lambda: room.toast == words.ADDED_DONE())
    (added,) = [row for row in room.entries() if row.person == "P4"]
    how = (added.at, added.kind, added.confirmation)
    assert how == (here(17, 8, 30), EntryKind.IN, Confirmation.MANUAL)
    assert added.correction_reason == "forgot to check in"


def test_a_struck_entry_is_added_again_as_it_was(room: Room) -> None:
    page, right = wrong_entry(room)

    def strike(dialog: CorrectDialog) -> None:
        assert words.STRIKE_FINAL() in texts(dialog)
        dialog.modes[What.CHANGE].setChecked(True)
        assert words.STRIKE_FINAL() not in texts(dialog)
        dialog.modes[What.STRIKE].setChecked(True)
        finish(dialog, "wrong person")

    correct(page, strike)
    room.until(lambda: bool(struck(page)))
    page.entries.select(right.id)

    def add_again(dialog: CorrectDialog) -> None:
        finish(dialog, "it was right")

    correct(page, add_again)
    room.until(lambda: len(page.entries.rows) == 3)
    (again,) = (row for row in page.entries.rows if row.correction_reason == "it was right")
    assert (again.person, again.at, again.kind) == (right.person, right.at, right.kind)


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
        finish(dialog, "wrong person")

    with answering(CorrectDialog, look):
        room.qtbot.keyClick(page.entries, Qt.Key.Key_Return)
    room.until(lambda: bool(struck(page)))


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


def test_a_correction_that_could_not_be_saved_is_there_again(room: Room) -> None:
    page, _ = wrong_entry(room)

    def change(dialog: CorrectDialog) -> None:
        dialog.modes[What.CHANGE].setChecked(True)
        dialog.time_field.setTime(QTime(8, 45))
        choose(dialog.kind_box, EntryKind.OUT)
        finish(dialog, "came by the back door")

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


def test_pressing_twice_asks_once(room: Room) -> None:
    page = busy_week(room)
    room.until(lambda: room.desk.ops.busy == 0)
    with answering(CorrectDialog, lambda dialog: dialog.reject()), room.clerk_busy():
        page.correct_button.click()
        page.correct_button.click()
        assert room.desk.ops.busy == 2
    correct(page, lambda dialog: dialog.reject())
