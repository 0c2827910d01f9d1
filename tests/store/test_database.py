from __future__ import annotations

import hashlib
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

import numpy as np
import pytest
from sqlite_utils import Database, Migrations

from faceapp.errors import (
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreMoved,
    StoreReadOnly,
    StoreTooNew,
)
from faceapp.store import open_for_reading
from faceapp.store.connection import Connection, side_files
from faceapp.store.database import APPLICATION_ID, open_database
from faceapp.store.migrations import (
    m001_people_templates_entries,
    m002_agreements,
    m003_keys_without_ids,
    m004_in_or_out,
)
from faceapp.types import Damage, EntryKind
from tests.helpers.data import GRACE, MONDAY, OMAR, sample, service_on, sighting

NOBODY_UID = 65534
TABLES = (
    "people",
    "person_groups",
    "templates",
    "entries",
    "corrections",
    "purges",
    "housekeeping",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "faceapp.db"


def filled(path: Path) -> Path:
    with service_on(path) as service:
        service.enrol(GRACE, [sample(seed) for seed in range(5)])
    return path


def pragma(connection: Connection, name: str) -> object:
    return next(iter(connection.rows(f"PRAGMA {name}")[0].values()))


def test_a_new_database_has_every_guard(path: Path) -> None:
    with closing(open_database(path)) as connection:
        guards = {
            name: pragma(connection, name)
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "recursive_triggers",
                "trusted_schema",
                "temp_store",
                "application_id",
                "user_version",
                "busy_timeout",
            )
        }
        tables = connection.rows("PRAGMA table_list")
    assert guards == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "application_id": APPLICATION_ID,
        "user_version": 4,
        "busy_timeout": 5000,
    }
    strict = {table["name"]: table["strict"] for table in tables}
    assert [strict.get(name) for name in TABLES] == [1] * len(TABLES)


def test_creating_leaves_one_file_that_only_its_owner_may_read(path: Path) -> None:
    open_database(path).close()
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "faceapp.db",
        "faceapp.db.setup",
    ]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_opening_again_keeps_what_is_there(path: Path) -> None:
    filled(path)
    before = path.read_bytes()
    with service_on(path) as service:
        assert service.person(GRACE.id) == GRACE
    assert path.read_bytes() == before


def test_rests_of_a_killed_creation_are_cleared_away(path: Path) -> None:
    path.parent.mkdir()
    rest = path.with_name(".faceapp.db.0123456789ab.new")
    for name in (rest, *side_files(rest)):
        name.write_bytes(b"half")
    open_database(path).close()
    assert not any(file.name.startswith(".") for file in path.parent.iterdir())


def noise(count: int) -> bytes:
    return np.random.default_rng(0).bytes(count)


def zero_bytes(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(noise(8192))


def zeros(path: Path) -> None:
    path.write_bytes(bytes(8192))


def a_text(path: Path) -> None:
    path.write_text("id,name\nP01,Grace\n" * 100)


def header_only(path: Path) -> None:
    path.write_bytes(filled(path).read_bytes()[:100])


def half(path: Path) -> None:
    data = filled(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def broken_page(path: Path) -> None:
    data = bytearray(filled(path).read_bytes())
    data[4096:8192] = noise(4096)
    path.write_bytes(data)


def another_apps(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE people (id)")


def without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(filled(path))) as other:
        other.execute("DROP TABLE corrections")
        other.commit()


def broken_reference(path: Path) -> None:
    with closing(sqlite3.connect(filled(path))) as other:
        other.execute("UPDATE templates SET person = 99")
        other.commit()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(filled(path))) as other:
        other.execute("PRAGMA user_version=99")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (zero_bytes, StoreCorrupt),
        (garbage, StoreCorrupt),
        (zeros, StoreCorrupt),
        (a_text, StoreCorrupt),
        (header_only, StoreCorrupt),
        (half, StoreCorrupt),
        (broken_page, StoreCorrupt),
        (another_apps, StoreCorrupt),
        (without_a_table, StoreCorrupt),
        (broken_reference, StoreCorrupt),
        (newer, StoreTooNew),
    ],
)
def test_a_hostile_file_is_refused_and_left_as_it_is(
    path: Path, spoil: Callable[[Path], None], expected: type[StoreError]
) -> None:
    path.parent.mkdir()
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(expected) as caught:
        open_database(path)
    assert caught.value.details["path"] == path
    assert path.read_bytes() == before
    assert not any(file.exists() for file in side_files(path))


def test_a_newer_database_says_by_how_much(path: Path) -> None:
    newer(path)
    with pytest.raises(StoreTooNew) as caught:
        open_database(path)
    assert (caught.value.details["found"], caught.value.details["known"]) == (99, 4)


def test_a_folder_in_the_databases_place_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreCorrupt):
        open_database(path)


def test_a_file_in_the_data_folders_place_is_refused(path: Path) -> None:
    path.parent.write_text("no folder")
    with pytest.raises(StoreError):
        open_database(path)
    assert path.parent.read_text() == "no folder"


def test_the_log_of_a_vanished_database_is_not_replayed_into_a_new_one(path: Path) -> None:
    path.parent.mkdir()
    wal = side_files(path)[0]
    wal.write_bytes(b"facts")
    with pytest.raises(StoreCorrupt):
        open_database(path)
    assert wal.read_bytes() == b"facts"
    assert not path.exists()


def test_another_writer_is_waited_for_and_then_reported(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            open_database(path, busy_timeout_s=0.05)
        other.execute("ROLLBACK")
        open_database(path, busy_timeout_s=0.05).close()


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


def test_a_database_that_turns_read_only_is_reported(path: Path) -> None:
    with service_on(path) as service:
        service._store._connection.run("PRAGMA query_only=ON")
        with pytest.raises(StoreReadOnly):
            service.enrol(GRACE, [sample(1)])


def test_damage_that_shows_later_is_reported(path: Path) -> None:
    with service_on(filled(path)) as service:
        service.verify()
    with service_on(path) as service:
        data = bytearray(path.read_bytes())
        data[4096:] = bytes(len(data) - 4096)
        path.write_bytes(data)
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
    path: Path, move: Callable[[Path], Path]
) -> None:
    with service_on(filled(path)) as service:
        service.record(sighting(GRACE.id, MONDAY))
        went = move(path)
        for use in (
            lambda: service.record(sighting(GRACE.id, MONDAY + timedelta(hours=1))),
            lambda: service.rename(GRACE.id, "Somebody"),
            service.changed_elsewhere,
        ):
            with pytest.raises(StoreMoved):
                use()
        assert service.take_changes().people is False
        if went.parent == path.parent:
            went.replace(path)
        else:
            went.parent.rename(path.parent)
        service.record(sighting(GRACE.id, MONDAY + timedelta(hours=1)))
        assert len(service.entries()) == 2
        assert service.person(GRACE.id) == GRACE


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_data_folder_that_was_deleted_acknowledges_nothing(path: Path) -> None:
    with service_on(filled(path)) as service:
        shutil.rmtree(path.parent)
        with pytest.raises(StoreMoved):
            service.record(sighting(GRACE.id, MONDAY))


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_nothing_is_acknowledged_that_is_written_into_a_deleted_log(path: Path) -> None:
    with service_on(filled(path)) as service:
        service.record(sighting(GRACE.id, MONDAY))
        side_files(path)[0].unlink()
        with pytest.raises(StoreMoved):
            service.record(sighting(GRACE.id, MONDAY + timedelta(hours=1)))


CHANGES = (
    "CREATE TRIGGER evil AFTER INSERT ON people BEGIN DELETE FROM templates; END",
    "DROP TRIGGER entries_stay",
    "CREATE TABLE notes (text)",
    "DROP INDEX entries_by_date",
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_another_program_added_or_removed_is_named(path: Path, change: str) -> None:
    with service_on(filled(path)) as service:
        assert service.damage() == Damage()
        service._store._connection.run(change)
    with service_on(path) as service:
        (named,) = service.damage().altered
        assert named.split()[-1] in change
        assert service.person(GRACE.id) == GRACE


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE people DROP COLUMN agreed_at_us",
        "ALTER TABLE corrections RENAME TO former",
        "DROP TABLE _sqlite_migrations",
        "ALTER TABLE _sqlite_migrations DROP COLUMN applied_at",
        "DELETE FROM _sqlite_migrations",
        "PRAGMA user_version=0",
        "PRAGMA user_version=3",
    ],
)
def test_tables_that_another_program_changed_are_refused(path: Path, change: str) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(change)
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt) as caught:
        open_database(path)
    assert caught.value.details == {"path": path, "why": "altered"}
    assert path.read_bytes() == before


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
    path = filled(open_folder / "faceapp.db")
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
    path = open_folder / "faceapp.db"
    with service_on(path) as service:
        service.enrol(GRACE, [sample(1)])
        path.chmod(0o644)
        open_folder.chmod(0o555)
        request.getfixturevalue("no_root")
        with pytest.raises(StoreReadOnly):
            open_for_reading(path)


def test_a_database_of_before_is_not_read_as_it_is(path: Path) -> None:
    open_database(path, migrations=of_version(1)).close()
    with pytest.raises(StoreReadOnly):
        open_for_reading(path)


def test_a_read_only_file_is_reported(open_folder: Path, request: pytest.FixtureRequest) -> None:
    path = filled(open_folder / "faceapp.db")
    path.chmod(0o444)
    path.with_name("faceapp.db.setup").chmod(0o666)
    open_folder.chmod(0o777)
    before = path.read_bytes()
    request.getfixturevalue("no_root")
    with pytest.raises(StoreReadOnly):
        open_database(path)
    assert path.read_bytes() == before


FILL = """
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


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="mounting a small disk needs root on Linux",
)
def test_a_really_full_disk_loses_nothing_and_works_on_once_there_is_room(tmp_path: Path) -> None:
    script = tmp_path / "fill.py"
    script.write_text(FILL)
    disk = tmp_path / "disk"
    disk.mkdir()
    steps = (
        f"mount -t tmpfs -o size=2m none {disk} || exit 77;"
        f" head -c 600000 /dev/zero > {disk}/ballast;"
        f" {sys.executable} {script} {disk}/faceapp.db"
    )
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", steps],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("this machine does not let us mount")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("kept ")


STEPS = (m001_people_templates_entries, m002_agreements, m003_keys_without_ids, m004_in_or_out)


def of_version(number: int) -> Migrations:
    migrations = Migrations("faceapp")
    for step in STEPS[:number]:
        migrations()(step)
    return migrations


def with_next_step(step: Callable[[Database], None]) -> Migrations:
    migrations = of_version(len(STEPS))
    migrations(name="m005_next")(step)
    return migrations


def test_a_database_of_the_first_version_is_brought_up_to_date(path: Path) -> None:
    with closing(open_database(path, migrations=of_version(1))) as connection, connection.writing():
        connection.run("INSERT INTO people (id, name, enrolled_at_us) VALUES ('P01', 'Ann', 5)")
    with closing(open_database(path)) as connection:
        assert pragma(connection, "user_version") == 4
        rows = connection.rows("SELECT id, name, enrolled_at_us, agreed_at_us FROM people")
    assert rows == [{"id": "P01", "name": "Ann", "enrolled_at_us": 5, "agreed_at_us": None}]


def test_keys_made_of_ids_are_replaced_for_good(path: Path) -> None:
    old = hashlib.sha256(b"2026-11-23T08:00:00+00:00|Hall|P01").digest()
    with closing(open_database(path, migrations=of_version(2))) as connection, connection.writing():
        connection.run("INSERT INTO people (id, name, enrolled_at_us) VALUES ('P01', 'Ann', 5)")
        connection.run(
            "INSERT INTO entries VALUES (1, ?, 1, 0, 0, 'UTC', '1970-01-01', 'in', 'Hall',"
            " 0.7, 0.5, 'm', 'face', 0)",
            (old,),
        )
    with service_on(path) as service:
        assert not service.traces_left()
        assert [entry.person for entry in service.entries()] == [GRACE.id]
        with pytest.raises(sqlite3.IntegrityError):
            service._store._connection.run("UPDATE entries SET key = randomblob(32)")
        assert not any(old in file.read_bytes() for file in path.parent.iterdir())


def test_what_was_corrected_to_seen_is_an_in(path: Path) -> None:
    with closing(open_database(path, migrations=of_version(3))) as connection, connection.writing():
        connection.run("INSERT INTO people (id, name, enrolled_at_us) VALUES ('P01', 'Ann', 5)")
        for number, kind in enumerate(("seen", "out"), start=1):
            connection.run(
                "INSERT INTO entries VALUES (?, randomblob(32), 1, ?, 0, 'UTC', '1970-01-01', ?,"
                " '', NULL, NULL, NULL, 'manual', 0)",
                (number, number, kind),
            )
    with service_on(path) as service:
        kinds = {entry.id: entry.kind for entry in service.entries()}
        assert kinds == {1: EntryKind.IN, 2: EntryKind.OUT}
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            service._store._connection.run("UPDATE entries SET kind = 'in'")


def add_column(db: Database) -> None:
    db.execute("ALTER TABLE people ADD COLUMN badge TEXT")


def fail_half_way(db: Database) -> None:
    db.execute("ALTER TABLE people ADD COLUMN badge TEXT")
    raise RuntimeError("no more")


def test_a_step_is_taken_once_and_keeps_the_data(path: Path) -> None:
    filled(path)
    one_more = with_next_step(add_column)
    for _ in range(2):
        with closing(open_database(path, migrations=one_more)) as connection:
            assert pragma(connection, "user_version") == 5
            assert connection.rows("SELECT id, badge FROM people") == [{"id": "P01", "badge": None}]
    with pytest.raises(StoreTooNew):
        open_database(path)


def test_a_failing_step_leaves_the_old_shape(path: Path) -> None:
    filled(path)
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="no more"):
        open_database(path, migrations=with_next_step(fail_half_way))
    assert path.read_bytes() == before
    with service_on(path) as service:
        assert service.person(GRACE.id) == GRACE


def test_a_failing_first_step_leaves_no_file(path: Path) -> None:
    broken = Migrations("faceapp")
    broken()(fail_half_way)
    with pytest.raises(sqlite3.OperationalError):
        open_database(path, migrations=broken)
    assert [file.name for file in path.parent.iterdir()] == ["faceapp.db.setup"]


OPEN = """
import sys
from pathlib import Path
from faceapp.types import Person, PersonId
from tests.helpers.data import sample, service_on
with service_on(Path(sys.argv[1]), busy_timeout_s=60) as service:
    service.enrol(Person(PersonId(sys.argv[2]), "Somebody"), [sample(1)])
"""


def test_first_starts_at_the_same_time_share_one_database(path: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(path), f"P{number}"],
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for number in range(3)
    ]
    assert [start.wait(60) for start in starts] == [0, 0, 0]
    with service_on(path) as service:
        assert [row.person.id for row in service.people()] == ["P0", "P1", "P2"]


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


def test_a_path_with_signs_of_its_own_meaning_is_taken_literally(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=memory#x%20y [1]" / "faceapp.db"
    filled(path)
    assert path.stat().st_size > 4096
    with service_on(path) as service:
        assert service.person(GRACE.id) == GRACE
