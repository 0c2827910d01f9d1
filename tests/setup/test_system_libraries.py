"""The list of system libraries: one row each, and every mode of its script answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "system_libraries.sh"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")


def say(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", SCRIPT, *words], capture_output=True, text=True, check=False)


def test_packages_are_listed_once() -> None:
    packages = say("packages").stdout.split()
    assert {"libegl1", "libxkbcommon0", "libxcb-cursor0", "libwayland-cursor0"} <= set(packages)
    assert len(packages) == len(set(packages))


def test_what_is_missing_is_a_part_of_the_list() -> None:
    done = say("missing")
    assert done.returncode == 0
    assert set(done.stdout.split()) <= set(say("packages").stdout.split())


def test_a_wrong_word_explains_the_right_ones() -> None:
    done = say("uninstall")
    assert done.returncode == 2
    assert "packages|missing|install" in done.stderr
