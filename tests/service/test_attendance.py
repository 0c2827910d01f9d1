from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.service.attendance import AttendanceRules, day_row, judge
from faceapp.types import Confirmation, Entry, EntryId, EntryKind, EntryPolicy
from tests.helpers.clock import MONDAY
from tests.helpers.data import ENTRY, GRACE

IN, OUT = EntryKind.IN, EntryKind.OUT
FIRST_LAST = EntryPolicy.FIRST_IN_LAST_OUT
DATE = date(2026, 11, 23)
FIVE_MINUTES = timedelta(minutes=5)


def entry(minute: float, kind: EntryKind, local_date: date = DATE) -> Entry:
    """Make an entry so many minutes after nine."""
    return replace(
        ENTRY,
        id=EntryId(round(minute * 60) * 3 + list(EntryKind).index(kind) + 100_000),
        at=MONDAY + timedelta(minutes=minute),
        local_date=local_date,
        kind=kind,
    )


@pytest.mark.parametrize(
    ("policy", "known", "minute", "expected"),
    [
        (FIRST_LAST, [], 0, IN),
        (FIRST_LAST, [(0, IN)], 60, OUT),
        (FIRST_LAST, [(0, IN), (60, OUT)], 120, OUT),
        (FIRST_LAST, [(60, IN)], 0, IN),  # the clock was set back: the earlier time is the first
        (EntryPolicy.ALTERNATING, [], 0, IN),
        (EntryPolicy.ALTERNATING, [(0, IN)], 60, OUT),
        (EntryPolicy.ALTERNATING, [(0, IN), (60, OUT)], 120, IN),
        (EntryPolicy.ALTERNATING, [(0, IN), (60, OUT), (120, IN)], 180, OUT),
        (EntryPolicy.ALTERNATING, [(60, IN), (120, OUT)], 30, IN),
        (EntryPolicy.ALTERNATING, [(0, IN), (120, OUT)], 60, OUT),
        (EntryPolicy.ALTERNATING, [(0, OUT)], 60, IN),
        (EntryPolicy.IN_ONLY, [], 0, IN),
        (EntryPolicy.IN_ONLY, [(0, IN)], 600, (0, IN)),
        (EntryPolicy.IN_ONLY, [(60, IN)], 0, (60, IN)),
    ],
)
def test_the_kind_follows_the_policy(
    policy: EntryPolicy,
    known: list[tuple[float, EntryKind]],
    minute: float,
    expected: EntryKind | tuple[float, EntryKind],
) -> None:
    rules = AttendanceRules(policy, FIVE_MINUTES)
    found = judge(MONDAY + timedelta(minutes=minute), DATE, rules, [entry(*one) for one in known])
    assert found == (expected if isinstance(expected, EntryKind) else entry(*expected))


@pytest.mark.parametrize("policy", EntryPolicy)
def test_after_an_out_by_hand_that_ends_a_night_the_next_is_an_arrival(policy: EntryPolicy) -> None:
    end = replace(entry(0, OUT), confirmation=Confirmation.MANUAL)
    evening = MONDAY + timedelta(minutes=600)
    rules = AttendanceRules(policy, FIVE_MINUTES)
    assert judge(evening, DATE, rules, [end]) is IN
    again = judge(evening, DATE, rules, [end, entry(540, IN)])
    assert again == (entry(540, IN) if policy is EntryPolicy.IN_ONLY else OUT)


def test_an_out_by_hand_at_the_beginning_is_no_arrival() -> None:
    end, late = replace(entry(0, OUT), confirmation=Confirmation.MANUAL), entry(600, OUT)
    row = day_row(GRACE, DATE, [end, late])
    assert (row.first_in, row.last_out, row.duration_s) == (None, late, None)


@pytest.mark.parametrize("policy", EntryPolicy)
@pytest.mark.parametrize(
    ("minute", "standing"),
    [(0, 0), (4.99, 0), (-4.99, 0), (5, None), (-5, None), (62, 60), (58, 60)],
)
def test_within_the_cool_down_an_entry_stands(
    policy: EntryPolicy, minute: float, standing: float | None
) -> None:
    known = [entry(0, IN), entry(60, OUT)]
    rules = AttendanceRules(policy, FIVE_MINUTES)
    found = judge(MONDAY + timedelta(minutes=minute), DATE, rules, known)
    if standing is not None:
        assert found in known
        assert isinstance(found, Entry)
        assert found.at == MONDAY + timedelta(minutes=standing)
    elif policy is not EntryPolicy.IN_ONLY:
        assert isinstance(found, EntryKind)


def test_between_two_entries_the_earlier_one_stands() -> None:
    known = [entry(0, IN), entry(4, OUT)]
    rules = AttendanceRules(FIRST_LAST, FIVE_MINUTES)
    assert judge(MONDAY + timedelta(minutes=2), DATE, rules, known) == known[0]


def test_the_cool_down_reaches_over_midnight_and_the_policy_does_not() -> None:
    yesterday = [entry(-10, IN, date(2026, 11, 22)), entry(-2, OUT, date(2026, 11, 22))]
    for policy in EntryPolicy:
        rules = AttendanceRules(policy, FIVE_MINUTES)
        assert judge(MONDAY, DATE, rules, yesterday) == yesterday[1]
        assert judge(MONDAY + timedelta(minutes=4), DATE, rules, yesterday[:1]) is IN


def test_a_cool_down_of_hours_does_not_swallow_the_arrival_of_the_next_day() -> None:
    rules = AttendanceRules(EntryPolicy.IN_ONLY, timedelta(hours=24))
    morning = entry(-1435, IN, date(2026, 11, 22))
    late = entry(-4.9, OUT, date(2026, 11, 22))
    assert judge(MONDAY, DATE, rules, [morning, entry(-5, OUT, date(2026, 11, 22))]) is IN
    assert judge(MONDAY, DATE, rules, [morning, late]) == late
    assert judge(MONDAY, DATE, rules, [entry(600, IN)]) == entry(600, IN)


def test_without_a_cool_down_each_sighting_counts() -> None:
    rules = AttendanceRules(FIRST_LAST, timedelta(0))
    assert judge(MONDAY, DATE, rules, [entry(0, IN)]) is OUT


@pytest.mark.parametrize(
    ("entries", "first_in", "last_out", "hours"),
    [
        ([], None, None, None),
        ([(0, IN)], 0, None, None),
        ([(0, IN), (480, OUT)], 0, 480, 8.0),
        ([(0, IN), (60, OUT), (480, OUT)], 0, 480, 8.0),
        ([(0, IN), (240, OUT), (300, IN), (540, OUT)], 0, 540, 8.0),
        ([(0, IN), (240, OUT), (300, IN)], 0, None, 4.0),
        ([(0, IN), (60, IN), (240, OUT)], 0, 240, 4.0),
        ([(0, OUT)], None, 0, None),
        ([(0, OUT), (480, OUT)], 0, 480, 8.0),  # the "in" before them was struck
        ([(0, OUT), (60, OUT), (480, OUT)], 0, 480, 8.0),
        ([(0, OUT), (60, IN)], 60, None, None),
        ([(0, OUT), (60, IN), (120, OUT)], 60, 120, 1.0),
        ([(480, OUT), (0, IN)], 0, 480, 8.0),
        ([(0, IN), (0, OUT)], 0, 0, 0.0),
    ],
)
def test_a_day_has_its_first_in_its_last_out_and_its_hours(
    entries: list[tuple[float, EntryKind]],
    first_in: float | None,
    last_out: float | None,
    hours: float | None,
) -> None:
    row = day_row(GRACE, DATE, [entry(*one) for one in entries])
    assert (row.person, row.local_date, row.present) == (GRACE, DATE, bool(entries))
    minutes = [
        None if one is None else (one.at - MONDAY) / timedelta(minutes=1)
        for one in (row.first_in, row.last_out)
    ]
    assert minutes == [first_in, last_out]
    assert row.duration_s == (None if hours is None else round(hours * 3600))


@given(
    st.lists(st.tuples(st.integers(0, 1439), st.sampled_from(EntryKind)), max_size=12, unique=True),
    st.randoms(),
)
def test_a_day_is_never_negative_and_takes_any_order(
    entries: list[tuple[int, EntryKind]], rng: random.Random
) -> None:
    made = [entry(*one) for one in entries]
    row = day_row(GRACE, DATE, made)
    rng.shuffle(made)
    assert day_row(GRACE, DATE, made) == row
    assert row.present == bool(entries)
    if row.duration_s is not None:
        assert row.first_in is not None
        assert 0 <= row.duration_s <= 86_400
    if row.first_in is not None and row.last_out is not None:
        assert row.first_in.at <= row.last_out.at
