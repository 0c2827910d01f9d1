from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from faceapp.app import open_parts
from faceapp.cli import commands

Run = Callable[..., Result]
Lines = Callable[..., list[dict[str, Any]]]


def invoke(data: Path, *words: object) -> Result:
    """Run the command line in this process; exceptions that are our bugs come through."""
    texts = ["--data-dir", str(data), *(str(word) for word in words)]
    result = CliRunner().invoke(commands, texts, obj=open_parts)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def run(data_dir: Path) -> Run:
    return partial(invoke, data_dir)


def objects(result: Result) -> list[dict[str, Any]]:
    """Read the JSON lines of a command that must have worked."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def lines(run: Run) -> Lines:
    return lambda *words: objects(run(*words))
