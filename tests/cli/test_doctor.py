from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from faceapp.service import Service
from tests.cli.conftest import Run
from tests.helpers.clock import MONDAY
from tests.helpers.data import GRACE, OMAR, sample, sighting
from tests.helpers.disk import alter


def found(result: Result, what: str) -> tuple[str, str]:
    """Return the line of a check and the line below it, which says what to do."""
    lines = result.stdout.splitlines()
    at = next(at for at, line in enumerate(lines) if f"{what}:" in line)
    return lines[at], lines[at + 1]


WITHOUT = """
import sys
sys.modules["ai_edge_litert"] = None
sys.argv = ["faceapp", "doctor"]
from faceapp.__main__ import main
main()
"""


@pytest.mark.usefixtures("data_dir")
def test_a_library_that_does_not_load_is_a_finding_and_the_rest_is_looked_at() -> None:
    # A process of its own: what is imported once stays.
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    checks = [line.split(":")[0].split(maxsplit=1) for line in done.stdout.splitlines()]
    assert ["bad", "models"] in checks
    assert [words[-1] for words in checks if words[0] != "->"][-2:] == ["camera", "display"]


def test_an_opencv_that_brings_a_second_qt_is_found(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "opencv-python " not in run("doctor").stdout
    about = tmp_path / "opencv_python-4.13.0.92.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: opencv-python\nVersion: 4.13.0.92\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    packages, mend = found(run("doctor"), "packages")
    assert packages.startswith("caution")
    assert packages.endswith("also installed: opencv-python")
    assert '"pip uninstall opencv-python"' in mend


@pytest.mark.skipif(os.name == "nt", reason="has no such rights")
def test_a_folder_that_others_may_look_into_is_named(run: Run, data_dir: Path) -> None:
    folder = data_dir / "made"
    run("--data-dir", folder, "people")
    assert {one.stat().st_mode & 0o777 for one in (folder, folder / "logs")} == {0o700}
    assert "other users" not in run("--data-dir", folder, "doctor").stdout
    folder.chmod(0o750)
    place, mend = found(run("--data-dir", folder, "doctor"), "data folder")
    assert place.startswith("caution")
    assert f"chmod 700 {folder}" in mend
    assert folder.stat().st_mode & 0o777 == 0o750


def test_damaged_samples_and_entries_are_named_with_what_to_do(
    run: Run, service: Service, data_dir: Path
) -> None:
    for person in (GRACE, OMAR):
        service.enrol(person, [sample(1), sample(2)])
    service.record(sighting(GRACE.id, MONDAY))
    alter(
        data_dir / "faceapp.db",
        "UPDATE templates SET vector = zeroblob(32) WHERE id = 3;"
        " DROP TRIGGER entries_never_change;"
        " UPDATE entries SET local_date = '2026-11-53'",
    )
    database, mend = found(run("doctor"), "database")
    assert database.startswith("caution")
    assert "damaged samples of P02; damaged entries: 1" in database
    assert "changed by another program: trigger entries_never_change" in database
    assert "Add new samples" in mend
    listed = run("entries")
    assert "1 damaged entry" in listed.stderr
    assert "No entries found" in listed.stdout
    assert "1 damaged entry" in run("export", "-o", data_dir / "x.csv").stderr
