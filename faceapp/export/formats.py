"""The kinds of files there are. Imports nothing heavy: the command line's help names them."""

from __future__ import annotations

from pathlib import Path

CSV, XLSX = "csv", "xlsx"
FORMATS = (CSV, XLSX)


def format_of(path: Path) -> str:
    """Return the format that the file's ending asks for: csv for every ending that is no format."""
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in FORMATS else CSV
