"""The enrol page in the window, with scripted eyes that see one person everywhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl

from faceapp.types import PersonId
from faceapp.ui.pages.enrol import EnrolPage
from tests.ui.rooms import Room
from tests.ui.seen import drop


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


def known_twin(room: Room, face: Path) -> EnrolPage:
    room.enrol("P03", "Omar <i>Haddad</i>")
    page = ready(room)
    gather(room, page, face)
    room.until(page.confirmations.twin_card.isVisible)
    return page


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
