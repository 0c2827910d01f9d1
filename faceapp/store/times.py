"""Times as stored in the tables: integers, microseconds since 1970 UTC. Dates are ISO 8601 text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
DAY_US = 86_400_000_000


def to_us(at: datetime) -> int:
    """Convert an aware datetime to microseconds since 1970 UTC, exactly."""
    if at.tzinfo is None:
        raise ValueError("at: expected an aware datetime")
    return (at - _EPOCH) // _US


# The range of a datetime, minus the day by which a zone may shift it.
FIRST_US = to_us(datetime.min.replace(tzinfo=UTC)) + DAY_US
LAST_US = to_us(datetime.max.replace(tzinfo=UTC)) - DAY_US


def from_us(at_us: int) -> datetime:
    """Convert microseconds since 1970 UTC to an aware UTC datetime, exactly.

    A damaged time becomes the first or last possible one, so that lists can still be read.
    """
    if not FIRST_US <= at_us <= LAST_US:
        at_us = min(max(at_us, FIRST_US), LAST_US)
    return _EPOCH + timedelta(0, 0, at_us)


def from_text(local_date: str) -> date:
    """Read a date; a damaged one becomes the first possible date."""
    try:
        return date.fromisoformat(local_date)
    except ValueError:
        return date.min
