"""The keys that open a folder, and what the file manager finds in its environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from faceapp.ui.dialogs import files
from faceapp.ui.opening import OURS, open_folder
from faceapp.ui.pages.settings import SettingsPage
from tests.ui.rooms import Room
from tests.ui.seen import only


def environment() -> dict[str, str]:
    return {name: os.environ[name] for name in OURS if name in os.environ}


class Manager(QObject):
    """Stands where the system's file manager does, and keeps what it would be started with."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.found: dict[str, str] = {}

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())
        self.found = environment()


@pytest.fixture
def manager(qapp: object) -> Iterator[Manager]:
    made = Manager()
    # The stub of PySide6 says bytes, which it refuses.
    QDesktopServices.setUrlHandler("file", made, "show")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return what the packaged program's start sets."""
    ours = dict.fromkeys(OURS, "/opt/faceapp/_internal")
    for name, value in ours.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    return ours


def test_it_does_not_load_the_packaged_libraries(
    manager: Manager, packaged: dict[str, str], tmp_path: Path
) -> None:
    open_folder(tmp_path)
    assert manager.opened == [str(tmp_path)]
    assert manager.found == {}
    assert environment() == packaged


def test_it_finds_what_the_operator_had_set(
    manager: Manager, packaged: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    open_folder(tmp_path)
    assert manager.found == {"LD_LIBRARY_PATH": "/usr/local/lib"}
    assert environment() == packaged


def test_from_the_sources_nothing_is_changed(
    manager: Manager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_PLUGIN_PATH", "/usr/lib/qt6/plugins")
    before = environment()
    open_folder(tmp_path)
    assert manager.found == before


@pytest.mark.usefixtures("language")
def test_the_folders_of_a_backup_and_of_the_data_have_keys_of_their_own(
    room: Room, manager: Manager, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files, "ask_backup", lambda *_: tmp_path / "copy.db")
    page = room.open(SettingsPage)
    page.data.backup_button.click()
    room.until(room.window.toast.isVisible)
    QTest.keySequence(page, only(room.window.toast, QPushButton).shortcut())
    room.until(lambda: manager.opened == [str(tmp_path)])
    QTest.keySequence(page, page.data.folder_button.shortcut())
    room.until(lambda: manager.opened[1:] == [str(room.parts.paths.data_dir)])
