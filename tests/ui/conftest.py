"""A whole window, opened and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.ui.rooms import Room, RoomParts


@pytest.fixture
def parts(tmp_path: Path) -> RoomParts:
    """What the window will stand on; tests may change it before they ask for the room."""
    from tests.ui.rooms import RoomParts

    folder = tmp_path / "room"
    folder.mkdir()
    return RoomParts(folder)


@pytest.fixture
def room(qapp: QApplication, qtbot: QtBot, parts: RoomParts) -> Iterator[Room]:
    """An open window on an empty database."""
    from tests.ui.rooms import Room

    made = Room(qapp, qtbot, parts)
    made.shell.open()
    qtbot.waitExposed(made.window)
    yield made
    made.close()
