"""The rules of attendance: which entry a sighting makes, and what days add up to.

Pure functions over entries that are not voided.

A day is a local date, and every policy starts afresh with it; somebody who works past midnight gets
an "in" on both dates. Entries are ordered by their times, not by when they were recorded, so no
duration is ever negative, even after a clock was set back.

FIRST_IN_LAST_OUT  the first sighting of a day is "in", each later one "out"; the last "out" counts.
ALTERNATING        "in" and "out" in turns.
IN_ONLY            one "in" a day.

A day may begin with an "out" that an operator entered for work that ended after midnight; the next
entry is then treated as the day's first. If a camera made the first "out", the "in" before it was
voided.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from faceapp.service.identity import by_name
from faceapp.types import (
    Confirmation,
    DayRow,
    Entry,
    EntryKind,
    EntryPolicy,
    Person,
    TotalRow,
)

# A cool-down of hours must not swallow the next day's arrival.
_OVER_MIDNIGHT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AttendanceRules:
    """The operator's choices: the policy, and how long somebody seen is not recorded again."""

    policy: EntryPolicy
    cooldown: timedelta


def judge(
    at: datetime, local_date: date, rules: AttendanceRules, known: Sequence[Entry]
) -> EntryKind | Entry:
    """Return the kind of entry that a sighting makes, or the entry that already covers it.

    ``known`` are the person's valid entries of that local date and within the cool-down before and
    after ``at``, oldest first. The cool-down applies in both directions, so that a clock set back a
    little makes no second entry. Across midnight it applies for at most five minutes.
    """
    across = min(rules.cooldown, _OVER_MIDNIGHT)
    near = [
        entry
        for entry in known
        if abs(at - entry.at) < (rules.cooldown if entry.local_date == local_date else across)
    ]
    if near:
        before = [entry for entry in near if entry.at <= at]
        return before[-1] if before else near[0]
    today = [entry for entry in known if entry.local_date == local_date]
    if rules.policy is EntryPolicy.IN_ONLY:
        arrivals = [entry for entry in today if entry.kind is not EntryKind.OUT]
        return arrivals[0] if arrivals else EntryKind.IN
    earlier = [entry for entry in today if entry.at <= at]
    if not earlier or _ends_work_of_before(earlier):
        return EntryKind.IN
    if rules.policy is EntryPolicy.ALTERNATING and earlier[-1].kind is EntryKind.OUT:
        return EntryKind.IN
    return EntryKind.OUT


def day_row(person: Person, local_date: date, entries: Iterable[Entry]) -> DayRow:
    """Add up one person's valid entries of one local date.

    If all are "out", as after the "in" was voided, the first of several counts as the arrival,
    unless it was entered by hand. ``last_out`` is None if an "in" follows it.
    The duration is the sum of the stays, each from an "in" to the last "out" before the next "in";
    an "in" within a stay changes nothing. It is None if no stay has ended.
    """
    first_in: Entry | None = None
    arrived: Entry | None = None
    left: Entry | None = None
    total: timedelta | None = None
    present = False
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.id))
    all_out = len(ordered) > 1 and _all_out(ordered) and not _ends_work_of_before(ordered)
    for entry in ordered:
        present = True
        if entry.kind is EntryKind.OUT and not (all_out and entry is ordered[0]):
            left = entry
            continue
        first_in = first_in or entry
        if arrived is None or left is not None:
            total = _plus_stay(total, arrived, left)
            arrived, left = entry, None
    total = _plus_stay(total, arrived, left)
    seconds = None if total is None else round(total.total_seconds())
    return DayRow(person, local_date, first_in, left, present, seconds)


def incomplete(row: DayRow, today: date, policy: EntryPolicy) -> bool:
    """Return whether the coming or the going of a past day was not recorded, and should have been.

    Today is not over, nor is a later date, left by a clock that was fast or by another time zone.
    With only "in" there is no going.
    """
    if not row.present or row.local_date >= today or policy is EntryPolicy.IN_ONLY:
        return False
    return row.first_in is None or row.last_out is None


def total_rows(
    rows: Iterable[DayRow],
    enrolled_on: Mapping[Person, date],
    dates: Sequence[date],
    today: date,
    policy: EntryPolicy,
) -> list[TotalRow]:
    """Add up the days of each person, by name; leave out people without any.

    ``rows`` are the days on which somebody was present; they may be too many to be held at once.
    Without a row on one of ``dates``, which rise, a person was missing, from ``enrolled_on`` on.
    """
    totals = {
        person.id: TotalRow(person, 0, 0, len(dates) - bisect_left(dates, day), None)
        for person, day in enrolled_on.items()
    }
    for row in rows:
        before = totals.get(row.person.id) or TotalRow(row.person, 0, 0, 0, None)
        was_due = enrolled_on.get(row.person, date.max) <= row.local_date
        totals[row.person.id] = replace(
            before,
            days_present=before.days_present + 1,
            days_incomplete=before.days_incomplete + incomplete(row, today, policy),
            days_missing=before.days_missing - was_due,
            duration_s=_sum(before.duration_s, row.duration_s),
        )
    some = (total for total in totals.values() if total.days_present or total.days_missing)
    return sorted(some, key=lambda total: by_name(total.person))


def _sum(total_s: int | None, more_s: int | None) -> int | None:
    return total_s if more_s is None else (total_s or 0) + more_s


def _all_out(entries: Sequence[Entry]) -> bool:
    return all(entry.kind is EntryKind.OUT for entry in entries)


def _ends_work_of_before(entries: Sequence[Entry]) -> bool:
    """Return whether the day has only "out" entries, the first of them entered by hand."""
    return _all_out(entries) and entries[0].confirmation is Confirmation.MANUAL


def _plus_stay(
    total: timedelta | None, arrived: Entry | None, left: Entry | None
) -> timedelta | None:
    if arrived is None or left is None:
        return total
    return (total or timedelta(0)) + (left.at - arrived.at)
