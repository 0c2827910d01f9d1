from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from faceapp.ui.dialogs.files import Files
from tests.ui.answers import answering


def outside() -> str:
    """Read what Qt keeps for the file dialogs of all programs."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    kept.sync()
    return " ".join(str(kept.value(key)) for key in kept.allKeys())


@pytest.mark.parametrize(
    "ask",
    [
        lambda parent, folder: Files.ask_export(parent, folder / "a.csv"),
        lambda parent, folder: Files.ask_backup(parent, folder / "a.db"),
        Files.ask_restore,
        lambda parent, _: Files.ask_pictures(parent, ["*.jpg"]),
        lambda parent, _: Files.ask_folder(parent),
    ],
    ids=["export", "backup", "restore", "pictures", "folder"],
)
def test_the_folders_that_were_looked_into_are_kept_nowhere(
    qtbot: QtBot, tmp_path: Path, ask: Callable[[QWidget, Path], object]
) -> None:
    folder = tmp_path / "P01 - Grace Okafor"
    folder.mkdir()
    parent = QWidget()
    qtbot.addWidget(parent)

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(folder))
        dialog.accept()

    with answering(QFileDialog, choose) as answered:
        ask(parent, folder)
    assert answered
    assert "Grace" not in outside()
