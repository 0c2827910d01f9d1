"""A table as CSV: UTF-8, RFC 4180, times in ISO 8601 with their offset. Texts are `guarded`."""

from __future__ import annotations

import csv
import io
from datetime import date, time
from pathlib import Path
from typing import BinaryIO, TextIO

from faceapp.export.guard import guarded
from faceapp.export.tables import Cell, Table


def fill_csv(path: Path, table: Table) -> None:
    """Write the table to ``path``, with the byte order mark by which spreadsheets know UTF-8."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        _write(file, table)


def pour_csv(stream: BinaryIO, table: Table) -> None:
    """Write the table to ``stream``, for another program; it is flushed and stays open."""
    file = io.TextIOWrapper(stream, "utf-8", errors="replace", newline="")
    try:
        _write(file, table)
        file.flush()
    finally:
        file.detach()


def _write(file: TextIO, table: Table) -> None:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([csv_text(cell) for cell in row])


def csv_text(cell: Cell) -> str:
    """Return the text of a cell in the file."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
