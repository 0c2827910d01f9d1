"""A restore puts back what a backup holds, keeps what it replaces, and refuses all else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from faceapp.errors import (
    AlreadyRunning,
    BackupUnreadable,
    StoreBusy,
    StoreError,
    TargetUnwritable,
)
from faceapp.store import FileLock, former_databases, inspect_backup, restore
from faceapp.store.connection import side_files
from faceapp.store.database import open_database
from faceapp.types import Damage, Person, PersonId
from tests.helpers.data import GRACE, OMAR, sample, service_on
from tests.helpers.disk import (
    alter,
    files_left,
    garble,
    garble_format,
    garble_schema,
    no_file_beyond,
    noise,
)
from tests.store.backups import content, copy_by_hand, everything, some_days


@pytest.fixture
def lock(path: Path) -> Path:
    return path.with_name("faceapp.lock")


def test_restoring_keeps_the_former_database(path: Path, lock: Path, copy: Path) -> None:
    before = content(path)
    with service_on(path) as service:
        service.forget(GRACE.id)
        after = everything(service)
    kept = restore(copy, path, lock)
    assert kept is not None
    assert former_databases(path) == [kept]
    assert content(path) == before
    assert content(kept) == after
    again = restore(copy, path, lock)
    assert again != kept
    assert len(former_databases(path)) == 2


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make links there")
def test_restoring_leaves_all_data_on_the_disk_that_a_link_leads_to(
    path: Path, lock: Path, copy: Path, tmp_path: Path
) -> None:
    before = content(path)
    older = restore(copy, path, lock)
    real = tmp_path / "encrypted" / "mine [1].db"
    real.parent.mkdir()
    path.replace(real)
    path.symlink_to(real)
    with service_on(path) as service:
        service.forget(GRACE.id)
        after = everything(service)
        with pytest.raises(StoreBusy):
            restore(copy, path, lock)
        with pytest.raises(TargetUnwritable, match="why=is_the_database"):
            service.backup(side_files(real)[0])
    kept = restore(copy, path, lock)
    assert kept == real.with_name("mine [1]-before-restore-1.db")
    assert former_databases(path) == [older, kept]
    assert content(kept) == after
    assert content(path) == before
    assert path.is_symlink()
    assert {file for file in path.parent.iterdir() if file.stat().st_size} == {path, older}


def test_restoring_works_on_an_empty_machine(copy: Path, path: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "faceapp.db"
    assert restore(copy, new, new.with_name("faceapp.lock")) is None
    assert content(new) == content(path)
    assert new.stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_a_damaged_database_can_be_replaced_and_is_kept(path: Path, lock: Path, copy: Path) -> None:
    before = content(path)
    rubbish = noise(10_000)
    path.write_bytes(rubbish)
    side_files(path)[0].write_bytes(b"its log")
    kept = restore(copy, path, lock)
    assert kept is not None
    assert kept.read_bytes() == rubbish
    assert side_files(kept)[0].read_bytes() == b"its log"
    assert former_databases(path) == [kept, side_files(kept)[0]]
    assert content(path) == before


def test_the_log_of_a_vanished_database_is_kept(path: Path, lock: Path, copy: Path) -> None:
    before = content(path)
    path.unlink()
    side_files(path)[0].write_bytes(b"facts")
    kept = restore(copy, path, lock)
    assert kept is not None
    assert former_databases(path) == [kept]
    assert kept.read_bytes() == b"facts"
    assert content(path) == before


def test_the_former_database_is_not_kept_beside_the_log_of_another(
    path: Path, lock: Path, copy: Path
) -> None:
    orphan = path.with_name("faceapp-before-restore-1.db-wal")
    orphan.write_bytes(b"of a database that was deleted")
    assert restore(copy, path, lock) == path.with_name("faceapp-before-restore-2.db")
    assert former_databases(path)[0] == orphan


@pytest.mark.parametrize("count", range(5))
def test_restoring_says_when_too_many_files_are_open(
    path: Path, lock: Path, copy: Path, count: int
) -> None:
    with files_left(count), pytest.raises(StoreError) as caught:
        restore(copy, path, lock)
    assert caught.value.details["why"] == "too_many_open"
    assert former_databases(path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to reach")
def test_a_former_database_that_does_not_fit_leaves_no_part_of_it(
    path: Path, lock: Path, copy: Path
) -> None:
    rubbish = noise(1_000_000)
    path.write_bytes(rubbish)
    with no_file_beyond(500_000), pytest.raises(StoreError):
        restore(copy, path, lock)
    assert former_databases(path) == []
    assert path.read_bytes() == rubbish


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER entries_stay",
        "DROP INDEX entries_by_time",
        "CREATE VIEW everybody AS SELECT * FROM people",
        'CREATE INDEX "odd ""name" ON people (name)',
        "CREATE TRIGGER evil AFTER INSERT ON people BEGIN DELETE FROM people; END",
        (
            "DROP TRIGGER entries_stay;"
            " CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT 1; END"
        ),
    ],
)
def test_what_another_program_changed_around_the_tables_is_put_right(
    path: Path, lock: Path, copy: Path, change: str
) -> None:
    before = content(path)
    alter(copy, change)
    restore(copy, path, lock)
    assert content(path) == before
    with service_on(path) as service:
        assert service.damage() == Damage()
        service.add_person(Person(PersonId("P99"), "Somebody"))
        assert len(service.people()) == 3


@pytest.mark.parametrize(
    "flipped",
    [
        b"\x7fTabletemplatestemplates",
        b"\x7etabletemplatestemplates",  # its SQL is bytes
    ],
)
def test_no_table_is_dropped_that_a_flipped_bit_calls_otherwise(
    path: Path, lock: Path, copy: Path, flipped: bytes
) -> None:
    before = content(path)
    garble(copy, b"\x7ftabletemplatestemplates", flipped)
    restore(copy, path, lock)
    assert content(path) == before


@pytest.mark.parametrize("flipped", [b"tRiggerentries_stay", b"triggerentries_sTay"])
def test_what_could_not_be_opened_after_a_restore_is_refused(
    path: Path, lock: Path, copy: Path, flipped: bytes
) -> None:
    before = content(path)
    garble(copy, b"triggerentries_stay", flipped)
    with pytest.raises(BackupUnreadable):
        restore(copy, path, lock)
    assert content(path) == before


def test_columns_that_others_have_added_do_no_harm(
    path: Path, lock: Path, copy: Path, tmp_path: Path
) -> None:
    alter(path, "ALTER TABLE people ADD COLUMN note TEXT")
    with service_on(path) as service:
        service.add_person(Person(PersonId("P99"), "Somebody"))
        before = everything(service)
        service.backup(copy)
    restore(copy, path, lock)
    assert content(path) == before


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("UPDATE people SET name = CAST(x'ff00fe' AS TEXT)", Damage(values=True)),
        ("UPDATE people SET enrolled_at_us = 9223372036854775807", Damage(values=True)),
        (
            "UPDATE templates SET vector = zeroblob(32) WHERE person = 2",
            Damage(samples_of=(OMAR.id,)),
        ),
    ],
)
def test_damage_inside_a_backup_is_told_and_it_can_be_restored(
    path: Path, lock: Path, copy: Path, harm: str, found: Damage
) -> None:
    alter(copy, harm)
    assert inspect_backup(copy, path).damage == found
    restore(copy, path, lock)
    with service_on(path) as service:
        assert service.damage() == found
        assert len(service.people()) == 2
        assert len(service.entries()) == 6


def rot(copy: Path) -> None:
    whole = copy.read_bytes()
    copy.write_bytes(whole[:8192] + noise(4096) + whole[12288:])


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda copy: alter(copy, "ALTER TABLE people DROP COLUMN agreed_at_us"), "altered"),
        (
            lambda copy: alter(
                copy,
                "CREATE TRIGGER halt BEFORE INSERT ON _sqlite_migrations"
                " BEGIN SELECT RAISE(ABORT, 'no'); END; DROP TABLE entries; PRAGMA user_version=3",
            ),
            "altered",
        ),
        (
            lambda copy: alter(copy, "DROP TABLE _sqlite_migrations; PRAGMA user_version=3"),
            "altered",
        ),
        (Path.unlink, "missing"),
        (lambda copy: os.truncate(copy, copy.stat().st_size - 5000), "no_backup"),
        (rot, "no_backup"),
        (lambda copy: copy.write_text("id,name"), "no_backup"),
        (garble_schema, "no_backup"),
        (garble_format, "no_backup"),
        (lambda copy: alter(copy, "PRAGMA user_version=7"), "too_new"),
    ],
)
def test_a_backup_that_cannot_be_used_changes_nothing(
    path: Path, lock: Path, copy: Path, spoil: Callable[[Path], object], why: str
) -> None:
    spoil(copy)
    before = path.read_bytes()
    for use in (inspect_backup, partial(restore, window_lock=lock)):
        with pytest.raises(BackupUnreadable) as caught:
            use(copy, path)
        assert caught.value.details == {"path": copy, "why": why}
    assert path.read_bytes() == before
    left = {file.name for file in path.parent.iterdir()} - {lock.name}
    assert left == {"faceapp.db", "faceapp.db.setup"}


def test_the_database_itself_is_no_backup(path: Path, lock: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        for own in (path, *(side for side in side_files(path) if side.exists())):
            for use in (inspect_backup, partial(restore, window_lock=lock)):
                with pytest.raises(BackupUnreadable, match="why=is_the_database"):
                    use(own, path)


def test_nothing_is_replaced_under_an_open_window(path: Path, lock: Path, copy: Path) -> None:
    with FileLock(lock), pytest.raises(AlreadyRunning):
        restore(copy, path, lock)
    assert former_databases(path) == []


def test_nothing_is_replaced_under_an_open_database(path: Path, lock: Path, copy: Path) -> None:
    with service_on(path) as service:
        with pytest.raises(StoreBusy):
            restore(copy, path, lock)
        service.forget(OMAR.id)
    assert former_databases(path) == []
    with closing(open_database(path)) as connection:
        connection.verify()


def test_a_hand_made_copy_with_its_log_is_taken_whole(
    path: Path, lock: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy_by_hand(path, copy)
    before = content(path)
    with service_on(path) as service:
        service.forget(GRACE.id)
    restore(copy, path, lock)
    assert content(path) == before


def test_a_log_of_another_database_beside_a_backup_is_ignored(
    path: Path, lock: Path, tmp_path: Path
) -> None:
    with service_on(path) as service:
        service.enrol(GRACE, [sample(7)])
        before = everything(service)
        copy = service.backup(tmp_path / "copy.db")
    stale = tmp_path / "stale.db"
    copy_by_hand(tmp_path / "other" / "faceapp.db", stale)
    side_files(stale)[0].replace(side_files(copy)[0])
    restore(copy, path, lock)
    assert content(path) == before


@pytest.mark.skipif(os.name == "nt", reason="has neither pipes nor links for everybody")
def test_what_is_no_file_beside_a_backup_is_not_taken_for_its_log(
    path: Path, lock: Path, copy: Path
) -> None:
    before = content(path)
    alter(copy, "PRAGMA journal_mode=WAL")
    os.mkfifo(side_files(copy)[0])
    restore(copy, path, lock)
    assert content(path) == before
