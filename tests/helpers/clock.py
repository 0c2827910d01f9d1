"""The clock of the tests, and the moments it shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday in winter, 09:00 in Berlin."""


class HandClock:
    """A clock that a test moves by hand; `sleep` moves it too.

    ``wall`` may be set alone, as when somebody sets the system's clock.
    """

    def __init__(self, now: datetime = MONDAY) -> None:
        self.t_s = 1000.0
        self.wall = now

    def monotonic(self) -> float:
        return self.t_s

    def now(self) -> datetime:
        return self.wall

    def sleep(self, seconds: float) -> None:
        self.move(max(0.0, seconds))

    def move(self, seconds: float) -> None:
        self.t_s += seconds
        self.wall += timedelta(seconds=seconds)


def here(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment of November 2026 on this machine's clock."""
    return datetime(2026, 11, day, hour, minute).astimezone().astimezone(UTC)
