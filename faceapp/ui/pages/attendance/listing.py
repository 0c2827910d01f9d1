"""The rows of the attendance table and their summary, read off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from faceapp.service import Service
from faceapp.types import DayRow, Entry, EntryFilter
from faceapp.ui.pages.attendance.columns import struck
from faceapp.ui.pages.attendance.filters import Asked, View
from faceapp.ui.tables import Column, Order, in_order
from faceapp.ui.times import number
from faceapp.ui.words import attendance as words
from faceapp.ui.words.people import COUNT

Rows = Sequence[DayRow] | Sequence[Entry]

# More rows would take too long to reload at each arrival, and nobody scrolls through so many.
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of the table in its order, and the summary below it.

    ``dates`` are the days of everything asked for. ``cut``: the rows are only the newest.
    """

    rows: Sequence[Any]
    summary: str
    dates: Sequence[date]
    cut: bool = False

    def span(self, wanted: EntryFilter, today: date) -> tuple[date, date]:
        """Return the first and last day of an export of everything asked for."""
        first = wanted.from_date or min(self.dates, default=today)
        last = wanted.to_date or max(self.dates, default=today)
        return first, last


def read_listing(
    service: Service,
    asked: Asked,
    columns: Sequence[Column[Any]],
    order: Order,
    most: int,
) -> Listing:
    """Read what the table shows; if there are more than ``most`` rows, only the newest."""
    read = _newest_days if asked.view is View.DAYS else _newest_entries
    rows, summary, cut = read(service, asked.wanted, most)
    dates = service.dates(asked.wanted) if cut else sorted({row.local_date for row in rows})
    return Listing(in_order(rows, columns, order), summary, dates, cut)


def read_all(service: Service, asked: Asked, columns: Sequence[Column[Any]], order: Order) -> Rows:
    """Read everything asked for, in the table's order."""
    read = service.days if asked.view is View.DAYS else service.entries
    return in_order(read(asked.wanted), columns, order)


def _newest_days(service: Service, wanted: EntryFilter, most: int) -> tuple[Rows, str, bool]:
    """Return rows, summary, and whether there are more."""
    fitting = service.narrowed(wanted, most)
    rows = service.days(fitting)
    if fitting == wanted:
        return rows, _days_summary(rows), False
    shown, everything = len(service.dates(fitting)), len(service.dates(wanted))
    return rows, words.NEWEST_DAYS(shown, all=number(everything)), True


def _newest_entries(service: Service, wanted: EntryFilter, most: int) -> tuple[Rows, str, bool]:
    """Return rows, summary, and whether there are more."""
    rows = service.entries(wanted, most=most)
    if len(rows) < most or (everything := service.count_entries(wanted)) <= most:
        return rows, _entries_summary(rows), False
    return rows, words.NEWEST_ENTRIES(most, all=number(everything)), True


def _entries_summary(rows: Sequence[Entry]) -> str:
    said, voided = words.COUNT_ENTRIES(len(rows)), sum(struck(row) for row in rows)
    return f"{said} · {words.COUNT_STRUCK(voided)}" if voided else said


def _days_summary(rows: Sequence[DayRow]) -> str:
    came = sum(row.present for row in rows)
    here, missing = number(came), number(len(rows) - came)
    if len({row.local_date for row in rows}) <= 1:
        return words.COUNT_PRESENT(here=here, missing=missing)
    people = COUNT(len({row.person.id for row in rows}))
    return words.COUNT_OF_DAYS(people=people, present=here, missing=missing)
