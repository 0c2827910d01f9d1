"""Databases of former versions are brought up to date, all or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from faceapp.errors import StoreReadOnly, StoreTooNew
from faceapp.store import open_for_reading
from faceapp.store.database import open_database
from faceapp.store.migrations import (
    m001_people_templates_entries,
    m002_agreements,
    m003_keys_without_ids,
    m004_in_or_out,
    m005_no_marks,
)
from faceapp.types import EntryKind, Person, PersonId
from tests.helpers.data import GRACE, service_on
from tests.store.conftest import pragma

STEPS = (
    m001_people_templates_entries,
    m002_agreements,
    m003_keys_without_ids,
    m004_in_or_out,
    m005_no_marks,
)


def of_version(number: int) -> Migrations:
    migrations = Migrations("faceapp")
    for step in STEPS[:number]:
        migrations()(step)
    return migrations


def with_next_step(step: Callable[[Database], None]) -> Migrations:
    migrations = of_version(len(STEPS))
    migrations(name="m006_next")(step)
    return migrations


def test_a_database_of_before_is_not_read_as_it_is(path: Path) -> None:
    open_database(path, migrations=of_version(1)).close()
    with pytest.raises(StoreReadOnly):
        open_for_reading(path)


def test_a_database_of_the_first_version_is_brought_up_to_date(path: Path) -> None:
    with closing(open_database(path, migrations=of_version(1))) as connection, connection.writing():
        connection.run("INSERT INTO people (id, name, enrolled_at_us) VALUES ('P01', 'Ann', 5)")
    with closing(open_database(path)) as connection:
        assert pragma(connection, "user_version") == len(STEPS)
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


def test_an_entry_of_the_former_kind_seen_becomes_an_in(path: Path) -> None:
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


def test_ids_names_and_groups_lose_what_nobody_sees_or_types(path: Path) -> None:
    with closing(open_database(path, migrations=of_version(4))) as connection, connection.writing():
        connection.run(
            "INSERT INTO people (id, name, enrolled_at_us) VALUES"
            " (char(8206) || 'A 1', 'Ann' || char(160) || 'Lee', 5),"
            " ('A' || char(160) || '1', 'Bo', 5), ('A2', char(8207) || 'Cy', 5),"
            " ('A2' || char(8206), 'Di', 5), ('A3', 'Ed', 5)"
        )
        connection.run(
            "INSERT INTO person_groups VALUES (1, 'Staff'), (1, 'Staff' || char(8206)),"
            " (3, char(1564) || 'Staff'), (5, 'Class 3')"
        )
    with service_on(path) as service:
        assert [row.person for row in service.people()] == [
            Person(PersonId("A 1"), "Ann Lee", ("Staff",)),
            Person(PersonId("A 1 (2)"), "Bo"),
            Person(PersonId("A2"), "Cy", ("Staff",)),
            Person(PersonId("A2 (4)"), "Di"),
            Person(PersonId("A3"), "Ed", ("Class 3",)),
        ]
        service.forget(PersonId("\u200eA\u00a01"))
        assert not [row for row in service.people() if row.person.id == "A 1"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["A12", "A12\u200e", "A12 (2)"], ["A12", "A12 (3)", "A12 (2)"]),
        (["A12\u200e", "\u200fA12", "\u200eA12"], ["A12", "A12 (2)", "A12 (3)"]),
        (["B" * 199, "B" * 199 + "\u200e"], ["B" * 199, "B" * 180 + " (2)"]),
        (["\u200e \u200e"], ["(1)"]),
        (["e\u200e\u0301", "\u200e\u3000B"], ["é", "B"]),
    ],
)
def test_everybody_has_an_id_that_can_be_typed(
    path: Path, before: list[str], after: list[str]
) -> None:
    with closing(open_database(path, migrations=of_version(4))) as connection, connection.writing():
        for former in before:
            connection.run(
                "INSERT INTO people (id, name, enrolled_at_us) VALUES (?, 'Ann', 5)", (former,)
            )
    with service_on(path) as service:
        for row in service.people():
            assert service.person(row.person.id) == row.person
        rows = service._store._connection.rows("SELECT id FROM people ORDER BY number")
    assert [row["id"] for row in rows] == after


def test_names_and_groups_that_are_damaged_or_nothing_but_marks_stop_nothing(path: Path) -> None:
    with closing(open_database(path, migrations=of_version(4))) as connection, connection.writing():
        connection.run(
            "INSERT INTO people (id, name, enrolled_at_us) VALUES"
            " ('P1', char(8206, 32, 8206), 5), (CAST(x'ff' AS TEXT), CAST(x'ffe2808e' AS TEXT), 5)"
        )
        connection.run(
            "INSERT INTO person_groups VALUES (1, char(8206, 32, 8206)),"
            " (2, CAST(x'ffe2808e' AS TEXT)), (2, CAST(x'fe' AS TEXT))"
        )
    with closing(open_database(path)) as connection:
        assert connection.rows("SELECT id, name FROM people") == [
            {"id": "P1", "name": "\u200e \u200e"},
            {"id": "\ufffd", "name": "\ufffd"},
        ]
        groups = connection.rows("SELECT person, name FROM person_groups")
    assert groups == [{"person": 2, "name": "\ufffd"}] * 2


def add_column(db: Database) -> None:
    db.execute("ALTER TABLE people ADD COLUMN badge TEXT")


def fail_half_way(db: Database) -> None:
    db.execute("ALTER TABLE people ADD COLUMN badge TEXT")
    raise RuntimeError("no more")


def test_a_step_is_taken_once_and_keeps_the_data(filled: Path) -> None:
    one_more = with_next_step(add_column)
    for _ in range(2):
        with closing(open_database(filled, migrations=one_more)) as connection:
            assert pragma(connection, "user_version") == len(STEPS) + 1
            assert connection.rows("SELECT id, badge FROM people") == [{"id": "P01", "badge": None}]
    with pytest.raises(StoreTooNew):
        open_database(filled)


def test_a_failing_step_leaves_the_old_shape(filled: Path) -> None:
    before = filled.read_bytes()
    with pytest.raises(RuntimeError, match="no more"):
        open_database(filled, migrations=with_next_step(fail_half_way))
    assert filled.read_bytes() == before
    with service_on(filled) as service:
        assert service.person(GRACE.id) == GRACE


def test_a_failing_first_step_leaves_no_file(path: Path) -> None:
    broken = Migrations("faceapp")
    broken()(fail_half_way)
    with pytest.raises(sqlite3.OperationalError):
        open_database(path, migrations=broken)
    assert [file.name for file in path.parent.iterdir()] == ["faceapp.db.setup"]
