"""The commands on the data folder of the test, and a camera watched with a scripted one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from faceapp.app import open_parts
from faceapp.cli import commands
from faceapp.cli.recognizing import Recognizer
from faceapp.service import Service
from tests.cli.watching import NOTHING, Happens, PacedCamera, ScriptedParts, Shown, Watch, a_sample
from tests.helpers.clock import HandClock
from tests.helpers.data import GRACE, service_on
from tests.helpers.terminal import Terminal

Run = Callable[..., Result]


@pytest.fixture
def run(data_dir: Path) -> Run:
    """Run the command line in this process, on the empty data folder of the test."""

    def invoke(*words: object, answer: str | None = None) -> Result:
        texts = [str(word) for word in words]
        terminal = None if answer is None else Terminal(answer)
        result = CliRunner().invoke(commands, texts, obj=open_parts, input=terminal)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def service(data_dir: Path) -> Iterator[Service]:
    """Open the database beside the commands, as a window does."""
    with service_on(data_dir / "faceapp.db") as service:
        yield service


@pytest.fixture
def grace(service: Service) -> None:
    """Enrol Grace, whose face is the one that is seen."""
    service.enrol(GRACE, [a_sample(1.0, 0.0)])


@pytest.fixture
def watch(service: Service, grace: None, data_dir: Path) -> Watch:
    """Watch a camera to its end, or for ``seconds``; return what was shown."""

    def run(
        camera: PacedCamera,
        happens: Happens = NOTHING,
        *,
        log: bool = False,
        clock: HandClock | None = None,
        seconds: float | None = None,
    ) -> Shown:
        shown: Shown = []
        parts = ScriptedParts(data_dir, clock or HandClock(), camera, happens)
        Recognizer(parts, service, lambda *line: shown.append(line), log=log).camera("0", seconds)
        return shown

    return run


@pytest.fixture
def other(data_dir: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the database."""
    with closing(sqlite3.connect(data_dir / "faceapp.db", isolation_level=None)) as connection:
        yield connection


def error_line(result: Result) -> str:
    """Return the one line that says why a command could not do what it was told."""
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("faceapp: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def json_lines(result: Result) -> list[dict[str, Any]]:
    """Return what a command says with ``--json``."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]
