"""What may be corrected in the attendance, and what the operator asks for. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from PySide6.QtCore import QDate, QTime

from faceapp.service import Service
from faceapp.types import DayRow, Entry, EntryFilter, EntryId, EntryKind, Person, PersonId, TotalRow
from faceapp.ui import times


class What(Enum):
    """The kinds of correction."""

    STRIKE = "strike"
    CHANGE = "change"
    OTHER = "other"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Subject:
    """What may be corrected: the ``entries`` of the chosen row.

    The first entry is preselected, unless the row is ``struck`` already: that entry can be added
    again. ``now`` returns the current aware UTC time, because a dialog may stay open for long.
    """

    people: Sequence[Person]
    entries: Sequence[Entry]
    person: PersonId | None
    day: date
    now: Callable[[], datetime]
    struck: Entry | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What the operator asks for. ``entry`` is None for ADD, ``at`` for STRIKE and OTHER.

    ``typed`` is the day and time of ``at`` as entered.
    """

    what: What
    reason: str
    entry: EntryId | None = None
    person: PersonId | None = None
    at: datetime | None = None
    kind: EntryKind = EntryKind.IN
    typed: tuple[QDate, QTime] | None = None

    def apply(self, service: Service) -> None:
        """Apply the correction; on the clerk's thread."""
        match self:
            case Correction(What.STRIKE, entry=int(entry)):
                service.void_entry(entry, self.reason)
            case Correction(What.OTHER, entry=int(entry), person=str(person)):
                service.reassign_entry(entry, person, self.reason)
            case Correction(What.CHANGE, entry=int(entry), at=datetime() as at):
                service.replace_entry(entry, at, self.kind, self.reason)
            case Correction(What.ADD, person=str(person), at=datetime() as at):
                service.add_entry(person, at, self.kind, self.reason)
            case _:
                raise ValueError(f"{self.what}: expected what it needs")


def subject_of(
    service: Service, row: DayRow | Entry | TotalRow | None, now: Callable[[], datetime]
) -> Subject:
    """Find what can be corrected about a row; on the clerk's thread."""
    people = [summary.person for summary in service.people()]
    if row is None or isinstance(row, TotalRow):
        whose = None if row is None else row.person.id
        return Subject(people, (), whose, times.local(now()).date(), now)
    person = row.person.id if isinstance(row, DayRow) else row.person
    wanted = EntryFilter(row.local_date, row.local_date, person, include_voided=False)
    entries = service.entries(wanted)
    struck = None
    if isinstance(row, Entry):
        # The chosen entry first. A struck one is not among them; then no other is preselected.
        entries.sort(key=lambda entry: entry.id != row.id)
        struck = None if any(entry.id == row.id for entry in entries) else row
    return Subject(people, entries, person, row.local_date, now, struck)
