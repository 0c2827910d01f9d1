"""The days of "this week" and similar ranges. Pure functions; local dates."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from faceapp.ui.words import attendance as words

Span = tuple[date | None, date | None]


class Range(Enum):
    """The ranges and their names, in the order they are offered."""

    TODAY = words.TODAY
    YESTERDAY = words.YESTERDAY
    THIS_WEEK = words.THIS_WEEK
    LAST_WEEK = words.LAST_WEEK
    THIS_MONTH = words.THIS_MONTH
    LAST_MONTH = words.LAST_MONTH
    ALL_TIME = words.ALL_TIME
    CUSTOM = words.CUSTOM


def span_of(chosen: Range, today: date, custom: Span, week_begins: int = 1) -> Span:
    """Return first and last day, inclusive; None is open. ``week_begins``: 1 Monday .. 7 Sunday."""
    if chosen is Range.CUSTOM:
        return custom
    if chosen is Range.YESTERDAY:
        return today - timedelta(days=1), today - timedelta(days=1)
    week = today - timedelta(days=(today.isoweekday() - week_begins) % 7)
    month = today.replace(day=1)
    if chosen is Range.THIS_WEEK:
        return week, today
    if chosen is Range.LAST_WEEK:
        return week - timedelta(days=7), week - timedelta(days=1)
    if chosen is Range.THIS_MONTH:
        return month, today
    if chosen is Range.LAST_MONTH:
        last = month - timedelta(days=1)
        return last.replace(day=1), last
    return (None, None) if chosen is Range.ALL_TIME else (today, today)
