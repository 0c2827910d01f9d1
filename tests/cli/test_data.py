from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from faceapp.store.lock import FileLock
from tests.cli.conftest import Run
from tests.helpers.data import GRACE, OMAR, sample, service_on


@pytest.fixture(autouse=True)
def grace(data_dir: Path) -> None:
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(GRACE, [sample(1)])


def people(data_dir: Path) -> list[str]:
    with service_on(data_dir / "faceapp.db") as service:
        return [row.person.id for row in service.people()]


def test_a_backup_comes_back(run: Run, data_dir: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    result = run("backup", copy)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{copy}\n"
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(OMAR, [sample(2)])
    result = run("restore", copy, "--yes")
    assert result.exit_code == 0, result.stderr
    assert people(data_dir) == ["P01"]
    assert "before-restore-1.db" in result.stdout


def test_a_backup_works_while_the_window_is_open(run: Run, data_dir: Path, tmp_path: Path) -> None:
    with (
        FileLock(data_dir / "faceapp.lock"),
        service_on(data_dir / "faceapp.db") as window,
    ):
        window.enrol(OMAR, [sample(2)])
        assert run("backup", tmp_path / "copy.db").exit_code == 0
    with service_on(tmp_path / "copy.db") as copy:
        assert [row.person.id for row in copy.people()] == ["P01", "P02"]


def test_a_backup_is_replaced_only_when_that_is_said(
    run: Run, data_dir: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    run("backup", copy)
    (data_dir / "faceapp.db").unlink()
    before = copy.read_bytes()
    result = run("backup", copy)
    assert result.exit_code == 1
    assert result.stderr == f"faceapp: {copy} exists already; --force replaces it.\n"
    assert copy.read_bytes() == before
    assert run("backup", "--force", copy).exit_code == 0
    assert copy.read_bytes() != before


def test_a_backup_that_went_well_says_nothing_to_who_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("backup", tmp_path / "copy.db")
    assert (result.exit_code, result.stderr) == (0, "")
    assert run("backup", "-").exit_code == 2


def test_without_a_terminal_nothing_is_replaced(run: Run, data_dir: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "copy.db")
    before = (data_dir / "faceapp.db").read_bytes()
    result = run("restore", tmp_path / "copy.db")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--yes" in result.stderr
    assert (data_dir / "faceapp.db").read_bytes() == before


def test_restoring_under_an_open_window_is_refused(
    run: Run, data_dir: Path, tmp_path: Path
) -> None:
    run("backup", tmp_path / "copy.db")
    with FileLock(data_dir / "faceapp.lock"):
        result = run("restore", tmp_path / "copy.db", "--yes")
    assert result.exit_code == 1
    assert "already open on this data folder" in result.stderr
    assert people(data_dir) == ["P01"]


def test_restoring_asks_first(run: Run, data_dir: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "copy.db")
    with service_on(data_dir / "faceapp.db") as service:
        service.enrol(OMAR, [sample(2)])
    result = run("restore", tmp_path / "copy.db", answer="n\n")
    assert result.exit_code == 1
    assert "The backup holds 1 person and 0 entries." in result.stderr
    assert people(data_dir) == ["P01", "P02"]


def test_a_damaged_backup_is_put_back_and_what_is_damaged_is_said(
    run: Run, data_dir: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    run("backup", copy)
    with closing(sqlite3.connect(copy)) as other, other:
        other.execute("UPDATE people SET name = CAST(x'ff00fe' AS TEXT)")
    asked = run("restore", copy, answer="n\n")
    said = run("restore", copy, "--yes")
    for result in (asked, said):
        assert "The backup is not whole: a damaged name" in result.stderr
    assert (asked.exit_code, said.exit_code) == (1, 0)
    assert people(data_dir) == ["P01"]
    found = run("doctor").stdout
    assert "caution database" in found
    assert "a damaged name" in found


@pytest.mark.parametrize("name", ["gone.db", "a-file/gone.db"])
def test_a_backup_that_is_not_there_is_not_called_damaged(
    run: Run, data_dir: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    result = run("restore", tmp_path / name, "--yes")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"faceapp: The backup {tmp_path / name} cannot be used: ")
    assert people(data_dir) == ["P01"]


@pytest.mark.skipif(os.name == "nt", reason="has no pipes in folders")
def test_a_pipe_is_no_backup(run: Run, data_dir: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = run("restore", tmp_path / "pipe", "--yes")
    assert result.exit_code == 1
    assert "it is not an ordinary file" in result.stderr
    assert people(data_dir) == ["P01"]


def test_who_is_forgotten_is_still_in_what_a_restore_put_aside(
    run: Run, data_dir: Path, tmp_path: Path
) -> None:
    run("backup", tmp_path / "copy.db")
    run("restore", tmp_path / "copy.db", "--yes")
    result = run("forget", "P01", "--yes")
    assert result.exit_code == 0
    assert str(data_dir / "faceapp-before-restore-1.db") in result.stderr


def test_an_empty_data_folder_is_wrong_usage(run: Run) -> None:
    assert run("--data-dir", "", "people").exit_code == 2


@pytest.mark.parametrize("content", [b"", b"no database at all" * 1000])
def test_what_is_no_backup_changes_nothing(
    run: Run, data_dir: Path, tmp_path: Path, content: bytes
) -> None:
    source = tmp_path / "copy.db"
    source.write_bytes(content)
    result = run("restore", source, "--yes")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"faceapp: The backup {source} cannot be used: it is damaged")
    assert people(data_dir) == ["P01"]


def test_a_damaged_database_is_said_and_left(run: Run, data_dir: Path) -> None:
    (data_dir / "faceapp.db").write_bytes(b"\0" * 10_000)
    for words in (("people",), ("entries",), ("export", "-o", data_dir / "x.csv")):
        result = run(*words)
        assert result.exit_code == 1
        assert "it was left as it is" in result.stderr
        assert result.stderr.count("\n") == 1
    assert (data_dir / "faceapp.db").read_bytes() == b"\0" * 10_000
