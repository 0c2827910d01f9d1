"""The columns of the two tables: days and entries."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date

from faceapp.alphabet import rank
from faceapp.types import DayRow, Entry, EntryKind
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
}


def day_columns(
    today: Callable[[], date], by_turns: Callable[[], bool]
) -> tuple[Column[DayRow], ...]:
    """Make the columns of the day view; ``today`` and ``by_turns`` decide who is still here."""

    def state(row: DayRow) -> Text:
        return state_of(row, today(), by_turns=by_turns())

    def said(row: DayRow) -> str:
        return state(row)()

    return (
        Column(
            words.DATE,
            lambda row: times.day_and_weekday(row.local_date),
            lambda row: row.local_date.toordinal(),
            144,
        ),
        Column(
            common.NAME,
            lambda row: common.or_forgotten(row.person.name),
            lambda row: rank(row.person.name),
        ),
        Column(
            common.PERSON_ID,
            lambda row: row.person.id,
            lambda row: rank(row.person.id),
            80,
            spare=1,
        ),
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
        Column(words.HOURS, _hours, lambda row: row.duration_s or -1, 88, at_end=True),
        Column(words.STATE, said, said, 120, sign=lambda row: STATE_SIGN[state(row)]),
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


def key(row: DayRow | Entry) -> Hashable:
    """Return what identifies a row of either view."""
    return row.id if isinstance(row, Entry) else (row.local_date, row.person.id)


def struck(row: Entry) -> bool:
    """Return whether a correction struck this entry."""
    return row.voided_reason is not None


def state_of(row: DayRow, today: date, *, by_turns: bool) -> Text:
    """Say whether the person is missing, was here, or came today and was not seen to leave.

    Only with entries ``by_turns`` does an "out" mean that somebody left; otherwise it only means
    that they were seen again.
    """
    if not row.present:
        return words.MISSING
    left = by_turns and row.last_out is not None
    still = row.local_date == today and not left
    return words.HERE if still else words.WAS_HERE


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


def _hours(row: DayRow) -> str:
    return "" if row.duration_s is None else times.hours(row.duration_s)


def _how(entry: Entry) -> str:
    return words.BY[entry.confirmation]()


def _match(entry: Entry) -> str:
    if entry.similarity is None or entry.threshold is None:
        return _how(entry)
    return words.MATCH_TIP(
        similarity=entry.similarity, threshold=entry.threshold, model=entry.model_id
    )
