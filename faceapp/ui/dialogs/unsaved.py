"""Asking whether to close the window although entries could not be saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.words import shell as words


class UnsavedDialog(Dialog):
    """Says how many entries are lost by closing."""

    def __init__(self, parent: QWidget, waiting: int) -> None:
        super().__init__(parent, words.UNSAVED_TITLE(), words.UNSAVED_DO(), danger=True)
        self.say(words.UNSAVED(waiting), words.UNSAVED_WHY())

    @staticmethod
    def ask(parent: QWidget, waiting: int) -> bool:
        """Return whether the operator wants it."""
        return UnsavedDialog(parent, waiting).confirmed()
