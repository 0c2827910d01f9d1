"""Asking whether what was gathered of one person shall give way to another."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.words import enrol as words
from faceapp.ui.words import isolated


class DraftDialog(Dialog):
    """Says that what is not saved would be lost by beginning with ``name``."""

    def __init__(self, parent: QWidget, name: str) -> None:
        title = words.DRAFT_TITLE(name=isolated(name))
        super().__init__(parent, title, words.DRAFT_DO(), danger=True)
        self.say(words.DRAFT())

    @staticmethod
    def ask(parent: QWidget, name: str) -> bool:
        """Tell whether the operator wants it."""
        return DraftDialog(parent, name).confirmed()
