from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from faceapp import paths
from tests.flow.conftest import Lines, Run


@pytest.fixture
def copied(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the app use a copy of the models folder, which a test may damage."""
    copy = tmp_path / "models"
    shutil.copytree(models, copy)
    monkeypatch.setattr(paths, "models_dir", lambda: copy)
    return copy


def flip_the_last_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def write_empty(path: Path) -> None:
    path.write_bytes(b"")


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


@pytest.mark.parametrize("damage", [flip_the_last_bit, write_empty, append, Path.unlink])
@pytest.mark.parametrize("file", ["faceapp.tflite", "faceapp.json"])
def test_a_damaged_model_is_never_used(
    run: Run, copied: Path, demo_people: Path, file: str, damage: Callable[[Path], None]
) -> None:
    damage(copied / file)
    picture = demo_people / "P01 - Clara Bennett" / "front.jpg"
    for words in (("recognize", picture), ("enroll", "P01", picture), ("model", "verify")):
        result = run(*words)
        assert result.exit_code == 1
        assert result.stderr.startswith("faceapp: The model")
        assert result.stderr.count("\n") == 1
    assert run("people").exit_code == 0


def test_a_missing_detector_is_said(run: Run, copied: Path, demo_people: Path) -> None:
    shutil.rmtree(copied / "mediapipe")
    result = run("recognize", demo_people / "visitor" / "front.jpg")
    assert result.exit_code == 1
    assert 'Run "make models"' in result.stderr


def test_a_damaged_detector_is_found_by_verify(run: Run, copied: Path) -> None:
    flip_the_last_bit(copied / "mediapipe" / "face_landmark.tflite")
    result = run("model", "verify")
    assert result.exit_code == 1
    assert "face_landmark.tflite is damaged or was changed" in result.stderr


def test_the_shipped_model_is_whole_and_knows_a_demo_person(lines: Lines) -> None:
    found = lines("model", "verify", "--json")
    assert {line["check"] for line in found} == {"model file", "face models", "demo person"}
    assert all(line["ok"] for line in found)


def test_the_card_is_shown(run: Run, lines: Lines, models: Path) -> None:
    (shown,) = lines("model", "info", "--json")
    card = json.loads((models / "faceapp.json").read_text(encoding="utf-8"))
    assert {**shown, "card": None} == {**card, "card": None}
    assert card["sha256"] in run("model", "info").stdout


def test_the_doctor_finds_all_well_but_perhaps_camera_and_display(lines: Lines) -> None:
    found = {line["check"]: line for line in lines("doctor", "--json")}
    assert list(found) == [
        "versions", "packages", "data folder", "settings", "database", "models", "camera",
        "display",
    ]  # fmt: skip
    assert {found[name]["state"] for name in list(found)[:6]} == {"ok"}
    assert all(line["mend"] for line in found.values() if line["state"] != "ok")
