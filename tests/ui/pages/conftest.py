"""A fixed moment for the tests of the pages."""

from __future__ import annotations

import pytest

from tests.helpers.clock import HandClock, here
from tests.ui.rooms import RoomParts


@pytest.fixture
def noon(parts: RoomParts) -> None:
    """Let it be noon of Wednesday, the 18th, in the room; ask for it before the room."""
    parts.clock = HandClock(here(18, 12))
