"""Asking whether a backup shall really replace everything."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.words import one_line
from faceapp.ui.words import settings as words


class RestoreDialog(Dialog):
    """Says what is replaced and what is kept."""

    def __init__(self, parent: QWidget, source: Path) -> None:
        super().__init__(parent, words.RESTORE_TITLE(), words.RESTORE_CONFIRM(), danger=True)
        self.say(words.RESTORE_WHAT(path=one_line(source.name)), words.RESTORE_KEPT())

    @staticmethod
    def ask(parent: QWidget, source: Path) -> bool:
        """Tell whether the operator wants it."""
        return RestoreDialog(parent, source).confirmed()
