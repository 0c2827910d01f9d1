from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.camera.made import HEIF_STARTS
from tests.flow.conftest import Lines, Run


@pytest.fixture
def staff(tmp_path: Path, demo_people: Path) -> Path:
    """Three people in folders named in three ways, and what does not belong there."""
    folder = tmp_path / "staff"
    for name, person in (
        ("P01 - Clara Bennett", "P01 - Clara Bennett"),
        ("staff_07_x", "P07 - Rafael Cruz"),
        ("P08 - Henry - Walsh", "P08 - Henry Walsh"),
    ):
        shutil.copytree(demo_people / person, folder / name)
    (folder / "P01 - Clara Bennett" / "broken.jpg").write_bytes(b"no picture")
    (folder / "P01 - Clara Bennett" / "deeper").mkdir()
    (folder / "P01 - Clara Bennett" / "deeper" / "notes.txt").write_bytes(b"glasses")
    (folder / "P01 - Clara Bennett" / "clip.mp4").write_bytes(b"no video")
    (folder / "P01 - Clara Bennett" / ".hidden.txt").write_bytes(b"")
    (folder / "P01 - Clara Bennett" / "IMG_0001.HEIC").write_bytes(HEIF_STARTS["iphone"])
    (folder / "loose.jpg").write_bytes(b"no picture")
    (folder / "P99 - Nobody").mkdir()
    return folder


def partly(run: Run, *words: object) -> list[dict[str, Any]]:
    """Read the reports of an import that did not do everything, and says so."""
    result = run("import", *words, "--json")
    assert result.exit_code == 1
    assert "Not everything was imported" in result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_file_is_reported_and_everybody_enrolled(run: Run, lines: Lines, staff: Path) -> None:
    reports = partly(run, staff)
    outcomes = Counter(report["outcome"] for report in reports)
    files = {Path(report["file"]).name: report for report in reports}
    assert len(reports) == 3 * 7 + 1 + 3 + 1 + 1
    assert files["broken.jpg"]["outcome"] == "error"
    assert files["IMG_0001.HEIC"]["outcome"] == "error"
    for name in ("notes.txt", "clip.mp4"):
        skipped = files[name]["person"], files[name]["outcome"], files[name]["reason"]
        assert skipped == ("P01", "skipped", "no_picture")
    assert files["loose.jpg"]["reason"] == "not_in_a_folder"
    assert files["P99 - Nobody"]["reason"] == "no_pictures"
    assert outcomes["taken"] >= 12
    people = {row["id"]: row["name"] for row in lines("people", "--json")}
    assert people == {"P01": "Clara Bennett", "P08": "Henry - Walsh", "staff_07_x": "staff_07_x"}


def test_started_again_it_goes_on_where_it_stopped(
    run: Run, lines: Lines, staff: Path, demo_people: Path
) -> None:
    late = staff / "P08 - Henry - Walsh"
    shutil.move(late, staff.parent / "late")
    partly(run, staff)
    before = lines("people", "--json")
    shutil.move(staff.parent / "late", late)
    reports = partly(run, staff)
    assert {r["outcome"] for r in reports if r["person"] == "P01"} == {"skipped"}
    assert any(r["outcome"] == "taken" for r in reports if r["person"] == "P08")
    after = {row["id"]: row for row in lines("people", "--json")}
    assert all(after[row["id"]] == row for row in before)
    assert len(after) == len(before) + 1
    result = run("import", staff)
    assert result.exit_code == 1  # of the empty folder, as before
    assert "0 people enrolled" in result.stderr
    (found,) = lines("recognize", demo_people / "P08 - Henry Walsh" / "smile.jpg", "--json")
    assert found["person"] == "P08"


def test_an_agreement_may_be_said_later(run: Run, lines: Lines, staff: Path) -> None:
    """Also of those who are complete and whose pictures are not looked at again."""
    shutil.rmtree(staff / "P08 - Henry - Walsh")
    partly(run, staff)
    assert {row["agreed_at"] for row in lines("people", "--json")} == {None}
    partly(run, staff, "--agreed")
    agreed = {row["id"]: row["agreed_at"] for row in lines("people", "--json")}
    assert set(agreed) == {"P01", "staff_07_x"}
    assert all(agreed.values())
    partly(run, staff, "--agreed")
    assert {row["id"]: row["agreed_at"] for row in lines("people", "--json")} == agreed


def test_a_roster_gives_ids_names_and_groups(
    run: Run, lines: Lines, staff: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "staff.csv"
    roster.write_text(
        "id;name;groups;folder\r\n"
        "R1;Rafael Cruz;Day|Night;staff_07_x\r\n"
        "P08;Henry W.;;P08 - Henry - Walsh\r\n"
        "P50;Absent;;\r\n",
        encoding="utf-8-sig",
    )
    reports = partly(run, staff, "--roster", roster)
    assert [r["reason"] for r in reports if r["person"] == "P50"] == ["no_folder"]
    people = {row["id"]: row for row in lines("people", "--json")}
    assert people["R1"]["name"] == "Rafael Cruz"
    assert people["R1"]["groups"] == ["Day", "Night"]
    assert people["P08"]["name"] == "Henry W."
    assert people["P01"]["name"] == "Clara Bennett"
    assert "staff_07_x" not in people
    roster.write_text("name,folder\nNo Id,x\n", encoding="utf-8")
    result = run("import", staff, "--roster", roster)
    assert result.exit_code == 1
    assert "it has no column named id" in result.stderr


def test_one_person_twice_is_enrolled_once_and_the_rest_goes_on(
    run: Run, lines: Lines, staff: Path, demo_people: Path
) -> None:
    shutil.copytree(demo_people / "P01 - Clara Bennett", staff / "P02 - Her Again")
    shutil.copytree(demo_people / "P10 - Samuel Mensah", staff / "P10 - Samuel Mensah")
    reports = partly(run, staff)
    again = [report for report in reports if report["person"] == "P02"]
    assert {report["outcome"] for report in again} == {"refused"}
    assert {report["reason"] for report in again} == {"already_enrolled"}
    assert "P10" in {row["id"] for row in lines("people", "--json")}
