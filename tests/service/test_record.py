from __future__ import annotations

import hashlib
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from faceapp.config import Settings
from faceapp.errors import StoreBusy
from faceapp.service import Service
from faceapp.types import (
    Changes,
    Confirmation,
    Entry,
    EntryFilter,
    EntryKind,
    Person,
    PersonId,
    Recorded,
    RecordOutcome,
    Sighting,
)
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, MODEL, OMAR, sample, service_on, sighting

IN, OUT = EntryKind.IN, EntryKind.OUT


@pytest.fixture
def service(service: Service) -> Service:
    """Enrol Grace and Omar."""
    service.enrol(GRACE, [sample(1)])
    service.enrol(OMAR, [sample(2)])
    return service


def seen(service: Service, minute: float, person: PersonId = GRACE.id) -> Recorded:
    service.take_changes()
    recorded = service.record(sighting(person, MONDAY + timedelta(minutes=minute)))
    assert service.take_changes() == Changes(entries=recorded.outcome is RecordOutcome.RECORDED)
    return recorded


def test_an_entry_says_all_about_its_moment(service: Service) -> None:
    recorded = seen(service, 0)
    assert recorded.outcome is RecordOutcome.RECORDED
    (entry,) = service.entries()
    assert recorded.entry == entry
    assert entry == Entry(
        id=entry.id,
        person=GRACE.id,
        name=GRACE.name,
        at=MONDAY,
        utc_offset_s=3600,
        zone="Europe/Berlin",
        local_date=date(2026, 11, 23),
        kind=IN,
        camera="Hall",
        similarity=0.71,
        threshold=0.5,
        model_id=MODEL,
        confirmation=Confirmation.FACE,
        recorded_at=MONDAY,
    )


def test_a_day_is_first_in_last_out(service: Service) -> None:
    outcomes = [seen(service, minute) for minute in (0, 2, 4.9, 240, 243, 480)]
    assert [recorded.outcome for recorded in outcomes] == [
        RecordOutcome.RECORDED,
        RecordOutcome.COOLING_DOWN,
        RecordOutcome.COOLING_DOWN,
        RecordOutcome.RECORDED,
        RecordOutcome.COOLING_DOWN,
        RecordOutcome.RECORDED,
    ]
    assert outcomes[1].entry == outcomes[2].entry == outcomes[0].entry
    assert outcomes[4].entry == outcomes[3].entry
    assert [entry.kind for entry in service.entries()] == [IN, OUT, OUT]


def test_people_do_not_cool_each_other_down(service: Service) -> None:
    assert seen(service, 0).outcome is RecordOutcome.RECORDED
    assert seen(service, 1, OMAR.id).outcome is RecordOutcome.RECORDED


def test_the_same_sighting_again_is_harmless(service: Service) -> None:
    first = seen(service, 0)
    for minute in (60, 0):
        seen(service, minute)
    again = seen(service, 0)
    assert (again.outcome, again.entry) == (RecordOutcome.DUPLICATE, first.entry)
    assert len(service.entries()) == 2


def test_a_kept_key_does_not_tell_whose_it_was(service: Service) -> None:
    keys = []
    for person in (Person(PersonId("P77"), "One"), Person(PersonId("P78"), "Other")):
        service.enrol(person, [sample(3)])
        one = Sighting(f"{MONDAY.isoformat()}|Hall", person.id, MONDAY, "Hall", 0.7, 0.5, MODEL)
        assert service.record(one).outcome is RecordOutcome.RECORDED
        assert service.record(one).outcome is RecordOutcome.DUPLICATE
        number = service._store.people.number(person.id)
        keys.append(hashlib.sha256(f"seen|{number}|{one.key}".encode()).digest())
    rows = service._store._connection.rows("SELECT key FROM entries ORDER BY id")
    assert [row["key"] for row in rows] == keys


def test_a_struck_entry_is_not_recorded_again(service: Service) -> None:
    seen(service, 0)
    service.void_entry(service.entries()[0].id, "somebody else")
    again = seen(service, 0)
    assert again.outcome is RecordOutcome.DUPLICATE
    assert [again.entry] == service.entries()


def test_a_struck_entry_stands_in_nobodys_way(service: Service) -> None:
    seen(service, 0)
    service.void_entry(service.entries()[0].id, "somebody else")
    assert seen(service, 2).outcome is RecordOutcome.RECORDED
    assert service.entries()[1].kind is IN


def test_somebody_who_is_not_there_makes_no_entry(service: Service) -> None:
    assert seen(service, 0, PersonId("P99")) == Recorded(RecordOutcome.NOBODY, None)
    service.forget(GRACE.id)
    assert seen(service, 0) == Recorded(RecordOutcome.NOBODY, None)
    assert service.entries() == []


def test_changed_settings_count_at_once(service: Service) -> None:
    seen(service, 0)
    service.use_settings(Settings(cooldown_s=0, policy="alternating"))
    for minute in (1, 2, 3):
        assert seen(service, minute).outcome is RecordOutcome.RECORDED
    assert [entry.kind for entry in service.entries()] == [IN, OUT, IN, OUT]
    service.use_settings(Settings(cooldown_s=0, policy="in_only"))
    assert seen(service, 600).outcome is RecordOutcome.COOLING_DOWN


def test_a_clock_set_back_loses_and_doubles_nothing(service: Service) -> None:
    assert seen(service, 60).outcome is RecordOutcome.RECORDED
    assert seen(service, 58).outcome is RecordOutcome.COOLING_DOWN
    assert seen(service, 0).outcome is RecordOutcome.RECORDED
    assert seen(service, 480).outcome is RecordOutcome.RECORDED
    kinds = [(entry.at, entry.kind) for entry in service.entries()]
    assert kinds == [
        (MONDAY, IN),
        (MONDAY + timedelta(minutes=60), IN),
        (MONDAY + timedelta(minutes=480), OUT),
    ]
    (row, _) = service.days()
    assert row.duration_s == 8 * 3600


@pytest.mark.parametrize(
    ("zone", "before", "after", "offsets", "dates"),
    [
        # autumn in Berlin: the same wall time twice, an hour apart
        (
            "Europe/Berlin",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            (7200, 3600),
            ("2026-10-25", "2026-10-25"),
        ),
        # spring in Berlin: an hour that never was
        (
            "Europe/Berlin",
            datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
            datetime(2026, 3, 29, 1, 59, tzinfo=UTC),
            (3600, 7200),
            ("2026-03-29", "2026-03-29"),
        ),
        # half an hour on Lord Howe
        (
            "Australia/Lord_Howe",
            datetime(2026, 4, 4, 14, 59, tzinfo=UTC),
            datetime(2026, 4, 4, 15, 59, tzinfo=UTC),
            (39_600, 37_800),
            ("2026-04-05", "2026-04-05"),
        ),
        # midnight in Kathmandu
        (
            "Asia/Kathmandu",
            datetime(2026, 11, 23, 17, 15, tzinfo=UTC),
            datetime(2026, 11, 23, 18, 15, tzinfo=UTC),
            (20_700, 20_700),
            ("2026-11-23", "2026-11-24"),
        ),
    ],
)
def test_an_hour_is_an_hour_when_the_clock_changes(
    tmp_path: Path,
    zone: str,
    before: datetime,
    after: datetime,
    offsets: tuple[int, int],
    dates: tuple[str, str],
) -> None:
    with service_on(tmp_path / "faceapp.db", HandClock(before), zone=ZoneInfo(zone)) as service:
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, before))
        service.record(sighting(GRACE.id, after))
        first, second = service.entries()
        assert (first.utc_offset_s, second.utc_offset_s) == offsets
        assert tuple(one.local_date.isoformat() for one in (first, second)) == dates
        assert second.kind is (IN if dates[0] != dates[1] else OUT)
        hours = [row.duration_s for row in service.days() if row.duration_s is not None]
        assert hours == ([] if dates[0] != dates[1] else [3600])


def test_an_entry_keeps_the_zone_of_its_moment(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.db"
    with service_on(path) as service:
        service.enrol(GRACE, [sample(1)])
        service.record(sighting(GRACE.id, MONDAY))
        (before,) = service.entries()
    with service_on(path, zone=ZoneInfo("Pacific/Apia")) as service:
        assert service.entries() == [before]
        assert service.days()[0].local_date == date(2026, 11, 23)


def test_the_password_of_a_stream_is_not_kept(service: Service, tmp_path: Path) -> None:
    camera = "rtsp://admin:CANARY-pass@10.0.0.7/stream"
    service.record(sighting(GRACE.id, MONDAY, camera=camera))
    assert service.entries()[0].camera == "rtsp://10.0.0.7/stream"
    files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert b"10.0.0.7/stream" in files["faceapp.db-wal"]
    assert not any(b"CANARY-pass" in content for content in files.values())


def test_a_sighting_that_finds_the_database_busy_can_be_given_again(
    service: Service, tmp_path: Path
) -> None:
    with service_on(tmp_path / "faceapp.db") as other:
        with other._store.writing(), pytest.raises(StoreBusy):
            seen(service, 0)
        assert service.entries() == []
        assert seen(service, 0).outcome is RecordOutcome.RECORDED


def test_two_processes_record_one_person_once(service: Service, tmp_path: Path) -> None:
    with service_on(tmp_path / "faceapp.db") as command_line:
        seen(service, 0)
        assert seen(command_line, 0.5).outcome is RecordOutcome.COOLING_DOWN


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (EntryFilter(), [0, 1, 2, 3, 4, 5]),
        (EntryFilter(from_date=date(2026, 11, 24)), [2, 3, 4, 5]),
        (EntryFilter(to_date=date(2026, 11, 24)), [0, 1, 2, 3]),
        (EntryFilter(from_date=date(2026, 11, 24), to_date=date(2026, 11, 24)), [2, 3]),
        (EntryFilter(person=GRACE.id), [0, 2, 4]),
        (EntryFilter(group="Staff"), [1, 3, 5]),
        (EntryFilter(group="Class 3"), [0, 1, 2, 3, 4, 5]),
        (EntryFilter(group="nobody's"), []),
        (EntryFilter(include_voided=False), [1, 2, 3, 4, 5]),
        (EntryFilter(from_date=date(2026, 11, 24), person=OMAR.id, group="Staff"), [3, 5]),
        (EntryFilter(person=PersonId("P99")), []),
    ],
)
def test_a_filter_selects_entries(
    service: Service, wanted: EntryFilter, expected: list[int]
) -> None:
    for day in range(3):
        for person in (GRACE, OMAR):
            seen(service, day * 1440, person.id)
    everything = service.entries()
    service.void_entry(everything[0].id, "no")
    found = [entry.id for entry in service.entries(wanted)]
    assert found == [everything[index].id for index in expected]
    assert service.count_entries(wanted) == len(expected)
    assert [entry.id for entry in service.iter_entries(wanted)] == found


def test_pages_hold_each_entry_once_and_in_order(service: Service) -> None:
    rng = random.Random(1)
    service.use_settings(Settings(cooldown_s=0))
    minutes = [rng.randrange(60) for _ in range(101)]
    for number, minute in enumerate(minutes):
        at = MONDAY + timedelta(minutes=minute)
        service.record(Sighting(str(number), GRACE.id, at, "Hall", 0.7, 0.5, MODEL))
    for size in (1, 7, 100, 101, 1000):
        pages = list(service._store.entries.pages(EntryFilter(), size))
        assert all(len(page) <= size for page in pages)
        found = [entry.id for page in pages for entry in page]
        assert found == [entry.id for entry in service.entries()]
        assert sorted(found) == list(range(1, 102))
    times = [entry.at for entry in service.entries()]
    assert times == sorted(times)
