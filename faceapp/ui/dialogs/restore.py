"""Asking whether a backup is to replace everything."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from faceapp.types import Backup, Damage
from faceapp.ui import times
from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.words import attendance, one_line, people
from faceapp.ui.words import settings as words


class RestoreDialog(Dialog):
    """Says what is replaced by what, and what is kept."""

    def __init__(self, parent: QWidget, source: Path, found: Backup) -> None:
        super().__init__(parent, words.RESTORE_TITLE(), words.RESTORE_CONFIRM(), danger=True)
        damaged = [words.RESTORE_DAMAGED()] if found.damage != Damage() else []
        what = words.RESTORE_WHAT(path=one_line(source.name))
        self.say(what, _held(found), *damaged, words.RESTORE_KEPT())

    @staticmethod
    def ask(parent: QWidget, source: Path, found: Backup) -> bool:
        """Return whether the operator wants it."""
        return RestoreDialog(parent, source, found).confirmed()


def _held(found: Backup) -> str:
    counts = {
        "people": people.COUNT(found.people),
        "entries": attendance.COUNT_ENTRIES(found.entries),
    }
    if found.last_entry_at is None:
        return words.RESTORE_HOLDS(**counts)
    day = times.day(times.local(found.last_entry_at).date())
    return words.RESTORE_HOLDS_LAST(**counts, day=day)
