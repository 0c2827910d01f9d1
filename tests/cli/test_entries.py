from __future__ import annotations

import csv
import os
from codecs import BOM_UTF8
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from faceapp.app import Parts
from faceapp.cli import commands
from faceapp.messages import WHYS
from faceapp.types import EntryKind
from tests.cli.conftest import Run, error_line, json_lines
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, OMAR, sample, service_on, sighting


@pytest.fixture(autouse=True)
def three_days(data_dir: Path) -> None:
    clock = HandClock(MONDAY + timedelta(days=5))
    with service_on(data_dir / "faceapp.db", clock) as service:
        service.enrol(GRACE, [sample(1)])
        service.enrol(OMAR, [sample(2)])
        for day in range(3):
            service.record(sighting(GRACE.id, MONDAY + timedelta(days=day)))
        service.record(sighting(OMAR.id, MONDAY + timedelta(hours=1)))
        service.record(sighting(OMAR.id, MONDAY + timedelta(hours=9)))
        wrong = service.entries()[-1]
        service.void_entry(wrong.id, "was on leave")
        service.add_entry(GRACE.id, MONDAY + timedelta(hours=8), EntryKind.OUT, "forgot")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_entries_as_json_are_one_object_a_line(run: Run) -> None:
    found = json_lines(run("entries", "--json"))
    assert len(found) == 6
    assert found[0] == {
        "id": 1,
        "person": "P01",
        "name": "Grace Okafor",
        "at": "2026-11-23T09:00:00+01:00",
        "zone": "Europe/Berlin",
        "date": "2026-11-23",
        "kind": "in",
        "camera": "Hall",
        "confirmation": "face",
        "similarity": 0.71,
        "threshold": 0.5,
        "model": "test-model",
        "recorded_at": "2026-11-28T08:00:00+00:00",
        "voided": None,
        "voided_at": None,
        "correction": None,
    }
    struck = [(row["voided"], row["voided_at"]) for row in found if row["voided"]]
    assert struck == [("was on leave", "2026-11-28T08:00:00+00:00")]
    assert [row["correction"] for row in found if row["correction"]] == ["forgot"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--person", "P02"), 2),
        (("--from", "2026-11-24"), 2),
        (("--to", "2026-11-23"), 4),
        (("--from", "2026-11-24", "--to", "2026-11-24"), 1),
        (("--group", "Staff"), 2),
        (("--group", "Staff", "--to", "2026-11-22"), 0),
    ],
)
def test_entries_are_selected_by_person_group_and_day(
    run: Run, words: tuple[str, ...], count: int
) -> None:
    assert len(json_lines(run("entries", "--json", *words))) == count


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (("--from", "today"), [25]),
        (("--to", "yesterday"), [23, 24]),
        (("--from", "yesterday", "--to", "yesterday"), [24]),
    ],
)
def test_today_and_yesterday_are_those_of_the_clock(
    data_dir: Path, words: tuple[str, ...], days: list[int]
) -> None:
    noon = datetime(2026, 11, 25, 12).astimezone()
    parts = Parts(data_dir, HandClock(noon))
    result = CliRunner().invoke(commands, ["entries", "--json", *words], obj=lambda _: parts)
    dates = {row["date"] for row in json_lines(result)}
    assert dates == {f"2026-11-{day}" for day in days}


def test_entries_are_a_table_with_what_was_corrected(run: Run) -> None:
    lines = run("entries").stdout.splitlines()
    assert lines[0].split() == ["Time", "ID", "Name", "Kind", "Camera", "Note"]
    assert lines[1].split()[:3] == ["2026-11-23T09:00:00+01:00", "P01", "Grace"]
    assert any("struck: was on leave" in text for text in lines)
    assert any("by hand: forgot" in text for text in lines)


def test_what_was_struck_is_told_when_its_person_is_forgotten(run: Run) -> None:
    assert run("forget", "P01", "--yes").exit_code == 0
    shown = run("entries").stdout
    assert "struck: forgotten" in shown
    assert "by hand: forgotten" in shown
    found = json_lines(run("entries", "--json"))
    assert [row["voided"] for row in found if row["voided"]] == ["forgotten"]


def test_no_entries_is_no_error_but_no_person_is(run: Run) -> None:
    result = run("entries", "--from", "2031-01-01")
    assert result.exit_code == 0
    assert result.stdout == "No entries found.\n"
    assert "Nobody with the ID P77" in error_line(run("entries", "--person", "P77"))


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "23.11.2026"),
        ("--from", "2026-02-30"),
        ("--to", ""),
        ("--from", "2026-11-24", "--to", "2026-11-23"),
    ],
)
def test_wrong_dates_are_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    assert run("entries", *words).exit_code == 2


@pytest.mark.parametrize("option", ["--person", "--group"])
def test_an_empty_id_or_group_is_not_everybody(run: Run, tmp_path: Path, option: str) -> None:
    target = tmp_path / "out.csv"
    assert run("export", option, "", "-o", target).exit_code == 2
    assert run("entries", option, "").exit_code == 2
    assert not target.exists()


def test_entries_are_exported_as_csv(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    result = run("export", "--to", "2026-11-23", "-o", target)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{target}\n"
    assert target.read_bytes().startswith(BOM_UTF8)
    found = rows(target)
    assert len(found) == 4
    assert found[0]["at"] == "2026-11-23T09:00:00+01:00"
    assert found[0]["name"] == "Grace Okafor"


@pytest.mark.parametrize("words", [("-o", "out.xlsx"), ("--format", "xlsx", "-o", "out.xlsx")])
def test_entries_are_exported_as_a_workbook(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", *words).exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert sheet.max_row == 7


def test_days_are_exported(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "days.csv"
    assert run("export", "--view", "days", "--to", "2026-11-23", "-o", target).exit_code == 0
    (grace,) = (row for row in rows(target) if row["person"] == "P01")
    assert grace["first_in_at"] == "2026-11-23T09:00:00+01:00"
    assert grace["last_out_at"] == "2026-11-23T17:00:00+01:00"


def test_totals_are_exported(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "totals.csv"
    result = run("export", "--view", "totals", "-o", target)
    assert (result.exit_code, result.stdout) == (0, f"{target}\n")
    grace, omar = rows(target)
    assert grace == {
        "person": "P01",
        "name": "Grace Okafor",
        "groups": "Class 3",
        "days_present": "2",
        "days_incomplete": "1",
        "days_missing": "0",
        "hours": "8.0",
    }
    assert [omar[one] for one in ("days_present", "days_incomplete", "hours")] == ["1", "0", "8.0"]
    run("export", "--view", "totals", "--group", "Staff", "-o", tmp_path / "totals.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "totals.xlsx")["totals"]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["person", "P02"]


@pytest.mark.parametrize(
    ("name", "why"),
    [("no/such/out.csv", "folder_missing"), ("x" * 300, "too_long")],
)
def test_an_export_to_a_place_that_cannot_be_is_refused(
    run: Run, tmp_path: Path, name: str, why: str
) -> None:
    assert f" {WHYS[why]}." in error_line(run("export", "-o", tmp_path / name))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_an_export_to_a_folder_one_may_not_enter_is_refused(run: Run, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    result = run("export", "-o", closed / "out.csv")
    closed.chmod(0o700)
    assert "you are not allowed to write there" in error_line(result)


@pytest.mark.skipif(os.name == "nt", reason="links need permission")
def test_an_export_takes_the_place_of_a_link_that_leads_to_itself(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.symlink_to(target)
    assert run("export", "-o", target).exit_code == 0
    assert target.read_bytes().startswith(BOM_UTF8)


def test_export_says_that_it_replaced_a_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert "replaced" not in run("export", "-o", target).stderr
    result = run("export", "-o", target)
    assert result.exit_code == 0
    assert "The existing file was replaced." in result.stderr


def test_export_takes_a_strange_ending_only_with_its_format(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    result = run("export", "-o", target)
    assert result.exit_code == 2
    assert "out.pdf ends in neither .csv nor .xlsx" in result.stderr
    assert not target.exists()
    assert run("export", "--format", "csv", "-o", target).exit_code == 0
    assert target.read_bytes().startswith(BOM_UTF8)


def test_export_needs_a_file(run: Run) -> None:
    assert run("export").exit_code == 2


def test_an_export_of_nobody_is_refused(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "pay.csv"
    said = error_line(run("export", "--person", "P77", "-o", target))
    assert "Nobody with the ID P77" in said
    said = error_line(run("export", "--group", "staf", "-o", target))
    assert said == "faceapp: Nobody is in the group staf. Did you mean Staff?\n"
    said = error_line(run("entries", "--group", "Nobodys"))
    assert said.startswith("faceapp: Nobody is in the group Nobodys. The groups are ")
    assert not target.exists()


@pytest.mark.parametrize("target", ["-", "/dev/stdout"])
def test_an_export_for_another_program_is_printed(run: Run, tmp_path: Path, target: str) -> None:
    run("export", "-o", tmp_path / "pay.csv")
    printed = run("export", "-o", target)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert printed.stdout_bytes == (tmp_path / "pay.csv").read_bytes().removeprefix(BOM_UTF8)
    assert run("export", "-o", target, "--format", "xlsx").exit_code == 2


def test_an_ending_that_contradicts_the_format_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "week.xlsx"
    result = run("export", "-o", target, "--format", "csv")
    assert result.exit_code == 2
    assert "week.xlsx ends in .xlsx, but --format says csv." in result.stderr
    assert not target.exists()


@pytest.mark.parametrize("name", ["faceapp.db", "faceapp.db-wal"])
def test_an_export_never_takes_the_databases_place(run: Run, data_dir: Path, name: str) -> None:
    result = run("export", "--format", "csv", "-o", data_dir / name)
    assert "the database itself" in error_line(result)
    assert len(json_lines(run("entries", "--json"))) == 6


@pytest.mark.parametrize("words", [("export", "-o"), ("backup",), ("demo", "--headless", "-o")])
def test_an_empty_file_name_is_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words, "")
    assert result.exit_code == 2
    assert "a name must not be empty" in result.stderr
