"""Asking whether to forget somebody, and saying what would be lost."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from faceapp.types import Person
from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.words import isolated, with_id
from faceapp.ui.words import people as words


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes, and how many entries stay without a name."""

    person: Person
    samples: int
    entries: int


class ForgetDialog(Dialog):
    """Cancel has the focus; the other button must be chosen on purpose."""

    def __init__(self, parent: QWidget, loss: Loss) -> None:
        title = words.FORGET_TITLE(name=isolated(loss.person.name))
        super().__init__(parent, title, words.FORGET_DO(), danger=True)
        entries = words.FORGET_NO_ENTRIES()
        if loss.entries:
            entries = words.FORGET_ENTRIES(loss.entries)
        who = with_id(loss.person.name, loss.person.id)
        self.say(who, words.FORGET_WHAT(loss.samples), entries, words.FORGET_FINAL())

    @staticmethod
    def ask(parent: QWidget, loss: Loss) -> bool:
        """Return whether the operator wants it."""
        return ForgetDialog(parent, loss).confirmed()
