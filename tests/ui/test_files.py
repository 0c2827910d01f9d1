from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from faceapp.ui.dialogs import files
from faceapp.ui.words import Text
from faceapp.ui.words import tables as words
from tests.ui.answers import answering
from tests.ui.seen import only


def outside() -> str:
    """Read what Qt keeps for the file dialogs of all programs."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    kept.sync()
    return " ".join(str(kept.value(key)) for key in kept.allKeys())


every_dialog = pytest.mark.parametrize(
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


@every_dialog
def test_no_dialog_leads_to_a_server(
    parent: QWidget, tmp_path: Path, ask: Callable[[QWidget, Path], object]
) -> None:
    schemes: list[str] = []
    with answering(QFileDialog, lambda dialog: schemes.extend(dialog.supportedSchemes())):
        ask(parent, tmp_path)
    assert schemes == ["file"]


@every_dialog
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
    parent: QWidget, tmp_path: Path, name: str, kind: Text, written: str
) -> None:
    def choose(dialog: QFileDialog) -> None:
        assert dialog.selectedFiles() == [str(tmp_path / "today.csv")]
        dialog.selectNameFilter(kind())
        only(dialog, QLineEdit).setText(name)
        dialog.accept()

    with answering(QFileDialog, choose):
        chosen = files.ask_export(parent, tmp_path / "today.csv")
    assert chosen == tmp_path / written
