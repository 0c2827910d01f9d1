from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
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
from faceapp.service import Service
from faceapp.store import FileLock, former_databases, inspect_backup, restore
from faceapp.store.connection import side_files
from faceapp.store.database import open_database
from faceapp.types import Backup, Damage, Person, PersonId
from tests.helpers.data import GRACE, MODEL, MONDAY, OMAR, sample, service_on, sighting
from tests.helpers.disk import alter, files_left, no_file_beyond, noise


@pytest.fixture
def lock(path: Path) -> Path:
    return path.with_name("faceapp.lock")


@pytest.fixture
def copy(path: Path, tmp_path: Path) -> Path:
    """Return a backup of the database of some days at ``path``."""
    with service_on(path) as service:
        some_days(service)
        return service.backup(tmp_path / "copy.db")


def some_days(service: Service) -> None:
    for number, person in enumerate((GRACE, OMAR)):
        service.enrol(person, [sample(number), sample(number + 10)])
        for day in range(3):
            service.record(sighting(person.id, MONDAY + timedelta(days=day)))


def everything(service: Service) -> tuple[object, ...]:
    templates = service.gallery_templates(MODEL)
    vectors = [(one.id, one.person, one.vector.tobytes()) for one in templates]
    return service.people(), service.entries(), vectors


def content(database: Path) -> tuple[object, ...]:
    with service_on(database) as service:
        return everything(service)


def copy_by_hand(path: Path, copy: Path) -> None:
    """Put a database into use and leave at ``copy`` what a crash leaves of it: file and log."""
    with service_on(path) as service:
        some_days(service)
        copy.write_bytes(path.read_bytes())
        side_files(copy)[0].write_bytes(side_files(path)[0].read_bytes())
    assert side_files(copy)[0].stat().st_size > 0


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
    abandoned = tmp_path / ".copy.db.0123456789ab.tmp"
    young = tmp_path / ".copy.db.ba9876543210.tmp"
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
