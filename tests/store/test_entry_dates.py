"""Dates and pages of entries are found quickly, however many entries there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from faceapp.store import Store, open_store
from faceapp.store.entries import NewEntry
from faceapp.types import Confirmation, EntryFilter, EntryKind
from tests.helpers.clock import MONDAY
from tests.helpers.data import BERLIN, GRACE

FIRST = MONDAY.date()
DATES = [FIRST + timedelta(days=day) for day in (0, 1, 3, 7, 8)]
A_DATE = 200

T = TypeVar("T")


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


def counted(store: Store, read: Callable[[], T]) -> tuple[T, int]:
    """Return the answer of ``read`` and how many steps SQLite took for it."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection = store._connection.db.conn
    connection.set_progress_handler(count, 1)
    answer = read()
    connection.set_progress_handler(None, 0)
    return answer, steps


def test_the_dates_are_found_without_reading_all_their_entries(store: Store) -> None:
    found, steps = counted(store, lambda: store.entries.dates(None, None))
    assert found == DATES
    assert steps < len(DATES) * A_DATE


@pytest.mark.parametrize("include_voided", [True, False])
def test_the_last_page_is_found_without_going_through_all_before_it(
    store: Store, include_voided: bool
) -> None:
    pages = store.entries.pages(EntryFilter(include_voided=include_voided), A_DATE)
    read = [counted(store, lambda: next(pages)) for _ in DATES]
    assert [{entry.local_date for entry in page} for page, _ in read] == [{day} for day in DATES]
    assert read[-1][1] < 1.1 * read[0][1]


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
