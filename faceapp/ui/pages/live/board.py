"""Today's data as the live page shows it: read on the clerk's thread, turned into rows here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
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
from faceapp.ui.pages.live.greeting import answer
from faceapp.ui.pages.live.side_list import Row, RowLook
from faceapp.ui.pages.live.unsure import Unsure
from faceapp.ui.words import live

if TYPE_CHECKING:
    from faceapp.service import Service


@dataclass(frozen=True, slots=True)
class Board:
    """What the service says of today. ``entries`` are oldest first.

    ``namesakes``: who has a name that somebody else has too. ``today`` is about ``group``, None
    being everybody, whose people are the ``members``; ``groups`` are those there are.
    """

    people: tuple[Person, ...]
    today: Today
    entries: tuple[Entry, ...]
    names: Mapping[PersonId, str]
    namesakes: frozenset[PersonId]
    groups: tuple[str, ...]
    group: str | None
    members: frozenset[PersonId]

    @property
    def listed(self) -> tuple[Entry, ...]:
        """Return the entries of the group; of everybody also those of forgotten people."""
        return tuple(entry for entry in self.entries if self.concerns(entry.person))

    def concerns(self, person: PersonId) -> bool:
        """Return whether somebody is of the group that is looked at."""
        return self.group is None or person in self.members


def read_board(service: Service, wanted: str | None) -> Board:
    """Read it, for the group ``wanted`` if there is one; on the clerk's thread."""
    people = tuple(row.person for row in service.people())
    groups = tuple(service.groups())
    group = wanted if wanted in groups else None
    today = service.today(group)
    day = today.local_date
    entries = tuple(service.entries(EntryFilter(from_date=day, to_date=day)))
    names = {person.id: person.name for person in people}
    times_given = Counter(names.values())
    namesakes = frozenset(code for code, name in names.items() if times_given[name] > 1)
    members = frozenset(one.id for one in people if group is None or group in one.groups)
    return Board(people, today, entries, names, namesakes, groups, group, members)


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """Somebody seen within the cool-down: a line of today's list, not of the database."""

    at: datetime
    recorded: Recorded


def stands(one: SeenAgain, board: Board) -> bool:
    """Return whether the person is still known and the entry behind the cool-down is not struck."""
    entry = one.recorded.entry
    if entry is None or entry.person not in board.names:
        return False
    if entry.local_date != board.today.local_date:
        # An entry from before midnight is not on the board.
        return True
    return any(row.id == entry.id and row.voided_reason is None for row in board.entries)


def _concerns(one: SeenAgain, board: Board) -> bool:
    return one.recorded.entry is not None and board.concerns(one.recorded.entry.person)


def counts(today: Today) -> str:
    """Say how many are here, left and missing."""
    here, missing = times.number(len(today.here)), times.number(len(today.missing))
    if today.left:
        left = times.number(len(today.left))
        return live.HERE_LEFT_MISSING(here=here, left=left, missing=missing)
    return live.HERE_MISSING(here=here, missing=missing)


def entry_rows(
    board: Board, again: Iterable[SeenAgain], unsure: Iterable[Unsure], now: datetime
) -> list[Row]:
    """Lay out the list, newest first: entries, people seen again, open questions of any day."""
    rows = [
        (entry.at, _told_apart(_entry_row(entry), entry.person, board.namesakes))
        for entry in board.listed
    ]
    rows += [(one.at, _again_row(one, board)) for one in again if _concerns(one, board)]
    rows += [(item.at, _unsure_row(item, board.names, now)) for item in unsure]
    # Sorting is stable: reversed first, so later lines come first.
    rows.reverse()
    return [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def here_rows(board: Board) -> list[Row]:
    """Lay out who is here, then who has left."""
    here = [(row.person, RowLook.RECORDED, _since(row)) for row in board.today.here]
    left = [(row.person, RowLook.LEFT, _left(row)) for row in board.today.left]
    return [_person_row(*told, board.namesakes) for told in here + left]


def missing_rows(board: Board) -> list[Row]:
    """Lay out who has not come."""
    return [
        _person_row(person, RowLook.MISSING, ", ".join(person.groups), board.namesakes)
        for person in board.today.missing
    ]


def _entry_row(entry: Entry) -> Row:
    kind = words.states.KIND[entry.kind]()
    second = live.BY_HAND(kind=kind) if entry.confirmation is Confirmation.MANUAL else kind
    look = RowLook.RECORDED
    if entry.voided_reason is not None:
        reason = _told(entry.voided_reason)
        look, second = RowLook.STRUCK, live.STRUCK(reason=reason)
    moment = entry.local_at
    tip = live.ENTRY_TIP(
        name=_told(entry.name), person=entry.person, exact=times.exact(moment, entry.zone)
    )
    return Row(look, _told(entry.name), times.clock(moment), second, tip)


def _again_row(one: SeenAgain, board: Board) -> Row:
    entry = one.recorded.entry
    if entry is None or one.recorded.outcome is not RecordOutcome.COOLING_DOWN:
        raise ValueError("expected an entry that was there already")
    moment = times.local(one.at)
    # The person may have got another name since.
    name = _told(board.names.get(entry.person, entry.name))
    tip = live.ENTRY_TIP(name=name, person=entry.person, exact=times.exact(moment))
    row = Row(RowLook.RECORDED, name, times.clock(moment), answer(one.recorded), tip)
    return _told_apart(row, entry.person, board.namesakes)


def _unsure_row(item: Unsure, names: Mapping[PersonId, str], now: datetime) -> Row:
    tip = live.UNSURE_TIP(name=_told(names.get(item.person, item.person)))
    time = times.when(times.local(item.at), now)
    return Row(RowLook.UNSURE, live.UNSURE(), time, live.RESOLVE(), tip, item.key, link=True)


def _person_row(person: Person, look: RowLook, second: str, namesakes: Collection[PersonId]) -> Row:
    tip = live.PERSON_TIP(name=_told(person.name), person=person.id)
    return _told_apart(Row(look, _told(person.name), "", second, tip), person.id, namesakes)


def _told_apart(row: Row, person: PersonId, namesakes: Collection[PersonId]) -> Row:
    """Begin the second line with the ID where the name alone does not say who it is."""
    if person not in namesakes:
        return row
    return replace(row, second=" · ".join(part for part in (person, row.second) if part))


def _since(row: DayRow) -> str:
    if row.first_in is None:
        return ""
    return live.SINCE(time=times.clock(row.first_in.local_at))


def _left(row: DayRow) -> str:
    if row.last_out is None:
        return ""
    return live.LEFT_AT(time=times.clock(row.last_out.local_at))


def _told(text: str) -> str:
    """Return a name or reason on one line, or what stands for one that was deleted."""
    return words.common.or_forgotten(words.one_line(text))
