from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.flow.conftest import Lines, Run, invoke
from tests.helpers import hostile

PERSON = "P06 - Luca Moretti"


@pytest.fixture(scope="module")
def luca(tmp_path_factory: pytest.TempPathFactory, demo_people: Path) -> Path:
    """Return a data folder in which one person is enrolled."""
    data = tmp_path_factory.mktemp("luca")
    assert invoke(data, "enroll", "P06", demo_people / PERSON).exit_code == 0
    return data


Seen = tuple[dict[str, dict[str, Any]], str]


@pytest.fixture(scope="module")
def seen(luca: Path, tmp_path_factory: pytest.TempPathFactory, demo_people: Path) -> Seen:
    """Recognize a portrait in every form, and broken files: file -> its line, and all output."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "deeper" / "still").mkdir(parents=True)
    portrait = demo_people / PERSON / "front.jpg"
    hostile.forms(portrait, folder)
    hostile.broken(portrait, folder / "deeper" / "still")
    result = invoke(luca, "recognize", folder, "--json")
    assert result.exit_code == 0, result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["source"] for line in found] == sorted(line["source"] for line in found)
    return {Path(line["source"]).name: line for line in found}, result.output


BROKEN = {
    "empty.jpg": "empty",
    "truncated.jpg": "damaged",
    "truncated.png": "damaged",
    "text.jpg": "no_picture",
    "html.png": "no_picture",
    "zeros.bmp": "no_picture",
    "bomb.png": "picture_too_large",
    "fat.jpg": "picture_too_large",
    "header_only.jpg": None,
    "heic.jpg": "heic",
}


@pytest.mark.parametrize("name", hostile.FORMS)
def test_a_face_is_known_in_every_form_of_its_picture(seen: Seen, name: str) -> None:
    line = seen[0][name]
    assert line["decision"] == "known"
    assert line["person"] == "P06"


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_a_line_and_the_run_goes_on(seen: Seen, name: str) -> None:
    line = seen[0][name]
    assert line["decision"] == "error"
    assert line["reason"]
    assert BROKEN[name] in (None, line["reason"])
    assert line["box"] is line["track"] is line["person"] is line["similarity"] is None


def test_there_is_one_line_a_file_and_no_control_character(seen: Seen) -> None:
    lines, output = seen
    assert set(lines) == {*hostile.FORMS, *BROKEN}
    assert output.isascii()
    assert all(char == "\n" or char.isprintable() for char in output)


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("command", ["recognize", "enroll"])
def test_one_broken_file_alone_is_one_sentence_and_exit_code_1(
    luca: Path, tmp_path: Path, demo_people: Path, command: str, name: str
) -> None:
    path = hostile.broken(demo_people / PERSON / "front.jpg", tmp_path)[name]
    before = invoke(luca, "people", "--json").stdout
    began_s = time.process_time()
    words = ("recognize", path) if command == "recognize" else ("enroll", "P50", path)
    result = invoke(luca, *words)
    assert time.process_time() - began_s < 15
    assert result.exit_code == 1
    assert result.stderr.startswith("faceapp: ")
    assert result.stderr.count("\n") == 1
    assert name in result.stderr
    assert invoke(luca, "people", "--json").stdout == before


def test_names_of_files_never_drive_the_terminal(
    luca: Path, tmp_path: Path, demo_people: Path
) -> None:
    evil = tmp_path / "\x1b]0;owned\x07\u202e\x9b31m.jpg"
    shutil.copy(demo_people / PERSON / "front.jpg", evil)
    (tmp_path / "\x1b[2J.png").write_bytes(b"")
    for words in (("recognize", tmp_path), ("enroll", "P50", "--allow-duplicate", tmp_path)):
        result = invoke(luca, *words)
        assert result.exit_code == 0, result.stderr
        assert "\\x1b]0;owned\\x07\\u202e\\x9b31m.jpg" in result.stdout
        assert not set(result.output) & set("\x1b\x07\x9b\u202e")
    assert invoke(luca, "forget", "P50", "--yes").exit_code == 0


def test_a_picture_whose_file_name_is_no_text_is_recognized_and_enrolled(
    luca: Path, tmp_path: Path, demo_people: Path
) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.jpg"
    shutil.copy(os.fsencode(demo_people / PERSON / "front.jpg"), raw)
    (line,) = map(json.loads, invoke(luca, "recognize", tmp_path, "--json").stdout.splitlines())
    assert line["decision"] == "known"
    assert os.fsencode(line["source"]) == raw
    words = invoke(luca, "recognize", tmp_path).stdout
    assert "caf\\udce9.jpg: known" in words
    result = invoke(luca, "enroll", "P51", "--allow-duplicate", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert invoke(luca, "forget", "P51", "--yes").exit_code == 0


@pytest.mark.parametrize("words", [("forget", "\udcff", "--yes"), ("entries", "--group", "\udcff")])
def test_what_cannot_be_a_name_is_nobodys(luca: Path, words: tuple[str, ...]) -> None:
    result = invoke(luca, *words)
    assert result.exit_code == 1
    assert result.stderr.startswith("faceapp: Nobody ")
    assert "\\udcff" in result.stderr


def test_a_folder_of_more_than_a_thousand_files(lines: Lines, tmp_path: Path) -> None:
    count = 1100  # a program may often open 1024 at a time
    Image.new("L", (24, 24), 128).save(tmp_path / "0.png")
    for number in range(1, count):
        os.link(tmp_path / "0.png", tmp_path / f"{number}.png")
    found = lines("recognize", tmp_path, "--json")
    assert [line["decision"] for line in found] == ["none"] * count


@pytest.mark.parametrize(
    "source",
    [
        "nowhere.jpg",
        "no/such/folder/x.mp4",
        "gopher://example.org/1",
        "file:///etc/passwd",
        "concat:a.mp4|b.mp4",
        "x" * 5000,
    ],
)
def test_a_source_that_is_nothing_is_one_short_sentence(run: Run, source: str) -> None:
    result = run("recognize", "--json", "--", source)
    assert result.exit_code == 1
    assert result.stderr.startswith("faceapp: ")
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 500


def test_a_camera_that_is_not_there_is_one_sentence(run: Run) -> None:
    result = run("recognize", "97")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("faceapp: There is no camera, stream or file 97.")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "source",
    [
        "rtsp://operator:geheim@127.0.0.1:9/live",
        "rtsp://operator:s#geheim@127.0.0.1:9/live",
        "operator:geheim@127.0.0.1:9",
        "rtsp:/operator:geheim@127.0.0.1:9/live",
    ],
)
def test_a_streams_password_is_never_shown(run: Run, data_dir: Path, source: str) -> None:
    result = run("recognize", "--json", source)
    assert result.exit_code == 1
    assert "127.0.0.1" in result.stderr
    assert "geheim" not in result.output
    logs = "".join(file.read_text(encoding="utf-8") for file in (data_dir / "logs").iterdir())
    assert "geheim" not in logs


@pytest.mark.parametrize(
    "source", ["rtsp://operator:geheim@127.0.0.1:9/live", "operator:geheim@127.0.0.1"]
)
def test_nobody_is_enrolled_from_an_address(run: Run, source: str) -> None:
    result = run("enroll", "P01", source)
    assert result.exit_code == 2
    assert "127.0.0.1" in result.stderr
    assert "geheim" not in result.output


def test_an_empty_name_is_not_the_present_folder(run: Run) -> None:
    assert run("recognize", "").exit_code == 2
    assert run("enroll", "P01", "").exit_code == 2


def test_an_empty_folder_is_told_to_be_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("recognize", tmp_path / "empty", "--json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "There are no pictures in" in result.stderr
    assert run("enroll", "P01", tmp_path / "empty").exit_code == 1
    assert run("import", tmp_path / "empty").exit_code == 1


def test_what_lies_between_pictures_is_said_to_be_passed_over(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    (folder / "below").mkdir(parents=True)
    Image.new("RGB", (64, 64), "grey").save(folder / "grey.png")
    (folder / "below" / "film.mp4").touch()
    (folder / "notes\x1b[2J.txt").touch()
    (folder / ".hidden").touch()
    result = run("recognize", folder, "--json")
    assert result.exit_code == 0
    assert "not pictures: 2, the first " in result.stderr
    assert "film.mp4" in result.stderr
    assert "\x1b" not in result.stderr
    assert "Passed over" not in run("recognize", folder / "grey.png").stderr


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"RIFF\x10\0\0\0AVI LIST", b"text"])
def test_a_broken_video_is_a_line_and_exit_code_1(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.avi"
    path.write_bytes(content)
    result = run("recognize", path, "--json")
    assert result.exit_code == 1
    (line,) = map(json.loads, result.stdout.splitlines())
    assert line["decision"] == "error"
    assert line["source"] == str(path)
    assert result.stderr.startswith("faceapp: ")
    assert run("enroll", "P01", path).exit_code == 1


@pytest.mark.parametrize(
    "settings",
    ["camera = ", "stranger_odds = 5\n", 'wrong_key = "x"\n', "\udcff\udcfe", "[" * 9999],
)
def test_damaged_settings_are_said_and_kept(
    run: Run, data_dir: Path, demo_people: Path, settings: str
) -> None:
    file = data_dir / "settings.toml"
    file.write_bytes(settings.encode(errors="surrogateescape"))
    before = file.read_bytes()
    result = run("recognize", demo_people / PERSON / "front.jpg")
    assert result.exit_code == 1
    assert result.stderr.startswith("faceapp: The setting")
    assert result.stderr.count("\n") == 1
    assert run("people").exit_code == 0
    doctor = run("doctor", "--json")
    found = {line["check"]: line for line in map(json.loads, doctor.stdout.splitlines())}
    assert doctor.exit_code == 1
    assert found["settings"]["state"] == "bad"
    assert found["database"]["state"] == "ok"
    assert file.read_bytes() == before
