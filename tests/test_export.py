from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Self

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from faceapp.errors import TargetUnwritable
from faceapp.export import workbook
from faceapp.export.formats import CSV, FORMATS, XLSX
from faceapp.export.guard import guarded, without_guard
from faceapp.export.tables import Cell, Table, day_table, entry_table
from faceapp.export.writing import write_table
from faceapp.messages import sentence
from faceapp.store.files import flush_folder
from faceapp.types import (
    Confirmation,
    DayRow,
    Entry,
    EntryId,
    EntryKind,
    PersonId,
)
from tests.helpers.data import GRACE, MODEL, MONDAY, OMAR, SetClock, sample, service_on, sighting
from tests.helpers.disk import no_file_beyond

Writer = Callable[..., Path | None]
write_csv, write_xlsx = (partial(write_table, kind=kind) for kind in (CSV, XLSX))
WRITERS: list[tuple[Writer, str]] = [(write_csv, "list.csv"), (write_xlsx, "list.xlsx")]
both = pytest.mark.parametrize(("write", "name"), WRITERS)


def entry(number: int = 1, **changes: object) -> Entry:
    values: dict[str, object] = {
        "id": EntryId(number),
        "person": GRACE.id,
        "name": GRACE.name,
        "at": MONDAY + timedelta(seconds=131),
        "utc_offset_s": 3600,
        "zone": "Europe/Berlin",
        "local_date": date(2026, 11, 23),
        "kind": EntryKind.IN,
        "camera": "Hall",
        "similarity": 0.712345,
        "threshold": 0.5,
        "model_id": MODEL,
        "confirmation": Confirmation.FACE,
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]


def read_csv(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def read_xlsx(path: Path, sheet: str | None = None) -> list[list[object]]:
    book = openpyxl.load_workbook(path)
    rows = book[sheet or book.sheetnames[0]].iter_rows(values_only=True)
    return [list(row) for row in rows]


def one_column(*cells: Cell) -> Table:
    return Table("table", ("column",), [(cell,) for cell in cells])


def test_entries_as_csv_are_exactly_this(tmp_path: Path) -> None:
    rows = [
        entry(),
        entry(
            2,
            name='Okafor, "Grace"',
            kind=EntryKind.OUT,
            similarity=None,
            threshold=None,
            model_id=None,
            confirmation=Confirmation.MANUAL,
            voided_reason="=1+1",
            correction_reason="back door",
        ),
    ]
    path = tmp_path / "list.csv"
    assert write_csv(path, entry_table(rows)) == path
    assert path.read_bytes() == (
        b"\xef\xbb\xbfentry,person,name,date,time,at,zone,kind,camera,confirmation,similarity,"
        b"threshold,model,voided,correction\r\n"
        b"1,P01,Grace Okafor,2026-11-23,09:02:11,2026-11-23T09:02:11+01:00,Europe/Berlin,in,Hall,"
        b"face,0.7123,0.5,test-model,,\r\n"
        b'2,P01,"Okafor, ""Grace""",2026-11-23,09:02:11,2026-11-23T09:02:11+01:00,Europe/Berlin,'
        b"out,Hall,manual,,,,'=1+1,back door\r\n"
    )
    assert [file.name for file in tmp_path.iterdir()] == ["list.csv"]


@both
def test_what_was_struck_stays_struck_when_its_person_is_forgotten(
    tmp_path: Path, write: Writer, name: str
) -> None:
    with service_on(tmp_path / "faceapp.db", SetClock(MONDAY + timedelta(days=1))) as service:
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, MONDAY))
        service.void_entry(service.entries()[0].id, "wrong person")
        service.add_entry(GRACE.id, MONDAY, EntryKind.IN, "was there")
        service.forget(GRACE.id)
        path = write(tmp_path / name, entry_table(service.iter_entries()))
    assert path is not None
    heads, *rows = read_csv(path) if path.suffix == ".csv" else read_xlsx(path)
    told = [dict(zip(map(str, heads), row, strict=True)) for row in rows]
    assert [bool(row["voided"]) for row in told] == [True, False]
    assert [bool(row["correction"]) for row in told] == [False, True]


def days() -> list[DayRow]:
    first, last = entry(), entry(2, at=MONDAY + timedelta(hours=7, minutes=45, seconds=131))
    return [
        DayRow(GRACE, date(2026, 11, 23), first, last, True, 27_900),
        DayRow(OMAR, date(2026, 11, 23), None, None, False, None),
    ]


def test_days_as_csv_are_exactly_this(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    write_csv(path, day_table(days()))
    assert path.read_bytes().decode("utf-8-sig").split("\r\n") == [
        "date,person,name,groups,state,first_in,last_out,hours,first_in_at,last_out_at",
        (
            "2026-11-23,P01,Grace Okafor,Class 3,present,09:02:11,16:47:11,7.75,"
            "2026-11-23T09:02:11+01:00,2026-11-23T16:47:11+01:00"
        ),
        "2026-11-23,P02,Omar Haddad,Class 3; Staff,missing,,,,,",
        "",
    ]


def test_days_as_xlsx_hold_dates_times_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "days.xlsx"
    assert write_xlsx(path, day_table(days())) == path
    header, grace, omar = read_xlsx(path, "days")
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
    odd = entry(at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), utc_offset_s=-12_600)
    write_csv(tmp_path / "list.csv", entry_table([odd]))
    row = read_csv(tmp_path / "list.csv")[1]
    assert row[3:6] == ["2026-10-24", "21:00:00", "2026-10-24T21:00:00-03:30"]


RUN = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+49 30 1234",
    "-1",
    "@SUM(A1)",
    "|calc",
    "\r=1",
    "\n=1",
    "\x00=1",
    "\x1f=1",
    " =1",
    "\u00a0=1",
    "\u200e=1",
    "\ufeff=1",
    "'=1",
    "''=1",
    "' =1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM",
    "\ufe66x",
    "\u2212" + "1",
]
HARMLESS = ["", "Grace", "a=1", "'Grace", "#1", "1-1", "é", "李", "'", "👩", "(1)", "O'Neill"]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert without_guard(guarded(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x;=1+1", "x;'=1+1"),
        ("\t=1", "'\t'=1"),
        ("10a; =1", "10a;' =1"),
        ("=1;@2\t-3", "'=1;'@2\t'-3"),
        ("Zoë; Müller", "Zoë; Müller"),
        ("a;'=1", "a;''=1"),
    ],
)
def test_what_another_separator_would_make_a_cell_is_guarded(text: str, expected: str) -> None:
    assert guarded(text) == expected
    assert without_guard(expected) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert without_guard(text) == text


def starts_a_formula(cell: str) -> bool:
    """Look at the first sign a spreadsheet would see, independently of the code."""
    bare = cell.lstrip()
    while bare and unicodedata.category(bare[0]) in ("Cf", "Cc", "Zs"):
        bare = bare[1:]
    return unicodedata.normalize("NFKC", bare[:1])[:1] in ("=", "+", "-", "@")


TEXTS = st.one_of(
    st.text(max_size=40),
    st.tuples(st.sampled_from(RUN + HARMLESS), st.text(max_size=5)).map("".join),
    st.tuples(st.text("'=+-@ \t\r\x00\uff1d", max_size=6), st.text(max_size=5)).map("".join),
)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_text_comes_back_out_of_a_csv(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.csv"
    write_csv(path, one_column(*texts))
    # CSV parts lines at an empty line of one column; the reader gives it as no cell at all.
    cells = [(row or [""])[0] for row in read_csv(path)[1:]]
    assert not any(starts_a_formula(cell) for cell in cells)
    kept = [text.encode("utf-8", "replace").decode() for text in texts]
    assert [without_guard(cell) for cell in cells] == kept


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(["\r\n", "a\rb"])
def test_any_text_is_a_text_in_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.xlsx"
    write_xlsx(path, one_column(*texts))
    sheet = openpyxl.load_workbook(path)["table"]
    for text, (cell,) in zip(
        texts, sheet.iter_rows(min_row=2, max_row=1 + len(texts)), strict=True
    ):
        assert cell.data_type != "f"
        shown = "" if cell.value is None else str(cell.value)
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        assert len(shown) == len(lines)
        same = [a for a, b in zip(shown, lines, strict=True) if a in (b, "\ufffd")]
        assert len(same) == len(lines)


@pytest.mark.parametrize("text", [*RUN, "#N/A", "#REF!", "=", "_x0041_", "1", "TRUE", "2026-01-01"])
def test_a_workbook_never_computes_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx(path, one_column(text))
    cell = openpyxl.load_workbook(path)["table"]["A2"]
    assert cell.data_type == "s"
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="e"' not in sheet
    if guarded(text) != text:
        assert cell.quotePrefix


def test_what_excel_would_read_as_an_escape_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx(path, one_column("_x0041_"))
    with zipfile.ZipFile(path) as book:
        assert b"_x005F_x0041_" in book.read("xl/worksheets/sheet1.xml")


@both
def test_progress_is_told_and_ends_with_all(tmp_path: Path, write: Writer, name: str) -> None:
    told: list[int] = []
    rows = (entry(number) for number in range(1201))
    assert write(tmp_path / name, entry_table(rows), progress=told.append) == tmp_path / name
    assert told == [500, 1000, 1201]
    write(tmp_path / name, entry_table([]), progress=told.append)
    assert told[-1] == 0


@both
@pytest.mark.parametrize("after", [0, 700, 1000])
def test_a_cancelled_export_leaves_nothing(
    tmp_path: Path, write: Writer, name: str, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    target = tmp_path / "target" / name
    target.parent.mkdir()
    target.write_bytes(b"the former export")
    read = 0

    def rows() -> Iterator[Entry]:
        nonlocal read
        for number in range(1000):
            read += 1
            yield entry(number)

    assert write(target, entry_table(rows()), cancelled=lambda: read >= after) is None
    assert target.read_bytes() == b"the former export"
    assert [file.name for file in target.parent.iterdir()] == [name]
    assert list(temporary.iterdir()) == []
    assert read <= after + 500


@both
def test_what_a_killed_export_may_leave_lies_beside_its_target(
    tmp_path: Path, write: Writer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, target = tmp_path / "temporary", tmp_path / "target" / name
    temporary.mkdir()
    target.parent.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    during: set[str] = set()

    def rows() -> Iterator[Entry]:
        for number in range(1000):
            yield entry(number)
        assert list(temporary.iterdir()) == []
        during.update(file.name for file in target.parent.iterdir())

    write(target, entry_table(rows()))
    assert during
    for file in during:  # the form of what the next export clears away
        assert re.fullmatch(rf"\.{re.escape(name)}\.[0-9a-f]{{12}}\.tmp", file)
    assert [file.name for file in target.parent.iterdir()] == [name]


@both
def test_rows_that_fail_leave_nothing(tmp_path: Path, write: Writer, name: str) -> None:
    def rows() -> Iterator[Entry]:
        yield entry()
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="the database is gone"):
        write(tmp_path / name, entry_table(rows()))
    assert list(tmp_path.iterdir()) == []


@both
def test_a_target_open_in_an_office_program_gets_a_number(
    tmp_path: Path, write: Writer, name: str
) -> None:
    target = tmp_path / name
    target.write_bytes(b"open over there")
    stem, suffix = target.stem, target.suffix
    for lock in (f".~lock.{name}#", f"~${name}"):
        (tmp_path / lock).touch()
        expected = tmp_path / f"{stem} (2){suffix}"
        assert write(target, entry_table([entry()])) == expected
        assert write(target, entry_table([entry()])) == tmp_path / f"{stem} (3){suffix}"
        assert target.read_bytes() == b"open over there"
        for numbered in tmp_path.glob("* (?).*"):
            numbered.unlink()
        (tmp_path / lock).unlink()
    assert write(target, entry_table([entry()])) == target
    assert target.read_bytes() != b"open over there"


@both
def test_without_a_free_number_it_is_not_said_that_anything_was_written(
    tmp_path: Path, write: Writer, name: str
) -> None:
    target = tmp_path / name
    for taken in (name, f".~lock.{name}#"):
        (tmp_path / taken).touch()
    for number in range(2, 1000):
        (tmp_path / f"{target.stem} ({number}){target.suffix}").touch()
    with pytest.raises(TargetUnwritable) as caught:
        write(target, entry_table([entry()]))
    assert sentence(caught.value)[0] == f"{target} cannot be written: another program holds it."
    assert not any(path.stat().st_size for path in tmp_path.iterdir())


@both
def test_a_target_that_cannot_be_replaced_gets_a_number(
    tmp_path: Path, write: Writer, name: str
) -> None:
    target = tmp_path / name
    target.write_bytes(b"held")
    if shutil.which("chattr") is None or subprocess.call(
        ["chattr", "+i", str(target)], stderr=subprocess.DEVNULL
    ):
        pytest.skip("needs a file that nobody may replace")
    try:
        written = write(target, entry_table([entry()]))
    finally:
        subprocess.check_call(["chattr", "-i", str(target)])
    assert written == tmp_path / f"{target.stem} (2){target.suffix}"
    assert target.read_bytes() == b"held"


@both
@pytest.mark.skipif(sys.platform == "win32", reason="permissions are the folder's")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o440])
def test_an_export_is_open_to_whom_the_former_was(
    tmp_path: Path, write: Writer, name: str, mode: int
) -> None:
    def rows() -> Iterator[Entry]:
        yield entry()
        (unfinished,) = tmp_path.glob(".*.tmp")
        assert unfinished.stat().st_mode & 0o777 == 0o600

    target = tmp_path / name
    target.write_bytes(b"the former export")
    target.chmod(mode)
    write(target, entry_table(rows()))
    assert target.read_bytes() != b"the former export"
    assert target.stat().st_mode & 0o777 == mode


@both
@pytest.mark.skipif(sys.platform == "win32", reason="permissions are the folder's")
def test_a_new_export_is_as_open_as_any_new_file(tmp_path: Path, write: Writer, name: str) -> None:
    (tmp_path / "other").touch()
    write(tmp_path / name, entry_table([entry()]))
    assert (tmp_path / name).stat().st_mode == (tmp_path / "other").stat().st_mode


@both
def test_what_killed_exports_left_goes_with_the_next(
    tmp_path: Path, write: Writer, name: str
) -> None:
    abandoned, other, young = (
        tmp_path / file
        for file in (
            f".{name}.0123456789ab.tmp", f".{name}.of-somebody.tmp", f".{name}.ba9876543210.tmp",
        )
    )  # fmt: skip
    for file in (abandoned, other, young):
        file.write_bytes(b"half")
    for file in (abandoned, other):
        os.utime(file, (0, 0))
    write(tmp_path / name, entry_table([entry()]))
    assert set(tmp_path.iterdir()) == {tmp_path / name, other, young}


@both
def test_a_place_that_cannot_be_written_is_reported(
    tmp_path: Path, write: Writer, name: str
) -> None:
    (tmp_path / "file").write_text("")
    for target, why in (
        (tmp_path / "none" / name, "folder_missing"),
        (tmp_path / "file" / name, "folder_missing"),
        (tmp_path, "folder"),
    ):
        with pytest.raises(TargetUnwritable) as caught:
            write(target, entry_table([entry()]))
        assert (caught.value.details["path"], caught.value.details["why"]) == (target, why)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


@both
@pytest.mark.skipif(sys.platform == "win32", reason="files lie about there as files only")
def test_what_is_no_file_is_neither_written_nor_replaced(
    tmp_path: Path, write: Writer, name: str
) -> None:
    pipe, link = tmp_path / f"pipe-{name}", tmp_path / name
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for target in (pipe, link):
        with pytest.raises(TargetUnwritable) as caught:
            write(target, entry_table([entry()]))
        assert (caught.value.details["path"], caught.value.details["why"]) == (target, "not_a_file")
    reader, writer = os.pipe()  # as /dev/stdout is one, which leads to no name
    with os.fdopen(reader), os.fdopen(writer, "w"):
        for target in (Path(f"/dev/fd/{writer}"), Path(f"/proc/self/fd/{writer}")):
            if target.exists():
                with pytest.raises(TargetUnwritable) as caught:
                    write(target, entry_table([entry()]))
                assert caught.value.details["why"] == "not_a_file"
    assert pipe.is_fifo()
    assert sorted(tmp_path.iterdir()) == sorted([pipe, link])


@both
@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_stays_and_the_file_that_it_leads_to_is_replaced(
    tmp_path: Path, write: Writer, name: str
) -> None:
    folder, link = tmp_path / "share", tmp_path / name
    folder.mkdir()
    (folder / name).write_bytes(b"older")
    link.symlink_to(folder / name)
    assert write(link, entry_table([entry()])) == link
    assert link.is_symlink()
    assert (folder / name).read_bytes() != b"older"
    assert [file.name for file in folder.iterdir()] == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="has a folder that cannot be waited for")
def test_a_folder_that_knows_no_waiting_is_not_waited_for() -> None:
    flush_folder(Path("/proc/self"))


@both
@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to reach")
def test_a_full_disk_is_reported_and_the_former_file_kept(
    tmp_path: Path, write: Writer, name: str
) -> None:
    target = tmp_path / name
    target.write_bytes(b"the former export")
    with no_file_beyond(20_000), pytest.raises(TargetUnwritable) as caught:
        # What the system says here is not "full", but it fails at the same places.
        write(target, entry_table(entry(number) for number in range(5000)))
    assert caught.value.details["why"] == "file_limit"
    assert target.read_bytes() == b"the former export"
    assert [file.name for file in tmp_path.iterdir()] == [name]


@both
def test_a_process_with_too_many_open_files_is_not_called_forbidden(
    tmp_path: Path, write: Writer, name: str
) -> None:
    resource = pytest.importorskip("resource")
    write(tmp_path / f"first.{name}", entry_table([]))  # imports what it needs
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        with pytest.raises(TargetUnwritable) as caught:
            write(tmp_path / name, entry_table([entry()]))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert caught.value.details["why"] == "too_many_open"


def test_a_workbook_is_ready_to_be_read_and_filtered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 101)
    path = tmp_path / "list.xlsx"
    write_xlsx(path, entry_table(entry(number, name="A" * 999) for number in range(150)))
    for sheet, last in zip(openpyxl.load_workbook(path).worksheets, (101, 51), strict=True):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:O{last}"
        assert all(cell.font.bold for cell in sheet[1])
        assert not sheet["A2"].font.bold
        widths = {name: sheet.column_dimensions[name].width for name in "CDF"}
        assert widths["D"] > len("2026-11-23")
        assert widths["F"] > len("2026-11-23T09:02:11+01:00")
        assert widths["C"] < 50  # a long name does not push the others off the screen


@pytest.mark.parametrize(
    ("name", "kind", "is_workbook"),
    [("a.csv", None, False), ("a.XLSX", None, True), ("a", None, False), ("a.csv", "xlsx", True)],
)
def test_the_ending_says_the_format_unless_one_is_given(
    tmp_path: Path, name: str, kind: str | None, is_workbook: bool
) -> None:
    path = tmp_path / name
    assert write_table(path, entry_table([entry(1)]), kind=kind) == path
    assert path.read_bytes().startswith(b"PK") is is_workbook


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_can_be_written(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"list.{kind}"
    assert write_table(path, entry_table([entry(1)])) == path
    assert (read_xlsx(path) if kind == XLSX else read_csv(path))[0][:3] == [
        "entry", "person", "name",
    ]  # fmt: skip


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 101)
    path = tmp_path / "list.xlsx"
    write_xlsx(path, entry_table(entry(number) for number in range(250)))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["entries", "entries 2", "entries 3"]
    numbers = [
        row[0] for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert numbers == list(range(250))


@both
def test_a_long_export_holds_one_page_at_a_time(tmp_path: Path, write: Writer, name: str) -> None:
    alive = 0
    most = 0

    class Counted(str):
        __slots__ = ()

        def __new__(cls, text: str) -> Self:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)
            return super().__new__(cls, text)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    rows = ((Counted(f"row {number}"),) for number in range(3000))
    write(tmp_path / name, Table("table", ("column",), rows))
    assert most < 100


def test_people_of_every_script_reach_the_file(tmp_path: Path) -> None:
    names = ["李小龙", "محمد", "👩‍👩‍👧‍👦", "a" * 200, "<b>x</b>", "Zoë; Müller"]
    rows = [entry(n, person=PersonId(f"P{n}"), name=name) for n, name in enumerate(names)]
    for write, name in WRITERS:
        write(tmp_path / name, entry_table(rows))
    assert [row[2] for row in read_csv(tmp_path / "list.csv")[1:]] == names
    assert [row[2] for row in read_xlsx(tmp_path / "list.xlsx")[1:]] == names
