"""Changes a person's name and groups, and the record of the agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from faceapp.errors import PersonInvalid
from faceapp.service import checked_person
from faceapp.types import Person, PersonSummary
from faceapp.ui import words
from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.icons import Icons
from faceapp.ui.person_form import LETTERS
from faceapp.ui.theme import Size
from faceapp.ui.widgets import label
from faceapp.ui.widgets.chips import Chips
from faceapp.ui.widgets.fields import mark_wrong
from faceapp.ui.widgets.layout import captioned
from faceapp.ui.words import common, enrol, isolated, people


@dataclass(frozen=True, slots=True)
class Edited:
    """What was edited of a person; None stays as it is, whatever else changes it meanwhile."""

    name: str | None = None
    groups: tuple[str, ...] | None = None
    agreed: bool | None = None


NOTHING = Edited()


class EditDialog(Dialog):
    """Accepts only what the service would accept; says below the name what is wrong."""

    def __init__(
        self,
        parent: QWidget,
        icons: Icons,
        row: PersonSummary,
        groups: Sequence[str],
        unsaved: Edited = NOTHING,
    ) -> None:
        person = row.person
        super().__init__(parent, people.EDIT_TITLE(name=isolated(person.name)), common.SAVE())
        self._person = person
        self._had_agreed = row.agreed_at is not None
        self.consent = QCheckBox(enrol.CONSENT())
        self.consent.setChecked(self._had_agreed if unsaved.agreed is None else unsaved.agreed)
        self.mistake = label(people.NOT_AGREED_AFTER_ALL(), size=Size.SMALL, wrap=True)
        self.name_field = QLineEdit(person.name if unsaved.name is None else unsaved.name)
        self.name_field.setMaxLength(LETTERS)
        self.groups = Chips(icons, common.GROUPS(), enrol.GROUPS_HINT())
        self.groups.know(groups)
        self.groups.choose(person.groups if unsaved.groups is None else unsaved.groups)
        self.problem = label(size=Size.SMALL, wrap=True)
        self.problem.setProperty("tone", "bad")
        self.say(people.EDIT_ID(person=person.id))
        self.body.addLayout(captioned(common.NAME(), self.name_field))
        self.body.addWidget(self.problem)
        self.body.addLayout(captioned(common.GROUPS(), self.groups))
        self.body.addWidget(self.consent)
        self.body.addWidget(self.mistake)
        self.say(people.EDIT_HINT())
        self.name_field.textChanged.connect(lambda _: self._check())
        self.consent.toggled.connect(lambda _: self._check())
        self.groups.changed.connect(self._check)
        self.groups.field.textChanged.connect(lambda _: self._check())
        self.name_field.selectAll()
        self._check()
        self.name_field.setFocus()

    @property
    def edited(self) -> Edited | None:
        """Return what was edited; None while the input is invalid."""
        try:
            wished = checked_person(self._wished)
        except PersonInvalid:
            return None
        agrees = self.consent.isChecked()
        return Edited(
            name=None if wished.name == self._person.name else wished.name,
            groups=None if wished.groups == self._person.groups else wished.groups,
            agreed=None if agrees == self._had_agreed else agrees,
        )

    @property
    def _wished(self) -> Person:
        return Person(self._person.id, self.name_field.text(), self.groups.names)

    def _check(self) -> None:
        problem, wrong = "", self.name_field
        try:
            checked_person(self._wished)
        except PersonInvalid as error:
            problem = words.errors.sentence(error)[0]
            wrong = self.groups.field if error.details["field"] == "group" else self.name_field
        for field in (self.name_field, self.groups.field):
            mark_wrong(field, problem if field is wrong else "")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.mistake.setVisible(self._had_agreed and not self.consent.isChecked())
        self.do_button.setEnabled(not problem)
