"""The columns of the three tables: days, entries and totals."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

from faceapp.alphabet import rank
from faceapp.service.attendance import incomplete
from faceapp.types import DayRow, Entry, EntryKind, EntryPolicy, TotalRow
from faceapp.ui import times
from faceapp.ui.tables import Column, Sign
from faceapp.ui.theme import Token
from faceapp.ui.words import Text, common, states
from faceapp.ui.words import attendance as words

KIND_SIGN = {
    EntryKind.IN: Sign("in", Token.TEXT_MUTED),
    EntryKind.OUT: Sign("out", Token.TEXT_MUTED),
}
STATE_SIGN = {
    words.HERE: Sign("check", Token.GOOD),
    words.WAS_HERE: Sign("check", Token.TEXT_MUTED),
    words.MISSING: Sign("unknown", Token.CAUTION),
    words.INCOMPLETE: Sign("question", Token.CAUTION),
}

# Whose days or total it is.
PERSON: tuple[Column[Any], ...] = (
    Column(
        common.NAME,
        lambda row: common.or_forgotten(row.person.name),
        lambda row: rank(row.person.name),
    ),
    Column(
        common.PERSON_ID, lambda row: row.person.id, lambda row: rank(row.person.id), 80, spare=1
    ),
)


def day_columns(
    today: Callable[[], date], policy: Callable[[], EntryPolicy]
) -> tuple[Column[DayRow], ...]:
    """Make the columns of the day view; the state of a day depends on ``today`` and ``policy``."""

    def state(row: DayRow) -> Text:
        return state_of(row, today(), policy())

    def said(row: DayRow) -> str:
        return state(row)()

    return (
        Column(
            words.DATE,
            lambda row: times.day_and_weekday(row.local_date),
            lambda row: row.local_date.toordinal(),
            144,
        ),
        *PERSON,
        Column(
            words.FIRST_IN,
            lambda row: _time(row.first_in),
            lambda row: _by_moment(row.first_in),
            96,
            tip=lambda row: _exactly(row.first_in),
        ),
        Column(
            words.LAST_OUT,
            lambda row: _time(row.last_out),
            lambda row: _by_moment(row.last_out),
            96,
            tip=lambda row: _exactly(row.last_out),
        ),
        Column(words.HOURS, _hours, _by_hours, 88, at_end=True),
        Column(words.STATE, said, said, 144, sign=lambda row: STATE_SIGN[state(row)]),
    )


def entry_columns() -> tuple[Column[Entry], ...]:
    """Make the columns of the entry view."""
    return (
        Column(
            words.DATE,
            lambda row: times.day_and_weekday(row.local_date),
            _by_moment,
            144,
            tip=_exactly,
        ),
        Column(words.TIME, _time, _time, 72, tip=_exactly),
        Column(common.NAME, lambda row: common.or_forgotten(row.name), lambda row: rank(row.name)),
        Column(common.PERSON_ID, lambda row: row.person, lambda row: rank(row.person), 80, spare=2),
        Column(
            words.KIND,
            lambda row: states.KIND[row.kind](),
            lambda row: row.kind.value,
            112,
            sign=lambda row: KIND_SIGN[row.kind],
        ),
        Column(words.HOW, _how, lambda row: row.confirmation.value, 120, tip=_match, spare=3),
        Column(words.CAMERA, lambda row: row.camera, lambda row: rank(row.camera), 112, spare=4),
        Column(words.NOTE, _note, _note, never_struck=True),
    )


def total_columns() -> tuple[Column[TotalRow], ...]:
    """Make the columns of the view of totals."""
    return (
        *PERSON,
        _count(words.DAYS_PRESENT, lambda row: row.days_present),
        _count(words.DAYS_MISSING, lambda row: row.days_missing),
        Column(words.HOURS, _hours, _by_hours, 88, at_end=True),
        Column(
            words.DAYS_INCOMPLETE,
            lambda row: times.number(row.days_incomplete) if row.days_incomplete else "",
            lambda row: row.days_incomplete,
            112,
            sign=lambda row: STATE_SIGN[words.INCOMPLETE] if row.days_incomplete else None,
        ),
    )


def _count(title: Text, count: Callable[[TotalRow], int]) -> Column[TotalRow]:
    return Column(title, lambda row: times.number(count(row)), count, 112, at_end=True)


def key(row: DayRow | Entry | TotalRow) -> Hashable:
    """Return what identifies a row among those of its view."""
    if isinstance(row, TotalRow):
        return row.person.id
    return row.id if isinstance(row, Entry) else (row.local_date, row.person.id)


def struck(row: Entry) -> bool:
    """Return whether a correction struck this entry."""
    return row.voided_reason is not None


def state_of(row: DayRow, today: date, policy: EntryPolicy) -> Text:
    """Say whether the person is missing, is here or was, or lacks the coming or the going.

    Only with entries by turns does an "out" of today mean that somebody left; otherwise it only
    means that they were seen again.
    """
    if not row.present:
        return words.MISSING
    if row.local_date == today:
        left = policy is EntryPolicy.ALTERNATING and row.last_out is not None
        return words.WAS_HERE if left else words.HERE
    return words.INCOMPLETE if incomplete(row, today, policy) else words.WAS_HERE


def _note(row: Entry) -> str:
    """Say why the entry was struck or added by hand; a reason is deleted with its person."""
    if row.voided_reason is not None:
        return words.STRUCK(reason=common.or_forgotten(row.voided_reason))
    if row.correction_reason is not None:
        return words.ADDED(reason=common.or_forgotten(row.correction_reason))
    return ""


def _exactly(entry: Entry | None) -> str:
    return times.exact(entry.local_at, entry.zone) if entry else ""


def _time(entry: Entry | None) -> str:
    return times.clock(entry.local_at) if entry else ""


def _by_moment(entry: Entry | None) -> float:
    return entry.at.timestamp() if entry else 0.0


def _by_hours(row: DayRow | TotalRow) -> tuple[bool, int]:
    """Sort rows without hours between those of people who were missing and those with hours."""
    present = row.present if isinstance(row, DayRow) else row.days_present > 0
    return present, -1 if row.duration_s is None else row.duration_s


def _hours(row: DayRow | TotalRow) -> str:
    return "" if row.duration_s is None else times.hours(row.duration_s)


def _how(entry: Entry) -> str:
    return words.BY[entry.confirmation]()


def _match(entry: Entry) -> str:
    if entry.similarity is None or entry.threshold is None:
        return _how(entry)
    return words.MATCH_TIP(
        similarity=entry.similarity, threshold=entry.threshold, model=entry.model_id
    )
