from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import numpy as np
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
from tests.helpers.data import GRACE, MONDAY, OMAR, sample, service_on, sighting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "faceapp.db"


@pytest.fixture
def lock(path: Path) -> Path:
    return path.with_name("faceapp.lock")


def noise(count: int) -> bytes:
    return np.random.default_rng(0).bytes(count)


def everything(service: Service) -> tuple[object, ...]:
    return (
        service.people(),
        service.entries(),
        [
            (t.id, t.person, t.vector.tobytes())
            for t in service.gallery_templates(sample(1).model_id)
        ],
    )


def some_days(service: Service) -> None:
    for number, person in enumerate((GRACE, OMAR)):
        service.enrol(person, [sample(number), sample(number + 10)])
        for day in range(3):
            service.record(sighting(person.id, MONDAY + timedelta(days=day)))


def test_a_copy_made_while_writing_goes_on_equals_that_moment(path: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        before = everything(service)
        target = tmp_path / "copy.db"
        assert service.backup(target) == target
        service.forget(OMAR.id)
    assert target.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
    with service_on(target) as copy:
        assert everything(copy) == before


def test_a_copy_is_one_plain_file(path: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        (tmp_path / "copies").mkdir()
        target = service.backup(tmp_path / "copies" / "copy.db")
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
    # As from a read-only medium: no file beside can be made.
    uri = f"file:{target}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as reader:
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert reader.execute("SELECT count(*) FROM entries").fetchone() == (6,)


def test_a_copy_replaces_an_older_one_and_never_the_database(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"an older copy")
    with service_on(path) as service:
        some_days(service)
        service.backup(target)
        with pytest.raises(TargetUnwritable):
            service.backup(path)
        with pytest.raises(TargetUnwritable) as caught:
            service.backup(tmp_path / "nowhere" / "copy.db")
        assert caught.value.details["why"] == "folder_missing"
        before = everything(service)
    with service_on(target) as copy:
        assert everything(copy) == before


def test_a_copy_never_takes_the_place_of_the_databases_log(path: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        before = everything(service)
        assert side_files(path)[0].exists()
        link = tmp_path / "copy.db"
        for own in side_files(path):
            link.unlink(missing_ok=True)
            link.symlink_to(own)
            for target in (own, own.parent / "." / ".." / "data" / own.name, link):
                with pytest.raises(TargetUnwritable) as caught:
                    service.backup(target)
                assert caught.value.details["why"] == "is_the_database"
    with service_on(path) as service:
        assert everything(service) == before


@pytest.mark.parametrize("letters", [250, 300])
def test_a_name_beyond_the_systems_limit_is_refused(
    path: Path, tmp_path: Path, letters: int
) -> None:
    with service_on(path) as service, pytest.raises(TargetUnwritable) as caught:
        service.backup(tmp_path / ("x" * letters))
    assert caught.value.details["why"] == "too_long"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_one_may_not_enter_is_refused(path: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with service_on(path) as service, pytest.raises(TargetUnwritable) as caught:
        service.backup(closed / "copy.db")
    closed.chmod(0o700)
    assert caught.value.details["why"] == "denied"


def test_the_way_back_keeps_the_former_database(path: Path, lock: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        before = everything(service)
        copy = service.backup(tmp_path / "copy.db")
        service.forget(GRACE.id)
        after = everything(service)
    kept = restore(copy, path, lock)
    assert kept is not None
    assert former_databases(path) == [kept]
    with service_on(path) as service:
        assert everything(service) == before
    with service_on(kept) as former:
        assert everything(former) == after
    again = restore(copy, path, lock)
    assert again != kept
    assert len(former_databases(path)) == 2


def test_the_way_back_works_on_an_empty_machine(path: Path, lock: Path, tmp_path: Path) -> None:
    with service_on(tmp_path / "other" / "faceapp.db") as service:
        some_days(service)
        before = everything(service)
        copy = service.backup(tmp_path / "copy.db")
    assert restore(copy, path, lock) is None
    with service_on(path) as service:
        assert everything(service) == before
    assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_a_damaged_database_can_be_replaced_and_is_kept(
    path: Path, lock: Path, tmp_path: Path
) -> None:
    with service_on(path) as service:
        some_days(service)
        before = everything(service)
        copy = service.backup(tmp_path / "copy.db")
    rubbish = noise(10_000)
    path.write_bytes(rubbish)
    side_files(path)[0].write_bytes(b"its log")
    kept = restore(copy, path, lock)
    assert kept is not None
    assert kept.read_bytes() == rubbish
    assert side_files(kept)[0].read_bytes() == b"its log"
    assert former_databases(path) == [kept, side_files(kept)[0]]
    with service_on(path) as service:
        assert everything(service) == before


def test_a_log_that_lies_there_takes_its_name_from_what_is_kept(
    path: Path, lock: Path, tmp_path: Path
) -> None:
    with service_on(path) as service:
        some_days(service)
        copy = service.backup(tmp_path / "copy.db")
    orphan = path.with_name("faceapp-before-restore-1.db-wal")
    orphan.write_bytes(b"of a database that was deleted")
    assert restore(copy, path, lock) == path.with_name("faceapp-before-restore-2.db")
    assert former_databases(path)[0] == orphan


@contextmanager
def files_left(count: int) -> Iterator[None]:
    """Let this process open ``count`` more files within."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    next_one = os.open(os.devnull, os.O_RDONLY)
    os.close(next_one)
    resource.setrlimit(resource.RLIMIT_NOFILE, (next_one + count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("count", range(3))
def test_a_copy_says_when_too_many_files_are_open(path: Path, tmp_path: Path, count: int) -> None:
    with service_on(path) as service:
        some_days(service)
        with files_left(count), pytest.raises((StoreError, TargetUnwritable)) as caught:
            service.backup(tmp_path / "copy.db")
        assert caught.value.details["why"] == "too_many_open"
        assert list(tmp_path.iterdir()) == [path.parent]
        service.backup(tmp_path / "copy.db")


@pytest.mark.parametrize("count", range(5))
def test_the_way_back_says_when_too_many_files_are_open(
    path: Path, lock: Path, tmp_path: Path, count: int
) -> None:
    with service_on(path) as service:
        copy = service.backup(tmp_path / "copy.db")
    with files_left(count), pytest.raises(StoreError) as caught:
        restore(copy, path, lock)
    assert caught.value.details["why"] == "too_many_open"
    assert former_databases(path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to reach")
def test_a_former_database_that_does_not_fit_leaves_no_part_of_it(
    path: Path, lock: Path, tmp_path: Path
) -> None:
    with service_on(path) as service:
        copy = service.backup(tmp_path / "copy.db")
    rubbish = noise(1_000_000)
    path.write_bytes(rubbish)
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # What the system says beyond this size is not "full", but it fails at the same place.
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
    try:
        with pytest.raises(StoreError):
            restore(copy, path, lock)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert former_databases(path) == []
    assert path.read_bytes() == rubbish


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


def missing(copy: Path) -> None:
    copy.unlink()


def truncated(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-5000])


def bit_rot(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[8192:12288] = noise(4096)
    copy.write_bytes(data)


def another_file(copy: Path) -> None:
    copy.write_text("id,name")


def newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as other:
        other.execute("PRAGMA user_version=7")


def run_by_another_program(script: str) -> Callable[[Path], None]:
    def change(copy: Path) -> None:
        with closing(sqlite3.connect(copy)) as other:
            other.executescript(script)

    return change


EMPTIED_TRIGGER = (
    "DROP TRIGGER entries_stay;"
    " CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT 1; END"
)


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER entries_stay",
        "DROP INDEX entries_by_time",
        "CREATE VIEW everybody AS SELECT * FROM people",
        'CREATE INDEX "odd ""name" ON people (name)',
        "CREATE TRIGGER evil AFTER INSERT ON people BEGIN DELETE FROM people; END",
        EMPTIED_TRIGGER,
    ],
)
def test_what_another_program_changed_around_the_tables_is_put_right(
    path: Path, lock: Path, tmp_path: Path, change: str
) -> None:
    with service_on(path) as service:
        some_days(service)
        everybody = service.people()
        copy = service.backup(tmp_path / "copy.db")
    run_by_another_program(change)(copy)
    restore(copy, path, lock)
    with service_on(path) as service:
        assert service.damage() == Damage()
        assert service.people() == everybody
        service.add_person(Person(PersonId("P99"), "Somebody"))
        assert len(service.people()) == len(everybody) + 1


def test_the_database_itself_is_no_backup(path: Path, lock: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        for own in (path, *(side for side in side_files(path) if side.exists())):
            for use in (inspect_backup, partial(restore, window_lock=lock)):
                with pytest.raises(BackupUnreadable) as caught:
                    use(own, path)
                assert caught.value.details["why"] == "is_the_database"


def test_columns_that_others_have_added_do_no_harm(path: Path, lock: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        some_days(service)
    run_by_another_program("ALTER TABLE people ADD COLUMN note TEXT")(path)
    with service_on(path) as service:
        service.add_person(Person(PersonId("P99"), "Somebody"))
        everybody = service.people()
        copy = service.backup(tmp_path / "copy.db")
    restore(copy, path, lock)
    with service_on(path) as service:
        assert service.people() == everybody


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (run_by_another_program("ALTER TABLE people DROP COLUMN agreed_at_us"), "altered"),
        (
            run_by_another_program(
                "CREATE TRIGGER halt BEFORE INSERT ON _sqlite_migrations"
                " BEGIN SELECT RAISE(ABORT, 'no'); END; DROP TABLE entries; PRAGMA user_version=3"
            ),
            "altered",
        ),
        (
            run_by_another_program("DROP TABLE _sqlite_migrations; PRAGMA user_version=3"),
            "altered",
        ),
        (missing, "missing"),
        (truncated, "no_backup"),
        (bit_rot, "no_backup"),
        (another_file, "no_backup"),
        (newer, "too_new"),
    ],
)
def test_a_bad_copy_changes_nothing(
    path: Path,
    lock: Path,
    tmp_path: Path,
    spoil: Callable[[Path], None],
    why: str,
) -> None:
    with service_on(path) as service:
        some_days(service)
        copy = service.backup(tmp_path / "copy.db")
    spoil(copy)
    before = path.read_bytes()
    for use in (lambda: inspect_backup(copy, path), lambda: restore(copy, path, lock)):
        with pytest.raises(BackupUnreadable) as caught:
            use()
        assert caught.value.details == {"path": copy, "why": why}
    assert path.read_bytes() == before
    left = {file.name for file in path.parent.iterdir()} - {lock.name}
    assert left == {"faceapp.db", "faceapp.db.setup"}


def test_a_copy_is_looked_into_while_the_database_is_open(path: Path, tmp_path: Path) -> None:
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
    assert {file.name for file in tmp_path.iterdir()} == {"copy.db", "none.db", path.parent.name}


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
def test_damage_inside_a_copy_is_told_and_the_copy_can_be_put_back(
    path: Path, lock: Path, tmp_path: Path, harm: str, found: Damage
) -> None:
    with service_on(path) as service:
        some_days(service)
        copy = service.backup(tmp_path / "copy.db")
    run_by_another_program(harm)(copy)
    assert inspect_backup(copy, path).damage == found
    restore(copy, path, lock)
    with service_on(path) as service:
        assert service.damage() == found
        assert len(service.people()) == 2
        assert len(service.entries()) == 6


def test_nothing_is_replaced_under_an_open_window(path: Path, lock: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        copy = service.backup(tmp_path / "copy.db")
    with FileLock(lock), pytest.raises(AlreadyRunning):
        restore(copy, path, lock)
    assert former_databases(path) == []


def test_nothing_is_replaced_under_an_open_database(path: Path, lock: Path, tmp_path: Path) -> None:
    with service_on(path) as service:
        some_days(service)
        copy = service.backup(tmp_path / "copy.db")
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
    with service_on(path) as service:
        some_days(service)
        before = everything(service)
        for source, target in zip(
            (path, side_files(path)[0]), (copy, side_files(copy)[0]), strict=True
        ):
            target.write_bytes(source.read_bytes())
        service.forget(GRACE.id)
    assert side_files(copy)[0].stat().st_size > 0
    restore(copy, path, lock)
    with service_on(path) as service:
        assert everything(service) == before


def _leave_a_log_beside(copy: Path, path: Path) -> None:
    """Put a database into use and leave at ``copy`` what a crash leaves of it: file and log."""
    with service_on(path) as service:
        some_days(service)
        for source, target in zip(
            (path, side_files(path)[0]), (copy, side_files(copy)[0]), strict=True
        ):
            target.write_bytes(source.read_bytes())
    assert side_files(copy)[0].stat().st_size > 0


def test_a_new_copy_does_not_take_over_the_log_of_the_file_it_replaces(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    _leave_a_log_beside(copy, tmp_path / "other" / "faceapp.db")
    log = side_files(copy)[0]
    with service_on(path) as service:
        service.enrol(GRACE, [sample(7)])
        before = everything(service)
        with pytest.raises(TargetUnwritable) as caught:
            service.backup(copy)
        assert caught.value.details["why"] == "log_beside"
        assert log.stat().st_size > 0
        log.unlink()
        service.backup(copy)
    with service_on(copy) as opened:
        assert everything(opened) == before


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_what_is_not_ours_stays_beside_a_new_copy(path: Path, tmp_path: Path, ending: str) -> None:
    mine = tmp_path / f"travel{ending}"
    mine.write_text("mine")
    with service_on(path) as service, pytest.raises(TargetUnwritable) as caught:
        service.backup(tmp_path / "travel")
    assert caught.value.details["why"] == "log_beside"
    assert {file.name: file.is_file() and file.read_text() for file in tmp_path.iterdir()} == {
        mine.name: "mine",
        path.parent.name: False,
    }


def test_a_log_that_lies_beside_a_copy_is_not_its_own(
    path: Path, lock: Path, tmp_path: Path
) -> None:
    with service_on(path) as service:
        service.enrol(GRACE, [sample(7)])
        before = everything(service)
        copy = service.backup(tmp_path / "copy.db")
    stale = tmp_path / "stale.db"
    _leave_a_log_beside(stale, tmp_path / "other" / "faceapp.db")
    side_files(stale)[0].replace(side_files(copy)[0])
    restore(copy, path, lock)
    with service_on(path) as service:
        assert everything(service) == before
