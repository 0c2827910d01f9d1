from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from faceapp.service import Service
from faceapp.store.connection import Connection
from faceapp.types import EntryFilter
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, OMAR, sample, service_on, sighting


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """Two people, an entry of each, of which Grace's is void."""
    with service_on(tmp_path / "faceapp.db", HandClock(MONDAY + timedelta(hours=1))) as service:
        for number, person in enumerate((GRACE, OMAR)):
            service.enrol(person, [sample(number)])
            service.record(sighting(person.id, MONDAY))
        service.void_entry(service.entries(EntryFilter(person=GRACE.id))[0].id, "not her")
        yield service


@pytest.fixture
def connection(service: Service) -> Connection:
    return service._store._connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET kind = 'out'",
        "UPDATE entries SET at_us = at_us + 1 WHERE id = 2",
        "DELETE FROM entries",
        "DELETE FROM entries WHERE id = 2",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries",
        "REPLACE INTO entries SELECT * FROM entries WHERE id = 1",
        "UPDATE OR REPLACE entries SET id = 2 WHERE id = 1",
        "UPDATE corrections SET reason = 'other'",
        "UPDATE corrections SET reason = ''",
        "UPDATE corrections SET entry = 2",
        "DELETE FROM corrections",
        "INSERT OR REPLACE INTO corrections SELECT * FROM corrections",
        "DELETE FROM people",
        "INSERT INTO corrections (entry, what, reason, at_us) VALUES (1, 'void', 'twice', 0)",
        "INSERT INTO corrections (entry, what, reason, at_us) VALUES (99, 'void', 'whose', 0)",
    ],
)
def test_nothing_changes_or_removes_a_row(
    service: Service, connection: Connection, statement: str
) -> None:
    before = service.entries()
    with pytest.raises(sqlite3.IntegrityError), connection.writing():
        connection.run(statement)
    assert service.entries() == before


def test_only_what_a_purge_covers_may_be_deleted(service: Service, connection: Connection) -> None:
    with connection.writing():
        connection.run("INSERT INTO purges (before_date, at_us) VALUES ('2026-11-23', 0)")
    with pytest.raises(sqlite3.IntegrityError), connection.writing():
        connection.run("DELETE FROM entries")
    for statement in ("UPDATE purges SET before_date = '9999-01-01'", "DELETE FROM purges"):
        with pytest.raises(sqlite3.IntegrityError), connection.writing():
            connection.run(statement)
    with connection.writing():
        connection.run("INSERT INTO purges (before_date, at_us) VALUES ('2026-11-24', 0)")
        connection.run("DELETE FROM entries")
    assert service.entries() == []
    assert connection.rows("SELECT * FROM corrections") == []


def test_the_reason_of_a_forgotten_person_is_blanked_and_nothing_else(
    service: Service, connection: Connection
) -> None:
    service.forget(GRACE.id)
    first, second = service.entries()
    assert (first.person, first.name, first.voided_reason) == ("forgotten-1", "", "")
    assert (second.person, second.voided_reason) == (OMAR.id, None)
    with pytest.raises(sqlite3.IntegrityError), connection.writing():
        connection.run("UPDATE corrections SET reason = 'again'")
