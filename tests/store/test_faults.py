"""What a disk, a folder or another program does to a database, and what is said of it."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from faceapp.errors import (
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreMoved,
    StoreReadOnly,
    TargetUnwritable,
)
from faceapp.store import open_for_reading
from faceapp.store.connection import side_files
from faceapp.store.database import open_database
from faceapp.store.faults import target_faults
from tests.helpers.clock import MONDAY
from tests.helpers.data import GRACE, OMAR, sample, service_on, sighting
from tests.helpers.disk import no_file_beyond
from tests.store.conftest import fill, pragma

NOBODY_UID = 65534


def test_another_writer_is_waited_for_and_then_reported(filled: Path) -> None:
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            open_database(filled, busy_timeout_s=0.05)
        other.execute("ROLLBACK")
        open_database(filled, busy_timeout_s=0.05).close()


def test_a_full_disk_is_reported_and_nothing_half_is_kept(path: Path) -> None:
    with service_on(path) as service:
        connection = service._store._connection
        connection.run(f"PRAGMA max_page_count={pragma(connection, 'page_count')}")
        with pytest.raises(StoreFull):
            service.enrol(GRACE, [sample(seed) for seed in range(500)])
        assert service.people() == []
        connection.run("PRAGMA max_page_count=100000")
        service.enrol(GRACE, [sample(seed) for seed in range(500)])
        assert len(service.templates(GRACE.id)) == 500


def test_a_disk_that_is_full_at_the_first_start_is_told_of_the_database(path: Path) -> None:
    with no_file_beyond(8192), pytest.raises(StoreError) as caught:
        open_database(path)
    assert caught.value.details["path"] == path
    assert [file.name for file in path.parent.iterdir()] == [f"{path.name}.setup"]


def test_a_database_that_turns_read_only_is_reported(path: Path) -> None:
    with service_on(path) as service:
        service._store._connection.run("PRAGMA query_only=ON")
        with pytest.raises(StoreReadOnly):
            service.enrol(GRACE, [sample(1)])


needs_mount = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="mounting a small disk needs root on Linux",
)

UNTIL_FULL = """
import sys
from pathlib import Path
from faceapp.errors import StoreFull
from faceapp.types import Person, PersonId
from tests.helpers.data import sample, service_on
path = Path(sys.argv[1])
kept = []
with service_on(path) as service:
    try:
        for number in range(10_000):
            person = Person(PersonId(f"P{number}"), "Somebody")
            service.enrol(person, [sample(50 * number + one) for one in range(50)])
            kept.append(person.id)
    except StoreFull:
        pass
    else:
        raise SystemExit("the disk was never full")
    (path.parent / "ballast").unlink()
    service.enrol(Person(PersonId("last"), "Somebody"), [sample(1)])
    kept.append("last")
    service.verify()
with service_on(path) as service:
    assert sorted(row.person.id for row in service.people()) == sorted(kept)
print("kept", len(kept))
"""


READ_WHEN_FULL = """
import os, signal, subprocess, sys
from contextlib import closing
from pathlib import Path
from faceapp import config
from faceapp.errors import SettingsError, StoreBusy
from faceapp.store import open_for_reading
from faceapp.store.connection import side_files
from tests.helpers.data import GRACE, OMAR, sample, service_on
path = Path(sys.argv[1])
ballast = path.parent / "ballast"
log, index, _ = side_files(path)

def fill_the_disk():
    with open(ballast, "ab", buffering=0) as file:
        step = 65536
        while step:
            try:
                file.write(bytes(step))
            except OSError:
                step //= 2

def who():
    with closing(open_for_reading(path, busy_timeout_s=0.1)) as store:
        return [person.id for person, _ in store.people.everybody()]

with service_on(path) as service:
    service.enrol(GRACE, [sample(1)])
fill_the_disk()
assert who() == who() == [GRACE.id]
try:
    config.save(path.with_name("settings.toml"), config.Settings())
except SettingsError as error:
    assert error.details["why"] == "full"
else:
    raise SystemExit("the disk was not full")
elsewhere = path.parent.parent
for words in (("export", "-o", elsewhere / "entries.csv"), ("backup", elsewhere / "copy.db")):
    command = [sys.executable, "-m", "faceapp", "--data-dir", path.parent, *words]
    assert subprocess.run(command, stdout=sys.stderr).returncode == 0
with service_on(elsewhere / "copy.db") as service:
    assert len(service.people()) == 1
ballast.unlink()
ready, done = os.pipe()
writer = os.fork()
if not writer:
    with service_on(path) as service:
        service.enrol(OMAR, [sample(number) for number in range(100)])
        index.unlink()
        os.write(done, b".")
        signal.pause()
os.read(ready, 1)
fill_the_disk()
whole = log.read_bytes()
try:
    print(who())
except StoreBusy:
    print("kept apart")
os.kill(writer, signal.SIGKILL)
os.wait()
assert who() == who() == [GRACE.id, OMAR.id]
assert log.read_bytes() == whole
ballast.unlink()
with service_on(path) as service:
    service.verify()
    assert len(service.people()) == 2
"""


def on_a_small_disk(tmp_path: Path, script: str) -> str:
    """Run ``script`` with a database's place on a disk of its own; return what it prints."""
    disk = tmp_path / "disk"
    disk.mkdir()
    steps = (
        f"mount -t tmpfs -o size=2m none {disk} || exit 77;"
        f" head -c 600000 /dev/zero > {disk}/ballast;"
        f" {sys.executable} - {disk}/faceapp.db"
    )
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", steps],
        cwd=Path(__file__).parents[2],
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("this machine does not let us mount")
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_mount
def test_a_really_full_disk_loses_nothing_and_works_on_once_there_is_room(tmp_path: Path) -> None:
    assert on_a_small_disk(tmp_path, UNTIL_FULL).startswith("kept ")


@needs_mount
def test_all_that_was_kept_can_be_read_from_a_full_disk(tmp_path: Path) -> None:
    """Also from a log without its index, but not beside somebody who writes into that log."""
    assert on_a_small_disk(tmp_path, READ_WHEN_FULL) == "kept apart\n"


def test_damage_that_shows_later_is_reported(filled: Path) -> None:
    with service_on(filled) as service:
        service.verify()
    with service_on(filled) as service:
        whole = filled.read_bytes()
        filled.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
        with pytest.raises(StoreCorrupt):
            service.verify()


def moved_away(path: Path) -> Path:
    return path.rename(path.with_name("elsewhere.db"))


def folder_moved_away(path: Path) -> Path:
    return path.parent.rename(path.parent.with_name("elsewhere")) / path.name


def replaced(path: Path) -> Path:
    kept = moved_away(path)
    path.write_bytes(kept.read_bytes())
    return kept


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
@pytest.mark.parametrize("move", [moved_away, folder_moved_away, replaced])
def test_a_database_that_was_moved_acknowledges_nothing_until_it_is_back(
    filled: Path, move: Callable[[Path], Path]
) -> None:
    with service_on(filled) as service:
        service.record(sighting(GRACE.id, MONDAY))
        went = move(filled)
        for use in (
            lambda: service.record(sighting(GRACE.id, MONDAY + timedelta(hours=1))),
            lambda: service.edit_person(GRACE.id, "Somebody"),
            service.changed_elsewhere,
        ):
            with pytest.raises(StoreMoved):
                use()
        assert service.take_changes().people is False
        if went.parent == filled.parent:
            went.replace(filled)
        else:
            went.parent.rename(filled.parent)
        service.record(sighting(GRACE.id, MONDAY + timedelta(hours=1)))
        assert len(service.entries()) == 2
        assert service.person(GRACE.id) == GRACE


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_data_folder_that_was_deleted_acknowledges_nothing(filled: Path) -> None:
    with service_on(filled) as service:
        shutil.rmtree(filled.parent)
        with pytest.raises(StoreMoved):
            service.record(sighting(GRACE.id, MONDAY))


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
@pytest.mark.parametrize("change", [Path.unlink, replaced], ids=["gone", "other"])
def test_nothing_is_acknowledged_that_is_written_into_a_former_log(
    filled: Path, change: Callable[[Path], object]
) -> None:
    with service_on(filled) as service:
        change(side_files(filled)[0])
        with pytest.raises(StoreMoved):
            service.record(sighting(GRACE.id, MONDAY))
        with pytest.raises(StoreMoved):
            service.changed_elsewhere()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder that other users may reach, unlike tmp_path."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def no_root() -> Iterator[None]:
    """Become nobody: for root every folder is writable."""
    if sys.platform == "win32":
        pytest.skip("folders are protected differently there")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY_UID)
    yield
    os.seteuid(0)


def test_a_read_only_folder_is_reported(open_folder: Path, request: pytest.FixtureRequest) -> None:
    path = fill(open_folder / "faceapp.db")
    path.chmod(0o644)
    open_folder.chmod(0o555)
    before = path.read_bytes()
    setup = path.with_name("faceapp.db.setup")
    setup.chmod(0o600)
    anothers = os.geteuid() == 0
    request.getfixturevalue("no_root")
    for database in (path, open_folder / "other.db"):
        with pytest.raises(StoreReadOnly) as caught:
            open_database(database)
        assert caught.value.details["path"] == database
        assert (caught.value.details.get("why") == "other_user") == anothers
    assert path.read_bytes() == before
    with closing(open_for_reading(path)) as store:
        assert store.people.get(GRACE.id) == GRACE
        with pytest.raises(StoreReadOnly), store.writing():
            store.people.add(OMAR, MONDAY)
    assert path.read_bytes() == before


def test_nothing_is_read_past_a_log_that_cannot_be_read(
    open_folder: Path, request: pytest.FixtureRequest
) -> None:
    path, link = open_folder / "faceapp.db", open_folder / "link.db"
    link.symlink_to(path)
    with service_on(path) as service:
        service.enrol(GRACE, [sample(1)])
        path.chmod(0o644)
        open_folder.chmod(0o555)
        request.getfixturevalue("no_root")
        for name in (path, link):
            with pytest.raises(StoreReadOnly):
                open_for_reading(name)


def test_a_read_only_file_is_reported(open_folder: Path, request: pytest.FixtureRequest) -> None:
    path = fill(open_folder / "faceapp.db")
    path.chmod(0o444)
    path.with_name("faceapp.db.setup").chmod(0o666)
    open_folder.chmod(0o777)
    before = path.read_bytes()
    request.getfixturevalue("no_root")
    with pytest.raises(StoreReadOnly):
        open_database(path)
    assert path.read_bytes() == before


def test_a_disk_that_fails_is_not_called_forbidden(tmp_path: Path) -> None:
    with pytest.raises(TargetUnwritable, match="why=disk"), target_faults(tmp_path):
        raise OSError(errno.EIO, "as when a stick is pulled out")


def test_our_own_mistakes_are_not_called_a_broken_disk(path: Path) -> None:
    with closing(open_database(path)) as connection:
        with pytest.raises(sqlite3.OperationalError), connection.writing():
            connection.run("INSERT INTO nowhere VALUES (1)")
        with pytest.raises(sqlite3.IntegrityError), connection.writing():
            connection.run("INSERT INTO templates DEFAULT VALUES")


def test_a_failure_takes_back_all_of_its_transaction(path: Path) -> None:
    with service_on(path) as service:
        store = service._store
        with pytest.raises(sqlite3.IntegrityError), store.writing():
            [store.people.add(GRACE, MONDAY) for _ in range(2)]
        assert service.people() == []
