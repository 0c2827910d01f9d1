"""A whole window, opened and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.rooms import Room, RoomParts


@pytest.fixture
def parts(tmp_path: Path) -> RoomParts:
    """What the window will stand on; tests may change it before they ask for the room."""
    folder = tmp_path / "room"
    folder.mkdir()
    return RoomParts(folder)


@pytest.fixture
def room(qapp: QApplication, qtbot: QtBot, parts: RoomParts) -> Iterator[Room]:
    """An open window on an empty database."""
    made = Room(qapp, qtbot, parts)
    with qtbot.waitActive(made.window):
        made.shell.open()
    yield made
    made.close()
