"""On which dates anybody was seen, however many entries there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from faceapp.store import Store, open_store
from faceapp.store.entries import NewEntry
from faceapp.types import Confirmation, EntryFilter, EntryKind
from tests.helpers.clock import MONDAY
from tests.helpers.data import BERLIN, GRACE

FIRST = MONDAY.date()
DATES = [FIRST + timedelta(days=day) for day in (0, 1, 3, 7, 8)]
A_DATE = 200


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Return a database with many entries on each of some dates."""
    with closing(open_store(path)) as store:
        with store.writing():
            number = store.people.add(GRACE, MONDAY)
            for day in DATES:
                for minute in range(A_DATE):
                    add(store, number, day, minute)
        yield store


def add(store: Store, number: int, day: date, minute: int) -> None:
    at = datetime.combine(day, time(7, tzinfo=BERLIN)) + timedelta(minutes=minute)
    entry = NewEntry(
        key=str(at),
        person=number,
        at=at,
        utc_offset_s=3600,
        zone="Europe/Berlin",
        local_date=day,
        kind=EntryKind.IN,
        camera="Hall",
        confirmation=Confirmation.MANUAL,
    )
    store.entries.add(entry, MONDAY)


def test_the_dates_are_found_without_reading_all_their_entries(store: Store) -> None:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection = store._connection.db.conn
    connection.set_progress_handler(count, 1)
    found = store.entries.dates(None, None)
    connection.set_progress_handler(None, 0)
    assert found == DATES
    assert steps < len(DATES) * A_DATE


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (None, None),
        (DATES[1], DATES[3]),
        (DATES[1] + timedelta(days=1), DATES[3] - timedelta(days=1)),
        (None, DATES[2]),
        (DATES[2], None),
        (DATES[0], DATES[0]),
        (DATES[-1] + timedelta(days=1), None),
        (None, DATES[0] - timedelta(days=1)),
    ],
)
def test_they_are_the_dates_of_the_valid_entries(
    store: Store, first: date | None, last: date | None
) -> None:
    with store.writing():
        for entry in store.entries.newest(EntryFilter(DATES[3], DATES[3]), A_DATE):
            store.entries.strike(entry.id, "nobody was there", MONDAY)
    valid = store.entries.pages(EntryFilter(first, last, include_voided=False))
    expected = sorted({entry.local_date for page in valid for entry in page})
    assert store.entries.dates(first, last) == expected
