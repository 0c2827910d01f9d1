from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from faceapp.app import open_parts
from faceapp.cli import commands
from tests.helpers.terminal import Terminal

Run = Callable[..., Result]


@pytest.fixture
def run(data_dir: Path) -> Run:
    """Run the command line in this process, on the empty data folder of the test."""
    del data_dir  # set in the environment

    def invoke(*words: object, answer: str | None = None) -> Result:
        texts = [str(word) for word in words]
        terminal = None if answer is None else Terminal(answer)
        result = CliRunner().invoke(commands, texts, obj=open_parts, input=terminal)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke
