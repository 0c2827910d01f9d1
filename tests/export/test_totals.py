"""What stands in an export of totals, as CSV and as a workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl

from faceapp.export.tables import total_table
from faceapp.export.writing import write_table
from faceapp.types import Person, PersonId, TotalRow
from tests.export.conftest import read_rows
from tests.helpers.data import GRACE, OMAR

TOTALS = [
    TotalRow(GRACE, 20, 0, 1, 159 * 3600 + 45 * 60),
    TotalRow(replace(OMAR, name="=1+1"), 1, 1, 20, None),
    TotalRow(Person(PersonId("forgotten-1"), ""), 3, 0, 0, 0),
]


def test_totals_as_csv_are_exactly_this(tmp_path: Path) -> None:
    path = tmp_path / "totals.csv"
    write_table(path, total_table(TOTALS))
    assert path.read_bytes().decode("utf-8-sig").split("\r\n") == [
        "person,name,groups,days_present,days_incomplete,days_missing,hours",
        "P01,Grace Okafor,Class 3,20,0,1,159.75",
        "P02,'=1+1,Class 3; Staff,1,1,20,",
        "forgotten-1,,,3,0,0,0.0",
        "",
    ]


def test_totals_in_a_workbook_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "totals.xlsx"
    write_table(path, total_table(TOTALS))
    assert openpyxl.load_workbook(path).sheetnames == ["totals"]
    assert read_rows(path)[1:] == [
        ["P01", "Grace Okafor", "Class 3", 20, 0, 1, 159.75],
        ["P02", "=1+1", "Class 3; Staff", 1, 1, 20, None],
        ["forgotten-1", None, None, 3, 0, 0, 0],
    ]
