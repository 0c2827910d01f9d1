"""Adds up the entries: a row for each person and day, or each person; and who is here today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, tzinfo

from faceapp.config import Settings
from faceapp.service.attendance import day_row, total_rows
from faceapp.service.identity import by_name
from faceapp.service.zones import local_date
from faceapp.store import Store
from faceapp.types import (
    DayRow,
    Entry,
    EntryFilter,
    EntryPolicy,
    Person,
    PersonId,
    Today,
    TotalRow,
)

_ByPerson = dict[PersonId, list[Entry]]


class DayBook:
    """Reads people and entries in one transaction and adds them up."""

    def __init__(self, store: Store, settings: Settings, zone: Callable[[], tzinfo]) -> None:
        self._store = store
        self._policy = EntryPolicy(settings.policy)
        self._zone = zone

    def days(self, wanted: EntryFilter, now: datetime) -> Iterator[DayRow]:
        """Yield the rows of the days that the filter selects, by date and name.

        Those are the days on which anybody was seen, and the date of ``now`` if it alone is wanted.
        """
        today = local_date(now, self._zone())
        with self._store.read_transaction():
            people = self._people(wanted)
            for day in self._dates(wanted, today):
                yield from _rows_of(day, self._seen_on(day, wanted), people)

    def totals(self, wanted: EntryFilter, now: datetime) -> list[TotalRow]:
        """Return the rows of `days` added up for each person, by name.

        Only days on which somebody came become rows: of many people, most are missing each day.
        """
        today = local_date(now, self._zone())
        with self._store.read_transaction():
            people, dates = self._people(wanted), self._dates(wanted, today)
            rows = (
                day_row(people[code][0] if code in people else Person(code, ""), day, entries)
                for day in dates
                for code, entries in self._seen_on(day, wanted).items()
            )
            return total_rows(rows, dict(people.values()), dates, today, self._policy)

    def narrowed(self, wanted: EntryFilter, most: int) -> EntryFilter:
        """Narrow a filter to its newest days, about ``most`` rows, at least one day."""
        dates = self._store.entries.dates(wanted.from_date, wanted.to_date)
        days = max(1, most // max(1, len(self._people(wanted))))
        return replace(wanted, from_date=dates[-days]) if len(dates) > days else wanted

    def today(self, now: datetime, group: str | None) -> Today:
        """Return who is here, who has left and who is missing on the date of ``now``."""
        day = local_date(now, self._zone())
        rows = [
            row
            for row in self.days(EntryFilter(from_date=day, to_date=day, group=group), now)
            if row.person.name  # a forgotten person is neither here nor missing
        ]
        left = {row.person.id for row in rows if self._has_left(row)}
        return Today(
            local_date=day,
            here=tuple(row for row in rows if row.present and row.person.id not in left),
            left=tuple(row for row in rows if row.person.id in left),
            missing=tuple(row.person for row in rows if not row.present),
        )

    def _has_left(self, row: DayRow) -> bool:
        return self._policy is EntryPolicy.ALTERNATING and row.last_out is not None

    def _dates(self, wanted: EntryFilter, today: date) -> list[date]:
        """Return the dates in order; today, if wanted alone, even before anybody has come."""
        seen = self._store.entries.dates(wanted.from_date, wanted.to_date)
        only_today = wanted.from_date == wanted.to_date == today
        return [today] if only_today else seen

    def _seen_on(self, day: date, wanted: EntryFilter) -> _ByPerson:
        seen: _ByPerson = {}
        of_day = replace(wanted, from_date=day, to_date=day, include_voided=False)
        for page in self._store.entries.pages(of_day):
            for entry in page:
                seen.setdefault(entry.person, []).append(entry)
        return seen

    def _people(self, wanted: EntryFilter) -> dict[PersonId, tuple[Person, date]]:
        """Return the people the filter selects, by name, with the local date of enrolment."""
        everybody, zone = self._store.people.everybody(), self._zone()
        return {
            person.id: (person, local_date(enrolled_at, zone))
            for person, enrolled_at in sorted(everybody, key=lambda known: by_name(known[0]))
            if wanted.person in (None, person.id)
            and (wanted.group is None or wanted.group in person.groups)
        }


def _rows_of(
    day: date, seen: _ByPerson, people: dict[PersonId, tuple[Person, date]]
) -> Iterator[DayRow]:
    expected = {
        code: person
        for code, (person, enrolled_on) in people.items()
        if enrolled_on <= day or code in seen
    }
    forgotten = [Person(code, "") for code in seen if code not in expected]
    # Forgotten people come first, since they have no name; the others are already sorted.
    for person in (*sorted(forgotten, key=by_name), *expected.values()):
        yield day_row(person, day, seen.get(person.id, ()))
