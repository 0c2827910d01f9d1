"""What a screen reader is told of that happens away from the focus."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from faceapp.errors import StoreFull
from faceapp.types import CameraState
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.cameras import trouble_words
from faceapp.ui.notices import Action, Notice
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.people import PeoplePage
from tests.ui.pages.enrol import known_twin
from tests.ui.rooms import Room
from tests.ui.seen import click

Heard = list[tuple[str, QAccessible.AnnouncementPoliteness]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Listen in the system's place, which has no screen reader here."""
    texts: Heard = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            texts.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    return texts


def test_messages_are_read_out(room: Room, heard: Heard) -> None:
    polite, urgent = QAccessible.AnnouncementPoliteness
    room.desk.notices.toast("The entry was struck")
    room.desk.notices.toast("Colours: dark", Action("&Undo", lambda: None))
    room.desk.notices.tell(Notice("Old entries are kept", "Look at the date"))
    room.desk.notices.error(StoreFull(path="x.db"))
    said = " ".join(words.errors.sentence(StoreFull(path="x.db")))
    assert heard == [
        ("The entry was struck", polite),
        ("Colours: dark. Undo (Alt+U)", polite),
        ("Old entries are kept Look at the date", polite),
        (said, urgent),
    ]


def test_where_the_guide_has_a_word_is_read_out(room: Room, heard: Heard) -> None:
    polite = QAccessible.AnnouncementPoliteness.Polite
    room.window.open(PageKey.LIVE)
    room.window.help.open(PageKey.LIVE)
    window = room.window.help.window
    assert window is not None
    for wanted, said in (("failing disk", "1 of 1"), ("no such word", "Nothing found")):
        window.search.setText(wanted)
        room.qtbot.keyClick(window.search, Qt.Key.Key_Return)
        assert heard[-1] == (said, polite)


def test_how_many_people_a_search_finds_is_read_out(room: Room, heard: Heard) -> None:
    room.enrol("P01", "Grace Okafor")
    room.enrol("P02", "Omar Haddad")
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 2)
    for wanted, said in (("grace", "1 of 2 people"), ("grace xyz", "grace xyz")):
        page.search.setText(wanted)
        room.qtbot.keyClick(page.search, Qt.Key.Key_Return)
        assert said in heard[-1][0]


def test_who_was_recorded_is_read_out(room: Room, heard: Heard) -> None:
    room.enrol("P01", "Grace Okafor")
    room.window.open(PageKey.LIVE)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: any(text.startswith("Grace Okafor, in · ") for text, _ in heard))


def test_a_camera_that_is_lost_and_comes_back_is_read_out_once(room: Room, heard: Heard) -> None:
    polite, urgent = QAccessible.AnnouncementPoliteness
    room.enrol("P01", "Grace Okafor")
    room.open(PeoplePage)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: room.desk.camera.state is CameraState.OK)
    states: list[CameraState] = []
    room.desk.camera.state_changed.connect(states.append)
    lost = " ".join(trouble_words(room.desk.settings.value.camera, CameraState.LOST))
    for state in (CameraState.LOST, CameraState.OPENING, CameraState.LOST, CameraState.OK):
        room.parts.cameras[-1].state = state
        room.until(lambda state=state: states[-1:] == [state])  # type: ignore[misc]
    ready = room.window.status_line.camera
    assert [one for one in heard if one[0] in (lost, ready)] == [(lost, urgent), (ready, polite)]


def test_each_coaching_sentence_is_read_out_once(room: Room, heard: Heard) -> None:
    page = room.open(EnrolPage)
    room.until(lambda: page.gathering.snapshot is not None)
    page.capture.start()
    room.until(lambda: bool(page.capture.sentence.text()))
    said = [text for text, _ in heard]
    assert said
    assert all(one != other for one, other in itertools.pairwise(said))


def test_questions_before_saving_and_their_outcome_are_read_out(
    room: Room, heard: Heard, face: Path
) -> None:
    """They appear beside the focus, and keep what was gathered from being saved."""
    polite = QAccessible.AnnouncementPoliteness.Polite
    asked = known_twin(room, face).confirmations
    question = asked.twin_card.text.text()
    click(asked.other_button)
    room.until(lambda: heard[-1] != (question, polite))
    outcome = asked.trial_card.text.text()
    assert outcome
    assert heard[-2:] == [(question, polite), (outcome, polite)]
