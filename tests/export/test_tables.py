"""What stands in an export, as CSV and as a workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from faceapp.export import workbook
from faceapp.export.tables import day_table, entry_table
from faceapp.export.writing import write_table
from faceapp.types import Confirmation, DayRow, Entry, EntryId, EntryKind, PersonId
from tests.export.conftest import read_rows
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import ENTRY, GRACE, OMAR, sample, service_on, sighting

LATER = replace(ENTRY, at=MONDAY + timedelta(seconds=131))


def entries(count: int, name: str = GRACE.name) -> list[Entry]:
    return [replace(ENTRY, id=EntryId(number), name=name) for number in range(count)]


def test_entries_as_csv_are_exactly_this(tmp_path: Path) -> None:
    by_hand = replace(
        LATER,
        id=EntryId(2),
        name='Okafor, "Grace"',
        kind=EntryKind.OUT,
        similarity=None,
        threshold=None,
        model_id=None,
        confirmation=Confirmation.MANUAL,
        voided_reason="=1+1",
        correction_reason="back door",
    )
    path = tmp_path / "list.csv"
    assert write_table(path, entry_table([LATER, by_hand])) == path
    assert path.read_bytes() == (
        b"\xef\xbb\xbfentry,person,name,date,time,at,zone,kind,camera,confirmation,similarity,"
        b"threshold,model,voided,correction\r\n"
        b"1,P01,Grace Okafor,2026-11-23,09:02:11,2026-11-23T09:02:11+01:00,Europe/Berlin,in,Hall,"
        b"face,0.7123,0.5,test-model,,\r\n"
        b'2,P01,"Okafor, ""Grace""",2026-11-23,09:02:11,2026-11-23T09:02:11+01:00,Europe/Berlin,'
        b"out,Hall,manual,,,,'=1+1,back door\r\n"
    )
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_struck_stays_struck_when_its_person_is_forgotten(
    tmp_path: Path, target: Path
) -> None:
    with service_on(tmp_path / "faceapp.db", HandClock(MONDAY + timedelta(days=1))) as service:
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, MONDAY))
        service.void_entry(service.entries()[0].id, "wrong person")
        service.add_entry(GRACE.id, MONDAY, EntryKind.IN, "was there")
        service.forget(GRACE.id)
        write_table(target, entry_table(service.iter_entries()))
    heads, *rows = read_rows(target)
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [bool(row["voided"]) for row in told] == [True, False]
    assert [bool(row["correction"]) for row in told] == [False, True]


DAYS = [
    DayRow(
        GRACE,
        date(2026, 11, 23),
        LATER,
        replace(LATER, at=LATER.at + timedelta(hours=7, minutes=45)),
        True,
        27_900,
    ),
    DayRow(OMAR, date(2026, 11, 23), None, None, False, None),
]


def test_days_as_csv_are_exactly_this(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    write_table(path, day_table(DAYS))
    assert path.read_bytes().decode("utf-8-sig").split("\r\n") == [
        "date,person,name,groups,state,first_in,last_out,hours,first_in_at,last_out_at",
        (
            "2026-11-23,P01,Grace Okafor,Class 3,present,09:02:11,16:47:11,7.75,"
            "2026-11-23T09:02:11+01:00,2026-11-23T16:47:11+01:00"
        ),
        "2026-11-23,P02,Omar Haddad,Class 3; Staff,missing,,,,,",
        "",
    ]


def test_days_in_a_workbook_are_dates_times_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "days.xlsx"
    write_table(path, day_table(DAYS))
    assert openpyxl.load_workbook(path).sheetnames == ["days"]
    header, grace, omar = read_rows(path)
    assert header[:4] == ["date", "person", "name", "groups"]
    assert grace == [
        datetime(2026, 11, 23),  # noqa: DTZ001  # spreadsheets know no zones
        "P01",
        "Grace Okafor",
        "Class 3",
        "present",
        time(9, 2, 11),
        time(16, 47, 11),
        7.75,
        "2026-11-23T09:02:11+01:00",
        "2026-11-23T16:47:11+01:00",
    ]
    assert omar[4:] == ["missing", None, None, None, None, None]


def test_a_time_keeps_the_offset_it_was_recorded_with(tmp_path: Path) -> None:
    odd = replace(ENTRY, at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), utc_offset_s=-12_600)
    write_table(tmp_path / "list.csv", entry_table([odd]))
    row = read_rows(tmp_path / "list.csv")[1]
    assert row[3:6] == ["2026-10-24", "21:00:00", "2026-10-24T21:00:00-03:30"]


def test_names_of_every_script_reach_the_file(target: Path) -> None:
    names = ["李小龙", "محمد", "👩‍👩‍👧‍👦", "a" * 200, "<b>x</b>", "Zoë; Müller"]
    rows = [replace(ENTRY, person=PersonId(name[:1]), name=name) for name in names]
    write_table(target, entry_table(rows))
    assert [row[2] for row in read_rows(target)[1:]] == names


@pytest.fixture
def small_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a sheet hold a hundred rows below its head."""
    monkeypatch.setattr(workbook, "SHEET_ROWS", 101)


@pytest.mark.usefixtures("small_sheets")
@pytest.mark.parametrize(
    ("rows", "sheets"),
    [
        (0, ["entries"]),
        (100, ["entries"]),
        (101, ["entries", "entries 2"]),
        (250, ["entries", "entries 2", "entries 3"]),
    ],
)
def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    tmp_path: Path, rows: int, sheets: list[str]
) -> None:
    path = tmp_path / "list.xlsx"
    write_table(path, entry_table(entries(rows)))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == sheets
    numbers = [
        row[0] for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert numbers == list(range(rows))


@pytest.mark.usefixtures("small_sheets")
def test_every_sheet_is_ready_to_be_read_filtered_and_printed(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_table(path, entry_table(entries(150, name="A" * 999)))
    for sheet, last in zip(openpyxl.load_workbook(path).worksheets, (101, 51), strict=True):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:O{last}"
        assert all(cell.font.bold for cell in sheet[1])
        assert not sheet["A2"].font.bold
        fonts = {(cell.font.name, cell.font.sz) for cell in (sheet["A1"], sheet["A2"])}
        assert fonts == {("Calibri", 11)}
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_options.gridLines
        fit = sheet.sheet_properties.pageSetUpPr
        assert fit is not None
        assert fit.fitToPage
        assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape")
        widths = {name: sheet.column_dimensions[name].width for name in "CDF"}
        assert widths["D"] > len("2026-11-23")
        assert widths["F"] > len("2026-11-23T09:02:11+01:00")
        assert widths["C"] < 50  # a long name does not push the others off the screen
