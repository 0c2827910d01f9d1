"""A fixed moment and a picture for the tests of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.helpers.clock import HandClock, here
from tests.helpers.seams import a_frame
from tests.ui.rooms import RoomParts


@pytest.fixture
def noon(parts: RoomParts) -> None:
    """Let it be noon of Wednesday, the 18th, in the room; ask for it before the room."""
    parts.clock = HandClock(here(18, 12))


@pytest.fixture
def face(tmp_path: Path) -> Path:
    """A picture in which the scripted eyes see a good face."""
    path = tmp_path / "face.png"
    Image.fromarray(a_frame().rgb).save(path)
    return path
