"""The form of the enrol page says what is missing or wrong, and who is saved is who it names."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from faceapp.errors import ModelMissing
from faceapp.recognition.selection import Refusal
from faceapp.runtime.keeper import Snapshot
from faceapp.ui.dialogs.confirm import DraftDialog
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.enrol.squares import Square
from faceapp.ui.words import enrol as words
from faceapp.ui.words import isolated
from tests.ui.answers import answering
from tests.ui.pages.enrol import fill, foot, gather, ready
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import click, texts

pytestmark = pytest.mark.usefixtures("noon")


def test_the_page_says_step_by_step_what_is_missing(room: Room, face: Path) -> None:
    page = ready(room)
    said = [foot(page)]
    assert not page.over_button.isEnabled()
    gather(room, page, face)
    said.append(foot(page))
    page.form.name_field.setText("Grace")
    said.append(foot(page))
    assert not page.save_button.isEnabled()
    page.form.consent.setChecked(True)
    said.append(foot(page))
    assert said == [
        words.NEED_SAMPLES(),
        words.NAME_EMPTY(),
        words.CONSENT_MISSING(),
        words.SAMPLES_MANY(),
    ]
    assert page.save_button.isEnabled()


def test_tab_goes_from_the_form_to_the_samples(room: Room) -> None:
    page = ready(room)
    page.samples.show_squares([Square(None, reason=Refusal.FACES_DIFFER)] * 2)
    page.form.consent.setFocus()
    reached = []
    for _ in range(3):
        room.qtbot.keyClick(room.window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(room.window.focusWidget())
    assert reached == [*page.samples.squares, page.drop.pictures_button]
    first = page.samples.squares[0]
    assert first.accessibleName() == f"Sample 1: {first.word}"
    assert first.accessibleDescription().count(first.word) == 1


def test_what_is_typed_is_checked_at_once(room: Room) -> None:
    room.enrol("P07", "Omar Haddad")
    page = ready(room)
    form = page.form
    room.until(lambda: form.id_field.text() == "P08")
    form.id_field.setText("P07")
    assert words.ID_TAKEN(name=isolated("Omar Haddad")) in texts(form)
    form.id_field.setText("p07")
    assert words.ID_TAKEN(name=isolated("Omar Haddad")) in texts(form)
    form.id_field.setText("forgotten-3")
    refused = form.id_field.accessibleDescription()
    assert refused in texts(form)
    assert form.id_field.property("wrong") is True
    well = len(texts(form)) - 1
    form.id_field.setText("P08")
    assert len(texts(form)) == well
    assert form.id_field.accessibleDescription() != refused
    form.name_field.setText("x" * 201)
    assert form.name_field.accessibleDescription() in texts(form)
    assert form.person() is None
    form.name_field.setText("محمد 🦉 <b>x</b>")
    form.consent.setChecked(True)
    person = form.person()
    assert person is not None
    assert (person.id, person.name) == ("P08", "محمد 🦉 <b>x</b>")


def test_a_person_is_saved_and_the_next_one_begins(room: Room, face: Path) -> None:
    page = ready(room)
    copy = face.with_name("copy.png")
    copy.write_bytes(face.read_bytes())
    gather(room, page, face, copy)
    assert [square.word for square in page.samples.squares] == [words.TAKEN(), "same as another"]
    fill(page, "Grace Okafor")
    page.form.groups.choose(["Staff"])
    click(page.save_button)
    room.until(lambda: room.toast == words.SAVED(name=isolated("Grace Okafor")))
    (row,) = room.people()
    assert (row.person.id, row.person.groups, row.templates) == ("P01", ("Staff",), 1)
    room.until(lambda: page.form.id_field.text() == "P02")
    assert page.form.name_field.text() == ""
    assert not page.form.consent.isChecked()
    assert page.samples.squares == []
    assert not page.save_button.isEnabled()


@pytest.mark.parametrize(("height_px", "bar_px"), [(800, 0), (420, 20)])
def test_the_fields_end_where_the_page_does(room: Room, height_px: int, bar_px: int) -> None:
    page = ready(room)
    room.window.resize(1280, height_px)

    def end_px(part: QWidget) -> int:
        return part.mapTo(page, part.rect().topRight()).x()

    room.until(lambda: end_px(page.save_button) - end_px(page.form.name_field) == bar_px)


def test_after_saving_the_next_name_can_be_typed_at_once(room: Room, face: Path) -> None:
    page = ready(room)
    gather(room, page, face)
    fill(page, "Grace Okafor")
    page.save_button.setFocus()
    room.qtbot.keyClick(page.save_button, Qt.Key.Key_Space)
    room.until(lambda: page.form.name_field.text() == "")
    assert room.window.focusWidget() is page.form.name_field


def test_the_groups_of_whoever_was_saved_are_there_for_the_next(room: Room, face: Path) -> None:
    page = ready(room)
    gather(room, page, face)
    fill(page, "Grace", "P07")
    page.form.groups.choose(["Class 7b", "Staff"])
    page.save_button.click()
    room.until(lambda: page.form.id_field.text() == "P08")
    assert page.form.groups.names == ("Class 7b", "Staff")
    # They are no work that could be lost.
    assert not page.form.touched
    assert not page.over_button.isEnabled()
    page.form.groups.choose(["Staff"])
    assert not page.form.touched
    room.qtbot.keyClicks(page.form.groups.field, "Night,")
    assert page.form.touched
    page.over_button.click()
    assert page.form.groups.names == ()


def test_an_answer_to_save_leaves_whom_the_page_is_about_by_then(room: Room, face: Path) -> None:
    page = ready(room)
    fill(page, "Anna")
    gather(room, page, face)
    with room.clerk_busy():
        click(page.save_button)
        with answering(DraftDialog, lambda asked: asked.accept()):
            click(page.over_button)
        page.form.name_field.setText("Ben")
    room.until(lambda: room.toast == words.SAVED(name=isolated("Anna")))
    assert page.form.name_field.text() == "Ben"
    assert [row.person.name for row in room.people()] == ["Anna"]


def test_a_double_click_takes_one_group_off(room: Room) -> None:
    page = ready(room)
    page.form.groups.choose(["A1", "B2", "C3"])
    room.qtbot.waitUntil(lambda: bool(page.form.groups.findChildren(QToolButton)))
    room.double_click(page.form.groups.findChildren(QToolButton)[0])
    assert page.form.groups.names == ("B2", "C3")


def test_nothing_can_be_saved_before_the_database_has_answered(room: Room) -> None:
    with room.clerk_busy():
        page = room.open(EnrolPage)
        assert not page.save_button.isEnabled()
        assert not page.over_button.isEnabled()


def test_without_a_model_the_banner_says_so_and_nothing_can_be_saved(
    room: Room, parts: RoomParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def card() -> NoReturn:
        raise ModelMissing(path=Path("models/faceapp.json"))

    monkeypatch.setattr(parts, "card", card)
    page = room.open(EnrolPage)
    room.until(room.window.banner.isVisible)
    fill(page, "Grace")
    assert page.gathering.snapshot is None
    assert not page.save_button.isEnabled()
    # Coming back tries again.
    monkeypatch.undo()
    room.window.open(PageKey.PEOPLE)
    ready(room)


def test_everybody_is_read_once_and_again_only_after_a_change(room: Room) -> None:
    asked: list[int] = []

    def opened() -> tuple[int, Snapshot | None]:
        """Open the page; return how much it asked for, and the gallery that it has then."""
        room.window.open(PageKey.LIVE)
        room.until(lambda: room.desk.ops.busy == 0)
        asked.clear()
        page = room.open(EnrolPage)
        jobs = len(asked)
        room.until(lambda: room.desk.ops.busy == 0)
        return jobs, page.gathering.snapshot

    room.desk.ops.busy_changed.connect(asked.append)
    jobs, first = opened()
    assert jobs == 2  # the people, and their samples
    assert opened() == (0, first)
    room.window.open(PageKey.LIVE)
    room.desk.settings.change("stranger_odds", 10_000)
    jobs, stricter = opened()
    assert jobs == 1
    assert first is not None
    assert stricter is not None
    assert stricter.thresholds.accept > first.thresholds.accept


def test_what_is_shown_only_at_times_can_be_reached_and_has_a_name(room: Room) -> None:
    page = ready(room)
    asked = page.confirmations
    for button in (asked.open_button, asked.other_button, page.capture.finish_button):
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
