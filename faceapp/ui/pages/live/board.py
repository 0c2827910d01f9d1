"""Today's data as the live page shows it: read on the clerk's thread, turned into rows here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from faceapp.types import (
    Confirmation,
    DayRow,
    Entry,
    EntryFilter,
    Person,
    PersonId,
    Recorded,
    RecordOutcome,
    Today,
)
from faceapp.ui import times, words
from faceapp.ui.pages.live.feed import Row, RowLook
from faceapp.ui.pages.live.greeting import answer
from faceapp.ui.pages.live.unsure import Unsure
from faceapp.ui.words import live

if TYPE_CHECKING:
    from faceapp.service import Service


@dataclass(frozen=True, slots=True)
class Board:
    """What the service says of today. ``entries`` are oldest first."""

    people: tuple[Person, ...]
    today: Today
    entries: tuple[Entry, ...]
    names: Mapping[PersonId, str] = field(default_factory=dict)


def read_board(service: Service) -> Board:
    """Read it; on the clerk's thread."""
    people = tuple(row.person for row in service.people())
    today = service.today()
    day = today.local_date
    entries = tuple(service.entries(EntryFilter(from_date=day, to_date=day)))
    return Board(people, today, entries, {person.id: person.name for person in people})


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """Somebody seen within the cool-down: a line of today's feed, not of the database."""

    at: datetime
    recorded: Recorded


def stands(one: SeenAgain, board: Board) -> bool:
    """Tell whether the person is still known and the entry that kept the cool-down still stands."""
    entry = one.recorded.entry
    if entry is None or entry.person not in board.names:
        return False
    if entry.local_date != board.today.local_date:
        # An entry from before midnight is not on the board.
        return True
    return any(row.id == entry.id and row.voided_reason is None for row in board.entries)


def counts(today: Today) -> str:
    """Say how many are here, left and missing."""
    numbers = {"here": len(today.here), "missing": len(today.missing)}
    if today.left:
        return live.HERE_LEFT_MISSING(left=len(today.left), **numbers)
    return live.HERE_MISSING(**numbers)


def entry_rows(
    board: Board, again: Iterable[SeenAgain], unsure: Iterable[Unsure], now: datetime
) -> list[Row]:
    """Lay out the feed, newest first: entries, people seen again, open questions of any day."""
    rows = [(entry.at, _entry_row(entry)) for entry in board.entries]
    rows += [(one.at, _again_row(one, board.names)) for one in again]
    rows += [(item.at, _unsure_row(item, board.names, now)) for item in unsure]
    # Sorting is stable: turned round first, of the same moment the later line stands above.
    rows.reverse()
    return [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def here_rows(today: Today) -> list[Row]:
    """Lay out who is here, then who has left."""
    here = [_person_row(row.person, RowLook.RECORDED, _since(row)) for row in today.here]
    left = [_person_row(row.person, RowLook.LEFT, _left(row)) for row in today.left]
    return here + left


def missing_rows(people: Sequence[Person]) -> list[Row]:
    """Lay out who has not come."""
    return [_person_row(person, RowLook.MISSING, ", ".join(person.groups)) for person in people]


def _entry_row(entry: Entry) -> Row:
    kind = words.states.KIND[entry.kind]()
    second = live.BY_HAND(kind=kind) if entry.confirmation is Confirmation.MANUAL else kind
    look = RowLook.RECORDED
    if entry.voided_reason is not None:
        reason = _told(entry.voided_reason)
        look, second = RowLook.STRUCK, live.STRUCK(reason=reason)
    moment = times.entry_moment(entry)
    tip = live.ENTRY_TIP(
        name=_told(entry.name), person=entry.person, exact=times.exact(moment, entry.zone)
    )
    return Row(look, _told(entry.name), times.clock(moment), second, tip)


def _again_row(one: SeenAgain, names: Mapping[PersonId, str]) -> Row:
    entry = one.recorded.entry
    if entry is None or one.recorded.outcome is not RecordOutcome.COOLING_DOWN:
        raise ValueError("expected an entry that stands already")
    moment = times.local(one.at)
    # The person may have got another name since.
    name = _told(names.get(entry.person, entry.name))
    tip = live.ENTRY_TIP(name=name, person=entry.person, exact=times.exact(moment))
    return Row(RowLook.RECORDED, name, times.clock(moment), answer(one.recorded), tip)


def _unsure_row(item: Unsure, names: Mapping[PersonId, str], now: datetime) -> Row:
    tip = live.UNSURE_TIP(name=_told(names.get(item.person, item.person)))
    time = times.when(times.local(item.at), now)
    return Row(RowLook.UNSURE, live.UNSURE(), time, live.RESOLVE(), tip, item.key, link=True)


def _person_row(person: Person, look: RowLook, second: str) -> Row:
    tip = live.PERSON_TIP(name=_told(person.name), person=person.id)
    return Row(look, _told(person.name), "", second, tip)


def _since(row: DayRow) -> str:
    if row.first_in is None:
        return ""
    return live.SINCE(time=times.clock(times.entry_moment(row.first_in)))


def _left(row: DayRow) -> str:
    if row.last_out is None:
        return ""
    return live.LEFT_AT(time=times.clock(times.entry_moment(row.last_out)))


def _told(text: str) -> str:
    """Give a name or reason on one line, or what stands for one that was deleted."""
    return words.common.or_forgotten(words.one_line(text))
