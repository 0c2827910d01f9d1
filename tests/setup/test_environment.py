"""The script that makes virtual environments: when it takes one for ready."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout whose environment is stamped as ready, but has no interpreter yet."""
    (tmp_path / "packaging").mkdir()
    shutil.copy(ROOT / "packaging" / "environment.sh", tmp_path / "packaging")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    command = "{ pwd; cat pyproject.toml; } | cksum | cut -d' ' -f1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    (tmp_path / ".venv" / f".installed-app-{done.stdout.strip()}").touch()
    return tmp_path


def make_ready(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run the script where no other Python is to be found."""
    script = checkout / "packaging" / "environment.sh"
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": str(checkout / "no-python")}
    return subprocess.run(
        ["sh", script, "app"], capture_output=True, text=True, check=False, env=environment
    )


def interpreter(checkout: Path, text: str) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    python.chmod(0o700)


def test_a_ready_environment_is_left_alone(checkout: Path) -> None:
    interpreter(checkout, f'exec "{sys.executable}" "$@"')
    done = make_ready(checkout)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_interpreter_that_is_gone_is_made_anew(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "python").symlink_to(checkout / "gone")
    assert "needs Python 3.11 or newer" in make_ready(checkout).stderr


def test_an_interpreter_that_finds_its_packages_no_more_is_made_anew(checkout: Path) -> None:
    interpreter(checkout, f'exec "{sys.executable}" -I -S "$@"')
    assert "needs Python 3.11 or newer" in make_ready(checkout).stderr
