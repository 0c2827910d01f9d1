"""Ctrl-C and its like while the program still loads its code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.signals import BREAKS, heard

# The finder sends the signal when the module is looked for, as somebody does who changes his mind.
CODE = """
import signal, sys

class Impatient:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            sys.meta_path.remove(self)
            signal.raise_signal(int(number))

module, number = sys.argv[1:3]
del sys.argv[1:3]
sys.meta_path.insert(0, Impatient())
from faceapp.__main__ import main
main()
"""


def broken_off(module: str, number: signal.Signals, *words: str) -> tuple[int, str]:
    """Run the app until it imports ``module``, send it the signal; return exit code and stderr."""
    command = [sys.executable, "-c", CODE, module, str(int(number)), *words]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with heard():
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=60, check=False
        )
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the exit code is another there")
@pytest.mark.parametrize("module", ["faceapp.cli", "click"])
@pytest.mark.parametrize("number", BREAKS)
@pytest.mark.usefixtures("data_dir")
def test_before_a_command_begins_it_just_ends(module: str, number: signal.Signals) -> None:
    assert broken_off(module, number, "people") == (-number, "")


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("PySide6", ()),
        ("PySide6.support", ()),
        ("PySide6.QtGui", ()),
        ("PySide6.support", ("demo", "--data-dir", "demo")),
    ],
)
@pytest.mark.usefixtures("data_dir")
def test_while_the_window_loads_it_ends_as_commands_do(
    module: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, stderr = broken_off(module, signal.SIGINT, *words)
    assert (code, stderr.splitlines()[-1]) == (130, "Stopped.")
    assert "Traceback" not in stderr
