from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from faceapp.app import open_parts
from faceapp.cli import commands
from faceapp.errors import ModelError
from tests.helpers.terminal import Terminal

Run = Callable[..., Result]
Lines = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session", autouse=True)
def real_models(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where the models are not there; journeys need the real ones."""
    from faceapp.config import Settings

    parts = open_parts(tmp_path_factory.mktemp("models"))
    try:
        parts.build_pipeline(Settings()).close()
    except ModelError as error:
        pytest.skip(f"the models are not here: {error}")


def invoke(data: Path, *words: object, answer: str | None = None) -> Result:
    """Run the command line in this process; exceptions that are our bugs come through."""
    texts = ["--data-dir", str(data), *(str(word) for word in words)]
    terminal = None if answer is None else Terminal(answer)
    result = CliRunner().invoke(commands, texts, obj=open_parts, input=terminal)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def run(data_dir: Path) -> Run:
    return lambda *words, answer=None: invoke(data_dir, *words, answer=answer)


def objects(result: Result) -> list[dict[str, Any]]:
    """Read the JSON lines of a command that must have worked."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def lines(run: Run) -> Lines:
    return lambda *words: objects(run(*words))
