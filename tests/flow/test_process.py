"""The program as the system runs it: start, speed, signals, pipes, a second instance."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from tests.flow.conftest import invoke, objects
from tests.helpers.signals import BREAKS, heard


def start(*words: object, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "faceapp", *(str(word) for word in words)]
    pipe = subprocess.PIPE
    with heard():
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env)


def next_line(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline()


def test_what_is_broken_off_is_no_error_of_ours(data_dir: Path) -> None:
    program = start("--data-dir", data_dir, "recognize", "demo", "--seconds", "100000", "--json")
    assert json.loads(next_line(program.stdout))["decision"] == "unknown"
    program.send_signal(signal.SIGINT)
    _, stderr = program.communicate(timeout=30)
    assert program.returncode == 130
    assert stderr == "Stopped.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals cannot be heard there")
@pytest.mark.parametrize("ended_by", BREAKS)
def test_a_signal_closes_the_window_tidily(data_dir: Path, ended_by: signal.Signals) -> None:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    program = start("--data-dir", data_dir, env=env)
    database = data_dir / "faceapp.db"
    while not database.exists():  # the window opens it when it is painted
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"it ended by itself: {program.wait(timeout=0.05)}")
    program.send_signal(ended_by)
    _, stderr = program.communicate(timeout=60)
    assert (program.returncode, stderr) == (0, "")
    assert not database.with_name("faceapp.db-wal").exists()


# All commands hear the same signals: each is tried on the one that starts at once.
@pytest.mark.parametrize("broken_off_by", BREAKS)
def test_the_self_test_is_broken_off_as_commands_are(broken_off_by: signal.Signals) -> None:
    program = start("--self-test")
    next_line(program.stdout)
    program.send_signal(broken_off_by)
    _, stderr = program.communicate(timeout=30)
    assert (program.returncode, stderr) == (130, "Stopped.\n")


def test_a_demo_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    program = start("demo", "--headless", env=os.environ | {"TMPDIR": str(tmp_path)})
    said = [next_line(program.stderr) for _ in ("enrolling", "taking attendance")]
    assert list(tmp_path.iterdir())
    program.send_signal(BREAKS[-1])
    _, stderr = program.communicate(timeout=60)
    assert said == [
        "Enrolling 12 people who do not exist.\n",
        "Taking attendance with the demo camera.\n",
    ]
    assert (program.returncode, stderr) == (130, "Stopped.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_ends_the_program_quietly(data_dir: Path) -> None:
    program = start("--data-dir", data_dir, "recognize", "demo", "--seconds", "100000", "--json")
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    assert program.stderr.read() == ""
    assert program.wait(timeout=60) != 0
    program.stderr.close()


def test_entries_of_a_killed_run_are_kept(data_dir: Path, demo_people: Path) -> None:
    assert invoke(data_dir, "import", demo_people).exit_code == 0
    program = start(
        "--data-dir", data_dir, "recognize", "demo", "--log", "--seconds", "100000",
    )  # fmt: skip
    told = next_line(program.stdout)
    program.kill()
    program.communicate(timeout=30)
    names = [entry["name"] for entry in objects(invoke(data_dir, "entries", "--json"))]
    assert names
    assert any(name in told for name in names)


@pytest.mark.skipif(sys.platform == "win32", reason="names there are never bytes")
def test_any_terminal_can_print_any_name(data_dir: Path, demo_people: Path) -> None:
    picture = demo_people / "P01 - Clara Bennett" / "front.jpg"
    latin = os.environ | {"PYTHONIOENCODING": "latin-1:strict", "PYTHONUTF8": "0"}
    words = ("--data-dir", data_dir, "enroll", "P01", "--name", "李小龍 😀", picture)
    for command in (words, ("--data-dir", data_dir, "people")):
        program = start(*command, env=latin)
        _, stderr = program.communicate(timeout=60)
        assert program.returncode == 0, stderr
