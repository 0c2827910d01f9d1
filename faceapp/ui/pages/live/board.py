"""Today's data as the live page shows it: read on the reader's thread, turned into rows here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from faceapp.types import Confirmation, Entry, EntryFilter, EntryId, Person, PersonId, Today
from faceapp.ui import times, words
from faceapp.ui.memory import mark_of
from faceapp.ui.pages.live.greeting import answer
from faceapp.ui.pages.live.side_list import Row, RowLook
from faceapp.ui.pages.live.unsure import Unsure
from faceapp.ui.words import Text, live

if TYPE_CHECKING:
    from faceapp.service import Service


@dataclass(frozen=True, slots=True)
class Board:
    """The service's data of today. ``entries`` are everybody's, oldest first.

    ``standing`` are the entries that are not struck.
    ``group`` is the viewed group, None for everybody; ``today`` and ``members`` are limited to it.
    ``groups`` are all groups. ``namesakes`` share their name with somebody else.
    """

    people: tuple[Person, ...]
    today: Today
    entries: tuple[Entry, ...]
    standing: frozenset[EntryId]
    names: Mapping[PersonId, str]
    namesakes: frozenset[PersonId]
    groups: tuple[str, ...]
    group: str | None
    members: frozenset[PersonId]

    @property
    def listed(self) -> tuple[Entry, ...]:
        """Return the entries of the group; without a group also those of forgotten people."""
        return tuple(entry for entry in self.entries if self.concerns(entry.person))

    def concerns(self, person: PersonId) -> bool:
        """Return whether ``person`` is in the viewed group."""
        return self.group is None or person in self.members

    def stands(self, entry: Entry) -> bool:
        """Return whether an entry's person is still known and the entry is not struck."""
        if entry.person not in self.names:
            return False
        if entry.local_date != self.today.local_date:
            # An entry from before midnight is not on the board.
            return True
        return entry.id in self.standing


def read_board(service: Service, mark: str | None) -> Board:
    """Read today's data of the group with this `mark_of`, or of everybody if there is none.

    On the reader's thread.
    """
    with service.at_one_moment():
        people = tuple(row.person for row in service.people())
        groups = tuple(service.groups())
        group = next((name for name in groups if mark_of(name) == mark), None)
        today = service.today(group)
        day = today.local_date
        entries = tuple(service.entries(EntryFilter(from_date=day, to_date=day)))
    standing = frozenset(entry.id for entry in entries if entry.voided_reason is None)
    names = {person.id: person.name for person in people}
    times_given = Counter(names.values())
    namesakes = frozenset(code for code, name in names.items() if times_given[name] > 1)
    members = frozenset(one.id for one in people if group is None or group in one.groups)
    return Board(people, today, entries, standing, names, namesakes, groups, group, members)


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """Somebody seen within the cool-down of ``entry``: a line of the list, not of the database."""

    at: datetime
    entry: Entry


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
    rows = [(entry.at, _entry_row(entry, board)) for entry in board.listed]
    rows += [(one.at, _again_row(one, board)) for one in again if board.concerns(one.entry.person)]
    rows += [(item.at, _unsure_row(item, board.names, now)) for item in unsure]
    rows.sort(key=lambda pair: pair[0])
    return [row for _, row in reversed(rows)]


def here_rows(board: Board) -> list[Row]:
    """Lay out who is here, then who has left."""
    today = board.today
    here = [(row.person, RowLook.RECORDED, _at(live.SINCE, row.first_in)) for row in today.here]
    left = [(row.person, RowLook.LEFT, _at(live.LEFT_AT, row.last_out)) for row in today.left]
    return [_person_row(*told, board) for told in here + left]


def missing_rows(board: Board) -> list[Row]:
    """Lay out who has not come."""
    return [
        _person_row(person, RowLook.MISSING, ", ".join(person.groups), board)
        for person in board.today.missing
    ]


def _entry_row(entry: Entry, board: Board) -> Row:
    kind = words.states.KIND[entry.kind]()
    second = live.BY_HAND(kind=kind) if entry.confirmation is Confirmation.MANUAL else kind
    look = RowLook.RECORDED
    if entry.voided_reason is not None:
        reason = _told(entry.voided_reason)
        look, second = RowLook.STRUCK, live.STRUCK(reason=reason)
    name, moment = _told(entry.name), entry.local_at
    second = _distinct(second, entry.person, board)

    def tip() -> str:
        exact = times.exact(moment, entry.zone)
        return live.ENTRY_TIP(name=name, person=entry.person, exact=exact)

    return Row(look, name, times.clock(moment), second, entry.id, tip)


def _again_row(one: SeenAgain, board: Board) -> Row:
    entry, moment = one.entry, times.local(one.at)
    # The person may have been renamed since.
    name = _told(board.names.get(entry.person, entry.name))
    second = _distinct(answer(entry, new=False), entry.person, board)

    def tip() -> str:
        return live.ENTRY_TIP(name=name, person=entry.person, exact=times.exact(moment))

    about = (entry.person, one.at)
    return Row(RowLook.RECORDED, name, times.clock(moment), second, about, tip)


def _unsure_row(item: Unsure, names: Mapping[PersonId, str], now: datetime) -> Row:
    name, time = _told(names.get(item.person, item.person)), times.when(times.local(item.at), now)
    return Row(
        RowLook.UNSURE,
        live.UNSURE(),
        time,
        live.RESOLVE(),
        (item.person, item.key),
        lambda: live.UNSURE_TIP(name=name),
        opens=item.key,
    )


def _person_row(person: Person, look: RowLook, second: str, board: Board) -> Row:
    name, second = _told(person.name), _distinct(second, person.id, board)
    return Row(
        look, name, "", second, person.id, lambda: live.PERSON_TIP(name=name, person=person.id)
    )


def _distinct(second: str, person: PersonId, board: Board) -> str:
    """Begin the second line with the ID if the name alone is ambiguous."""
    if person not in board.namesakes:
        return second
    return " · ".join(part for part in (person, second) if part)


def _at(text: Text, entry: Entry | None) -> str:
    return text(time=times.clock(entry.local_at)) if entry else ""


def _told(text: str) -> str:
    """Return a name or reason on one line, or the placeholder for a deleted one."""
    return words.common.or_forgotten(words.one_line(text))
