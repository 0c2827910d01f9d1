from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from faceapp.messages import WHYS
from faceapp.store.lock import FileLock
from tests.cli.conftest import Run, error_line
from tests.helpers.data import GRACE, OMAR, sample, service_on
from tests.helpers.disk import alter


@pytest.fixture(autouse=True)
def grace(data_dir: Path) -> None:
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(GRACE, [sample(1)])


@pytest.fixture
def copy(run: Run, tmp_path: Path) -> Path:
    """Return a backup in which there is nobody but Grace."""
    run("backup", tmp_path / "copy.db")
    return tmp_path / "copy.db"


def enrol_omar(data_dir: Path) -> None:
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(OMAR, [sample(2)])


def people(database: Path) -> list[str]:
    with service_on(database) as service:
        return [row.person.id for row in service.people()]


def test_a_backup_comes_back(run: Run, data_dir: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    result = run("backup", copy)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{copy}\n", "")
    enrol_omar(data_dir)
    result = run("restore", copy, "--yes")
    assert result.exit_code == 0, result.stderr
    assert people(data_dir / "faceapp.db") == ["P01"]
    assert "before-restore-1.db" in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
def test_somebody_at_a_terminal_is_told_what_takes_a_while(data_dir: Path, tmp_path: Path) -> None:
    import pty

    def told(*words: object) -> list[str]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "faceapp", "--data-dir", *map(str, (data_dir, *words))]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
        said = os.read(ours, 4096).decode().splitlines()
        os.close(ours)
        os.close(theirs)
        return said

    copy = tmp_path / "copy.db"
    assert told("backup", copy)[0] == "Writing the copy and checking it."
    assert told("restore", copy, "--yes") == ["Checking the backup.", "Restoring the backup."]


def test_a_backup_works_while_the_window_is_open(run: Run, data_dir: Path, tmp_path: Path) -> None:
    with FileLock(data_dir / "faceapp.lock"), service_on(data_dir / "faceapp.db") as window:
        window.enrol(OMAR, [sample(2)])
        assert run("backup", tmp_path / "copy.db").exit_code == 0
    assert people(tmp_path / "copy.db") == ["P01", "P02"]


def test_a_backup_is_replaced_only_when_that_is_said(run: Run, data_dir: Path, copy: Path) -> None:
    (data_dir / "faceapp.db").unlink()
    before = copy.read_bytes()
    said = error_line(run("backup", copy))
    assert said == f"faceapp: {copy} already exists; add --force to replace it.\n"
    assert copy.read_bytes() == before
    assert run("backup", "--force", copy).exit_code == 0
    assert copy.read_bytes() != before


def test_a_backup_needs_the_name_of_a_file(run: Run, tmp_path: Path) -> None:
    """The folder may be that of a stick that is not there."""
    assert "is a folder; add the name of a file." in run("backup", f"{tmp_path}/stick/").stderr
    assert not (tmp_path / "stick").exists()


def test_a_backup_cannot_be_printed(run: Run) -> None:
    assert run("backup", "-").exit_code == 2


def test_without_a_terminal_nothing_is_replaced(run: Run, data_dir: Path, copy: Path) -> None:
    before = (data_dir / "faceapp.db").read_bytes()
    result = run("restore", copy)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--yes" in result.stderr
    assert (data_dir / "faceapp.db").read_bytes() == before


def test_restoring_under_an_open_window_is_refused(run: Run, data_dir: Path, copy: Path) -> None:
    enrol_omar(data_dir)
    with FileLock(data_dir / "faceapp.lock"):
        result = run("restore", copy, "--yes")
    assert "already open on this data folder" in error_line(result)
    assert people(data_dir / "faceapp.db") == ["P01", "P02"]


def test_restoring_asks_first(run: Run, data_dir: Path, copy: Path) -> None:
    enrol_omar(data_dir)
    result = run("restore", copy, answer="n\n")
    assert result.exit_code == 1
    assert "The backup holds 1 person and 0 entries." in result.stderr
    assert result.stderr.endswith("faceapp: Nothing was changed.\n")
    assert people(data_dir / "faceapp.db") == ["P01", "P02"]


def test_a_damaged_backup_is_put_back_and_what_is_damaged_is_said(
    run: Run, data_dir: Path, copy: Path
) -> None:
    alter(copy, "UPDATE people SET name = CAST(x'ff00fe' AS TEXT)")
    asked = run("restore", copy, answer="n\n")
    said = run("restore", copy, "--yes")
    for result in (asked, said):
        assert "The backup is not intact: a damaged name" in result.stderr
    assert (asked.exit_code, said.exit_code) == (1, 0)
    assert people(data_dir / "faceapp.db") == ["P01"]
    found = run("doctor").stdout
    assert "caution database" in found
    assert "a damaged name" in found


def test_who_is_forgotten_is_still_in_what_a_restore_put_aside(
    run: Run, data_dir: Path, copy: Path
) -> None:
    run("restore", copy, "--yes")
    result = run("forget", "P01", "--yes")
    assert result.exit_code == 0
    assert str(data_dir / "faceapp-before-restore-1.db") in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("gone.db", None, "missing"),
        ("a-file/gone.db", None, "missing" if os.name == "nt" else "unreadable"),
        ("empty.db", b"", "no_backup"),
        ("text.db", b"no database at all" * 1000, "no_backup"),
    ],
)
def test_what_is_no_backup_changes_nothing_and_is_called_what_it_is(
    run: Run, data_dir: Path, tmp_path: Path, name: str, content: bytes | None, why: str
) -> None:
    (tmp_path / "a-file").touch()
    source = tmp_path / name
    if content is not None:
        source.write_bytes(content)
    said = error_line(run("restore", source, "--yes"))
    assert said.startswith(f"faceapp: The backup {source} cannot be used: {WHYS[why]}.")
    assert people(data_dir / "faceapp.db") == ["P01"]


@pytest.mark.skipif(os.name == "nt", reason="has no pipes in folders")
def test_a_pipe_is_no_backup(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "it is not an ordinary file" in error_line(run("restore", tmp_path / "pipe", "--yes"))


def test_a_damaged_database_is_said_and_left(run: Run, data_dir: Path) -> None:
    (data_dir / "faceapp.db").write_bytes(b"\0" * 10_000)
    for words in (("people",), ("entries",), ("export", "-o", data_dir / "x.csv")):
        assert "it was left as it is" in error_line(run(*words))
    assert (data_dir / "faceapp.db").read_bytes() == b"\0" * 10_000
