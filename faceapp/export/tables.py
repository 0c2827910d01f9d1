"""The tables that are exported: named columns, with entries, days or totals as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from faceapp.types import DayRow, Entry, TotalRow

Row = TypeVar("Row")
Cell = str | int | float | date | time | None


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns, and rows that can be read once."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def entry_table(entries: Iterable[Entry]) -> Table:
    """Lay out entries, one per row, corrections included."""
    return _laid_out("entries", _ENTRY_COLUMNS, entries)


def day_table(rows: Iterable[DayRow]) -> Table:
    """Lay out days, one row per person and day."""
    return _laid_out("days", _DAY_COLUMNS, rows)


def total_table(rows: Iterable[TotalRow]) -> Table:
    """Lay out totals, one row per person."""
    return _laid_out("totals", _TOTAL_COLUMNS, rows)


def shown_reason(reason: str | None) -> str | None:
    """Return "forgotten" for a reason that was deleted with its person; the row stays voided."""
    return "forgotten" if reason == "" else reason


def rounded(cosine: float | None) -> float | None:
    """Return a similarity or threshold rounded for output to programs."""
    return None if cosine is None else round(cosine, 4)


def _laid_out(
    title: str, columns: tuple[tuple[str, Callable[[Row], Cell]], ...], rows: Iterable[Row]
) -> Table:
    cells = [cell for _, cell in columns]
    names = tuple(name for name, _ in columns)
    return Table(title, names, (tuple(cell(row) for cell in cells) for row in rows))


def _time(entry: Entry | None) -> time | None:
    return None if entry is None else entry.local_at.time().replace(microsecond=0)


def _moment(entry: Entry | None) -> str | None:
    return None if entry is None else entry.local_at.isoformat(timespec="seconds")


def _groups(row: DayRow | TotalRow) -> str:
    return "; ".join(row.person.groups)


def _hours(row: DayRow | TotalRow) -> float | None:
    return None if row.duration_s is None else round(row.duration_s / 3600, 2)


_ENTRY_COLUMNS: tuple[tuple[str, Callable[[Entry], Cell]], ...] = (
    ("entry", lambda entry: entry.id),
    ("person", lambda entry: entry.person),
    ("name", lambda entry: entry.name),
    ("date", lambda entry: entry.local_at.date()),
    ("time", _time),
    ("at", _moment),
    ("zone", lambda entry: entry.zone),
    ("kind", lambda entry: entry.kind.value),
    ("camera", lambda entry: entry.camera),
    ("confirmation", lambda entry: entry.confirmation.value),
    ("similarity", lambda entry: rounded(entry.similarity)),
    ("threshold", lambda entry: rounded(entry.threshold)),
    ("model", lambda entry: entry.model_id),
    ("voided", lambda entry: shown_reason(entry.voided_reason)),
    ("correction", lambda entry: shown_reason(entry.correction_reason)),
)

_DAY_COLUMNS: tuple[tuple[str, Callable[[DayRow], Cell]], ...] = (
    ("date", lambda row: row.local_date),
    ("person", lambda row: row.person.id),
    ("name", lambda row: row.person.name),
    ("groups", _groups),
    ("state", lambda row: "present" if row.present else "missing"),
    ("first_in", lambda row: _time(row.first_in)),
    ("last_out", lambda row: _time(row.last_out)),
    ("hours", _hours),
    ("first_in_at", lambda row: _moment(row.first_in)),
    ("last_out_at", lambda row: _moment(row.last_out)),
)

_TOTAL_COLUMNS: tuple[tuple[str, Callable[[TotalRow], Cell]], ...] = (
    ("person", lambda row: row.person.id),
    ("name", lambda row: row.person.name),
    ("groups", _groups),
    ("days_present", lambda row: row.days_present),
    ("days_incomplete", lambda row: row.days_incomplete),
    ("days_missing", lambda row: row.days_missing),
    ("hours", _hours),
)
