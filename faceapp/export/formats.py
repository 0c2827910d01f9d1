"""The file formats. Imports nothing heavy, since the command line's help names them."""

from __future__ import annotations

from pathlib import Path

CSV, XLSX = "csv", "xlsx"
FORMATS = (CSV, XLSX)


def format_of(path: Path) -> str:
    """Return the format that the file's suffix names; csv for any other suffix."""
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in FORMATS else CSV
