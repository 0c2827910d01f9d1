"""What must be seen on a small screen: every filter, every question, the buttons of a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QImage, QScreen
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from faceapp.recognition.selection import Refusal
from faceapp.types import (
    Backup,
    Confirmation,
    Damage,
    Entry,
    EntryId,
    EntryKind,
    Person,
    PersonId,
    PersonSummary,
    Recorded,
    RecordOutcome,
)
from faceapp.ui.corrections import Subject, What
from faceapp.ui.dialogs.add import AddDialog
from faceapp.ui.dialogs.confirm import (
    DraftDialog,
    ForgetDialog,
    PurgeDialog,
    ReplaceDialog,
    RestoreDialog,
    UnsavedDialog,
)
from faceapp.ui.dialogs.correct import CorrectDialog
from faceapp.ui.dialogs.edit import EditDialog
from faceapp.ui.dialogs.licences import LicencesDialog
from faceapp.ui.dialogs.regroup import Moves, RegroupDialog
from faceapp.ui.main_window import LEAST_SIZE
from faceapp.ui.notices import Notice
from faceapp.ui.page import PageKey
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.ranges import Range
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.enrol.squares import Square
from faceapp.ui.pages.live.greeting import Greeting
from faceapp.ui.pages.live.resolve import Question, ResolveDialog
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.widgets import ElidedLabel
from faceapp.ui.widgets.layout import BodyScroll, FormScroll
from faceapp.ui.words import enrol as words
from faceapp.ui.words import shell
from tests.ui.fit import clipped, shown
from tests.ui.rooms import Room

NAME = "Dr. Maximiliane Wolfeschlegelsteinhausenbergerdorff-Sandhausen"[:60]
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
OMAR = Person(PersonId("P03"), NAME, tuple(f"Course {number}" for number in range(30)))
ENTRY = Entry(
    EntryId(1), OMAR.id, NAME, NOW, 3600, "Europe/Berlin", NOW.date(), EntryKind.IN, "demo",
    None, None, None, Confirmation.MANUAL, NOW,
)  # fmt: skip
SMALL = QRect(0, 0, 800, 480)
SMALLEST = QRect(0, 0, 640, 400)

both_languages = pytest.mark.usefixtures("language")
Make = Callable[[Room], QDialog]


def correct(what: What) -> Make:
    def make(room: Room) -> CorrectDialog:
        subject = Subject([OMAR], [ENTRY], OMAR.id, date(2026, 11, 27), lambda: NOW)
        dialog = CorrectDialog(room.window, subject)
        dialog.modes[what].setChecked(True)
        return dialog

    return make


def add(room: Room) -> AddDialog:
    return AddDialog(room.window, room.desk.icons, [OMAR], OMAR.groups, OMAR)


def edit(room: Room) -> EditDialog:
    row = PersonSummary(OMAR, 3, 3, 0.8, NOW, NOW, NOW)
    dialog = EditDialog(room.window, room.desk.icons, row, OMAR.groups)
    dialog.consent.setChecked(False)
    return dialog


def regroup(room: Room) -> RegroupDialog:
    moves = Moves(join=("Staff",), leave=OMAR.groups[:6])
    other = Person(PersonId("P04"), NAME, OMAR.groups[:3])
    return RegroupDialog(room.window, room.desk.icons, [OMAR, other], {OMAR.id, other.id}, moves)


def resolve(room: Room) -> ResolveDialog:
    face = QImage(112, 112, QImage.Format.Format_RGB888)
    face.fill(Qt.GlobalColor.gray)
    return ResolveDialog(Question(face, "09:02", OMAR), [OMAR], room.window)


FILE = Path("attendance" * 12 + ".csv")
DIALOGS: dict[str, Make] = {
    **{f"correct: {what.value}": correct(what) for what in What},
    "add": add,
    "edit": edit,
    "groups of several": regroup,
    "resolve": resolve,
    "forget": lambda room: ForgetDialog(room.window, [OMAR], 5, 12_345),
    "forget many": lambda room: ForgetDialog(room.window, [OMAR] * 40, 200, 12_345),
    "restore": lambda room: RestoreDialog(
        room.window, FILE, Backup(500, 123_456, NOW, Damage(entries=1))
    ),
    "purge": lambda room: PurgeDialog(room.window, 30, 1_234),
    "unsaved": lambda room: UnsavedDialog(room.window, 12),
    "draft": lambda room: DraftDialog(room.window, NAME, "Discard and begin"),
    "replace": lambda room: ReplaceDialog(room.window, FILE),
    "licences": lambda room: LicencesDialog(room.window, ["a long line " * 30] * 500),
}


@both_languages
@pytest.mark.parametrize("screen", [SMALL, SMALLEST], ids=["small", "smallest"])
def test_every_dialog_shows_its_buttons(
    room: Room, monkeypatch: pytest.MonkeyPatch, screen: QRect
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: screen)
    wrong = []
    for name, make in DIALOGS.items():
        dialog = make(room)
        dialog.show()
        room.until(dialog.isActiveWindow)
        frame = dialog.frameGeometry().size()
        if frame != frame.boundedTo(screen.size()):
            wrong.append(f"{name} is {frame.toTuple()}")
        buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible()]
        wrong += [f"{name}: {one.text()}" for one in buttons if not in_sight(one)]
        dialog.close()
        dialog.deleteLater()
    assert wrong == []


@both_languages
def test_no_dialog_scrolls_where_the_screen_has_room(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, 1920, 1080))
    scrolled = []
    for name, make in DIALOGS.items():
        dialog = make(room)
        dialog.show()
        room.until(dialog.isActiveWindow)
        bodies = dialog.findChildren(FormScroll)
        scrolled += [name for body in bodies if body.verticalScrollBar().isVisible()]
        dialog.close()
        dialog.deleteLater()
    assert scrolled == []


def in_sight(part: QWidget) -> bool:
    """Whether all of it is seen, or else it is scrolled to."""
    return part.visibleRegion().boundingRect() == part.rect()


def test_a_dialog_that_grows_stays_on_the_screen(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = AddDialog(room.window, room.desk.icons, [], ())
    dialog.show()
    room.until(dialog.isActiveWindow)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: SMALL)
    field = dialog.form.groups.field
    for group in OMAR.groups[:2]:
        dialog.move(0, SMALL.bottom() - dialog.frameGeometry().height())
        before = dialog.height()
        room.qtbot.keyClicks(field, f"{group} of the evening school,")
        room.until(lambda before=before: dialog.height() > before)  # type: ignore[misc]
        room.until(lambda: in_sight(dialog.form))
        assert SMALL.contains(dialog.frameGeometry())
    dialog.close()


@both_languages
def test_the_days_of_a_range_leave_room_for_all_filters(room: Room) -> None:
    room.do(lambda service: service.add_person(OMAR))
    filters = room.open(AttendancePage).filters
    filters.range_box.setCurrentIndex(filters.range_box.findData(Range.CUSTOM))
    assert clipped(shown(room, PageKey.ATTENDANCE, LEAST_SIZE)) == []
    assert filters.minimumSizeHint().width() <= filters.width()


@both_languages
def test_no_page_scrolls_away_its_title(room: Room) -> None:
    assert room.desk.settings.change("camera", "demo")
    room.do(lambda service: service.add_person(OMAR))
    room.do(lambda service: service.record_agreement(OMAR.id))
    scrolled = []
    for key in (PageKey.ENROL, PageKey.PEOPLE, PageKey.ATTENDANCE):
        shown(room, key, LEAST_SIZE)
        page = room.window.page
        if isinstance(page, PeoplePage):
            room.until(lambda table=page.table: bool(table.rows))  # type: ignore[misc]
            page.table.selectRow(0)
            room.qtbot.wait(100)
        (body,) = page.findChildren(BodyScroll)
        if body.verticalScrollBar().maximum():
            scrolled.append(key)
    assert scrolled == []


@both_languages
def test_what_is_missing_before_saving_is_said_in_full(room: Room) -> None:
    room.do(lambda service: service.add_person(OMAR))
    page = room.open(EnrolPage, OMAR.id)
    room.until(lambda: page.form.adding is not None)
    shown(room, PageKey.ENROL, LEAST_SIZE)
    cut = []
    for said in (
        words.NEED_SAMPLES, words.NAME_EMPTY, words.ID_EMPTY, words.CONSENT_MISSING,
        words.SAMPLES_MANY, words.TWIN_OPEN, words.UNLIKE_OPEN,
    ):  # fmt: skip
        page.foot.line.set_text(said())
        cut += [one.full_text for one in (page.foot.line, page.head.line) if is_cut(one)]
    assert cut == []


@both_languages
def test_the_fields_for_somebody_new_are_seen_whole_on_the_smallest_screen(room: Room) -> None:
    page = room.open(EnrolPage)
    room.window.setMinimumSize(SMALL.size())
    shown(room, PageKey.ENROL, SMALL.size())
    assert room.window.size() == SMALL.size()
    assert in_sight(page.form.name_field)
    assert clipped(page) == []


def test_the_fields_keep_their_room_when_another_row_of_samples_begins(room: Room) -> None:
    page = room.open(EnrolPage)
    shown(room, PageKey.ENROL, LEAST_SIZE)
    for count in range(1, 10):
        page.samples.show_squares([Square(None, reason=Refusal.OTHER_FACE)] * count)
        # Painting comes after these, but may come before everything else that is put off.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        assert all(one.isVisible() for one in page.samples.squares)
        assert page.form.height() >= page.form.sizeHint().height()


def is_cut(part: ElidedLabel) -> bool:
    return part.text() != part.full_text


@both_languages
@pytest.mark.parametrize("warned", [False, True])
def test_the_question_who_this_is_can_be_answered(room: Room, warned: bool) -> None:
    room.do(lambda service: service.add_person(OMAR))
    room.window.resize(LEAST_SIZE)
    page = room.open(EnrolPage)
    if warned:
        hint = shell.PURGE_PUT_OFF_HINT(date="27.11.2026")
        room.desk.notices.tell(Notice(shell.PURGE_PUT_OFF(), hint))
    room.until(lambda: room.desk.ops.busy == 0)
    page.confirmations.show_twin(OMAR.id)
    asked = page.confirmations
    answers = (asked.open_button, asked.other_button, asked.twin_card.cancel_button)
    room.until(lambda: all(map(in_sight, answers)))


@pytest.mark.parametrize(
    ("name", "width_px", "size_px", "whole"),
    [
        ("Elena Petrova", 800, 40, True),
        ("Elena Petrova", 440, 24, True),
        (NAME, 440, 18, False),
    ],
)
def test_a_greeting_writes_a_name_smaller_before_it_cuts_it(
    qtbot: QtBot, name: str, width_px: int, size_px: int, whole: bool
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(width_px, 240)
    greeting = Greeting(host)
    host.show()
    greeting.greet(Recorded(RecordOutcome.RECORDED, replace(ENTRY, name=name)))
    shown_name, _ = greeting.findChildren(ElidedLabel)
    qtbot.waitUntil(lambda: (shown_name.text() == name) is whole)
    assert shown_name.font().pixelSize() == size_px
    assert host.rect().contains(greeting.geometry())
    host.resize(width_px + 2_000, 240)
    qtbot.waitUntil(lambda: shown_name.text() == name)
    assert shown_name.font().pixelSize() == 40
    greeting.hide()
