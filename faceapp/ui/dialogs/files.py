"""Chooses files and folders with the system's own dialogs; None or [] if cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import delete

from faceapp.ui.dialogs.confirm import ReplaceDialog
from faceapp.ui.help_key import keep_help_at_hand
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
    with _dialog(parent, words.CHOOSE_EXPORT(), str(proposal), csv, xlsx) as dialog:
        path = _place_to_write(dialog)
        kind = dialog.selectedNameFilter()
    if path is None:
        return None
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
    kind = words.BACKUP_FILES()
    with _dialog(parent, words.CHOOSE_BACKUP(), str(proposal), kind) as dialog:
        return _place_to_write(dialog)


def ask_restore(parent: QWidget, folder: Path) -> Path | None:
    """Ask which backup to restore."""
    kinds = words.BACKUP_FILES(), words.ALL_FILES()
    with _dialog(parent, words.CHOOSE_RESTORE(), str(folder), *kinds) as dialog:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return next(iter(_chosen(dialog)), None)


def ask_pictures(parent: QWidget, patterns: Sequence[str]) -> list[Path]:
    """Ask for pictures and videos."""
    kinds = words.PICTURE_FILES(patterns=" ".join(patterns)), words.ALL_FILES()
    with _dialog(parent, words.CHOOSE_PICTURES(), "", *kinds) as dialog:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return _chosen(dialog)


def ask_folder(parent: QWidget) -> list[Path]:
    """Ask for a folder of pictures."""
    with _dialog(parent, words.CHOOSE_PICTURES(), "") as dialog:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return _chosen(dialog)


def _place_to_write(dialog: QFileDialog) -> Path | None:
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    return next(iter(_chosen(dialog)), None)


def _chosen(dialog: QFileDialog) -> list[Path]:
    return [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []


@contextmanager
def _dialog(parent: QWidget, title: str, place: str, *kinds: str) -> Iterator[QFileDialog]:
    """Make a dialog beside which the guide can be read; then delete Qt's record of its folders.

    It begins at ``place``, a file or folder; without one, or if its folder is gone, in the folder
    last looked into.

    Folders are often named after people. Qt keeps them for all programs together, outside the data
    folder, so forgetting a person would not reach it.
    """
    dialog = QFileDialog(parent, title, place, ";;".join(kinds))
    dialog.setSupportedSchemes(["file"])  # some systems' dialogs would offer servers too
    keep_help_at_hand(dialog)
    try:
        yield dialog
    finally:
        delete(dialog)  # which writes the record
        kept = QSettings(QSettings.Scope.UserScope, "QtProject")
        for key in ("history", "lastVisited"):
            kept.remove(f"FileDialog/{key}")
        kept.sync()
