from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.helpers.data import GRACE, MONDAY, OMAR, sample, service_on, sighting

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


@pytest.mark.skipif(os.name == "nt", reason="has no such rights")
def test_a_folder_that_others_may_look_into_is_named(run: Run, data_dir: Path) -> None:
    folder = data_dir / "made"
    run("--data-dir", folder, "people")
    assert {one.stat().st_mode & 0o777 for one in (folder, folder / "logs")} == {0o700}
    assert "other users" not in run("--data-dir", folder, "doctor").stdout
    folder.chmod(0o750)
    lines = run("--data-dir", folder, "doctor").stdout.splitlines()
    at = next(at for at, line in enumerate(lines) if "data folder:" in line)
    assert lines[at].startswith("caution")
    assert f"chmod 700 {folder}" in lines[at + 1]
    assert folder.stat().st_mode & 0o777 == 0o750


def test_damaged_samples_and_entries_are_named_with_what_to_do(run: Run, data_dir: Path) -> None:
    with service_on(data_dir / "faceapp.db") as service:
        for person in (GRACE, OMAR):
            service.enrol(person, [sample(1), sample(2)])
        service.record(sighting(GRACE.id, MONDAY))
        change = service._store._connection.run
        change("UPDATE templates SET vector = zeroblob(32) WHERE id = 3")
        change("DROP TRIGGER entries_never_change")
        change("UPDATE entries SET local_date = '2026-11-53'")
    lines = run("doctor").stdout.splitlines()
    at = next(at for at, line in enumerate(lines) if "database:" in line)
    assert lines[at].startswith("caution")
    assert "damaged samples of P02; 1 of the entries" in lines[at]
    assert "changed by another program: trigger entries_never_change" in lines[at]
    assert "Add new samples" in lines[at + 1]
    listed = run("entries")
    assert "Left out as damaged" in listed.stderr
    assert "no such entries" in listed.stdout
    assert "Left out as damaged" in run("export", "-o", data_dir / "x.csv").stderr
