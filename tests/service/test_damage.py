"""Damage inside values, and what other programs do: both are told, and cost nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from faceapp.config import Settings
from faceapp.errors import StoreCorrupt
from faceapp.recognition.threshold import Thresholds
from faceapp.service import Service
from faceapp.types import F32, Damage, EntryFilter, Person, PersonId, RecordOutcome
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, IN_USE, OLDER, OMAR, sample, service_on, sighting
from tests.helpers.disk import alter, garble

THIRD = Person(PersonId("P03"), "Third")


NOT_A_NUMBER = np.array([np.nan, *[0] * 7], "<f4")


def spoil(service: Service, person: PersonId, vector: F32 = NOT_A_NUMBER) -> None:
    """Put another vector into a person's oldest template, as a worn disk does."""
    service._store._connection.run(
        "UPDATE templates SET vector = ? WHERE id = (SELECT min(t.id) FROM templates t"
        " JOIN people p ON p.number = t.person WHERE p.id = ?)",
        (vector.tobytes(), person),
    )


@pytest.mark.parametrize(
    "vector",
    [
        pytest.param(NOT_A_NUMBER, id="nan"),
        pytest.param(np.array([3e38] * 8, "<f4"), id="huge"),
        pytest.param(np.array([0.5, *[0] * 7], "<f4"), id="short"),
    ],
)
def test_a_damaged_template_costs_nobody_else_anything(service: Service, vector: F32) -> None:
    service.enrol(GRACE, [sample(1), sample(2)])
    service.enrol(OMAR, [sample(3)])
    service.verify()
    spoil(service, OMAR.id, vector)
    gallery = service.gallery(IN_USE)
    assert (gallery.people, gallery.templates) == ((GRACE.id,), 2)
    assert service.unrecognizable(IN_USE) == [OMAR]
    service.enrol(THIRD, [sample(4), sample(5)], thresholds=Thresholds(0.99, 0.99))
    service.verify()
    assert service.damage() == Damage(samples_of=(OMAR.id,))
    spoil(service, GRACE.id, vector)
    assert service.unrecognizable(IN_USE) == [OMAR]
    assert service.damage() == Damage(samples_of=(GRACE.id, OMAR.id))


def test_new_samples_take_the_place_of_damaged_ones(service: Service) -> None:
    for person in (GRACE, OMAR):
        service.enrol(person, [sample(1), sample(2)])
        spoil(service, person.id)
    service.add_samples(OMAR.id, [sample(3)])
    assert len(service.templates(OMAR.id)) == 2
    assert len(service.templates(GRACE.id)) == 2
    assert service.damage() == Damage(samples_of=(GRACE.id,))
    assert service.gallery(IN_USE).templates == 3


def test_usable_samples_are_told_from_kept_ones(service: Service) -> None:
    service.enrol(GRACE, [sample(1), sample(2), sample(3)])
    service.add_samples(GRACE.id, [sample(4, model=OLDER)])
    service.enrol(OMAR, [sample(5, model=OLDER)])
    service.enrol(THIRD, [sample(6)])
    spoil(service, THIRD.id)
    told = {
        row.person.id: (row.templates, row.usable, row.weakest) for row in service.people(IN_USE)
    }
    assert told == {GRACE.id: (4, 3, 0.5), OMAR.id: (1, 0, None), THIRD.id: (1, 0, None)}
    assert [row.usable for row in service.people()] == [4, 1, 1]
    usable = [one.usable_with(IN_USE) for one in service.templates(GRACE.id)]
    assert usable == [True, True, True, False]
    assert not service.templates(THIRD.id)[0].usable_with(None)


def test_a_damaged_text_keeps_no_list_from_being_read(service: Service) -> None:
    service.enrol(GRACE, [sample(1, "a.jpg")])
    service.enrol(OMAR, [sample(2)])
    service.record(sighting(GRACE.id, MONDAY))
    run = service._store._connection.run
    run("DROP TRIGGER entries_never_change")
    whole = service.damage()
    assert not whole.values
    damages = (
        "UPDATE entries SET camera = CAST(x'48ff6c6c' AS TEXT)",
        "UPDATE people SET name = CAST(x'4772ff6365' AS TEXT) WHERE id = 'P01'",
        "UPDATE templates SET source = CAST(x'ff' AS TEXT) WHERE source = 'a.jpg'",
    )
    for damage in damages:
        run("BEGIN")
        run(damage)
        assert service.damage() == replace(whole, values=True)
        run("ROLLBACK")
    for damage in damages:
        run(damage)
    assert [row.person.name for row in service.people()] == ["Gr\ufffdce", OMAR.name]
    assert [(entry.name, entry.camera) for entry in service.entries()] == [
        ("Gr\ufffdce", "H\ufffdll")
    ]
    assert service.gallery(IN_USE).templates == 2
    service.edit_person(GRACE.id, GRACE.name)
    assert service.person(GRACE.id) == GRACE
    assert [template.source for template in service.templates(GRACE.id)] == [""]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE people SET enrolled_at_us = enrolled_at_us + (1 << 60)",
        "UPDATE people SET agreed_at_us = -9223372036854775808",
        "UPDATE templates SET created_at_us = created_at_us - (1 << 60)",
        "UPDATE entries SET recorded_at_us = recorded_at_us + (1 << 61)",
    ],
)
def test_a_time_that_cannot_be_is_found_and_keeps_no_list_from_being_read(
    service: Service, damage: str
) -> None:
    service.enrol(GRACE, [sample(1)], agreed=True)
    service.record(sighting(GRACE.id, MONDAY))
    service._store._connection.run("DROP TRIGGER entries_never_change")
    whole = service.damage()
    assert not whole.values
    service._store._connection.run(damage)
    assert service.damage() == replace(whole, values=True)
    assert [row.person for row in service.people()] == [GRACE]
    assert service.gallery(IN_USE).templates == 1
    assert len(service.entries()) == 1
    assert len(service.days()) == 1


@pytest.mark.parametrize(
    "damage",
    [
        "at_us = at_us + (1 << 61)",
        "at_us = -9223372036854775808",
        "utc_offset_s = utc_offset_s + (1 << 30)",
        "utc_offset_s = -9223372036854775808",
        "local_date = '2026-11-53'",
        "local_date = '2026-11-31'",
        "local_date = '0000-11-23'",
        "local_date = '2026-11-27'",
        "at_us = at_us + (1 << 50)",
        "kind = 'io'",
        "confirmation = 'fice'",
    ],
)
def test_a_damaged_entry_is_counted_and_hides_no_other(service: Service, damage: str) -> None:
    service.enrol(GRACE, [sample(1)])
    for hours in (0, 1, 2):
        service.record(sighting(GRACE.id, MONDAY + timedelta(hours=hours)))
    whole = service.entries()
    service._store._connection.run("DROP TRIGGER entries_never_change")
    service._store._connection.run("PRAGMA ignore_check_constraints=ON")
    spoiling = f"UPDATE entries SET {damage} WHERE id = ?"  # noqa: S608
    service._store._connection.run(spoiling, (whole[1].id,))
    found = Damage(entries=1, altered=("trigger entries_never_change",))
    assert service.damage() == found
    assert service.damaged_entries() == 1
    assert service.entries() == [whole[0], whole[2]]
    assert [row.first_in for row in service.days()] == [whole[0]]
    today = service.days(EntryFilter(from_date=whole[0].local_date, to_date=whole[0].local_date))
    assert [row.first_in for row in today] == [whole[0]]
    assert [row.last_seen_at for row in service.people()] == [whole[2].at]
    answer = service.record(sighting(GRACE.id, MONDAY + timedelta(hours=3)))
    assert answer.outcome is RecordOutcome.RECORDED


def test_nothing_is_acknowledged_that_another_programs_trigger_drops(service: Service) -> None:
    service.enrol(GRACE, [sample(1)])
    service.record(sighting(GRACE.id, MONDAY))
    before = service.entries()
    for table in ("entries", "people"):
        service._store._connection.run(
            f"CREATE TRIGGER no_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END"
        )
    with pytest.raises(StoreCorrupt):
        service.record(sighting(GRACE.id, MONDAY + timedelta(hours=1)))
    with pytest.raises(StoreCorrupt):
        service.enrol(OMAR, [sample(2)])
    assert service.entries() == before
    assert [row.templates for row in service.people()] == [1]


COPYING = "CREATE TRIGGER copying AFTER INSERT ON people BEGIN INSERT INTO gone VALUES (1); END"


@pytest.mark.parametrize(
    ("damage", "work"),
    [
        (lambda path: alter(path, COPYING), lambda service: service.add_person(OMAR)),
        (  # not in the index, so that the entry is found and then protected
            lambda path: garble(path, b"2026-11-23in", b"2026-31-23in"),
            lambda service: service.purge_expired(confirmed=True),
        ),
    ],
    ids=["trigger", "date"],
)
def test_what_fails_in_a_damaged_file_is_not_called_our_bug(
    tmp_path: Path, damage: Callable[[Path], None], work: Callable[[Service], object]
) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as service:
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, MONDAY))
    damage(path)
    later = HandClock(MONDAY + timedelta(days=9))
    with service_on(path, later, Settings(retention_days=1)) as service:
        with pytest.raises(StoreCorrupt):
            work(service)
        assert [row.person for row in service.people()] == [GRACE]


def test_a_bug_that_comes_again_has_a_sound_file_checked_only_once(service: Service) -> None:
    connection = service._store._connection
    run: list[str] = []
    connection.db.conn.set_trace_callback(run.append)
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError):
            connection.rows("SELECT nothing FROM people")
    assert run.count("PRAGMA integrity_check(1)") == 1


@pytest.mark.parametrize("column", ["kind", "confirmation"])
def test_an_entry_without_a_needed_value_is_counted_as_damaged(
    service: Service, column: str
) -> None:
    service.enrol(GRACE, [sample(1)])
    service.record(sighting(GRACE.id, MONDAY))
    run = service._store._connection.run
    run("DROP TRIGGER entries_never_change")
    run("PRAGMA writable_schema=ON")
    lax = f"'{column} TEXT NOT NULL', '{column} TEXT'"
    run(f"UPDATE sqlite_schema SET sql = replace(sql, {lax}) WHERE name = 'entries'")  # noqa: S608
    run("PRAGMA writable_schema=RESET")
    run(f"UPDATE entries SET {column} = NULL")  # noqa: S608
    assert list(service.entries()) == []
    assert service.damage().entries == 1
