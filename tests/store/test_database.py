"""Opening a database: a new one, one that is in use, and a file that is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from faceapp.errors import StoreCorrupt, StoreError, StoreMoved, StoreTooNew
from faceapp.store import restore
from faceapp.store.connection import side_files
from faceapp.store.database import APPLICATION_ID, open_database
from faceapp.types import Damage
from tests.helpers.data import GRACE, sample, service_on
from tests.helpers.disk import alter, garble, garble_format, garble_schema, noise
from tests.store.conftest import pragma

TABLES = (
    "people",
    "person_groups",
    "templates",
    "entries",
    "corrections",
    "purges",
    "housekeeping",
)


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
        "user_version": 5,
        "busy_timeout": 5000,
    }
    strict = {table["name"]: table["strict"] for table in tables}
    assert [strict.get(name) for name in TABLES] == [1] * len(TABLES)


def test_creating_leaves_one_file_that_only_its_owner_may_read(path: Path) -> None:
    open_database(path).close()
    assert {file.name for file in path.parent.iterdir()} == {"faceapp.db", "faceapp.db.setup"}
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_opening_again_keeps_what_is_there(filled: Path) -> None:
    before = filled.read_bytes()
    with service_on(filled) as service:
        assert service.person(GRACE.id) == GRACE
    assert filled.read_bytes() == before


def test_rests_of_a_killed_creation_are_cleared_away(path: Path) -> None:
    path.parent.mkdir()
    rest = path.with_name(".faceapp.db.0123456789ab.new")
    for name in (rest, *side_files(rest)):
        name.write_bytes(b"half")
    open_database(path).close()
    assert not any(file.name.startswith(".") for file in path.parent.iterdir())


OPEN = """
import sys
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from faceapp.store import open_store
from faceapp.types import Person, PersonId
with closing(open_store(Path(sys.argv[1]), busy_timeout_s=60)) as store, store.writing():
    store.people.add(Person(PersonId(sys.argv[2]), "Somebody"), datetime.now(timezone.utc))
"""


def test_first_starts_at_the_same_time_share_one_database(path: Path) -> None:
    starts = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(path), f"P{number}"])
        for number in range(3)
    ]
    assert [start.wait(60) for start in starts] == [0, 0, 0]
    with service_on(path) as service:
        assert [row.person.id for row in service.people()] == ["P0", "P1", "P2"]


def break_a_page(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + noise(4096) + whole[8192:])


def unknown_schema_format(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:47] + b"\x06" + whole[48:])


def of_another_app(path: Path) -> None:
    path.unlink()
    alter(path, "CREATE TABLE people (id)")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(noise(8192)), id="noise"),
        pytest.param(lambda path: path.write_bytes(bytes(8192)), id="zeros"),
        pytest.param(lambda path: path.write_text("id,name\nP01,Grace\n" * 100), id="a text"),
        pytest.param(lambda path: os.truncate(path, 100), id="header only"),
        pytest.param(lambda path: os.truncate(path, path.stat().st_size // 2), id="half"),
        break_a_page,
        garble_schema,
        garble_format,
        unknown_schema_format,
        pytest.param(
            lambda path: garble(path, b"are append-only", b"\xffre append-only"), id="no text"
        ),
        pytest.param(lambda path: garble(path, b"(length(id)", b"(hength(id)"), id="no function"),
        of_another_app,
        pytest.param(
            lambda path: alter(path, "UPDATE templates SET person = 99"), id="broken reference"
        ),
    ],
)
def test_a_file_that_is_no_whole_database_is_refused_and_left_as_it_is(
    filled: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(filled)
    before = filled.read_bytes()
    with pytest.raises(StoreCorrupt) as caught:
        open_database(filled)
    assert caught.value.details["path"] == filled
    assert filled.read_bytes() == before
    assert not any(file.exists() for file in side_files(filled))


def test_a_newer_database_says_by_how_much_and_is_left_as_it_is(filled: Path) -> None:
    alter(filled, "PRAGMA user_version=99")
    before = filled.read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        open_database(filled)
    assert caught.value.details == {"path": filled, "found": 99, "known": 5}
    assert filled.read_bytes() == before
    assert not any(file.exists() for file in side_files(filled))


def make_pipe(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("has no pipes in folders")
    os.mkfifo(path)


@pytest.mark.parametrize("make", [Path.mkdir, make_pipe])
def test_what_is_no_file_in_the_databases_place_is_refused(
    path: Path, make: Callable[[Path], None]
) -> None:
    path.parent.mkdir()
    make(path)
    with pytest.raises(StoreError) as caught:
        open_database(path)
    assert caught.value.details == {"path": path, "why": "not_a_file"}


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make links there")
def test_a_link_to_a_disk_that_is_not_there_is_left_alone(filled: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with service_on(filled) as service:
        backup = service.backup(tmp_path / "backup.db")
    filled.replace(disk)
    filled.symlink_to(disk)
    unmounted = disk.rename(tmp_path / "unmounted")
    for use in (open_database, partial(restore, backup, window_lock=filled.with_name("lock"))):
        with pytest.raises(StoreError) as caught:
            use(path=filled)
        assert (type(caught.value), caught.value.details) == (StoreError, {"path": filled})
    unmounted.rename(disk)
    with service_on(filled) as service:
        assert service.person(GRACE.id) == GRACE
    assert filled.is_symlink()


def test_a_file_in_the_data_folders_place_is_refused(path: Path) -> None:
    path.parent.write_text("no folder")
    with pytest.raises(StoreError):
        open_database(path)
    assert path.parent.read_text() == "no folder"


def test_the_log_of_a_vanished_database_is_not_replayed_into_a_new_one(path: Path) -> None:
    path.parent.mkdir()
    wal = side_files(path)[0]
    wal.write_bytes(b"facts")
    with pytest.raises(StoreMoved):
        open_database(path)
    assert wal.read_bytes() == b"facts"
    assert not path.exists()


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER evil AFTER INSERT ON people BEGIN DELETE FROM templates; END",
        "DROP TRIGGER entries_stay",
        "CREATE TABLE notes (text)",
        "DROP INDEX entries_by_date",
    ],
)
def test_what_another_program_added_or_removed_is_named(filled: Path, change: str) -> None:
    with service_on(filled) as service:
        assert service.damage() == Damage()
    alter(filled, change)
    with service_on(filled) as service:
        (named,) = service.damage().altered
        assert named.split()[-1] in change
        assert service.person(GRACE.id) == GRACE


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE people DROP COLUMN agreed_at_us",
        "ALTER TABLE corrections RENAME TO former",
        "DROP TABLE corrections",
        "DROP TABLE _sqlite_migrations",
        "ALTER TABLE _sqlite_migrations DROP COLUMN applied_at",
        "DELETE FROM _sqlite_migrations",
        "UPDATE _sqlite_migrations SET name = 'm009_other' WHERE name LIKE 'm002%'",
        (
            "PRAGMA legacy_alter_table=ON; DROP TRIGGER corrections_never_change;"
            " ALTER TABLE people RENAME TO former; CREATE VIEW people AS SELECT * FROM former"
        ),
        "PRAGMA user_version=0",
        "PRAGMA user_version=3",
    ],
)
def test_tables_that_another_program_changed_are_refused(filled: Path, change: str) -> None:
    alter(filled, change)
    before = filled.read_bytes()
    with pytest.raises(StoreCorrupt) as caught:
        open_database(filled)
    assert caught.value.details == {"path": filled, "why": "altered"}
    assert filled.read_bytes() == before


def test_a_path_that_looks_like_a_uri_is_taken_literally(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=memory#x%20y [1]" / "faceapp.db"
    with service_on(path) as service:
        service.enrol(GRACE, [sample(1)])
    assert path.stat().st_size > 4096
    with service_on(path) as service:
        assert service.person(GRACE.id) == GRACE
