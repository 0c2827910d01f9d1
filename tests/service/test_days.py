from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from faceapp.config import Settings
from faceapp.service import Service
from faceapp.types import DayRow, EntryFilter, EntryKind, Person, PersonId
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import GRACE, OMAR, sample, service_on, sighting

ANNA = Person(PersonId("P03"), "anna")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture
def service(tmp_path: Path, clock: HandClock) -> Iterator[Service]:
    """Three people; Grace comes on Monday and Wednesday, Omar on Monday."""
    with service_on(tmp_path / "faceapp.db", clock) as service:
        for number, person in enumerate((GRACE, OMAR, ANNA)):
            service.enrol(person, [sample(number)])
        for person, hours in ((GRACE, (0, 8, 48)), (OMAR, (1,))):
            for hour in hours:
                service.record(sighting(person.id, MONDAY + timedelta(hours=hour)))
        yield service


def shown(rows: list[DayRow]) -> list[tuple[str, str, bool]]:
    return [(f"{row.local_date:%d}", row.person.name, row.present) for row in rows]


def test_each_day_has_everybody_by_name(service: Service) -> None:
    assert shown(service.days()) == [
        ("23", "anna", False),
        ("23", "Grace Okafor", True),
        ("23", "Omar Haddad", True),
        ("25", "anna", False),
        ("25", "Grace Okafor", True),
        ("25", "Omar Haddad", False),
    ]
    monday = service.days()[1]
    assert monday.first_in is not None
    assert monday.last_out is not None
    assert (monday.first_in.at, monday.last_out.at) == (MONDAY, MONDAY + timedelta(hours=8))
    assert monday.duration_s == 8 * 3600


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (EntryFilter(from_date=date(2026, 11, 24), to_date=date(2026, 11, 24)), []),
        (
            EntryFilter(from_date=date(2026, 11, 23), to_date=date(2026, 11, 24), person=OMAR.id),
            [("23", 1)],
        ),
        (EntryFilter(from_date=date(2026, 11, 24)), [("25", 0), ("25", 1), ("25", 0)]),
        (EntryFilter(person=OMAR.id), [("23", 1), ("25", 0)]),
        (EntryFilter(group="Staff"), [("23", 1), ("25", 0)]),
        (EntryFilter(group="nobody's"), []),
        (EntryFilter(from_date=date(2027, 1, 1)), []),
    ],
)
def test_a_filter_selects_people_and_days(
    service: Service, wanted: EntryFilter, expected: list[tuple[str, int]]
) -> None:
    found = [(date, int(present)) for date, _, present in shown(service.days(wanted))]
    assert found == expected


def test_only_today_has_missing_people_before_anybody_has_come(
    service: Service, clock: HandClock
) -> None:
    """A day without anybody, such as a Sunday, is nobody's day missed; nor is one to come."""
    tuesday = MONDAY.date() + timedelta(days=1)
    wanted = EntryFilter(from_date=tuesday, to_date=tuesday)
    for days, missing in ((0, 0), (1, 3), (2, 0)):
        clock.wall = MONDAY + timedelta(days=days)
        assert len(service.days(wanted)) == missing
        assert sum(row.days_missing for row in service.totals(wanted)) == missing


def test_nobody_is_missing_before_being_enrolled(service: Service, clock: HandClock) -> None:
    clock.move(48 * 3600)
    late = Person(PersonId("P04"), "Late")
    service.enrol(late, [sample(9)])
    names = [(date, name) for date, name, _ in shown(service.days()) if name == "Late"]
    assert names == [("25", "Late")]
    service.add_entry(late.id, MONDAY, EntryKind.IN, "was there on paper")
    assert len([row for row in service.days() if row.person == late]) == 2


def test_the_forgotten_are_counted_and_never_missing(service: Service) -> None:
    service.forget(GRACE.id)
    rows = [row for row in service.days() if not row.person.name]
    assert [(row.local_date, row.person.id, row.present) for row in rows] == [
        (date(2026, 11, 23), "forgotten-1", True),
        (date(2026, 11, 25), "forgotten-1", True),
    ]


def test_today_says_who_is_here_and_who_is_missing(service: Service, clock: HandClock) -> None:
    clock.move(9 * 3600)
    today = service.today()
    assert today.local_date == date(2026, 11, 23)
    assert [row.person for row in today.here] == [GRACE, OMAR]
    assert today.left == ()
    assert today.missing == (ANNA,)
    assert [row.person for row in service.today("Staff").here] == [OMAR]
    clock.move(24 * 3600)
    assert service.today().here == ()
    assert len(service.today().missing) == 3


def test_alternating_knows_who_has_left(service: Service, clock: HandClock) -> None:
    clock.move(9 * 3600)
    service.use_settings(Settings(policy="alternating"))
    today = service.today()
    assert [row.person for row in today.here] == [OMAR]
    assert [row.person for row in today.left] == [GRACE]
    service.record(sighting(GRACE.id, MONDAY + timedelta(hours=9)))
    assert [row.person for row in service.today().here] == [GRACE, OMAR]


def test_the_forgotten_are_not_here_any_more(service: Service, clock: HandClock) -> None:
    clock.move(3600)
    service.forget(GRACE.id)
    assert [row.person for row in service.today().here] == [OMAR]
    assert service.today().missing == (ANNA,)


def test_of_too_many_rows_only_the_newest_days_are_read(service: Service) -> None:
    assert service.dates() == [date(2026, 11, 23), date(2026, 11, 25)]
    everything = EntryFilter()
    assert service.narrowed(everything, 6) == everything
    for most in (5, 3, 1):
        rows = service.days(service.narrowed(everything, most))
        assert rows == [row for row in service.days() if row.local_date == date(2026, 11, 25)]
    omar = EntryFilter(person=OMAR.id)
    assert service.narrowed(omar, 2) == omar
    assert len(service.days(service.narrowed(omar, 1))) == 1
    assert service.narrowed(EntryFilter(group="nobody's"), 2) == EntryFilter(group="nobody's")


def test_of_too_many_entries_only_the_newest_are_read(service: Service) -> None:
    everything = service.entries()
    assert len(everything) == 4
    for most in (1, 3, 4, 5):
        assert service.entries(most=most) == everything[-most:]
    omar = EntryFilter(person=OMAR.id)
    assert service.entries(omar, most=1) == service.entries(omar)
