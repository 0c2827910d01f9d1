"""The people page in the window, with three people whose names and IDs are not sorted alike."""

from __future__ import annotations

from collections.abc import Callable

from faceapp.types import Person, PersonId, PersonSummary
from faceapp.ui.dialogs.add import AddDialog
from faceapp.ui.dialogs.edit import EditDialog
from faceapp.ui.pages.people import PeoplePage
from tests.helpers.clock import here
from tests.ui.answers import answering
from tests.ui.rooms import Room
from tests.ui.seen import click


def names(page: PeoplePage) -> list[str]:
    return [row.person.name for row in page.table.rows]


def selected(page: PeoplePage) -> PersonSummary:
    row = page.table.selected()
    assert row is not None
    return row


def three_people(room: Room) -> PeoplePage:
    room.enrol("P2", "Omar Haddad")
    room.enrol("P10", "asha Lin")
    room.enrol("X", "<b>Clara</b>")
    room.do(lambda service: service.edit_person(PersonId("P2"), "Omar Haddad", ["Night", "Staff"]))
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 3)
    return page


def omar_chosen(room: Room) -> PeoplePage:
    """Let Omar, who is in two groups, be chosen among three people."""
    page = three_people(room)
    page.table.select("P2")
    return page


def summary(code: str, name: str, *groups: str) -> PersonSummary:
    return PersonSummary(Person(PersonId(code), name, groups), 5, 5, 0.7, here(1, 8), None)


def add_person(page: PeoplePage, act: Callable[[AddDialog], object]) -> None:
    """Press the button that adds somebody, and do something to the dialog."""
    with answering(AddDialog, act):
        click(page.add_button)


def edit_person(page: PeoplePage, act: Callable[[EditDialog], object]) -> None:
    """Press the button that changes the chosen person, and do something to the dialog."""
    with answering(EditDialog, act):
        click(page.panel.edit_button)
