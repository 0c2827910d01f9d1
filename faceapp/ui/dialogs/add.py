"""Adds a person who is not recognized by face; their entries are made by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from faceapp.types import Person
from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.icons import Icons
from faceapp.ui.person_form import PersonForm
from faceapp.ui.words import people as words


class AddDialog(Dialog):
    """Asks for name, ID and groups; accepts only what the service would accept."""

    def __init__(
        self,
        parent: QWidget,
        icons: Icons,
        taken: Sequence[Person],
        groups: Sequence[str],
        unsaved: Person | None = None,
    ) -> None:
        super().__init__(parent, words.ADD_TITLE(), words.ADD_DO())
        self.form = PersonForm(icons, asks_consent=False)
        self.form.know(taken, groups)
        self.form.begin()
        if unsaved is not None:
            self.form.enter(unsaved)
        self.say(words.ADD_HINT())
        self.body.addWidget(self.form)
        self.form.changed.connect(self._check)
        self._check()
        self.form.name_field.setFocus()

    def _check(self) -> None:
        self.do_button.setEnabled(self.form.person() is not None)
