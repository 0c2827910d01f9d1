"""After an update of the model: who has to be enrolled again is said, until it is done."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from faceapp.errors import StoreCorrupt
from faceapp.service import Service
from faceapp.types import ModelId, Person, PersonId, Sample
from faceapp.ui import words
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.pages.people.columns import quality_sign, samples
from faceapp.ui.words import people, shell
from tests.helpers.disk import damage_table
from tests.helpers.seams import MODEL
from tests.ui.rooms import QUALITY, Room
from tests.ui.seen import button, press, texts


def sample(model: ModelId) -> Sample:
    vector = np.array([1.0, 0.0], np.float32)
    return Sample(vector, QUALITY, model, "test", np.zeros((112, 112, 3), np.uint8))


def enrol(room: Room, code: str, name: str) -> None:
    """Enrol somebody with the model before."""
    room.do(
        lambda service: service.enrol(
            Person(PersonId(code), name), [sample(ModelId("older-model"))]
        )
    )


def said(room: Room) -> str:
    notice = room.window.banner.notice
    return notice.what if notice is not None else ""


def hint(room: Room) -> str:
    notice = room.window.banner.notice
    return notice.hint if notice is not None else ""


def test_nothing_is_said_while_everybody_can_be_known(room: Room) -> None:
    room.enrol("P1", "Ann")
    room.wait_for_clerk()
    assert not room.window.banner.isVisible()


def test_people_of_an_older_model_are_named_until_they_have_new_samples(room: Room) -> None:
    for number, name in enumerate(("Ann", "Ben", "Cem", "<b>Dora</b>"), 1):
        enrol(room, f"P{number}", name)
    room.until(lambda: said(room) == shell.OTHER_MODEL(4))
    assert "Ann" in hint(room)
    assert hint(room).endswith("…")
    for number in range(1, 5):
        code = PersonId(f"P{number}")
        room.do(partial(Service.add_samples, person=code, samples=[sample(MODEL)]))
    room.until(lambda: not room.window.banner.isVisible())


def test_whom_the_model_cannot_know_is_marked_and_not_counted(room: Room) -> None:
    room.enrol("P1", "Ann")
    enrol(room, "P2", "Ben")
    room.until(lambda: shell.GALLERY(1) in texts(room.window.status_line))
    page = room.open(PeoplePage, PersonId("P2"))
    room.until(lambda: len(page.table.rows) == 2)
    ann, ben = page.table.rows
    assert samples(ann) == people.SAMPLES_AND_WEAKEST(n=1, weakest=people.GOOD())
    assert samples(ben) == people.USELESS()
    assert quality_sign(ben).icon == "warning"
    room.until(lambda: any(people.USELESS() in text for text in texts(page.panel.samples)))
    room.do(lambda service: service.add_samples(PersonId("P2"), [sample(MODEL)]))
    room.until(lambda: shell.GALLERY(2) in texts(room.window.status_line))
    room.until(lambda: samples(page.table.rows[1]) == samples(ann))


def test_somebody_who_is_renamed_is_named_anew(room: Room) -> None:
    enrol(room, "P1", "Ann")
    room.until(lambda: said(room) == shell.OTHER_MODEL(1))
    room.do(lambda service: service.edit_person(PersonId("P1"), "Anna Berg"))
    room.until(lambda: "Anna Berg" in hint(room))


def test_what_was_dismissed_comes_back_only_when_it_is_something_else(room: Room) -> None:
    enrol(room, "P1", "Ann")
    room.until(lambda: said(room) == shell.OTHER_MODEL(1))
    room.window.banner.dismiss()
    room.enrol("P2", "Ben")
    for _ in range(2):
        room.wait_for_clerk()
    assert said(room) == ""
    enrol(room, "P3", "Cem")
    room.until(lambda: said(room) == shell.OTHER_MODEL(2))


@pytest.mark.expect_log("a change is not known everywhere")
def test_samples_that_cannot_be_read_are_said(room: Room) -> None:
    room.enrol("P1", "Ann")
    room.do(lambda service: damage_table(service, "templates"))
    room.add("P2", "Ben")
    what = words.errors.sentence(StoreCorrupt(path=room.parts.paths.database))[0]
    room.until(lambda: said(room) == what)


def test_the_notice_leads_to_the_people(room: Room) -> None:
    enrol(room, "P1", "Ann")
    room.until(lambda: said(room) == shell.OTHER_MODEL(1))
    press(room.window.banner, shell.OTHER_MODEL_SHOW())
    assert isinstance(room.window.page, PeoplePage)
    assert button(room.window.rail, shell.PEOPLE()).isChecked()
