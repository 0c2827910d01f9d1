"""The set-up script that takes MediaPipe's models out of a wheel."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.helpers.scripts import load_script

Run = Callable[..., int]
CONTENTS = {"a/first.tflite": b"first" * 100, "b/second.tflite": b"second" * 100}


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, knowing two small models instead of MediaPipe's."""
    module = load_script("fetch_models")
    table = tuple(
        module.Model(name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in CONTENTS.items()
    )
    monkeypatch.setattr(module, "MODELS", table)
    return module


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    return make_wheel(tmp_path / "good.whl", CONTENTS)


def make_wheel(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def run(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the script, which must not need pip; return its exit code."""

    def no_pip(*_args: Any, **_kwargs: Any) -> None:
        pytest.fail("pip was asked")

    def start(*arguments: str | Path) -> int:
        monkeypatch.setattr(script.subprocess, "run", no_pip)
        monkeypatch.setattr(sys, "argv", ["fetch_models.py", *map(str, arguments)])
        return int(script.main())

    return start


def test_the_models_are_put_in_place_and_a_second_run_does_nothing(
    run: Run, wheel: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "mediapipe"
    assert run("--into", folder, "--wheel", wheel) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "first.tflite": CONTENTS["a/first.tflite"],
        "second.tflite": CONTENTS["b/second.tflite"],
    }
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    wheel.unlink()
    assert run("--into", folder) == 0
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.parametrize("damage", [b"", b"first", b"x" * 500])
def test_a_damaged_model_is_replaced(run: Run, wheel: Path, tmp_path: Path, damage: bytes) -> None:
    folder = tmp_path / "m"
    run("--into", folder, "--wheel", wheel)
    (folder / "first.tflite").write_bytes(damage)
    assert run("--into", folder, "--check") == 1
    assert run("--into", folder, "--wheel", wheel) == 0
    assert (folder / "first.tflite").read_bytes() == CONTENTS["a/first.tflite"]
    assert run("--into", folder, "--check") == 0


@pytest.mark.parametrize(
    ("contents", "complaint"),
    [
        ({"a/first.tflite": b"First" * 100}, "instead of"),
        ({"a/first.tflite": b"first" * 101}, "501 bytes instead of 500"),
        ({"a/first.tflite": b""}, "0 bytes instead of 500"),
        ({"other.tflite": b"x"}, "is not a wheel with MediaPipe's models"),
    ],
)
def test_a_wrong_wheel_is_refused_and_leaves_nothing(
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    contents: dict[str, bytes],
    complaint: str,
) -> None:
    wrong = make_wheel(tmp_path / "wrong.whl", contents)
    assert run("--into", tmp_path / "m", "--wheel", wrong) == 1
    assert complaint in capsys.readouterr().err
    assert list((tmp_path / "m").iterdir()) == []


def test_a_file_that_is_no_wheel_and_one_that_is_not_there_are_told_apart(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.whl").write_text("<html>not found</html>", "utf-8")
    assert run("--into", tmp_path, "--wheel", tmp_path / "no.whl") == 1
    assert "is not a wheel" in capsys.readouterr().err
    assert run("--into", tmp_path, "--wheel", tmp_path / "gone.whl") == 1
    assert "gone.whl" in capsys.readouterr().err


def test_pip_without_a_network_says_what_to_do(
    script: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(script, "OTHER_WHEELS", (("3.12", "win_amd64"),))
    for name, value in (("NO_INDEX", "1"), ("FIND_LINKS", str(tmp_path)), ("CONFIG_FILE", "")):
        monkeypatch.setenv(f"PIP_{name}", value)
    monkeypatch.setattr(sys, "argv", ["fetch_models.py", "--into", str(tmp_path / "m")])
    assert script.main() == 1
    said = capsys.readouterr().err
    assert "Is the network there?" in said
    assert "--wheel FILE" in said
    assert "3.12 win_amd64: ERROR: " in said


def test_the_real_models_are_the_known_ones(models: Path) -> None:
    assert load_script("fetch_models").missing(models / "mediapipe") == []


def test_the_sums_that_travel_with_the_models_are_those_of_the_script(models: Path) -> None:
    known = {f"{line.sha256}  {line.name}" for line in load_script("fetch_models").MODELS}
    listed = (models / "mediapipe.sha256").read_text("utf-8").splitlines()
    assert set(listed) == known
