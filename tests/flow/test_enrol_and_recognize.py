from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.flow.conftest import Lines, Run
from tests.helpers.disk import no_file_beyond

KEYS = [
    "source", "frame", "t_s", "track", "box", "decision", "person", "name", "similarity", "reason",
]  # fmt: skip


@pytest.fixture
def grace(run: Run, demo_people: Path) -> Path:
    """Enrol Grace from four of her pictures; return her folder."""
    folder = demo_people / "P09 - Grace Okafor"
    pictures = [folder / f"{name}.jpg" for name in ("front", "left", "right", "calm")]
    result = run("enroll", "P09", "--name", "Grace Okafor", "--group", "Staff", *pictures)
    assert result.exit_code == 0, result.stderr
    return folder


def test_enrolling_reports_every_file(run: Run, lines: Lines, demo_people: Path) -> None:
    folder = demo_people / "P03 - Omar Haddad"
    reports = lines("enroll", "P03", "--json", folder)
    assert [Path(report["file"]).name for report in reports] == [
        "calm.jpg", "down.jpg", "front.jpg", "left.jpg", "right.jpg", "smile.jpg", "up.jpg",
    ]  # fmt: skip
    assert list(reports[0]) == ["file", "person", "outcome", "samples", "reason"]
    taken = sum(report["samples"] for report in reports)
    assert 4 <= taken <= 8
    (person,) = lines("people", "--json")
    assert person["templates"] == taken
    assert person["name"] == "P03"


def test_a_known_persons_picture_is_a_line_with_all_that_was_found(
    lines: Lines, grace: Path
) -> None:
    (found,) = lines("recognize", grace / "smile.jpg", "--json")
    assert list(found) == KEYS
    assert found["source"] == str(grace / "smile.jpg")
    assert found["decision"] == "known"
    assert found["person"] == "P09"
    assert found["name"] == "Grace Okafor"
    assert found["track"] is None
    assert (found["frame"], found["t_s"]) == (0, 0.0)
    assert 0.3 < found["similarity"] <= 1.0
    assert found["reason"] is None
    x, y, width, height = found["box"]
    assert 0 < x < x + width < 480
    assert 0 < y < y + height < 480


@pytest.mark.usefixtures("grace")
def test_whoever_stands_behind_somebody_near_is_told_too(
    lines: Lines, demo_people: Path, tmp_path: Path
) -> None:
    group = Image.new("RGB", (2400, 800), (120, 120, 120))
    with Image.open(demo_people / "P03 - Omar Haddad" / "front.jpg") as near:
        group.paste(near.resize((800, 800)), (1600, 0))
    with Image.open(demo_people / "P09 - Grace Okafor" / "smile.jpg") as behind:
        group.paste(behind.resize((200, 200)), (40, 40))
    group.save(tmp_path / "group.png")
    found = lines("recognize", tmp_path / "group.png", "--json")
    small, large = sorted(found, key=lambda line: line["box"][2])
    assert small["person"] == "P09"
    assert large["person"] is None


@pytest.mark.usefixtures("grace")
def test_a_stranger_has_no_name(lines: Lines, demo_people: Path) -> None:
    for picture in sorted((demo_people / "visitor").iterdir()):
        for found in lines("recognize", picture, "--json"):
            assert found["decision"] in {"unknown", "unsure", "poor"}
            assert found["person"] is None
            assert found["name"] is None


def test_a_picture_without_a_face_is_a_line_that_says_so(lines: Lines, tmp_path: Path) -> None:
    Image.new("RGB", (320, 240), (90, 120, 90)).save(tmp_path / "meadow.png")
    assert lines("recognize", tmp_path / "meadow.png", "--json") == [
        {
            "source": str(tmp_path / "meadow.png"), "frame": 0, "t_s": 0.0, "track": None,
            "box": None, "decision": "none", "person": None, "name": None, "similarity": None,
            "reason": None,
        }
    ]  # fmt: skip


def test_without_json_the_answer_is_in_words(
    run: Run, grace: Path, demo_people: Path, tmp_path: Path
) -> None:
    known = run("recognize", grace / "up.jpg").stdout
    assert known == f"{grace / 'up.jpg'}: known: Grace Okafor (P09)\n"
    stranger = demo_people / "visitor" / "front.jpg"
    assert run("recognize", stranger).stdout == f"{stranger}: unknown\n"
    Image.new("RGB", (320, 240)).save(tmp_path / "night.png")
    night = run("recognize", tmp_path / "night.png").stdout
    assert night == f"{tmp_path / 'night.png'}: no face found\n"


def test_logging_makes_one_entry_within_the_pause(
    run: Run, lines: Lines, grace: Path, tmp_path: Path
) -> None:
    result = run("recognize", "--log", grace / "smile.jpg")
    assert result.stdout.rstrip().split(", ")[-1].startswith("in ")
    result = run("recognize", "--log", grace / "up.jpg")
    assert result.stdout.rstrip().split(", ")[-1].startswith("already in ")
    (entry,) = lines("entries", "--json")
    assert entry["person"] == "P09"
    assert entry["kind"] == "in"
    assert entry["camera"] == "picture"
    assert entry["confirmation"] == "face"
    assert entry["similarity"] >= entry["threshold"]
    assert run("export", "-o", tmp_path / "log.csv").exit_code == 0
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["person"], row["name"], row["kind"]) == ("P09", "Grace Okafor", "in")
    assert row["at"] == entry["at"]


def test_nothing_is_logged_unless_asked(lines: Lines, grace: Path) -> None:
    lines("recognize", grace / "smile.jpg", "--json")
    assert lines("entries", "--json") == []


def test_a_full_disk_keeps_nobody_from_being_recognized(lines: Lines, grace: Path) -> None:
    with no_file_beyond(4096):
        (found,) = lines("recognize", grace / "smile.jpg", "--json")
    assert found["person"] == "P09"


def test_enrolling_the_same_id_again_adds_samples(run: Run, lines: Lines, grace: Path) -> None:
    before = lines("people", "--json")[0]["templates"]
    result = run("enroll", "P09", "--name", "Somebody Else", grace / "smile.jpg")
    assert result.exit_code == 0, result.stderr
    assert "stays Grace Okafor" in result.stderr
    (person,) = lines("people", "--json")
    assert person["templates"] == before + 1
    assert person["name"] == "Grace Okafor"


@pytest.mark.parametrize("enrolled_before", [False, True])
def test_a_face_that_is_somebodys_already_is_refused(
    run: Run, lines: Lines, grace: Path, demo_people: Path, enrolled_before: bool
) -> None:
    if enrolled_before:
        run("enroll", "P77", demo_people / "P12 - David Rosen" / "front.jpg")
    before = lines("people", "--json")
    words = ("enroll", "P77", grace / "smile.jpg")
    result = run(*words)
    assert result.exit_code == 1
    assert "P77 cannot be enrolled: already enrolled as P09." in result.stderr
    assert lines("people", "--json") == before
    assert run(*words, "--allow-duplicate").exit_code == 0
    assert {row["id"] for row in lines("people", "--json")} == {"P09", "P77"}


def test_several_faces_are_refused_and_a_small_bystander_is_not(
    run: Run, lines: Lines, demo_people: Path, tmp_path: Path
) -> None:
    with (
        Image.open(demo_people / "P03 - Omar Haddad" / "front.jpg") as omar,
        Image.open(demo_people / "P05 - Mei Tanaka" / "front.jpg") as mei,
    ):
        crowd = Image.new("RGB", (960, 480))
        crowd.paste(omar, (0, 0))
        crowd.paste(mei, (480, 0))
        crowd.save(tmp_path / "crowd.jpg", quality=95)
        beside = Image.new("RGB", (640, 480), (120, 120, 120))
        beside.paste(omar, (0, 0))
        beside.paste(mei.resize((150, 150)), (485, 300))
        beside.save(tmp_path / "beside.jpg", quality=95)
    result = run("enroll", "P03", tmp_path / "crowd.jpg")
    assert result.exit_code == 1
    assert "There are several faces in crowd.jpg." in result.stderr
    assert lines("people", "--json") == []
    assert run("enroll", "P03", tmp_path / "beside.jpg").exit_code == 0
    (omars,) = lines("recognize", demo_people / "P03 - Omar Haddad" / "smile.jpg", "--json")
    assert omars["person"] == "P03"


def test_what_is_passed_over_in_a_folder_is_said(
    run: Run, lines: Lines, demo_people: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "omar"
    folder.mkdir()
    (folder / "notes.txt").write_text("glasses", encoding="utf-8")
    result = run("enroll", "P03", folder)
    assert result.exit_code == 1
    assert "there is no picture in it" in result.stderr
    assert "notes.txt: not a picture" in result.stdout
    shutil.copy(demo_people / "P03 - Omar Haddad" / "front.jpg", folder)
    reports = lines("enroll", "P03", folder, "--json")
    found = {Path(report["file"]).name: report["reason"] for report in reports}
    assert found == {"notes.txt": "no_picture", "front.jpg": None}


def test_nobody_in_view_is_refused(run: Run, lines: Lines, tmp_path: Path) -> None:
    Image.new("RGB", (320, 240), (90, 120, 90)).save(tmp_path / "meadow.png")
    result = run("enroll", "P01", tmp_path / "meadow.png")
    assert result.exit_code == 1
    assert result.stderr.startswith("faceapp: No face was found in meadow.png.")
    assert lines("people", "--json") == []


def test_another_persons_picture_in_the_pile_is_refused(lines: Lines, demo_people: Path) -> None:
    mine = demo_people / "P07 - Rafael Cruz"
    wrong = demo_people / "P02 - Asha Lin" / "front.jpg"
    reports = lines(
        "enroll", "P07", "--json", mine / "front.jpg", mine / "smile.jpg", wrong, mine / "up.jpg"
    )
    assert [report["outcome"] for report in reports] == ["taken", "taken", "refused", "taken"]
    assert reports[2]["reason"] == "other_face"
