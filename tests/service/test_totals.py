"""Totals hold what stands in the days, added up for each person."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.config import Settings
from faceapp.errors import IdTaken, UnknownPerson
from faceapp.service import Service
from faceapp.service import days as daybook
from faceapp.service.attendance import day_row, incomplete, total_rows
from faceapp.store.entries import NewEntry
from faceapp.types import (
    Confirmation,
    DayRow,
    Entry,
    EntryFilter,
    EntryKind,
    EntryPolicy,
    Person,
    PersonId,
    TotalRow,
)
from tests.helpers.clock import MONDAY, HandClock
from tests.helpers.data import BERLIN, ENTRY, GRACE, OMAR, sample, service_on, sighting
from tests.helpers.examples import examples

DAY = timedelta(days=1)
FIRST = date(2026, 11, 23)
LAST = FIRST + 4 * DAY
CROWDED = date(2027, 1, 1)
CHANGE = datetime(2026, 10, 23, tzinfo=UTC)  # on the 25th, the clocks of Berlin are set back
PEOPLE = (GRACE, OMAR, Person(PersonId("P10"), "anna"), Person(PersonId("forgotten-1"), ""))
SORTED_IDS = ["forgotten-1", "P10", "P01", "P02"]


DATES = [FIRST + number * DAY for number in range(5)]


@st.composite
def a_day(draw: st.DrawFn) -> DayRow:
    """Draw a day on which somebody came: whole, or its coming, its going or its hours amiss."""
    person, day = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(DATES))
    came, went = draw(st.sampled_from((None, ENTRY))), draw(st.sampled_from((None, ENTRY)))
    return DayRow(person, day, came, went, True, draw(st.none() | st.integers(0, 86_400)))


each_day_once = st.lists(
    a_day(), max_size=20, unique_by=lambda row: (row.person.id, row.local_date)
)
enrolments = st.dictionaries(
    st.sampled_from(PEOPLE[:-1]), st.sampled_from([FIRST - DAY, *DATES, LAST + DAY])
)


@given(each_day_once, enrolments, st.sampled_from(EntryPolicy))
def test_a_total_is_what_counting_one_by_one_gives(
    rows: list[DayRow], enrolled_on: dict[Person, date], policy: EntryPolicy
) -> None:
    counted: dict[str, list[int]] = {}
    hours: dict[str, list[int]] = {}
    for row in rows:
        counts = counted.setdefault(row.person.id, [0, 0, 0])
        counts[0] += 1
        past, over = row.local_date != LAST, row.first_in is not None and row.last_out is not None
        if past and not over and policy.value != "in_only":
            counts[1] += 1
        if row.duration_s is not None:
            hours.setdefault(row.person.id, []).append(row.duration_s)
    came = {(row.person, row.local_date) for row in rows}
    for person, since in enrolled_on.items():
        for day in DATES:
            if since <= day and (person, day) not in came:
                counted.setdefault(person.id, [0, 0, 0])[2] += 1
    totals = total_rows(iter(rows), enrolled_on, DATES, LAST, policy)
    assert {
        row.person.id: [row.days_present, row.days_incomplete, row.days_missing] for row in totals
    } == counted
    assert {row.person.id: row.duration_s for row in totals} == {
        person: sum(hours[person]) if person in hours else None for person in counted
    }
    assert [row.person.id for row in totals] == [one for one in SORTED_IDS if one in counted]
    assert total_rows(rows[::-1], enrolled_on, DATES, LAST, policy) == totals


hours = st.integers(0, 4 * 24).map(lambda number: CHANGE + number * timedelta(hours=1))
all_enrolled = st.tuples(*(st.tuples(st.just("enrol"), st.just(one), hours) for one in PEOPLE[:-1]))
happenings = st.lists(
    st.tuples(
        st.sampled_from(("see",) * 6 + ("forget", "enrol")), st.sampled_from(PEOPLE[:-1]), hours
    ),
    min_size=5,
    max_size=25,
)
some_date = st.none() | hours.map(datetime.date)
filters = st.builds(
    EntryFilter,
    some_date,
    some_date,
    st.sampled_from((None, GRACE.id, PersonId("forgotten-1"))),
    st.sampled_from((None, "Class 3", "Staff")),
)


@settings(max_examples=examples(40))
@given(all_enrolled, happenings, filters, hours)
def test_totals_are_the_days_added_up_whatever_happened(
    tmp_path_factory: pytest.TempPathFactory,
    enrolled: tuple[tuple[str, Person, datetime], ...],
    happened: list[tuple[str, Person, datetime]],
    wanted: EntryFilter,
    now: datetime,
) -> None:
    clock = HandClock(now)
    path = tmp_path_factory.mktemp("totals") / "faceapp.db"
    with service_on(path, clock, Settings(cooldown_s=0)) as service:
        for what, person, clock.wall in (*enrolled, *happened):
            with suppress(UnknownPerson, IdTaken):
                if what == "enrol":
                    service.add_person(person)
                elif what == "see":
                    service.record(sighting(person.id, clock.now()))
                else:
                    service.forget(person.id)
        clock.wall = now
        totals, days = service.totals(wanted), service.days(wanted)
    today, policy = now.astimezone(BERLIN).date(), EntryPolicy.FIRST_IN_LAST_OUT
    summed: dict[Person, list[int]] = {}
    for row in days:
        sums = summed.setdefault(row.person, [0, 0, 0, 0])
        added = (row.present, incomplete(row, today, policy), not row.present, row.duration_s or 0)
        summed[row.person] = [former + more for former, more in zip(sums, added, strict=True)]
    assert {
        one.person: [
            one.days_present,
            one.days_incomplete,
            one.days_missing,
            one.duration_s or 0,
        ]
        for one in totals
    } == summed


@pytest.mark.parametrize(
    ("entries", "today", "policy", "expected"),
    [
        ((ENTRY, None), LAST, EntryPolicy.FIRST_IN_LAST_OUT, True),
        ((None, ENTRY), LAST, EntryPolicy.ALTERNATING, True),
        ((ENTRY, ENTRY), LAST, EntryPolicy.ALTERNATING, False),
        ((ENTRY, None), LAST, EntryPolicy.IN_ONLY, False),
        ((ENTRY, None), FIRST, EntryPolicy.FIRST_IN_LAST_OUT, False),
        ((ENTRY, None), FIRST - DAY, EntryPolicy.FIRST_IN_LAST_OUT, False),
    ],
)
def test_only_a_past_day_can_lack_its_coming_or_its_going(
    entries: tuple[Entry | None, Entry | None], today: date, policy: EntryPolicy, expected: bool
) -> None:
    assert incomplete(DayRow(GRACE, FIRST, *entries, True, None), today, policy) is expected


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """By turns, Grace comes and goes and comes on Monday, and is seen on Tuesday and today."""
    clock = HandClock(MONDAY)
    rules = Settings(policy="alternating")
    with service_on(tmp_path / "faceapp.db", clock, rules) as service:
        for number, person in enumerate((OMAR, GRACE)):
            service.enrol(person, [sample(number)])
        for hour in (0, 4, 5, 24, 48):
            service.record(sighting(GRACE.id, MONDAY + timedelta(hours=hour)))
        for hour in (0, 8):
            service.record(sighting(OMAR.id, MONDAY + timedelta(hours=hour)))
        clock.move(49 * 3600)
        yield service


def test_totals_add_up_the_days_that_are_read(service: Service) -> None:
    # Of the two days without a going, Monday has a stay that ended. Today is not over.
    grace = TotalRow(GRACE, 3, 2, 0, 4 * 3600)
    assert service.totals() == [grace, TotalRow(OMAR, 1, 0, 2, 8 * 3600)]
    hours_of_days = [row.duration_s or 0 for row in service.days() if row.person == GRACE]
    assert sum(hours_of_days) == grace.duration_s
    service.use_settings(Settings(policy="in_only"))
    assert [row.days_incomplete for row in service.totals()] == [0, 0]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (EntryFilter(from_date=FIRST + DAY), [(GRACE, 2, 0), (OMAR, 0, 2)]),
        (EntryFilter(FIRST, FIRST), [(GRACE, 1, 0), (OMAR, 1, 0)]),
        (EntryFilter(person=OMAR.id), [(OMAR, 1, 2)]),
        (EntryFilter(group="Staff", to_date=FIRST), [(OMAR, 1, 0)]),
        (EntryFilter(from_date=LAST + DAY), []),
    ],
)
def test_a_filter_selects_the_people_and_days_of_totals(
    service: Service, wanted: EntryFilter, expected: list[tuple[Person, int, int]]
) -> None:
    found = service.totals(wanted)
    assert [(row.person, row.days_present, row.days_missing) for row in found] == expected


def test_the_days_of_the_forgotten_stay_in_a_total(service: Service) -> None:
    service.forget(GRACE.id)
    forgotten = service.totals()[0]
    assert (forgotten.person.name, forgotten.person.id) == ("", "forgotten-2")
    assert (forgotten.days_present, forgotten.duration_s) == (3, 4 * 3600)


def test_a_day_before_somebody_was_enrolled_counts_only_if_they_came(service: Service) -> None:
    for day in (MONDAY - 2 * DAY, MONDAY - 3 * DAY):
        service.add_entry(GRACE.id, day, EntryKind.IN, "paper list")
    service.add_entry(OMAR.id, MONDAY - 2 * DAY, EntryKind.IN, "paper list")
    counts = {row.person: (row.days_present, row.days_missing) for row in service.totals()}
    assert counts == {GRACE: (5, 0), OMAR: (2, 2)}
    days = service.days()
    for person, (present, missing) in counts.items():
        rows = [row.present for row in days if row.person == person]
        assert (rows.count(True), rows.count(False)) == (present, missing)


def test_no_rows_are_made_of_the_days_on_which_people_were_missing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        service.add_person(Person(PersonId(f"M{number}"), "missing every day"))
    made: list[DayRow] = []

    def watched(person: Person, day: date, entries: Iterable[Entry]) -> DayRow:
        made.append(day_row(person, day, entries))
        return made[-1]

    monkeypatch.setattr(daybook, "day_row", watched)
    assert sum(row.days_missing for row in service.totals()) == 50 + 2
    assert [row.present for row in made] == [True] * 4


def test_many_days_are_added_up_without_holding_them_all(service: Service) -> None:
    add_crowded_days(service, 40)
    peaks = []
    for days in (5, 40):
        tracemalloc.start()
        service.totals(EntryFilter(from_date=CROWDED, to_date=CROWDED + (days - 1) * DAY))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def add_crowded_days(service: Service, days: int) -> None:
    """Let Grace come 200 times on each of so many days."""
    with service._store.writing():
        number = service._store.people.number(GRACE.id)
        assert number is not None
        for each in range(200 * days):
            day, minute = divmod(each, 200)
            at = datetime.combine(
                CROWDED + day * DAY, time(12, minute // 60, minute % 60, tzinfo=UTC)
            )
            entry = NewEntry(
                key=str(each),
                person=number,
                at=at,
                utc_offset_s=0,
                zone="UTC",
                local_date=at.date(),
                kind=EntryKind.IN,
                camera="Hall",
                confirmation=Confirmation.MANUAL,
            )
            service._store.entries.add(entry, MONDAY)
