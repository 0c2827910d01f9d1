"""Faces that are not sure to be somebody: the questions about them, and their answers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage

from faceapp.types import (
    Box,
    Confirmation,
    Decision,
    EntryKind,
    EntryPolicy,
    Face,
    Frame,
    FrameResult,
    PersonId,
    SeenFace,
    TrackId,
)
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.feed import Shown, picture
from faceapp.ui.page import PageKey
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live.resolve import FACE_PX, ResolveDialog, square
from tests.helpers.clock import here
from tests.ui.pages.live import names, rows, seconds, with_grace
from tests.ui.rooms import Room
from tests.ui.seen import click, click_row, press, texts

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def asked(room: Room) -> LivePage:
    """The page with one open question: the visitor may be Grace, who is not sure to be."""
    room.enrol("P01", "Grace Okafor", likeness=0.55)
    room.enrol("P02", "Omar <b>Haddad</b>", likeness=-1.0)
    page = room.page(LivePage)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: words.live.RESOLVE() in seconds(page))
    room.desk.camera.stop()
    click_row(page.side.list, 0)
    assert page.questions.dialog is not None
    assert page.questions.dialog.isVisible()
    return page


@pytest.fixture
def dialog(asked: LivePage) -> ResolveDialog:
    """The dialog of that question."""
    assert asked.questions.dialog is not None
    return asked.questions.dialog


def ask_again(page: LivePage) -> ResolveDialog:
    """Open the one open question, as a click on it does."""
    (item,) = page.questions.items
    assert page.day.board is not None
    page.questions.ask(item.key, page.day.board)
    assert page.questions.dialog is not None
    return page.questions.dialog


def unsure(t_s: float) -> Shown:
    """A frame with two faces that may be P01 and P02."""
    frame = Frame(np.zeros((480, 640, 3), np.uint8), t_s, here(18, 12), 1)
    faces = tuple(
        SeenFace(
            Face(Box(200 * number, 50, 100, 100), np.zeros((6, 2), np.float32), 0.9),
            TrackId(number), Decision.UNSURE, None, None, None, PersonId(f"P0{number}"), False, 0.5,
        )
        for number in (1, 2)
    )  # fmt: skip
    return Shown(picture(frame.rgb, mirrored=True), FrameResult(frame, faces, 1.0))


def test_each_of_two_faces_unsure_in_one_frame_can_be_asked_about(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.enrol("P02", "Omar Haddad", likeness=0.0)
    page = room.page(LivePage)
    room.until(lambda: page.day.people == 2)
    for t_s in (0.0, 2.0):
        page.questions.look(unsure(t_s))
    assert seconds(page) == [words.live.RESOLVE()] * 2
    for row in range(2):
        click_row(page.side.list, row)
        dialog = page.questions.dialog
        assert dialog is not None
        room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_somebody_enrolled_while_another_page_is_in_front_is_asked_about(room: Room) -> None:
    page = with_grace(room)
    room.until(lambda: page.day.people == 1)
    room.window.open(PageKey.ENROL)
    room.enrol("P02", "Omar Haddad", likeness=0.0)
    for t_s in (0.0, 2.0, 4.0):
        page.questions.look(unsure(t_s))
    assert [item.person for item in page.questions.items] == ["P01", "P02"]
    page.day.changed.emit()  # as when somebody is seen again
    assert len(page.questions.items) == 2
    room.window.open(PageKey.LIVE)
    room.until(lambda: page.day.people == 2)
    assert len(page.questions.items) == 2


def test_forgetting_somebody_closes_the_question_about_them(room: Room, asked: LivePage) -> None:
    assert asked.questions.dialog is not None
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: asked.questions.dialog is None)
    assert asked.questions.items == ()
    assert seconds(asked) == []


def test_no_face_of_somebody_forgotten_waits_for_the_way_back(room: Room, asked: LivePage) -> None:
    room.qtbot.keyClick(asked.questions.dialog, Qt.Key.Key_Escape)
    room.window.open(PageKey.PEOPLE)
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: asked.questions.items == ())
    assert asked.questions.kept_faces == 0


def test_a_question_that_the_camera_answers_meanwhile_is_withdrawn(
    room: Room, asked: LivePage
) -> None:
    first = asked.questions.dialog
    assert ask_again(asked) is first
    asked.questions.settle(PersonId("P01"))
    room.until(lambda: asked.questions.dialog is None)
    assert room.entries() == []


def test_an_unsure_face_is_who_it_seems(room: Room, asked: LivePage, dialog: ResolveDialog) -> None:
    click(dialog.yes)
    room.until(lambda: seconds(asked) == ["in · by hand"])
    (entry,) = room.entries()
    assert (entry.person, entry.kind, entry.confirmation) == (
        "P01", EntryKind.IN, Confirmation.MANUAL,
    )  # fmt: skip
    assert entry.correction_reason == words.live.RESOLVE_REASON()
    assert room.window.toast.isVisible()


def test_an_unsure_face_is_somebody_else(
    room: Room, asked: LivePage, dialog: ResolveDialog
) -> None:
    assert [dialog.other.itemData(row) for row in range(dialog.other.count())] == [None, "P02"]
    assert dialog.other.currentData() is None
    assert not dialog.record.isEnabled()  # nobody is recorded whom the operator did not choose
    dialog.other.setCurrentIndex(1)
    click(dialog.record)
    room.until(lambda: seconds(asked) == ["in · by hand"])
    assert names(asked) == ["Omar <b>Haddad</b>"]


@pytest.mark.parametrize("policy", EntryPolicy)
def test_an_unsure_face_that_is_recorded_already_makes_no_second_entry(
    room: Room, asked: LivePage, dialog: ResolveDialog, policy: EntryPolicy
) -> None:
    room.desk.settings.change("policy", policy.value)
    room.see("P01", here(18, 11, 58))
    room.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    said = words.live.RESOLVED_ALREADY(
        name=words.isolated("Grace Okafor"), kind=words.states.KIND[EntryKind.IN](), when="11:58"
    )
    room.until(lambda: room.toast == said)
    assert asked.questions.items == ()
    assert len(room.entries()) == 1


def test_the_direction_is_that_of_whoever_it_is(room: Room, asked: LivePage) -> None:
    room.qtbot.keyClick(asked.questions.dialog, Qt.Key.Key_Escape)
    room.see("P01", here(18, 9))
    room.until(lambda: asked.side.counts.text() == "1 here · 1 missing")
    dialog = ask_again(asked)
    dialog.other.setCurrentIndex(1)  # Omar, who comes only now
    click(dialog.record)
    room.until(lambda: asked.questions.items == ())
    assert [(one.person, one.kind) for one in room.entries()] == [
        ("P01", EntryKind.IN), ("P02", EntryKind.IN),
    ]  # fmt: skip


def test_the_operator_may_know_the_direction_better(
    room: Room, asked: LivePage, dialog: ResolveDialog
) -> None:
    dialog.kinds[EntryKind.OUT].click()
    click(dialog.yes)
    room.until(lambda: seconds(asked) == ["out · by hand"])


def test_a_question_of_yesterday_says_so_and_is_answered_for_that_day(
    room: Room, asked: LivePage
) -> None:
    room.qtbot.keyClick(asked.questions.dialog, Qt.Key.Key_Escape)
    room.see("P01", here(18, 9))
    room.parts.clock.sleep(20 * 3600)
    asked.day.read()
    room.until(lambda: rows(asked)[0].time == "yesterday 12:00")
    assert asked.side.counts.text() == "0 here · 2 missing"
    dialog = ask_again(asked)
    assert any("yesterday 12:00" in text for text in texts(dialog))
    click(dialog.yes)
    room.until(lambda: asked.questions.items == ())
    assert [(one.local_date, one.kind) for one in room.entries()] == [
        (date(2026, 11, 18), EntryKind.IN), (date(2026, 11, 18), EntryKind.OUT),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "recorded", "still_asked"),
    [("nobody", [], 0), ("cancel", [], 1), ("record", ["P02"], 0)],
)
def test_enter_answers_with_the_button_that_has_the_focus(
    room: Room,
    asked: LivePage,
    dialog: ResolveDialog,
    name: str,
    recorded: list[str],
    still_asked: int,
) -> None:
    pressed = getattr(dialog, name)
    dialog.other.setCurrentIndex(1)
    pressed.setFocus()
    room.qtbot.keyClick(pressed, Qt.Key.Key_Return)
    room.until(lambda: len(asked.questions.items) == still_asked)
    assert [entry.person for entry in room.entries()] == recorded


def test_enter_records_whom_the_field_names(
    room: Room, asked: LivePage, dialog: ResolveDialog
) -> None:
    dialog.other.setFocus()
    room.qtbot.keyClick(dialog.other, Qt.Key.Key_Down)
    assert dialog.other.currentData() == "P02"
    room.qtbot.keyClick(dialog.other, Qt.Key.Key_Return)
    room.until(lambda: asked.questions.items == ())
    assert [entry.person for entry in room.entries()] == ["P02"]


# The offscreen platform has no keyboard to grab for the proposals.
@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("keys", ["haddad", "P02"])
def test_somebody_else_is_found_by_typing(
    room: Room, asked: LivePage, dialog: ResolveDialog, keys: str
) -> None:
    click(dialog.other.field)
    room.until(dialog.other.field.hasSelectedText)  # what stands there is typed over
    room.qtbot.keyClicks(dialog.other.field, keys)
    room.qtbot.keyClick(dialog.other.field, Qt.Key.Key_Return)
    room.until(lambda: asked.questions.items == ())
    assert [entry.person for entry in room.entries()] == ["P02"]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("chosen", [False, True])
def test_a_name_that_nobody_has_records_nobody(
    room: Room, dialog: ResolveDialog, chosen: bool
) -> None:
    if chosen:
        dialog.other.choose(PersonId("P02"))
    dialog.other.field.selectAll()
    room.qtbot.keyClicks(dialog.other.field, "Nobody at all")
    room.qtbot.keyClick(dialog.other.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.record.isEnabled()
    assert room.entries() == []


def test_namesakes_are_told_apart_by_their_ids(
    room: Room, asked: LivePage, dialog: ResolveDialog
) -> None:
    assert any("(P01)" in text for text in texts(dialog))
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    room.see("P01", here(18, 9))
    room.until(lambda: seconds(asked)[-1] == "in")
    room.enrol("P03", "Grace Okafor", likeness=-1.0)
    room.until(lambda: seconds(asked)[-1] == "P01 · in")
    press(asked.side, words.live.HERE())
    assert seconds(asked) == ["P01 · since 09:00"]
    press(asked.side, words.live.MISSING())
    assert sorted(seconds(asked)) == ["", "P03"]  # Omar is the only one of his name


def test_an_unsure_face_is_nobody_of_these(
    room: Room, asked: LivePage, dialog: ResolveDialog
) -> None:
    click(dialog.nobody)
    assert asked.questions.items == ()
    assert seconds(asked) == []
    assert room.entries() == []


def test_a_question_that_is_not_answered_stays(
    room: Room, asked: LivePage, dialog: ResolveDialog
) -> None:
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(asked.questions.items) == 1


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_face_is_as_sharp_as_the_screen_can_show_it(ratio: float) -> None:
    shown = square(QImage(640, 480, QImage.Format.Format_RGB32), ratio)
    assert shown.deviceIndependentSize() == QSizeF(FACE_PX, FACE_PX)
    assert shown.width() == shown.height() == FACE_PX * ratio
