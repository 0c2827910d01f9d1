from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

WITHOUT = """
import sys
sys.modules["ai_edge_litert"] = None
sys.argv = ["faceapp", "doctor"]
from faceapp.__main__ import main
main()
"""


def test_a_library_that_does_not_load_is_a_finding_and_the_rest_is_looked_at(
    data_dir: Path,
) -> None:
    del data_dir  # set in the environment
    # A process of its own: what is imported once stays.
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    found = [line.split(":")[0].split(maxsplit=1) for line in done.stdout.splitlines()]
    assert ["bad", "models"] in found
    assert [words[-1] for words in found if words[0] != "->"][-2:] == ["camera", "display"]


def test_an_opencv_that_brings_a_second_qt_is_found(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "opencv-python " not in run("doctor").stdout
    about = tmp_path / "opencv_python-4.13.0.92.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: opencv-python\nVersion: 4.13.0.92\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    lines = run("doctor").stdout.splitlines()
    at = next(at for at, line in enumerate(lines) if "packages:" in line)
    assert lines[at].startswith("caution")
    assert lines[at].endswith("beside them opencv-python")
    assert '"pip uninstall opencv-python"' in lines[at + 1]
