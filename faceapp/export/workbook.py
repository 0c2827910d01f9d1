"""Writes a table as an Excel workbook (XLSX). Texts are never formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from copy import copy
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles.fonts import DEFAULT_FONT
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import ALL_TEMP_FILES, WorksheetWriter  # no public way

from faceapp.export.csv_file import csv_text
from faceapp.export.guard import may_run
from faceapp.export.tables import Cell, Table

SHEET_ROWS = 1_048_576
MEASURED_ROWS = 50
"""The width of a workbook's columns is determined from this many rows."""
MOST_LETTERS_WIDE = 40
FILTER_BUTTON_LETTERS = 2

# In the font of the rows: without a name each program takes another.
_HEADING = copy(DEFAULT_FONT)
_HEADING.b = True

# What XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as "A"; escaping the underscore preserves the text.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOST_CELL_LETTERS = 32_767


def fill_workbook(path: Path, table: Table, scratch: Callable[[], Path]) -> None:
    """Write the table to ``path``. Rows that do not fit on one sheet continue on the next.

    ``scratch`` creates the empty file that holds a sheet's rows until the workbook is packed.
    """
    rows = iter(table.rows)
    first = list(islice(rows, MEASURED_ROWS))
    sheets = _Sheets(table, _widths(table.columns, first), scratch)
    try:
        for row in chain(first, rows):
            sheets.append(row)
        sheets.save(path)
    finally:
        sheets.discard()


class _Sheets:
    """A workbook that is written as it grows, with its rows on the disk and not in memory.

    ``widths`` holds the width of each column in letters.
    """

    def __init__(self, table: Table, widths: Sequence[float], scratch: Callable[[], Path]) -> None:
        self._title = table.title
        self._columns = table.columns
        self._widths = widths
        self._scratch = scratch
        self._book = Workbook(write_only=True)
        self._sheet: Any = None
        self._rows = SHEET_ROWS  # so that the first row begins the first sheet

    def append(self, row: tuple[Cell, ...]) -> None:
        if self._rows >= SHEET_ROWS:
            self._begin()
        self._sheet.append([self._cell(cell) for cell in row])
        self._rows += 1

    def save(self, path: Path) -> None:
        if self._sheet is None:
            self._begin()
        self._filter()
        self._book.save(path)

    def discard(self) -> None:
        """Delete the sheets' own files, which contain names, if the workbook was not saved."""
        sheet: Any
        for sheet in self._book.worksheets:
            part = sheet._writer  # noqa: SLF001  # no public access to the file
            if part is not None and Path(part.out).exists():
                with suppress(OSError):  # the disk may be what failed
                    sheet.close()
                part.cleanup()

    def _begin(self) -> None:
        if self._sheet is not None:
            self._filter()
        number = len(self._book.worksheets) + 1
        title = self._title if number == 1 else f"{self._title} {number}"
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._lay_out_print()
        for at, width in enumerate(self._widths, start=1):  # written before the first row
            self._sheet.column_dimensions[get_column_letter(at)].width = width
        self._use_scratch()
        self._sheet.append([self._heading(column) for column in self._columns])
        self._rows = 1

    def _lay_out_print(self) -> None:
        """Print all columns on one page, which may be small, and the headings on each."""
        self._sheet.print_title_rows = "1:1"
        self._sheet.print_options.gridLines = True  # numbers touch the text beside them
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.fitToHeight = 0  # as many pages as the rows need
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _use_scratch(self) -> None:
        """Let the sheet grow in a file of ours.

        openpyxl would use the system's temporary folder, where the file would stay if the process
        is killed.
        """
        file = str(self._scratch())
        ALL_TEMP_FILES.append(file)  # where openpyxl looks it up when it deletes the file
        self._sheet._writer = WorksheetWriter(self._sheet, out=file)  # noqa: SLF001
        self._sheet._writer.write_top()  # noqa: SLF001

    def _filter(self) -> None:
        """Add filter buttons to all columns; call it when the sheet has all its rows."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self._rows}"

    def _heading(self, text: str) -> object:
        cell = WriteOnlyCell(self._sheet, text)
        cell.font = _HEADING
        return cell

    def _cell(self, value: Cell) -> object:
        if not isinstance(value, str):
            return value
        # XML has only one line break, and reading a workbook would convert the others anyway.
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        text = _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("\ufffd", lines))[:_MOST_CELL_LETTERS]
        if not may_run(value) and not text.startswith("#"):  # "#N/A" would become an error
            return text
        cell = WriteOnlyCell(self._sheet, text)
        cell.data_type = "s"
        # So it stays a text even if somebody edits the cell.
        cell.quotePrefix = True
        return cell


def _widths(columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> list[float]:
    """Return how many letters wide each column should be, based on its first rows."""
    widths = [len(name) + FILTER_BUTTON_LETTERS for name in columns]
    for row in rows:
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], len(csv_text(cell)))
    return [min(width, MOST_LETTERS_WIDE) + 1.5 for width in widths]
