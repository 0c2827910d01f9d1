"""How an export gets into its place: whole or not at all, and never over what another one holds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import pytest

from faceapp.errors import TargetUnwritable
from faceapp.export.tables import Table, entry_table
from faceapp.export.writing import write_table
from faceapp.store.files import flush_folder
from faceapp.types import Entry
from tests.helpers.data import ENTRY
from tests.helpers.disk import files_left, no_file_beyond

FORMER = b"the former export"


def write(target: Path, entries: Iterable[Entry] = (ENTRY,)) -> Path | None:
    return write_table(target, entry_table(entries))


def refusal(target: Path, kind: str | None = None) -> TargetUnwritable:
    """Return why nothing can be written there."""
    with pytest.raises(TargetUnwritable) as caught:
        write_table(target, entry_table([ENTRY]), kind=kind)
    assert caught.value.details["path"] == target
    return caught.value


def numbered(target: Path, number: int) -> Path:
    return target.with_stem(f"{target.stem} ({number})")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which temporary files lie of whoever does not say where."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("name", "kind", "is_workbook"),
    [("a.csv", None, False), ("a.XLSX", None, True), ("a", None, False), ("a.csv", "xlsx", True)],
)
def test_the_ending_says_the_format_unless_one_is_given(
    tmp_path: Path, name: str, kind: str | None, is_workbook: bool
) -> None:
    path = tmp_path / name
    assert write_table(path, entry_table([ENTRY]), kind=kind) == path
    assert path.read_bytes().startswith(b"PK") is is_workbook


def test_progress_is_told_and_ends_with_all(target: Path) -> None:
    told: list[int] = []
    assert write_table(target, entry_table([ENTRY] * 1201), progress=told.append) == target
    assert told == [500, 1000, 1201]
    write_table(target, entry_table([]), progress=told.append)
    assert told[-1] == 0


@pytest.mark.parametrize("after", [0, 700, 1000])
def test_a_cancelled_export_leaves_nothing(target: Path, temporary: Path, after: int) -> None:
    target.write_bytes(FORMER)
    read = 0

    def rows() -> Iterator[Entry]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield ENTRY

    assert write_table(target, entry_table(rows()), cancelled=lambda: read >= after) is None
    assert target.read_bytes() == FORMER
    assert list(target.parent.iterdir()) == [target]
    assert list(temporary.iterdir()) == []
    assert read <= after + 500


def test_what_a_killed_export_may_leave_lies_beside_its_target(
    target: Path, temporary: Path
) -> None:
    during: set[str] = set()

    def rows() -> Iterator[Entry]:
        yield from [ENTRY] * 1000
        assert list(temporary.iterdir()) == []
        during.update(file.name for file in target.parent.iterdir())

    write(target, rows())
    assert during
    for file in during:  # the form of what the next export clears away
        assert re.fullmatch(rf"\.{re.escape(target.name)}\.[0-9a-f]{{12}}\.faceapp", file)
    assert list(target.parent.iterdir()) == [target]


def test_what_killed_exports_left_goes_with_the_next(target: Path) -> None:
    name, token = target.name, "0123456789ab"
    abandoned = {f".{name}.{token}.faceapp", f".yesterday.xlsx.{token}.faceapp"}
    others = {f".{name}.of-somebody.faceapp", f".{name}.{token}.tmp", f"{name}.{token}.faceapp"}
    young = {f".{name}.ba9876543210.faceapp"}
    for left in (*abandoned, *others, *young):
        target.with_name(left).write_bytes(b"half")
    for left in (*abandoned, *others):
        os.utime(target.with_name(left), (0, 0))
    write(target)
    assert {file.name for file in target.parent.iterdir()} == {name} | others | young


def test_rows_that_fail_leave_nothing(target: Path) -> None:
    def rows() -> Iterator[Entry]:
        yield ENTRY
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="the database is gone"):
        write(target, rows())
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("lock", [".~lock.{}#", "~${}"])
def test_a_target_open_in_an_office_program_gets_a_number(target: Path, lock: str) -> None:
    target.write_bytes(FORMER)
    held = target.with_name(lock.format(target.name))
    held.touch()
    assert [write(target) for _ in range(2)] == [numbered(target, 2), numbered(target, 3)]
    assert target.read_bytes() == FORMER
    held.unlink()
    assert write(target) == target
    assert target.read_bytes() != FORMER


def test_without_a_free_number_it_is_not_said_that_anything_was_written(target: Path) -> None:
    for taken in (target, target.with_name(f".~lock.{target.name}#")):
        taken.touch()
    for number in range(2, 1000):
        numbered(target, number).touch()
    assert refusal(target).details["why"] == "held"
    assert not any(path.stat().st_size for path in target.parent.iterdir())


def test_a_target_that_cannot_be_replaced_gets_a_number(target: Path) -> None:
    target.write_bytes(FORMER)
    if shutil.which("chattr") is None or subprocess.call(
        ["chattr", "+i", str(target)], stderr=subprocess.DEVNULL
    ):
        pytest.skip("needs a file that nobody may replace")
    try:
        written = write(target)
    finally:
        subprocess.check_call(["chattr", "-i", str(target)])
    assert written == numbered(target, 2)
    assert target.read_bytes() == FORMER


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are the folder's")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o440])
def test_an_export_is_open_to_whom_the_former_was(target: Path, mode: int) -> None:
    def rows() -> Iterator[Entry]:
        yield ENTRY
        (unfinished,) = target.parent.glob(".*.faceapp")
        assert unfinished.stat().st_mode & 0o777 == 0o600

    target.write_bytes(FORMER)
    target.chmod(mode)
    write(target, rows())
    assert target.read_bytes() != FORMER
    assert target.stat().st_mode & 0o777 == mode


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are the folder's")
def test_a_new_export_is_as_open_as_any_new_file(target: Path, tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write(target)
    assert target.stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize(
    ("place", "why"), [("none", "folder_missing"), ("file", "folder_missing"), ("", "folder")]
)
def test_a_place_that_cannot_be_written_is_reported(target: Path, place: str, why: str) -> None:
    file = target.with_name("file")
    file.write_text("")
    wanted = target.parent / place / target.name if place else target.parent
    assert refusal(wanted, target.suffix[1:]).details["why"] == why
    assert list(target.parent.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="files lie about there as files only")
def test_what_is_no_file_is_neither_written_nor_replaced(target: Path) -> None:
    pipe = target.with_name("pipe")
    os.mkfifo(pipe)
    target.symlink_to(pipe)
    reader, writer = os.pipe()  # as /dev/stdout is one, which leads to no name
    with os.fdopen(reader), os.fdopen(writer, "w"):
        for wanted in (pipe, target, Path(f"/dev/fd/{writer}"), Path(f"/proc/self/fd/{writer}")):
            if wanted.exists():
                assert refusal(wanted, target.suffix[1:]).details["why"] == "not_a_file"
    assert pipe.is_fifo()
    assert set(target.parent.iterdir()) == {pipe, target}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_stays_and_the_file_that_it_leads_to_is_replaced(
    target: Path, tmp_path: Path
) -> None:
    link = tmp_path / target.name
    target.write_bytes(FORMER)
    link.symlink_to(target)
    assert write(link) == link
    assert link.is_symlink()
    assert target.read_bytes() != FORMER
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.skipif(sys.platform != "linux", reason="has a folder that cannot be waited for")
def test_a_folder_that_knows_no_waiting_is_not_waited_for() -> None:
    flush_folder(Path("/proc/self"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to reach")
def test_a_full_disk_is_reported_and_the_former_file_kept(target: Path) -> None:
    target.write_bytes(FORMER)
    with no_file_beyond(20_000), pytest.raises(TargetUnwritable) as caught:
        # What the system says here is not "full", but it fails at the same places.
        write(target, [ENTRY] * 5000)
    assert caught.value.details["why"] == "file_limit"
    assert target.read_bytes() == FORMER
    assert list(target.parent.iterdir()) == [target]


def test_a_process_with_too_many_open_files_is_not_called_forbidden(
    target: Path, tmp_path: Path
) -> None:
    write(tmp_path / target.name)  # imports what it needs
    with files_left(0):
        error = refusal(target)
    assert error.details["why"] == "too_many_open"


def test_a_long_export_holds_one_page_at_a_time(target: Path) -> None:
    alive = 0
    most = 0

    class Counted(str):
        __slots__ = ()

        def __new__(cls, text: str) -> Self:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)
            return super().__new__(cls, text)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    rows = ((Counted(f"row {number}"),) for number in range(3000))
    write_table(target, Table("table", ("column",), rows))
    assert most < 100
