"""Writes a table to a file, which is moved into place when it is complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from faceapp.export.csv_file import fill_csv
from faceapp.export.formats import CSV, format_of
from faceapp.export.tables import Cell, Table
from faceapp.store.faults import target_faults
from faceapp.store.files import begin, put_in_place

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]

CHUNK_ROWS = 500


class _CancelledError(Exception):
    """The caller no longer wants the file."""


def write_table(
    path: Path,
    table: Table,
    *,
    kind: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Path | None:
    """Write the table in the format ``kind`` of `FORMATS`, by default that of the suffix.

    Returns the path, which has a numbered name if another program has the target open; None if
    cancelled. ``progress`` gets the number of rows written so far; ``cancelled`` returns whether to
    stop. Raises TargetUnwritable.
    """
    watched = replace(table, rows=_watched(table.rows, progress, cancelled))
    with target_faults(path), _draft(path) as written:
        try:
            if (kind or format_of(path)) == CSV:
                fill_csv(written, watched)
            else:
                # Imported here: openpyxl takes 130 ms that a start need not wait for.
                from faceapp.export.workbook import fill_workbook  # noqa: PLC0415

                fill_workbook(written, watched, partial(begin, path, 0o600))
        except _CancelledError:
            return None
        return put_in_place(written, path, keep_mode=True)


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Yield the temporary file, readable only by its owner if it will replace an existing file."""
    written = begin(path, 0o600 if path.exists() else 0o666)
    try:
        yield written
    finally:
        written.unlink(missing_ok=True)


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
