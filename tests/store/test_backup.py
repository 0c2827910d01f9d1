"""A backup holds what was there at its moment, in one file, and harms no file of anybody."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from faceapp.errors import StoreCorrupt, StoreError, TargetUnwritable
from faceapp.store import inspect_backup
from faceapp.store.connection import side_files
from faceapp.types import Backup, Damage
from tests.helpers.data import GRACE, OMAR, sample, service_on
from tests.helpers.disk import files_left, garble
from tests.store.backups import content, copy_by_hand, everything, some_days


def test_a_backup_holds_what_was_there_at_that_moment(path: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        before = everything(service)
        target = tmp_path / "copy.db"
        assert service.backup(target) == target
        service.forget(OMAR.id)
    assert target.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
    assert content(target) == before


def test_a_backup_is_one_plain_file(copy: Path, path: Path) -> None:
    assert set(copy.parent.iterdir()) == {copy, path.parent}
    # As from a read-only medium: no file beside can be made.
    uri = f"file:{copy}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as reader:
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert reader.execute("SELECT count(*) FROM entries").fetchone() == (6,)


def test_a_backup_replaces_an_older_one(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"an older copy")
    with service_on(path) as service:
        some_days(service)
        service.backup(target)
    assert content(target) == content(path)


def test_a_backup_never_takes_the_place_of_the_database_or_its_log(
    path: Path, tmp_path: Path
) -> None:
    with service_on(path) as service:
        some_days(service)
        before = everything(service)
        assert side_files(path)[0].exists()
        link = tmp_path / "copy.db"
        for own in (path, *side_files(path)):
            link.unlink(missing_ok=True)
            link.symlink_to(own)
            for target in (own, own.parent / "." / ".." / "data" / own.name, link):
                with pytest.raises(TargetUnwritable, match="why=is_the_database"):
                    service.backup(target)
    assert content(path) == before


@pytest.mark.parametrize(
    ("name", "why"),
    [("nowhere/copy.db", "folder_missing"), ("x" * 250, "too_long"), ("x" * 300, "too_long")],
)
def test_a_place_where_no_backup_can_be_is_refused(
    path: Path, tmp_path: Path, name: str, why: str
) -> None:
    with service_on(path) as service, pytest.raises(TargetUnwritable, match=f"why={why}"):
        service.backup(tmp_path / name)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_one_may_not_enter_is_refused(path: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with service_on(path) as service, pytest.raises(TargetUnwritable, match="why=denied"):
        service.backup(closed / "copy.db")
    closed.chmod(0o700)


@pytest.mark.parametrize("count", range(3))
def test_a_backup_says_when_too_many_files_are_open(path: Path, tmp_path: Path, count: int) -> None:
    with service_on(path) as service:
        some_days(service)
        with files_left(count), pytest.raises((StoreError, TargetUnwritable)) as caught:
            service.backup(tmp_path / "copy.db")
        assert caught.value.details["why"] == "too_many_open"
        assert list(tmp_path.iterdir()) == [path.parent]
        service.backup(tmp_path / "copy.db")


def test_what_killed_backups_left_goes_with_the_next(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    abandoned = tmp_path / ".former.db.0123456789ab.faceapp"
    young = tmp_path / ".copy.db.ba9876543210.faceapp"
    for file in (abandoned, *side_files(abandoned), young):
        file.write_bytes(b"half")
        if file != young:
            os.utime(file, (0, 0))
    with service_on(path) as service:
        service.backup(target)
    assert {file for file in tmp_path.iterdir() if file.is_file()} == {target, young}


def test_a_new_backup_does_not_take_over_the_log_of_the_file_it_replaces(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy_by_hand(tmp_path / "other" / "faceapp.db", copy)
    log = side_files(copy)[0]
    with service_on(path) as service:
        service.enrol(GRACE, [sample(7)])
        with pytest.raises(TargetUnwritable, match="why=log_beside"):
            service.backup(copy)
        assert log.stat().st_size > 0
        log.unlink()
        service.backup(copy)
    assert content(copy) == content(path)


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_somebody_elses_file_with_the_name_of_a_log_is_left_alone(
    path: Path, tmp_path: Path, ending: str
) -> None:
    mine = tmp_path / f"travel{ending}"
    mine.write_text("mine")
    with service_on(path) as service, pytest.raises(TargetUnwritable, match="why=log_beside"):
        service.backup(tmp_path / "travel")
    assert mine.read_text() == "mine"
    assert set(tmp_path.iterdir()) == {mine, path.parent}


def test_an_empty_file_with_the_name_of_a_log_hinders_no_backup(path: Path, tmp_path: Path) -> None:
    (tmp_path / "travel-wal").touch()
    with service_on(path) as service:
        some_days(service)
        copy = service.backup(tmp_path / "travel")
    assert content(copy) == content(path)


def test_a_backup_is_inspected_while_the_database_is_open(path: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        none = service.backup(tmp_path / "none.db")
        some_days(service)
        copy = service.backup(tmp_path / "copy.db")
        service.forget(OMAR.id)
        last = service.entries()[-1].at
        before = (copy.read_bytes(), everything(service))
        assert inspect_backup(none, path) == Backup(0, 0, None, Damage())
        assert inspect_backup(copy, path) == Backup(2, 6, last, Damage())
        assert (copy.read_bytes(), everything(service)) == before
    assert not list(path.parent.glob(".*"))
    assert set(tmp_path.iterdir()) == {copy, none, path.parent}


@pytest.mark.parametrize(
    ("sound", "flipped"),
    [
        (b"CREATE TABLE person_groups", b"CReATE TABLE person_groups"),
        (b"tablesqlite_sequence", b"tablesqlite_sEquence"),
    ],
)
def test_a_file_that_cannot_be_rebuilt_is_called_damaged(
    path: Path, tmp_path: Path, sound: bytes, flipped: bytes
) -> None:
    """SQLite reads it as before, since case does not matter there; only VACUUM compares it."""
    with service_on(path) as service:
        some_days(service)
    garble(path, sound, flipped)
    target = tmp_path / "copy.db"
    with service_on(path) as service:
        with pytest.raises(StoreCorrupt):
            service.forget(OMAR.id)
        with pytest.raises(StoreCorrupt) as caught:
            service.backup(target)
    assert caught.value.details["path"] == path
    assert not target.exists()
