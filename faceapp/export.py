"""Attendance as a file for spreadsheets and payroll: CSV and XLSX.

A `Table` streams its rows, so that a hundred thousand entries need no memory. Column names are
stable codes for scripts, the same in every language. The file is written beside its target and
moved into place when it is whole. `write_table` returns where it really went: under a numbered name
when another program has the target open.

CSV is UTF-8 with a byte order mark, RFC 4180, with times in ISO 8601 with their offset. A text
that a spreadsheet would run as a formula gets an apostrophe in front; `without_guard` takes it off
again.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, time
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from faceapp.store.faults import target_faults
from faceapp.store.files import begin, put_in_place
from faceapp.types import DayRow, Entry

Row = TypeVar("Row")
Cell = str | int | float | date | time | None
Progress = Callable[[int], None]
Cancelled = Callable[[], bool]

CHUNK_ROWS = 500
SHEET_ROWS = 1_048_576
MEASURED_ROWS = 50
"""The width of a workbook's columns is judged by this many rows."""
MOST_LETTERS_WIDE = 40
FILTER_BUTTON_LETTERS = 2

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
    return _laid_out("entries", _ENTRY_COLUMNS, entries)


def day_table(rows: Iterable[DayRow]) -> Table:
    """Lay out days, one person and day a row."""
    return _laid_out("days", _DAY_COLUMNS, rows)


def format_of(path: Path) -> str:
    """Return the format that the file's ending asks for: xlsx, or csv for every other ending."""
    return "xlsx" if path.suffix.lower() == ".xlsx" else "csv"


def write_table(
    path: Path,
    table: Table,
    *,
    kind: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Path | None:
    """Write the table in the format ``kind`` (csv, xlsx), by default the one of the ending.

    Returns where it went, None when it was cancelled. ``progress`` gets the number of rows written
    so far; ``cancelled`` is asked whether to stop. Raises TargetUnwritable.
    """
    write = write_xlsx if (kind or format_of(path)) == "xlsx" else write_csv
    return write(path, table, progress=progress, cancelled=cancelled)


def write_csv(
    path: Path,
    table: Table,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Path | None:
    """Write the table as CSV; see `write_table`."""
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
    """Write the table as a workbook; see `write_table`. Texts are never formulas.

    Rows that do not fit on one sheet continue on the next.
    """
    with target_faults(path), _draft(path) as written:
        rows = _watched(table.rows, progress, cancelled)
        sheets = None
        try:
            first = list(islice(rows, MEASURED_ROWS))
            sheets = _Sheets(table.title, table.columns, _widths(table.columns, first))
            for row in chain(first, rows):
                sheets.append(row)
            sheets.save(written)
            return put_in_place(written, path, keep_mode=True)
        except _CancelledError:
            return None
        finally:
            if sheets is not None:
                sheets.discard()


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Yield the temporary file; if it will replace an existing file, only its owner can read it."""
    written = begin(path, 0o600 if path.exists() else 0o666)
    try:
        yield written
    finally:
        written.unlink(missing_ok=True)


def told_reason(reason: str | None) -> str | None:
    """Return "forgotten" for a reason that was deleted with its person; the row stays struck."""
    return "forgotten" if reason == "" else reason


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet might run as a formula.

    Some programs also split cells at semicolons or tabs, so the text after each of these is
    guarded too.
    """
    cells = _PARTING.split(text)
    for at in range(2, len(cells), 2):  # the separators are between them
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
    """The caller no longer wants the file."""


class _Sheets:
    """A workbook that is written as it grows: the rows are on the disk, not in memory.

    ``widths`` has the width of each column in letters.
    """

    def __init__(self, title: str, columns: tuple[str, ...], widths: Sequence[float]) -> None:
        from openpyxl import Workbook  # noqa: PLC0415  # 130 ms that a start need not wait for

        self._title = title
        self._columns = columns
        self._widths = widths
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
        self._filter()
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
        from openpyxl.utils import get_column_letter  # noqa: PLC0415  # loaded by now

        if self._sheet is not None:
            self._filter()
        number = len(self._book.worksheets) + 1
        title = self._title if number == 1 else f"{self._title} {number}"
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._sheet.print_title_rows = "1:1"
        for at, width in enumerate(self._widths, start=1):  # written before the first row
            self._sheet.column_dimensions[get_column_letter(at)].width = width
        self._sheet.append([self._heading(column) for column in self._columns])
        self._rows = 1

    def _filter(self) -> None:
        """Let the sheet be filtered by each column; it must be full."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415  # loaded by now

        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self._rows}"

    def _heading(self, text: str) -> object:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  # loaded by now
        from openpyxl.styles import Font  # noqa: PLC0415

        cell = WriteOnlyCell(self._sheet, text)
        cell.font = Font(bold=True)
        return cell

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


def _widths(columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> list[float]:
    """Return how many letters wide each column should be, judged by its first rows."""
    widths = [len(name) + FILTER_BUTTON_LETTERS for name in columns]
    for row in rows:
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], len(_csv_text(cell)))
    return [min(width, MOST_LETTERS_WIDE) + 1.5 for width in widths]


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


def _hours(row: DayRow) -> float | None:
    return None if row.duration_s is None else round(row.duration_s / 3600, 2)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _csv_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _may_run(text: str) -> bool:
    """Return whether a spreadsheet might run the text as a formula.

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
    ("similarity", lambda entry: _rounded(entry.similarity)),
    ("threshold", lambda entry: _rounded(entry.threshold)),
    ("model", lambda entry: entry.model_id),
    ("voided", lambda entry: told_reason(entry.voided_reason)),
    ("correction", lambda entry: told_reason(entry.correction_reason)),
)

_DAY_COLUMNS: tuple[tuple[str, Callable[[DayRow], Cell]], ...] = (
    ("date", lambda row: date.fromisoformat(row.local_date)),
    ("person", lambda row: row.person.id),
    ("name", lambda row: row.person.name),
    ("groups", lambda row: "; ".join(row.person.groups)),
    ("state", lambda row: "present" if row.present else "missing"),
    ("first_in", lambda row: _time(row.first_in)),
    ("last_out", lambda row: _time(row.last_out)),
    ("hours", _hours),
    ("first_in_at", lambda row: _moment(row.first_in)),
    ("last_out_at", lambda row: _moment(row.last_out)),
)
