"""Asking whether what was gathered of a person may be lost."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.words import enrol as words
from faceapp.ui.words import isolated


class DraftDialog(Dialog):
    """Says that what is not saved would be lost; ``title`` and ``do`` say by what."""

    def __init__(self, parent: QWidget, title: str, do: str) -> None:
        super().__init__(parent, title, do, danger=True)
        self.say(words.DRAFT())

    @staticmethod
    def ask_to_begin(parent: QWidget, name: str) -> bool:
        """Return whether the operator wants to begin with the person ``name``."""
        title = words.DRAFT_TITLE(name=isolated(name))
        return DraftDialog(parent, title, words.DRAFT_DO()).confirmed()

    @staticmethod
    def ask_to_start_over(parent: QWidget) -> bool:
        """Return whether the operator wants to begin with nobody."""
        return DraftDialog(parent, words.DRAFT_OVER_TITLE(), words.DRAFT_OVER_DO()).confirmed()

    @staticmethod
    def ask_to_close(parent: QWidget) -> bool:
        """Return whether the operator wants the window closed."""
        return DraftDialog(parent, words.DRAFT_CLOSE_TITLE(), words.DRAFT_CLOSE_DO()).confirmed()
