from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from faceapp.export.formats import FORMATS


@pytest.fixture(params=FORMATS)
def target(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return where an export goes, in an empty folder, once for every format."""
    folder = tmp_path / "target"
    folder.mkdir()
    return folder / f"list.{request.param}"


def read_rows(path: Path) -> list[list[object]]:
    """Read the cells of a CSV file, or of a workbook's first sheet."""
    if path.suffix == ".csv":
        text = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
        return [list(row) for row in csv.reader(text)]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
