"""What the tests of the pages have in common: a fixed moment, and the list of the live page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live.side_list import Row
from tests.ui.rooms import RoomParts


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


@pytest.fixture
def noon(parts: RoomParts) -> None:
    """Let it be noon in the room; ask for it before the room."""
    parts.clock = NoonClock()


def rows(page: LivePage) -> list[Row]:
    """Read the list beside the picture of the live page."""
    model = page.side.list.shown_rows
    return [model.row(model.index(row, 0)) for row in range(model.rowCount())]


def names(page: LivePage) -> list[str]:
    """Read the names in that list."""
    return [row.first for row in rows(page)]


def seconds(page: LivePage) -> list[str]:
    """Read what stands under the names in that list."""
    return [row.second for row in rows(page)]
