"""Times as the tables hold them: integers, microseconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)


def to_us(at: datetime) -> int:
    """Turn an aware datetime into microseconds since 1970 UTC, exactly."""
    if at.tzinfo is None:
        raise ValueError("at: expected an aware datetime")
    return (at - _EPOCH) // _US


def from_us(at_us: int) -> datetime:
    """Turn microseconds since 1970 UTC into an aware UTC datetime, exactly."""
    return _EPOCH + timedelta(microseconds=at_us)
