"""What was gathered is lost only if the operator wants it, and never becomes somebody else's."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from faceapp.config import Settings
from faceapp.pipeline import Pipeline
from faceapp.types import PersonId
from faceapp.ui.dialogs.confirm import DraftDialog
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol import EnrolPage
from tests.ui.answers import answering
from tests.ui.pages.enrol import adding_to_omar, gather, ready
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import click, drop

pytestmark = pytest.mark.usefixtures("noon")


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

    def held(settings: Settings) -> Pipeline:
        assert told.wait(10)
        return build(settings)

    monkeypatch.setattr(parts, "build_pipeline", held)
    return told


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
