"""The rows of the attendance table and their summary, read off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from faceapp.service import Service
from faceapp.types import DayRow, Entry, EntryFilter, TotalRow
from faceapp.ui.pages.attendance.columns import struck
from faceapp.ui.pages.attendance.filters import Asked, View
from faceapp.ui.tables import Column, Order, in_order
from faceapp.ui.times import hours, number
from faceapp.ui.words import attendance as words
from faceapp.ui.words.people import COUNT

Rows = Sequence[DayRow] | Sequence[Entry] | Sequence[TotalRow]

# More rows would take too long to reload at each arrival, and nobody scrolls through so many.
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of the table in its order, and the summary below it.

    ``unsorted`` are the same rows as they were read, by date and time; sorting begins with these,
    so that equal rows always have the same order. ``dates`` are the days of everything asked for.
    ``cut``: the rows are only the newest.
    """

    rows: Sequence[Any]
    unsorted: Sequence[Any]
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
    read = {View.DAYS: _newest_days, View.ENTRIES: _newest_entries, View.TOTALS: _totals}
    rows, summary, cut = read[asked.view](service, asked.wanted, most)
    days = () if cut else {row.local_date for row in rows if not isinstance(row, TotalRow)}
    dates = sorted(days) or service.dates(asked.wanted)
    return Listing(in_order(rows, columns, order), rows, summary, dates, cut)


def read_all(
    service: Service,
    asked: Asked,
    columns: Sequence[Column[Any]],
    order: Order,
    cancelled: Callable[[], bool],
) -> Rows:
    """Read everything asked for, in the table's order; nothing more once ``cancelled()``."""
    read: dict[View, Callable[[EntryFilter], Iterable[Any]]] = {
        View.DAYS: service.iter_days,
        View.ENTRIES: service.iter_entries,
        View.TOTALS: service.totals,
    }
    rows = takewhile(lambda _: not cancelled(), read[asked.view](asked.wanted))
    return in_order(list(rows), columns, order)


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


def _totals(service: Service, wanted: EntryFilter, _most: int) -> tuple[Rows, str, bool]:
    """Return rows, summary, and False: a total of only the newest days would be wrong."""
    rows = service.totals(wanted)
    return rows, _totals_summary(rows), False


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


def _totals_summary(rows: Sequence[TotalRow]) -> str:
    return words.SUM_OF_TOTALS(
        people=COUNT(len(rows)),
        hours=hours(sum(row.duration_s or 0 for row in rows)),
        present=number(sum(row.days_present for row in rows)),
        incomplete=number(sum(row.days_incomplete for row in rows)),
        missing=number(sum(row.days_missing for row in rows)),
    )
