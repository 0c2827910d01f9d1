"""Attendance as a file for spreadsheets and payroll: CSV and XLSX.

A `Table` streams its rows, so that a hundred thousand entries need no memory. Column names are
stable codes for scripts, in no language. The file is written beside its target and moved into place
when it is whole; `write_csv` and `write_xlsx` answer where it really went, which is a numbered name
when another program holds the target.

CSV is UTF-8 with a byte order mark, RFC 4180, with times in ISO 8601 with their offset. A text
that a spreadsheet would run as a formula gets an apostrophe in front; `without_guard` takes it off
again.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from faceapp.store.faults import target_faults
from faceapp.store.files import begin, put_in_place
from faceapp.types import DayRow, Entry

Cell = str | int | float | date | time | None
Progress = Callable[[int], None]
Cancelled = Callable[[], bool]

CHUNK_ROWS = 500
SHEET_ROWS = 1_048_576

_TRIGGERS = frozenset("=+-@|\u2212")
_PARTING = re.compile("([;\t])")
_INVISIBLE = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
# What XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as "A"; the escaped underscore keeps it a text.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOST_CELL_LETTERS = 32_767


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and the rows under them, read once."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def entry_table(entries: Iterable[Entry]) -> Table:
    """Lay out entries, one a row, corrections included."""
    columns = (
        "entry",
        "person",
        "name",
        "date",
        "time",
        "at",
        "zone",
        "kind",
        "camera",
        "confirmation",
        "similarity",
        "threshold",
        "model",
        "voided",
        "correction",
    )
    return Table("entries", columns, map(_entry_cells, entries))


def day_table(rows: Iterable[DayRow]) -> Table:
    """Lay out days, one person and day a row."""
    columns = (
        "date",
        "person",
        "name",
        "groups",
        "state",
        "first_in",
        "last_out",
        "hours",
        "first_in_at",
        "last_out_at",
    )
    return Table("days", columns, map(_day_cells, rows))


def write_csv(
    path: Path,
    table: Table,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Path | None:
    """Write the table and return where it went, None when it was cancelled.

    ``progress`` is told how many rows are written, ``cancelled`` asked whether to stop.
    Raises TargetUnwritable.
    """
    with target_faults(path), _draft(path) as written:
        try:
            with written.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
                writer = csv.writer(file, lineterminator="\r\n")
                writer.writerow(table.columns)
                for row in _watched(table.rows, progress, cancelled):
                    writer.writerow([_csv_text(cell) for cell in row])
            return put_in_place(written, path, keep_mode=True)
        except _CancelledError:
            return None


def write_xlsx(
    path: Path,
    table: Table,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Path | None:
    """Write the table as a workbook; see `write_csv`. Texts are never formulas.

    More rows than a sheet holds go on in the next sheet.
    """
    with target_faults(path), _draft(path) as written:
        sheets = _Sheets(table)
        try:
            for row in _watched(table.rows, progress, cancelled):
                sheets.append(row)
            sheets.save(written)
            return put_in_place(written, path, keep_mode=True)
        except _CancelledError:
            return None
        finally:
            sheets.discard()


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Give the file that is written first; what is to replace a file is nobody else's to read."""
    written = begin(path, 0o600 if path.exists() else 0o666)
    try:
        yield written
    finally:
        written.unlink(missing_ok=True)


def told_reason(reason: str | None) -> str | None:
    """Say "forgotten" where the reason was deleted with its person: the row is struck as before."""
    return "forgotten" if reason == "" else reason


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet might run.

    Some part cells at semicolons or tabs as well: so before what comes after these, too.
    """
    cells = _PARTING.split(text)
    for at in range(2, len(cells), 2):  # what parts them lies between
        cells[at] = _with_apostrophe(cells[at])
    whole = "".join(cells)
    return f"'{whole}" if _may_run(text) else whole


def without_guard(text: str) -> str:
    """Undo `guarded`."""
    cells = _PARTING.split(text)
    for at in range(2, len(cells), 2):
        cells[at] = _without_apostrophe(cells[at])
    return _without_apostrophe("".join(cells))


def _with_apostrophe(text: str) -> str:
    return f"'{text}" if _may_run(text) else text


def _without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and _may_run(text[1:]) else text


class _CancelledError(Exception):
    """The caller wants no file any more."""


class _Sheets:
    """A workbook that is written as it grows: the rows are on the disk, not in memory."""

    def __init__(self, table: Table) -> None:
        from openpyxl import Workbook  # noqa: PLC0415  # 130 ms that a start need not wait for

        self._table = table
        self._book = Workbook(write_only=True)
        self._sheet: Any = None
        self._rows = SHEET_ROWS
        self._begin()

    def append(self, row: tuple[Cell, ...]) -> None:
        if self._rows >= SHEET_ROWS:
            self._begin()
        self._sheet.append([self._cell(cell) for cell in row])
        self._rows += 1

    def save(self, path: Path) -> None:
        self._book.save(path)

    def discard(self) -> None:
        """Delete openpyxl's temporary files, which hold names, where the book was not saved."""
        sheet: Any
        for sheet in self._book.worksheets:
            part = sheet._writer  # noqa: SLF001  # nothing public knows the file
            if Path(part.out).exists():
                with suppress(OSError):  # the disk may be what failed
                    sheet.close()
                part.cleanup()

    def _begin(self) -> None:
        number = len(self._book.worksheets) + 1
        title = self._table.title if number == 1 else f"{self._table.title} {number}"
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._sheet.append(list(self._table.columns))
        self._rows = 1

    def _cell(self, value: Cell) -> object:
        if not isinstance(value, str):
            return value
        # XML knows one line break only, and reading a book would merge the others anyway.
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        text = _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("\ufffd", lines))[:_MOST_CELL_LETTERS]
        if not _may_run(value) and not text.startswith("#"):  # "#N/A" would become an error
            return text
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  # loaded by now

        cell = WriteOnlyCell(self._sheet, text)
        cell.data_type = "s"
        # Stays a text also when somebody edits the cell.
        cell.quotePrefix = True
        return cell


def _watched(
    rows: Iterable[tuple[Cell, ...]], progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[tuple[Cell, ...]]:
    count = 0
    for count, row in enumerate(rows, start=1):
        if count % CHUNK_ROWS == 1 and cancelled is not None and cancelled():
            raise _CancelledError
        yield row
        if count % CHUNK_ROWS == 0 and progress is not None:
            progress(count)
    if cancelled is not None and cancelled():
        raise _CancelledError
    if progress is not None:
        progress(count)


def _entry_cells(entry: Entry) -> tuple[Cell, ...]:
    local = _local(entry)
    return (
        entry.id,
        entry.person,
        entry.name,
        local.date(),
        local.time().replace(microsecond=0),
        local.isoformat(timespec="seconds"),
        entry.zone,
        entry.kind.value,
        entry.camera,
        entry.confirmation.value,
        _rounded(entry.similarity),
        _rounded(entry.threshold),
        entry.model_id,
        told_reason(entry.voided_reason),
        told_reason(entry.correction_reason),
    )


def _day_cells(row: DayRow) -> tuple[Cell, ...]:
    first_in = None if row.first_in is None else _local(row.first_in)
    last_out = None if row.last_out is None else _local(row.last_out)
    return (
        date.fromisoformat(row.local_date),
        row.person.id,
        row.person.name,
        "; ".join(row.person.groups),
        "present" if row.present else "missing",
        None if first_in is None else first_in.time().replace(microsecond=0),
        None if last_out is None else last_out.time().replace(microsecond=0),
        None if row.duration_s is None else round(row.duration_s / 3600, 2),
        None if first_in is None else first_in.isoformat(timespec="seconds"),
        None if last_out is None else last_out.isoformat(timespec="seconds"),
    )


def _local(entry: Entry) -> datetime:
    """Return the entry's time as the clock on the wall showed it then."""
    return entry.at.astimezone(timezone(timedelta(seconds=entry.utc_offset_s)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _csv_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _may_run(text: str) -> bool:
    """Tell whether a spreadsheet might take the text for a formula.

    Apostrophes in front are looked through, so that `guarded` can be undone; blanks, marks and
    control characters in front too, since programs drop them; full-width signs count as the plain
    ones.
    """
    if text[:1].isalnum():
        return False
    bare = text.lstrip("'")
    if bare and unicodedata.category(bare[0]) == "Cc":
        return True
    for letter in bare:
        if unicodedata.category(letter) in _INVISIBLE or letter == "'":
            continue
        return unicodedata.normalize("NFKC", letter)[0] in _TRIGGERS
    return False
