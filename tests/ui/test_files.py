from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from faceapp.ui.dialogs import files
from faceapp.ui.words import Text
from faceapp.ui.words import tables as words
from tests.ui.answers import answering


def outside() -> str:
    """Read what Qt keeps for the file dialogs of all programs."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    kept.sync()
    return " ".join(str(kept.value(key)) for key in kept.allKeys())


@pytest.mark.parametrize(
    "ask",
    [
        lambda parent, folder: files.ask_export(parent, folder / "a.csv"),
        lambda parent, folder: files.ask_backup(parent, folder / "a.db"),
        files.ask_restore,
        lambda parent, _: files.ask_pictures(parent, ["*.jpg"]),
        lambda parent, _: files.ask_folder(parent),
    ],
    ids=["export", "backup", "restore", "pictures", "folder"],
)
def test_the_folders_that_were_looked_into_are_kept_nowhere(
    parent: QWidget, tmp_path: Path, ask: Callable[[QWidget, Path], object]
) -> None:
    folder = tmp_path / "P01 - Grace Okafor"
    folder.mkdir()

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(folder))
        dialog.accept()

    with answering(QFileDialog, choose):
        ask(parent, folder)
    assert "Grace" not in outside()


@pytest.mark.parametrize(
    ("name", "kind", "written"),
    [
        ("today.csv", words.XLSX_FILES, "today.xlsx"),  # the proposal was left as it was
        ("today.csv", words.CSV_FILES, "today.csv"),
        ("pay.csv", words.XLSX_FILES, "pay.csv"),
        ("pay", words.XLSX_FILES, "pay.xlsx"),
    ],
)
def test_the_chosen_kind_counts_unless_another_ending_was_typed(
    parent: QWidget,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    kind: Text,
    written: str,
) -> None:
    answer = str(tmp_path / name), kind()
    # A system's own dialog cannot be worked from here.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    assert files.ask_export(parent, tmp_path / "today.csv") == tmp_path / written
