"""Faults of our own in a command: one line that says where the details are."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

from faceapp.app import Parts
from faceapp.cli import commands
from faceapp.service import Service
from tests.cli.conftest import error_line

NAME = "Clara Bennett"

pytestmark = pytest.mark.expect_log("uncaught error")


class Broken(Parts):
    """Parts that have an error of ours."""

    def open_service(self) -> Service:
        raise ValueError(f"no {NAME!r}")

    def run_window(self) -> NoReturn:
        raise ValueError(f"no {NAME!r}")


def broken(*words: str) -> Result:
    return CliRunner().invoke(commands, words, obj=lambda folder: Broken(folder or Path("demo")))


@pytest.mark.parametrize("words", [("people",), ()])
def test_a_fault_is_one_line_and_its_details_are_logged(
    words: tuple[str, ...], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(Parts, "load_window", lambda _parts: None)
    line = error_line(broken(*words))
    log = data_dir / "logs" / "faceapp.log"
    assert line == (
        "faceapp: This is an error in the app (ValueError). What was saved stays saved. "
        f"Details are in {log}.\n"
    )
    written = log.read_text("utf-8")
    assert "uncaught error\nTraceback (most recent call last):" in written
    assert "ValueError: no <value>" in written
    assert NAME not in written


def test_without_a_log_it_says_how_to_see_the_details(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir.joinpath("logs").write_text("in the way of the folder", "utf-8")
    for words in (("people",), ("--data-dir", "n" * 300, "people")):
        assert error_line(broken(*words)).endswith('start it as "faceapp --verbose …".\n')


def test_the_log_of_a_demo_is_gone_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = broken("demo", "--headless")
    assert result.stderr.splitlines()[-1].endswith('start it as "faceapp --verbose …".')
    assert list(tmp_path.iterdir()) == []


def test_verbose_shows_the_details_without_names(
    data_dir: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    result = broken("--verbose", "people")
    told = result.stderr
    assert "ValueError: no <value>" in told
    assert told.splitlines()[-1].startswith("faceapp: This is an error in the app (ValueError).")
    assert NAME not in told
