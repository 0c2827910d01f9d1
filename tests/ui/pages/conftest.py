"""What the tests of the pages have in common: a fixed moment, and people with entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from faceapp.types import PersonId, Sighting
from tests.helpers.seams import MODEL
from tests.ui.rooms import Room, RoomParts


class NoonClock:
    """It is noon of Wednesday, the 18th of November 2026, on this machine's clock."""

    def __init__(self) -> None:
        self.at = here(18, 12)

    def monotonic(self) -> float:
        return self.at.timestamp()

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=max(seconds, 0.0))


def here(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment of November 2026 on this machine's clock."""
    return datetime(2026, 11, day, hour, minute).astimezone().astimezone(UTC)


def see(room: Room, code: str, *ats: datetime) -> None:
    """Let somebody be seen."""
    for at in ats:
        sighting = Sighting(f"{code}{at}", PersonId(code), at, "demo", 0.71, 0.42, MODEL)
        room.do(lambda service, seen=sighting: service.record(seen))  # type: ignore[misc]


@pytest.fixture
def noon(parts: RoomParts) -> None:
    """Let it be noon in the room; ask for it before the room."""
    parts.clock = NoonClock()
