"""Forgetting people: what would be lost is counted first, then asked about, then deleted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from faceapp.service import Service
from faceapp.types import EntryFilter, PersonId, PersonSummary
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs.confirm import ForgetDialog
from faceapp.ui.notices import Notice
from faceapp.ui.words import isolated
from faceapp.ui.words import people as words


class Forgetting:
    """Asks over ``page`` whether to forget people, and does it."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        self._page = page
        self._desk = desk
        self._counting = False

    def begin(self, rows: Sequence[PersonSummary]) -> None:
        """Ask whether to forget these people; do nothing if there are none, or while counting."""
        if not rows or self._counting:
            return
        self._counting = True
        people = [row.person.id for row in rows]
        self._desk.ops.run(
            lambda service: _entries(service, people),
            done=lambda entries: self._ask(rows, entries),
            ended=self._end_counting,
            label="count entries",
        )

    def _end_counting(self) -> None:
        self._counting = False

    def _ask(self, rows: Sequence[PersonSummary], entries: int) -> None:
        people = [row.person for row in rows]
        samples = sum(row.templates for row in rows)
        if not ForgetDialog(self._page, people, samples, entries).confirmed():
            return
        if len(people) == 1:
            said = words.FORGOTTEN(name=isolated(people[0].name))
        else:
            said = words.ALL_FORGOTTEN(people=words.COUNT(len(people)))
        self._desk.ops.run(
            lambda service: _forget(service, [person.id for person in people]),
            done=lambda hints: self._say_forgotten(said, hints),
            label="forget",
        )

    def _say_forgotten(self, said: str, hints: str) -> None:
        if hints:
            self._desk.notices.tell(Notice(said, hints, key="left_behind"))
        else:
            self._desk.notices.toast(said)


def _entries(service: Service, people: Sequence[PersonId]) -> int:
    """Count the entries of these people; on the clerk's thread."""
    return sum(service.count_entries(EntryFilter(person=person)) for person in people)


def _forget(service: Service, people: Sequence[PersonId]) -> str:
    """Forget people and say where data may still be; on the clerk's thread."""
    service.forget(*people)
    hints = [words.TRACES_LEFT()] if service.traces_left() else []
    former = ", ".join(path.name for path in service.former_databases())
    if former:
        hints.append(words.FORMER_LEFT(files=former))
    return " ".join(hints)
