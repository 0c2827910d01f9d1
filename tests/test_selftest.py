from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from faceapp import cli, paths
from faceapp.app import open_parts
from faceapp.errors import ModelCorrupt, ModelError, ModelMissing
from faceapp.messages import sentence
from faceapp.ui.help.guide import GuideLost
from faceapp.ui.paint_check import paint_window

CHECKS = ["models", "face models", "database", "recognition", "export", "window"]


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the models that may be damaged."""
    copy = tmp_path / "models"
    shutil.copytree(paths.models_dir(), copy)
    monkeypatch.setattr(paths, "models_dir", lambda: copy)
    return copy


def checks() -> dict[str, tuple[str, str]]:
    """Run the self-test, which fails; return whether each check is "ok", and what it found."""
    said = CliRunner().invoke(cli.commands, ["--self-test"], obj=open_parts)
    assert said.exit_code == 1, said.output
    *lines, last = said.output.splitlines()
    assert last == "self-test FAILED"
    rows = [(row[:8].strip(), row[8:].partition(": ")) for row in lines]
    return {what: (state, found) for state, (what, _, found) in rows}


def test_all_is_well_in_the_checkout(data_dir: Path) -> None:
    said = CliRunner().invoke(cli.commands, ["--self-test"], obj=open_parts)

    assert said.exit_code == 0, said.output
    lines = said.output.splitlines()
    assert [row.split(":")[0].removeprefix("ok").strip() for row in lines[:-1]] == CHECKS
    assert lines[-1] == "self-test passed"
    assert list(data_dir.iterdir()) == []


def test_a_damaged_model_fails_and_the_other_checks_go_on(models: Path) -> None:
    weights = models / "faceapp.tflite"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)

    found = {what: state for what, (state, _) in checks().items()}

    assert list(found) == CHECKS
    assert found["models"] == "FAILED"
    assert found["face models"] == "ok"
    assert found["window"] == "ok"


@pytest.mark.parametrize(("content", "error"), [(None, ModelMissing), (b"TFL3", ModelCorrupt)])
def test_a_face_model_that_is_not_whole_fails(
    models: Path, content: bytes | None, error: type[ModelError]
) -> None:
    path = models / "mediapipe" / "face_landmark.tflite"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    assert checks()["face models"] == ("FAILED", sentence(error(path=path))[0])


@pytest.mark.parametrize("name", ["mediapipe.sha256", "mediapipe/face_landmark.tflite"])
def test_a_file_of_the_face_models_that_cannot_be_read_fails(models: Path, name: str) -> None:
    path = models / name
    path.unlink()
    path.mkdir()
    error = ModelError(path=path, why="unreadable")
    assert checks()["face models"] == ("FAILED", sentence(error)[0])


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"bbff11ce\n", b"\xff\n"])
def test_a_damaged_list_of_the_face_models_fails(models: Path, content: bytes) -> None:
    path = models / "mediapipe.sha256"
    path.write_bytes(content)
    assert checks()["face models"] == ("FAILED", sentence(ModelCorrupt(path=path))[0])


def test_a_guide_that_the_window_cannot_show_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    monkeypatch.setattr("faceapp.ui.help.guide.guides_dir", lambda: tmp_path)

    with pytest.raises(GuideLost, match=re.escape(str(tmp_path / "user-guide.md"))):
        paint_window(open_parts(data_dir))
