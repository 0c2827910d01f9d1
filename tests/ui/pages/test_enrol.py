"""The enrol page in the window, with scripted eyes that see one person everywhere."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from threading import Event
from typing import NoReturn

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget

from faceapp.clock import SystemClock
from faceapp.config import Settings
from faceapp.errors import ModelMissing
from faceapp.pipeline import Pipeline
from faceapp.runtime.intake import files_in
from faceapp.types import U8, CameraState, Face, Frame, PersonId
from faceapp.ui.bridge import Purpose
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.confirm import DraftDialog
from faceapp.ui.ops import JobProgress
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.enrol.intake import look_at
from faceapp.ui.pages.enrol.staff import staff_folder
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.words import common, isolated
from faceapp.ui.words import enrol as words
from tests.helpers.seams import OneFace, ScriptedCamera, a_frame, scripted_pipeline
from tests.ui.answers import answering, refusing
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import click, drop, press, texts

pytestmark = pytest.mark.usefixtures("noon")


def ready(room: Room, argument: object = None) -> EnrolPage:
    page = room.open(EnrolPage, argument)
    room.until(lambda: page.gathering.snapshot is not None)
    return page


def adding_to_omar(room: Room, *, agreed: bool = False, likeness: float = 0.99) -> EnrolPage:
    """Enrol somebody, and open the page for more samples of him."""
    room.enrol("P03", "Omar Haddad", likeness=likeness)
    if agreed:
        room.do(lambda service: service.record_agreement(PersonId("P03")))
    page = ready(room, PersonId("P03"))
    room.until(lambda: page.form.adding is not None)
    return page


@pytest.fixture
def face(tmp_path: Path) -> Path:
    """A picture in which the scripted eyes see a good face."""
    path = tmp_path / "face.png"
    Image.fromarray(a_frame().rgb).save(path)
    return path


def foot(page: EnrolPage) -> str:
    return page.foot.line.full_text


def gather(room: Room, page: EnrolPage, *paths: Path | QUrl) -> None:
    """Drop pictures, and wait until they were looked at."""
    assert drop(page, *paths)
    room.until(lambda: bool(page.gathering.squares) and not page.strip.busy)


def fill(page: EnrolPage, name: str, code: str | None = None) -> None:
    page.form.name_field.setText(name)
    if code is not None:
        page.form.id_field.setText(code)
    page.form.consent.setChecked(True)


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


def test_after_saving_the_next_name_can_be_typed_at_once(room: Room, face: Path) -> None:
    page = ready(room)
    gather(room, page, face)
    fill(page, "Grace Okafor")
    page.save_button.setFocus()
    room.qtbot.keyClick(page.save_button, Qt.Key.Key_Space)
    room.until(lambda: page.form.name_field.text() == "")
    assert room.window.focusWidget() is page.form.name_field


def test_a_double_click_takes_one_group_off(room: Room) -> None:
    page = ready(room)
    page.form.groups.choose(["A1", "B2", "C3"])
    room.qtbot.waitUntil(lambda: bool(page.form.groups.findChildren(QToolButton)))
    room.double_click(page.form.groups.findChildren(QToolButton)[0])
    assert page.form.groups.names == ("B2", "C3")


def test_a_page_that_is_not_in_front_takes_no_focus(room: Room) -> None:
    page = adding_to_omar(room)
    room.window.open(PageKey.LIVE)
    focused = room.window.focusWidget()
    room.do(lambda service: service.forget(PersonId("P03")))
    room.until(lambda: page.form.adding is None)
    assert room.window.focusWidget() is focused


def known_twin(room: Room, face: Path) -> EnrolPage:
    room.enrol("P03", "Omar <i>Haddad</i>")
    page = ready(room)
    gather(room, page, face)
    room.until(page.confirmations.twin_card.isVisible)
    return page


def test_nothing_can_be_saved_before_the_database_has_answered(room: Room) -> None:
    with room.clerk_busy():
        page = room.open(EnrolPage)
        assert not page.save_button.isEnabled()
        assert not page.over_button.isEnabled()


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


def test_how_recognizing_went_is_shown_when_the_question_is_answered(
    room: Room, face: Path
) -> None:
    page = known_twin(room, face)
    room.until(lambda: room.desk.ops.busy == 0)
    assert not page.confirmations.trial_card.isVisible()
    click(page.confirmations.other_button)
    assert page.confirmations.trial_card.isVisible()


def test_somebody_new_is_enrolled_after_nothing_came_of_adding_to_a_person(
    room: Room, face: Path
) -> None:
    page = adding_to_omar(room)
    room.window.open(PageKey.PEOPLE)
    room.open(EnrolPage)
    assert page.form.adding is None
    assert not page.form.name_field.isReadOnly()
    room.window.open(PageKey.PEOPLE)
    room.open(EnrolPage, PersonId("P03"))
    room.until(lambda: page.form.adding is not None)
    gather(room, page, face)
    room.window.open(PageKey.PEOPLE)
    room.open(EnrolPage)
    assert page.form.adding is not None  # what was gathered stays
    assert page.gathering.squares


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


def test_somebody_who_is_renamed_meanwhile_has_the_new_name_and_keeps_the_samples(
    room: Room, face: Path
) -> None:
    page = adding_to_omar(room)
    gather(room, page, face)
    page.form.consent.setChecked(True)
    room.window.open(PageKey.PEOPLE)
    room.do(lambda service: service.rename(PersonId("P03"), "Omar H.", ["Staff"]))
    room.until(lambda: page.form.name_field.text() == "Omar H.")
    assert texts(page.head)[0] == words.TITLE_ADD(name=isolated("Omar H."))
    assert page.form.groups.names == ("Staff",)
    with refusing(DraftDialog) as asked:  # the page is about that person already
        room.open(EnrolPage, PersonId("P03"))
        room.wait_for_clerk()
    assert asked == []
    assert page.gathering.samples
    assert page.form.consent.isChecked()


def test_an_agreement_on_record_is_not_asked_for_again(room: Room, face: Path) -> None:
    page = adding_to_omar(room, agreed=True)
    assert not page.form.consent.isVisible()
    assert page.form.name_field.cursorPosition() == 0  # a long name is read from its beginning
    gather(room, page, face)
    room.until(page.save_button.isEnabled)


def test_an_agreement_that_is_recorded_meanwhile_is_not_asked_for_any_more(
    room: Room, face: Path
) -> None:
    page = adding_to_omar(room)
    gather(room, page, face)
    assert page.form.missing() == words.CONSENT_MISSING()
    room.window.open(PageKey.PEOPLE)
    room.do(lambda service: service.record_agreement(PersonId("P03")))
    room.open(EnrolPage)
    room.until(page.save_button.isEnabled)
    assert not page.form.consent.isVisible()
    assert len(page.gathering.samples) == 1


@pytest.mark.parametrize("discard", [False, True])
def test_a_draft_gives_way_to_another_person_only_if_the_operator_wants_it(
    room: Room, face: Path, discard: bool
) -> None:
    room.enrol("P03", "Omar Haddad")
    page = ready(room)
    page.form.name_field.setText("Anna")
    gather(room, page, face)
    with answering(DraftDialog, lambda asked: asked.accept() if discard else asked.reject()):
        room.window.open(PageKey.ENROL, PersonId("P03"))
    assert (page.form.adding is not None) is discard
    assert page.form.name_field.text() == ("Omar Haddad" if discard else "Anna")
    assert len(page.gathering.squares) == (0 if discard else 1)


@pytest.mark.parametrize("discard", [False, True])
def test_samples_that_are_not_saved_are_lost_only_if_the_operator_wants_it(
    room: Room, face: Path, discard: bool
) -> None:
    page = ready(room)
    page.form.name_field.setText("Anna")
    gather(room, page, face)
    with answering(DraftDialog, lambda asked: asked.accept() if discard else asked.reject()):
        click(page.over_button)
    assert len(page.gathering.squares) == (0 if discard else 1)
    assert page.form.name_field.text() == ("" if discard else "Anna")


def test_closing_shows_the_samples_it_would_lose_and_asks(room: Room, face: Path) -> None:
    page = ready(room)
    gather(room, page, face)
    room.window.open(PageKey.ATTENDANCE)
    with answering(DraftDialog, lambda asked: asked.cancel_button.click()):
        assert not room.window.close()
    assert room.window.page is page
    assert len(page.gathering.squares) == 1
    with answering(DraftDialog, lambda asked: asked.do_button.click()):
        assert room.window.close()


def test_closing_does_not_ask_for_a_name_alone(room: Room) -> None:
    page = ready(room)
    page.form.name_field.setText("Anna")
    assert room.window.close()


def test_samples_gathered_for_a_known_person_stay_when_asked_for_again(
    room: Room, face: Path
) -> None:
    page = adding_to_omar(room)
    gather(room, page, face)
    room.window.open(PageKey.PEOPLE)
    room.window.open(PageKey.ENROL, PersonId("P03"))
    room.until(lambda: room.desk.ops.busy == 0)
    assert len(page.gathering.squares) == 1


@pytest.fixture
def go_on(parts: RoomParts, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Let pictures be looked at only when this is set."""
    told, build = Event(), parts.build_pipeline

    def held(_self: RoomParts, settings: Settings) -> Pipeline:
        assert told.wait(10)
        return build(settings)

    monkeypatch.setattr(type(parts), "build_pipeline", held)
    return told


def test_closing_asks_while_pictures_are_looked_at_and_cancels_that(
    room: Room, face: Path, go_on: Event
) -> None:
    page = ready(room)
    drop(page, *[face] * 500)
    assert page.strip.busy
    with answering(DraftDialog, lambda asked: asked.cancel_button.click()):
        assert not room.window.close()
    assert page.strip.cancel_button.isEnabled()

    def discard(asked: DraftDialog) -> None:
        asked.do_button.click()
        go_on.set()  # closing waits for the thread

    with answering(DraftDialog, discard):
        assert room.window.close()
    assert not page.strip.cancel_button.isEnabled()


@pytest.mark.parametrize("start_over", [False, True])
def test_pictures_of_one_person_never_become_samples_of_another(
    room: Room, face: Path, go_on: Event, start_over: bool
) -> None:
    room.enrol("P03", "Omar Haddad")
    page = ready(room)
    page.form.name_field.setText("Anna")
    drop(page, face)
    assert page.strip.busy
    if start_over:
        page.over_button.click()
    else:
        with answering(DraftDialog, lambda asked: asked.accept()):
            room.window.open(PageKey.ENROL, PersonId("P03"))
            room.until(lambda: page.form.adding is not None)
    go_on.set()
    room.until(lambda: not page.strip.busy)
    assert page.gathering.squares == ()
    gather(room, page, face)
    assert len(page.gathering.squares) == 1


@pytest.mark.expect_log("a fault of the program|a job failed")
def test_a_bug_while_looking_at_pictures_leaves_the_page_usable(
    room: Room, parts: RoomParts, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: RoomParts, _settings: Settings) -> NoReturn:
        raise RuntimeError("broken eyes")

    page = ready(room)
    room.until(lambda: parts.built == 1)  # else the window's own would be broken too
    monkeypatch.setattr(type(parts), "build_pipeline", broken)
    drop(page, face)
    # The page hears of it after the notices.
    room.until(lambda: bool(room.bugs) and not page.strip.busy)
    assert [str(bug) for bug in room.bugs] == ["broken eyes"]
    room.bugs.clear()


def test_a_sample_is_removed_by_key(room: Room, face: Path) -> None:
    page = ready(room)
    gather(room, page, face)
    square = page.samples.squares[0]
    assert square.accessibleDescription() == words.REMOVE_SAMPLE()
    square.setFocus()
    room.qtbot.keyClick(square, Qt.Key.Key_Delete)
    assert page.gathering.samples == ()
    assert page.samples.summary.text() == words.SAMPLES_NONE()
    assert page.drop.pictures_button.hasFocus()


def test_pictures_and_folders_are_chosen_by_dialog_too(
    room: Room, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ready(room)
    asked: list[object] = []

    def ask_pictures(_parent: object, patterns: object) -> list[Path]:
        asked.append(patterns)
        return [face]

    monkeypatch.setattr(files, "ask_pictures", ask_pictures)
    monkeypatch.setattr(files, "ask_folder", lambda _parent: [face.parent])
    page.drop.pictures_button.click()
    room.until(lambda: len(page.gathering.squares) == 1)
    assert "*.jpg" in str(asked[0])
    page.drop.folder_button.click()
    room.until(lambda: len(page.gathering.squares) >= 1 and not page.strip.busy)
    assert len(page.gathering.samples) == 1


def test_the_next_pictures_are_chosen_by_the_same_key(
    room: Room, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ready(room)
    monkeypatch.setattr(files, "ask_pictures", lambda *_: [face])
    page.drop.pictures_button.setFocus()
    room.qtbot.keyClick(page.drop.pictures_button, Qt.Key.Key_Space)
    assert not page.drop.isEnabled()
    room.until(lambda: bool(page.gathering.squares) and not page.strip.busy)
    assert room.window.focusWidget() is page.drop.pictures_button


def test_a_folder_without_pictures_is_said(room: Room, tmp_path: Path) -> None:
    page = ready(room)
    (tmp_path / "notes.txt").write_text("nothing to see", encoding="utf-8")
    drop(page, tmp_path)
    room.until(lambda: room.toast == words.READ_NOTHING())
    assert page.gathering.squares == ()


def test_looking_at_many_pictures_can_be_cancelled(
    room: Room, tmp_path: Path, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[tuple[int, ...]] = []

    class CountingEyes(OneFace):
        def detect(self, rgb: U8) -> tuple[Face, ...]:
            looks.append(rgb.shape)
            return super().detect(rgb)

    eyes = CountingEyes()

    def seen_with(_self: RoomParts, _settings: Settings) -> Pipeline:
        return scripted_pipeline(SystemClock(), eyes=eyes)

    monkeypatch.setattr(RoomParts, "build_pipeline", seen_with)
    page = ready(room)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03d}.png").hardlink_to(face)
    drop(page, folder)
    assert page.strip.isVisible()
    assert not page.drop.folder_button.isEnabled()  # one job at a time
    click(page.strip.cancel_button)
    room.until(lambda: not page.strip.busy)
    assert page.drop.folder_button.isEnabled()
    assert len(looks) < 300


def test_a_cancel_is_heard_while_files_are_still_being_found(room: Room, tmp_path: Path) -> None:
    progress = JobProgress()
    progress.cancel()
    told: list[int] = []
    progress.told.connect(lambda done, *_: told.append(done))
    (tmp_path / "face.png").write_bytes(b"never opened")
    assert look_at(files_in([tmp_path]).files, room.parts, room.desk.settings.value, progress) == []
    assert told == []


def test_a_cancel_is_heard_within_a_video(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = JobProgress()

    def cancelling() -> Frame:
        progress.cancel()
        return a_frame()

    camera = ScriptedCamera([cancelling, a_frame], end=CameraState.ENDED)
    monkeypatch.setattr(RoomParts, "open_camera", lambda *_, **__: camera)
    eyes = OneFace()
    monkeypatch.setattr(
        RoomParts, "build_pipeline", lambda *_: scripted_pipeline(SystemClock(), eyes=eyes)
    )
    clip = tmp_path / "clip.avi"
    clip.write_bytes(b"RIFF....AVI ")
    assert look_at([clip], room.parts, room.desk.settings.value, progress) == []
    assert camera.state is CameraState.OK  # there was more to see
    assert camera.closed.is_set()
    assert eyes.closed.is_set()


def test_what_is_dropped_from_the_network_is_left_alone(room: Room, face: Path) -> None:
    page = ready(room)
    web = QUrl("https://example.org/face.jpg")
    assert not drop(page, web)
    assert not page.strip.busy
    gather(room, page, web, face)
    assert [square.path for square in page.gathering.squares] == [face]


def test_a_file_dropped_on_a_field_is_a_picture_and_no_name(room: Room) -> None:
    page = ready(room)
    for field in (page.form.name_field, page.form.id_field, page.form.groups.field):
        # Qt brings a drop to the next one above that takes any.
        taker: QWidget | None = field
        while taker is not None and not taker.acceptDrops():
            taker = taker.parentWidget()
        assert taker is page


def test_hidden_files_of_a_folder_are_left_out(face: Path) -> None:
    folder = face.parent / "from another system"
    (folder / ".cache").mkdir(parents=True)
    for name in ("a.png", "b.mp4", "._a.png", "._b.mp4", ".cache/c.mp4"):
        (folder / name).touch()
    (folder / "d.mov").mkdir()
    assert [path.name for path in files_in([folder]).files] == ["a.png", "b.mp4"]


def test_the_camera_is_only_on_while_it_is_wanted(room: Room) -> None:
    room.enrol("P01", "Grace")
    room.desk.camera.start(Purpose.TAKING)
    page = ready(room)
    assert room.desk.camera.purpose is Purpose.TAKING
    press(page.capture.empty)
    assert room.desk.camera.purpose is Purpose.ENROLLING
    assert room.toast == words.PAUSED()
    room.until(lambda: page.capture.video.has_picture)
    room.until(lambda: bool(page.capture.sentence.text()))
    room.window.open(PageKey.PEOPLE)
    assert room.desk.camera.purpose is Purpose.TAKING
    room.desk.camera.stop()


def test_a_folder_that_names_its_person_fills_in_the_form(
    room: Room, face: Path, tmp_path: Path
) -> None:
    page = ready(room)
    folder = tmp_path / "C07 - Clara Bennett"
    folder.mkdir()
    shutil.copy(face, folder)
    drop(page, folder)
    room.until(lambda: bool(page.gathering.squares))
    assert (page.form.id_field.text(), page.form.name_field.text()) == ("C07", "Clara Bennett")
    page.form.name_field.setText("Clara")  # what was entered stays
    room.until(lambda: not page.strip.busy)
    drop(page, folder)
    room.until(lambda: not page.strip.busy)
    assert page.form.name_field.text() == "Clara"


def test_a_folder_of_several_people_is_not_taken_for_one(
    room: Room, face: Path, tmp_path: Path
) -> None:
    page = ready(room)
    staff = tmp_path / "the staff"
    for name in ("P01 - Grace", "P02 - Omar"):
        (staff / name).mkdir(parents=True)
        shutil.copy(face, staff / name)
    drop(page, staff)
    room.until(lambda: bool(room.told) and not page.strip.busy)
    (notice,) = room.told
    assert "the staff" in notice.what
    assert page.gathering.squares == ()
    press(room.window.banner, words.STAFF_COPY())
    command = QGuiApplication.clipboard().text()
    assert command in notice.hint
    data_dir = str(room.parts.data_dir)
    assert shlex.split(command) == ["faceapp", "--data-dir", data_dir, "import", str(staff)]


def test_the_folders_of_one_person_are_looked_through(
    room: Room, face: Path, tmp_path: Path
) -> None:
    page = ready(room)
    (tmp_path / "grace" / "summer").mkdir(parents=True)
    shutil.copy(face, tmp_path / "grace" / "summer")
    gather(room, page, tmp_path / "grace")
    assert room.window.banner.notice is None
    shutil.copy(face, tmp_path / "grace")
    for sources in ([tmp_path / "grace"], [face, tmp_path / "nowhere"]):
        assert staff_folder(sources, files_in(sources).files) is None


def test_without_a_model_the_banner_says_so_and_nothing_can_be_saved(
    room: Room, parts: RoomParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def card(_self: RoomParts) -> NoReturn:
        raise ModelMissing(path=Path("models/faceapp.json"))

    monkeypatch.setattr(type(parts), "card", card)
    page = room.open(EnrolPage)
    room.until(room.window.banner.isVisible)
    fill(page, "Grace")
    assert page.gathering.snapshot is None
    assert not page.save_button.isEnabled()


def test_what_is_shown_only_at_times_can_be_reached_and_has_a_name(room: Room) -> None:
    page = ready(room)
    asked = page.confirmations
    for button in (asked.open_button, asked.other_button, page.capture.finish_button):
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
