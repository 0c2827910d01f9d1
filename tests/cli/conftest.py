from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from faceapp.app import open_parts
from faceapp.cli import commands
from faceapp.service import Service
from tests.helpers.data import service_on
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
