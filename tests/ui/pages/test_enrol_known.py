"""A face that is enrolled already is asked about, and somebody known is given more samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from faceapp.types import PersonId
from faceapp.ui.dialogs.confirm import DraftDialog
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.theme import Token
from faceapp.ui.words import common, isolated
from faceapp.ui.words import enrol as words
from tests.ui.answers import answering, refusing
from tests.ui.pages.enrol import adding_to_omar, fill, foot, gather, known_twin, ready
from tests.ui.rooms import Room
from tests.ui.seen import click, texts

pytestmark = pytest.mark.usefixtures("noon")


def edges(page: EnrolPage) -> set[str]:
    """Return the colours of the edges of the ID, of the field for groups and of a group."""
    (chip,) = page.form.groups.findChildren(QToolButton)
    found = (page.form.id_field, page.form.groups.field, chip)
    pictures = (part.grab().toImage() for part in found)
    return {picture.pixelColor(picture.width() // 2, 0).name() for picture in pictures}


def test_a_known_face_must_be_answered_first(room: Room, face: Path) -> None:
    page = known_twin(room, face)
    fill(page, "Somebody else", "P04")
    assert not page.save_button.isEnabled()
    assert foot(page) == words.TWIN_OPEN()
    assert "Omar <i>Haddad</i>" in page.confirmations.twin_card.text.text()
    assert page.confirmations.twin_card.text.textFormat() == Qt.TextFormat.PlainText
    click(page.confirmations.other_button)
    assert page.save_button.isEnabled()
    assert room.window.focusWidget() is page.form.name_field  # the pressed button is gone
    click(page.save_button)
    room.until(lambda: len(room.people()) == 2)


def test_the_known_person_can_be_opened(room: Room, face: Path) -> None:
    page = known_twin(room, face)
    click(page.confirmations.open_button)
    table = room.page(PeoplePage).table
    room.until(lambda: [row.person.id for row in table.rows if row == table.selected()] == ["P03"])


def test_a_question_leaves_room_for_the_samples_in_a_small_window(room: Room, face: Path) -> None:
    room.window.resize(1024, 640)
    page = known_twin(room, face)
    room.until(lambda: page.samples.visibleRegion().boundingRect().height() > 80)
    cancel = page.confirmations.twin_card.cancel_button
    assert cancel.accessibleName() == common.CANCEL()
    page.confirmations.other_button.setFocus()
    room.qtbot.keyClick(page.confirmations.other_button, Qt.Key.Key_Tab)
    assert room.window.focusWidget() is cancel


def test_cancelling_starts_over_once_it_is_clear_what_is_lost(room: Room, face: Path) -> None:
    page = known_twin(room, face)
    page.form.name_field.setText("Somebody")
    cancel = page.confirmations.twin_card.cancel_button
    with answering(DraftDialog, lambda asked: asked.reject()):
        click(cancel)
    assert page.form.name_field.text() == "Somebody"
    assert len(page.gathering.samples) == 1
    assert page.confirmations.twin_card.isVisible()
    with answering(DraftDialog, lambda asked: asked.accept()):
        click(cancel)
    assert page.form.name_field.text() == ""
    assert page.samples.squares == []
    assert not page.confirmations.twin_card.isVisible()
    assert len(room.people()) == 1


def test_how_recognizing_went_is_shown_when_the_question_is_answered(
    room: Room, face: Path
) -> None:
    page = known_twin(room, face)
    room.until(lambda: room.desk.ops.busy == 0)
    assert not page.confirmations.trial_card.isVisible()
    click(page.confirmations.other_button)
    assert page.confirmations.trial_card.isVisible()


def test_samples_are_added_to_a_known_person(room: Room, face: Path) -> None:
    page = adding_to_omar(room)
    assert texts(page.head)[0] == words.TITLE_ADD(name=isolated("Omar Haddad"))
    assert page.save_button.accessibleName() == words.SAVE_ADD().replace("&", "")
    assert page.form.name_field.isReadOnly()
    assert page.form.consent.isVisible()
    gather(room, page, face)
    room.until(lambda: foot(page) == words.CONSENT_MISSING())
    assert not page.save_button.isEnabled()
    page.form.consent.setChecked(True)
    assert page.save_button.isEnabled()
    assert not page.confirmations.twin_card.isVisible()
    click(page.save_button)
    room.until(lambda: isinstance(room.window.page, PeoplePage))
    assert len(room.do(lambda service: service.templates(PersonId("P03")))) == 2
    assert room.people()[0].agreed_at is not None
    again = room.open(EnrolPage)
    assert again.form.adding is None
    assert again.form.consent.isVisible()


def test_what_cannot_be_changed_about_a_known_person_looks_like_it(room: Room) -> None:
    room.enrol("P03", "Omar Haddad")
    room.do(lambda service: service.edit_person(PersonId("P03"), "Omar Haddad", ["Night"]))
    page = ready(room)
    page.form.groups.choose(["Night"])
    theme = room.desk.theme
    assert edges(page) == {theme.color(Token.BORDER).name()}
    page.form.groups.choose([])
    page = ready(room, PersonId("P03"))
    room.until(lambda: page.form.adding is not None)
    assert edges(page) == {theme.color(Token.LINE).name()}


def test_another_face_is_added_to_a_known_person_only_after_a_question(
    room: Room, face: Path
) -> None:
    page = adding_to_omar(room, agreed=True, likeness=0.1)
    gather(room, page, face)
    room.until(page.confirmations.unlike_card.isVisible)
    assert foot(page) == words.UNLIKE_OPEN()
    assert not page.save_button.isEnabled()
    assert not page.confirmations.trial_card.isVisible()
    click(page.confirmations.same_button)
    assert not page.confirmations.unlike_card.isVisible()
    assert page.save_button.isEnabled()
    with answering(DraftDialog, lambda asked: asked.accept()):
        click(page.over_button)
    room.window.open(PageKey.PEOPLE)
    page = ready(room, PersonId("P03"))
    room.until(lambda: page.form.adding is not None)
    gather(room, page, face)
    room.until(page.confirmations.unlike_card.isVisible)  # asked anew
    with answering(DraftDialog, lambda asked: asked.accept()):
        click(page.confirmations.unlike_card.cancel_button)
    assert page.gathering.squares == ()
    assert not page.confirmations.unlike_card.isVisible()


@pytest.mark.parametrize("twin", [True, False])
def test_saving_before_the_comparison_is_done_merges_nobody(
    room: Room, face: Path, twin: bool
) -> None:
    if twin:
        room.enrol("P04", "Grace Okafor")
    page = adding_to_omar(room, agreed=True, likeness=0.1)
    page.gathering.prepare()
    room.until(lambda: room.desk.ops.busy == 0)
    with room.clerk_busy():
        gather(room, page, face)
        click(page.save_button)
    asked = page.confirmations
    card = asked.twin_card if twin else asked.unlike_card
    room.until(lambda: card.isVisible() and room.desk.ops.busy == 0)
    assert asked.twin_card.isHidden() or asked.unlike_card.isHidden()  # one question at a time
    assert len(room.do(lambda service: service.templates(PersonId("P03")))) == 1
    assert page.gathering.samples


def test_an_agreement_on_record_is_not_asked_for_again(room: Room, face: Path) -> None:
    page = adding_to_omar(room, agreed=True)
    assert not page.form.consent.isVisible()
    assert page.form.name_field.cursorPosition() == 0  # a long name is read from its beginning
    assert not page.form.groups.field.placeholderText()  # nothing can be typed there
    gather(room, page, face)
    room.until(page.save_button.isEnabled)


def test_an_agreement_that_is_recorded_meanwhile_is_not_asked_for_any_more(
    room: Room, face: Path
) -> None:
    page = adding_to_omar(room)
    gather(room, page, face)
    room.until(lambda: foot(page) == words.CONSENT_MISSING())
    room.window.open(PageKey.PEOPLE)
    room.do(lambda service: service.record_agreement(PersonId("P03")))
    room.open(EnrolPage)
    room.until(page.save_button.isEnabled)
    assert not page.form.consent.isVisible()
    assert len(page.gathering.samples) == 1


def test_somebody_who_is_renamed_meanwhile_has_the_new_name_and_keeps_the_samples(
    room: Room, face: Path
) -> None:
    page = adding_to_omar(room)
    gather(room, page, face)
    page.form.consent.setChecked(True)
    room.window.open(PageKey.PEOPLE)
    room.do(lambda service: service.edit_person(PersonId("P03"), "Omar H.", ["Staff"]))
    room.until(lambda: page.form.name_field.text() == "Omar H.")
    assert texts(page.head)[0] == words.TITLE_ADD(name=isolated("Omar H."))
    assert page.form.groups.names == ("Staff",)
    with refusing(DraftDialog) as asked:  # the page is about that person already
        room.open(EnrolPage, PersonId("P03"))
        room.wait_for_clerk()
    assert asked == []
    assert page.gathering.samples
    assert page.form.consent.isChecked()


def test_nothing_stays_of_somebody_who_is_forgotten_meanwhile(room: Room, face: Path) -> None:
    page = adding_to_omar(room, agreed=True)
    gather(room, page, face)
    room.until(page.save_button.isEnabled)
    room.window.open(PageKey.PEOPLE)
    room.do(lambda service: service.forget(PersonId("P03")))
    room.until(lambda: page.form.adding is None)
    assert page.gathering.squares == ()
    assert page.samples.squares == []
    assert page.form.name_field.text() == ""
    assert texts(page.head)[0] == words.TITLE()
    assert not page.save_button.isEnabled()
    assert room.toast == words.DRAFT_FORGOTTEN()


def test_a_page_that_is_not_in_front_takes_no_focus(room: Room) -> None:
    page = adding_to_omar(room)
    room.window.open(PageKey.LIVE)
    focused = room.window.focusWidget()
    room.do(lambda service: service.forget(PersonId("P03")))
    room.until(lambda: page.form.adding is None)
    assert room.window.focusWidget() is focused
