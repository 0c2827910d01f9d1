"""Asking whether to delete older entries."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.words import settings as words


class PurgeDialog(Dialog):
    """Says how many entries go for ever."""

    def __init__(self, parent: QWidget, days: int, lost: int) -> None:
        kept = words.DAYS(days)
        do = words.RETENTION_LOSS_DO(days=kept)
        super().__init__(parent, words.RETENTION_LOSS_TITLE(), do, danger=True)
        self.say(words.RETENTION_LOSS(lost, days=kept))

    @staticmethod
    def ask(parent: QWidget, days: int, lost: int) -> bool:
        """Return whether the operator wants it."""
        return PurgeDialog(parent, days, lost).confirmed()
