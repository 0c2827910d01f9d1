from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from faceapp.config import Settings
from faceapp.errors import UnknownPerson
from faceapp.service import Service
from faceapp.store import cleaning
from faceapp.store.connection import Connection, connect
from faceapp.types import Changes, EntryKind, Person, PersonId, Sample
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GOOD, MODEL, sample, service_on, sighting, templates_of_all
from tests.helpers.disk import no_file_beyond

CANARY = Person(PersonId("CANARY-ID-77"), "Zsófia Kanári-Vogel", ("Canary group of one", "Class 3"))
REASON = "Zsófia forgot her badge"


def canary_samples() -> list[Sample]:
    """Make samples with vectors long enough to be found again."""
    rng = np.random.default_rng(77)
    vectors = rng.normal(size=(6, 192)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [
        Sample(vector, GOOD, MODEL, "CANARY-picture.jpg", np.zeros((112, 112, 3), np.uint8))
        for vector in vectors
    ]


@contextmanager
def a_reader(path: Path) -> Iterator[None]:
    """Another program that has begun to read."""
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        yield


def traces(folder: Path) -> dict[str, list[str]]:
    """Look for the canary in the bytes of every file; what was found -> the files it is in."""
    needles = {
        "id": CANARY.id.encode(),
        "part of the name": "Kanári".encode(),
        "group": b"Canary group",
        "source": b"CANARY-picture",
        "reason": b"forgot her badge",
    }
    for number, vector in enumerate(one.vector for one in canary_samples()):
        needles[f"vector {number}"] = vector.tobytes()[:64]
        needles[f"end of vector {number}"] = vector.tobytes()[-64:]
        needles[f"half vector {number}"] = vector.astype(np.float16).tobytes()[:64]
    contents = {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    found = {
        what: [name for name, content in contents.items() if needle in content]
        for what, needle in needles.items()
    }
    return {what: files for what, files in found.items() if files}


def enrol_canary_among(service: Service, others: int) -> None:
    """Put the canary between people, so that pages are split and moved around it."""
    for number in range(others):
        if number == others // 2:
            service.enrol(CANARY, canary_samples())
            service.record(sighting(CANARY.id, MONDAY, key="CANARY-ID-77 at the door"))
            service.add_entry(CANARY.id, MONDAY - timedelta(hours=1), EntryKind.IN, REASON)
        person = Person(PersonId(f"P{number:03}"), f"Person {number}", ("Class 3",))
        service.enrol(person, [sample(5 * number + one) for one in range(5)])
        service.record(sighting(person.id, MONDAY + timedelta(seconds=number)))


def forget_without_scrub(service: Service) -> None:
    """Do all that a process does that dies before the scrub."""
    store = service._store
    number = store.people.number(CANARY.id)
    assert number is not None
    with store.writing():
        store.people.forget([number], MONDAY)
        store.mark_for_scrub()


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        enrol_canary_among(service, 40)
    found = traces(tmp_path).keys()
    assert found >= {"id", "part of the name", "group", "source", "reason", "vector 0"}


def test_forgetting_leaves_no_trace_while_the_database_is_open(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        enrol_canary_among(service, 40)
        service.edit_person(CANARY.id, "Kanári again")
        service.forget(CANARY.id)
        assert traces(tmp_path) == {}
        assert not service.traces_left()
        assert len(service.people()) == 40
        service.verify()
    assert traces(tmp_path) == {}


def test_several_people_are_forgotten_with_one_rebuild_of_the_file(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        enrol_canary_among(service, 40)
        statements: list[str] = []
        service._store._connection.db.conn.set_trace_callback(statements.append)
        service.forget(PersonId("P000"), CANARY.id, *(PersonId(f"P{at:03}") for at in range(30)))
        assert [one for one in statements if one == "VACUUM"] == ["VACUUM"]
        assert sum(one.startswith("BEGIN") for one in statements) == 2  # to delete, to unmark
        assert traces(tmp_path) == {}
        assert not service.traces_left()
        assert {row.person.id for row in service.people()} == {f"P{at:03}" for at in range(30, 40)}
        assert len({entry.person for entry in service.entries()}) == 41  # each its own pseudonym
        service.verify()


@pytest.mark.parametrize("stranger_last", [True, False])
def test_several_people_are_forgotten_all_or_none(tmp_path: Path, stranger_last: bool) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        enrol_canary_among(service, 4)
        before, entries = service.people(), service.entries()
        service.take_changes()
        wanted = [CANARY.id, PersonId("P000"), PersonId("P999")]
        with pytest.raises(UnknownPerson) as caught:
            service.forget(*(wanted if stranger_last else reversed(wanted)))
        assert caught.value.details == {"person": "P999"}
        assert (service.people(), service.entries()) == (before, entries)
        assert len(service.templates(CANARY.id)) == 6
        assert service.take_changes() == Changes()
        assert not service.traces_left()


def test_who_is_forgotten_halfway_is_still_there(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        enrol_canary_among(service, 4)
        before = service.people()
        service._store._connection.run(
            "CREATE TEMP TRIGGER worn BEFORE UPDATE OF forgotten_at_us ON people"
            " WHEN old.id = 'P003' BEGIN SELECT RAISE(ABORT, 'worn'); END"
        )
        with pytest.raises(sqlite3.IntegrityError):
            service.forget(CANARY.id, PersonId("P003"))
        assert service.people() == before
        assert len(service.templates(CANARY.id)) == 6
        assert not service.traces_left()


def test_a_former_name_leaves_no_trace(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        enrol_canary_among(service, 40)
        service.edit_person(CANARY.id, "Somebody")
        assert traces(tmp_path).keys().isdisjoint({"part of the name", "source"})
        assert not service.traces_left()
        assert {one.source for one in service.templates(CANARY.id)} == {""}
        before = (tmp_path / "faceapp.db").stat().st_mtime_ns
        service.edit_person(CANARY.id, "Somebody")
        assert (tmp_path / "faceapp.db").stat().st_mtime_ns == before  # nothing to rebuild


def test_what_could_not_be_read_before_leaves_no_trace_either(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        enrol_canary_among(service, 4)
        service._store._connection.run(
            "UPDATE templates SET source = CAST(x'ff' AS TEXT) WHERE person ="
            " (SELECT number FROM people WHERE id = 'P001')"
        )
        assert "\ufffd" in {one.source for one in templates_of_all(service)}
        service.forget(CANARY.id)
        assert traces(tmp_path) == {}
        assert not service.traces_left()


def test_somebody_without_entries_leaves_not_even_a_pseudonym(tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as service:
        service.enrol(CANARY, canary_samples())
        service.forget(CANARY.id)
        assert service._store._connection.rows("SELECT * FROM people") == []
        assert traces(tmp_path) == {}


def test_an_interrupted_forgetting_is_finished_by_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as service:
        enrol_canary_among(service, 40)
        forget_without_scrub(service)
        assert traces(tmp_path) != {}  # deleting alone is not enough
    with service_on(path) as service:
        assert traces(tmp_path) == {}
        assert not service.traces_left()


def test_a_reader_in_the_way_delays_the_scrub_and_not_the_forgetting(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as service:
        enrol_canary_among(service, 10)
        with a_reader(path):
            service.forget(CANARY.id)
            assert service.traces_left()
            with pytest.raises(UnknownPerson):
                service.person(CANARY.id)
        # The hourly look finishes it, though nothing expires with the default settings.
        service.purge_expired()
        assert not service.traces_left()
        assert traces(tmp_path) == {}


def test_the_next_forgetting_finishes_a_delayed_one(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as service:
        enrol_canary_among(service, 10)
        with a_reader(path):
            service.forget(CANARY.id)
        # The next thing that is deleted takes the old traces along.
        service.forget(PersonId("P000"))
        assert not service.traces_left()
        assert traces(tmp_path) == {}


def test_a_disk_that_takes_no_second_copy_delays_the_scrub_and_not_the_forgetting(
    tmp_path: Path,
) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as service:
        enrol_canary_among(service, 100)
    with service_on(path) as service, no_file_beyond(100_000):
        service.forget(CANARY.id)
        assert service.traces_left()
    with no_file_beyond(100_000), service_on(path) as service:
        assert service.traces_left()
        assert len(service.people()) == 100
    with service_on(path) as service:
        assert not service.traces_left()
    assert traces(tmp_path) == {}


class WithAnother(Connection):
    """A connection beside which another process deletes something just before the mark goes."""

    def checkpoint(self, wait_s: float = 0) -> bool:
        done = super().checkpoint(wait_s)
        with closing(Connection(connect(self.path), self.path)) as other, other.writing():
            cleaning.mark(other)
        return done


def test_a_scrub_leaves_the_mark_of_what_was_deleted_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as service:
        service.enrol(CANARY, canary_samples())
        service._store.mark_for_scrub()
    with closing(WithAnother(connect(path), path)) as connection:
        assert not cleaning.scrub(connection)
        assert cleaning.traces_left(connection)
    with service_on(path) as service:
        assert not service.traces_left()


def test_retention_leaves_no_trace_of_the_entries(tmp_path: Path) -> None:
    clock = HandClock()
    settings = Settings(retention_days=30)
    with service_on(tmp_path / "faceapp.db", clock, settings) as service:
        service.enrol(CANARY, canary_samples())
        service.add_entry(CANARY.id, MONDAY, EntryKind.IN, REASON)
        clock.move(86_400 * 40)
        assert service.purge_expired(confirmed=True) == 1
        assert "reason" not in traces(tmp_path)


@pytest.mark.parametrize("scrubbed", [True, False])
def test_a_backup_made_afterwards_has_no_trace(tmp_path: Path, scrubbed: bool) -> None:
    for folder in ("data", "backups"):
        (tmp_path / folder).mkdir()
    with service_on(tmp_path / "data" / "faceapp.db") as service:
        enrol_canary_among(service, 40)
        if scrubbed:
            service.forget(CANARY.id)
        else:
            # Stands for what split pages keep in their free space, which few databases have.
            service._store._connection.run("PRAGMA secure_delete=OFF").close()
            forget_without_scrub(service)
        backup = service.backup(tmp_path / "backups" / "copy.db")
        assert service.traces_left() is not scrubbed
    assert traces(backup.parent) == {}
    with closing(connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM people").fetchone()[0] == 41
