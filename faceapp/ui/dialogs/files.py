"""Chooses files and folders with the system's own dialogs; None or [] if cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from faceapp.ui.dialogs.confirm import ReplaceDialog
from faceapp.ui.words import tables as words


def documents() -> Path:
    """Return the user's documents folder."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))


def ask_export(parent: QWidget, proposal: Path) -> Path | None:
    """Ask where to write an export; the file name's suffix sets its format.

    An existing file is never replaced without asking.
    """
    csv, xlsx = words.CSV_FILES(), words.XLSX_FILES()
    with _without_history():
        name, kind = QFileDialog.getSaveFileName(
            parent, words.CHOOSE_EXPORT(), str(proposal), f"{csv};;{xlsx}"
        )
    if not name:
        return None
    path = Path(name)
    if kind == xlsx and path.name == proposal.name:
        # Some systems' dialogs do not change the proposed suffix with the format.
        path = path.with_suffix("")
    if path.suffix.lower() in {".csv", ".xlsx"}:
        return path
    path = path.with_name(path.name + (".xlsx" if kind == xlsx else ".csv"))
    # The system asked only about the name without the suffix.
    return path if not path.exists() or ReplaceDialog(parent, path).confirmed() else None


def ask_backup(parent: QWidget, proposal: Path) -> Path | None:
    """Ask where to write a backup."""
    with _without_history():
        name, _ = QFileDialog.getSaveFileName(
            parent, words.CHOOSE_BACKUP(), str(proposal), words.BACKUP_FILES()
        )
    return Path(name) if name else None


def ask_restore(parent: QWidget, folder: Path) -> Path | None:
    """Ask which backup to restore."""
    with _without_history():
        name, _ = QFileDialog.getOpenFileName(
            parent,
            words.CHOOSE_RESTORE(),
            str(folder),
            f"{words.BACKUP_FILES()};;{words.ALL_FILES()}",
        )
    return Path(name) if name else None


def ask_pictures(parent: QWidget, patterns: Sequence[str]) -> list[Path]:
    """Ask for pictures and videos."""
    shown = words.PICTURE_FILES(patterns=" ".join(patterns))
    with _without_history():
        names, _ = QFileDialog.getOpenFileNames(
            parent, words.CHOOSE_PICTURES(), "", f"{shown};;{words.ALL_FILES()}"
        )
    return [Path(name) for name in names]


def ask_folder(parent: QWidget) -> list[Path]:
    """Ask for a folder of pictures."""
    with _without_history():
        name = QFileDialog.getExistingDirectory(parent, words.CHOOSE_PICTURES())
    return [Path(name)] if name else []


@contextmanager
def _without_history() -> Iterator[None]:
    """Delete Qt's record of the folders a dialog visited: they are often named after people.

    Qt keeps it for all programs together, outside the data folder, so forgetting a person would
    not reach it.
    """
    try:
        yield
    finally:
        kept = QSettings(QSettings.Scope.UserScope, "QtProject")
        for key in ("history", "lastVisited"):
            kept.remove(f"FileDialog/{key}")
        kept.sync()
