"""A whole window, opened and closed again, and what its parts stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QLocale, QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from faceapp import config
from faceapp.config import Settings
from faceapp.ui.icons import Icons
from faceapp.ui.theme import Theme
from faceapp.ui.translation import LANGUAGES
from tests.helpers.seams import a_frame
from tests.ui.rooms import Room, RoomParts


@pytest.fixture
def parts(tmp_path: Path) -> RoomParts:
    """What the window will stand on; tests may change it before they ask for the room."""
    folder = tmp_path / "room"
    folder.mkdir()
    return RoomParts(folder)


@pytest.fixture
def open_room(qapp: QApplication, qtbot: QtBot, parts: RoomParts) -> Iterator[Callable[[], Room]]:
    """Open a window; for tests that open more than one, or prepare what it opens on."""
    made: list[Room] = []

    def open_one() -> Room:
        made.append(Room(qapp, qtbot, parts))
        made[-1].shell.open()
        return made[-1]

    yield open_one
    for room in made:
        room.close()


@pytest.fixture
def room(open_room: Callable[[], Room], qtbot: QtBot) -> Room:
    """An open window on an empty database."""
    made = open_room()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, parts: RoomParts) -> str:
    """The language of the room, one after the other; ask for it before the room."""
    config.save(parts.paths.settings, Settings(language=request.param))
    return str(request.param)


@pytest.fixture
def large_text(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system with large text and the screen of a laptop; ask for it before the room."""
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, 1366, 738))
    former, large = qapp.font(), qapp.font()
    large.setPointSize(16)
    qapp.setFont(large)
    yield
    qapp.setFont(former)


@pytest.fixture
def set_locale() -> Iterator[Callable[[QLocale], None]]:
    """Set the window's language and country, until the test is over."""
    former = QLocale()
    yield QLocale.setDefault
    QLocale.setDefault(former)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The colours of a light window."""
    made = Theme(qapp, "light")
    yield made
    made.deleteLater()


@pytest.fixture
def icons(theme: Theme) -> Icons:
    return Icons(theme)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """A window that a dialog can stand on."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def face(tmp_path: Path) -> Path:
    """A picture in which the scripted eyes see a good face."""
    path = tmp_path / "face.png"
    Image.fromarray(a_frame().rgb).save(path)
    return path
