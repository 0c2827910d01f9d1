"""The form for a person: name, ID, groups and perhaps consent, checked while typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from faceapp.errors import PersonInvalid
from faceapp.service.identity import checked_groups, checked_id, checked_name
from faceapp.service.roster import parse_folder_name
from faceapp.types import Person, PersonId
from faceapp.ui.icons import Icons
from faceapp.ui.suggest import suggest_id
from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.widgets import label
from faceapp.ui.widgets.chips import Chips
from faceapp.ui.widgets.fields import mark_wrong
from faceapp.ui.widgets.layout import captioned
from faceapp.ui.words import common, errors, isolated
from faceapp.ui.words import enrol as words

LETTERS = 300


class PersonForm(QWidget):
    """The fields of a new person; for a known person they are read-only.

    With ``asks_consent``, the form is incomplete without the agreement to face recognition, unless
    that is on record already.

    Signals:
        changed(): the input has changed.
    """

    changed = Signal()

    def __init__(self, icons: Icons, *, asks_consent: bool = True) -> None:
        super().__init__()
        self._asks_consent = asks_consent
        self._taken: Mapping[PersonId, str] = {}
        self._known: Person | None = None
        self._kept: tuple[str, ...] = ()
        self._asking = asks_consent
        self.name_field, self.id_field = QLineEdit(), QLineEdit()
        self.groups = Chips(icons, common.GROUPS(), words.GROUPS_HINT())
        self.consent = QCheckBox(words.CONSENT())
        self._name_problem, self._id_problem = _problem_label(), _problem_label()
        self._groups_problem = _problem_label()
        self.name_field.setPlaceholderText(words.NAME_HINT())
        self.id_field.setAccessibleName(common.PERSON_ID())
        for field in (self.name_field, self.id_field):
            field.setMaxLength(LETTERS)
            field.textChanged.connect(lambda _: self._check())
        self.groups.changed.connect(self._check)
        self.groups.field.textChanged.connect(lambda _: self._check())
        self.consent.toggled.connect(lambda _: self.changed.emit())
        for field in (self.name_field, self.id_field, self.groups.field):
            # A picture dropped on a field is meant for the page; its path is not a name.
            field.setAcceptDrops(False)
        self._lay_out()

    @property
    def adding(self) -> Person | None:
        """Return the known person to whom samples are added; None while entering a new person."""
        return self._known

    @property
    def touched(self) -> bool:
        """Whether the operator entered anything about a new person."""
        entered = self.name_field.text().strip() or set(self.groups.names) - set(self._kept)
        return self._known is None and bool(entered)

    def know(self, people: Sequence[Person], groups: Sequence[str]) -> None:
        """Take note of the IDs in use and the existing groups; suggest the next ID.

        Update a known person too, who may have been renamed.
        """
        former = suggest_id(self._taken)
        self._taken = {person.id: person.name for person in people}
        self.groups.know(groups)
        if self._known is None and self.id_field.text() in ("", former):
            self.id_field.setText(suggest_id(self._taken))
        for person in people:
            if self._known is not None and person.id == self._known.id:
                self._show_known(person)
        self._check()

    @property
    def agrees(self) -> bool:
        """Whether the agreement was asked for here and given."""
        return self._asking and self.consent.isChecked()

    def begin(self, known: Person | None = None, *, agreed: bool = False) -> None:
        """Begin with a new person, or show the ``known`` one.

        ``agreed`` means that the agreement is on record and is not asked for again.
        """
        self.take_agreement(agreed=agreed)
        self._show_known(known)
        self.id_field.setText(suggest_id(self._taken) if known is None else known.id)
        self.consent.setChecked(False)
        for field in (self.name_field, self.id_field, self.groups.field):
            field.setReadOnly(known is not None)
        self.groups.setEnabled(known is None)
        # What cannot be typed is not asked for.
        self.groups.field.setPlaceholderText("" if known else words.GROUPS_HINT())
        self._check()

    def take_agreement(self, *, agreed: bool) -> None:
        """Ask for the agreement unless ``agreed``, which means that it is on record."""
        self._asking = self._asks_consent and not agreed
        self.consent.setVisible(self._asking)
        self._check()

    def keep_groups(self, groups: Sequence[str]) -> None:
        """Begin with the groups of the previous person: often a whole class is entered."""
        self.groups.choose(groups)
        self._kept = self.groups.names
        self._check()

    def enter(self, person: Person) -> None:
        """Fill in a new person who could not be saved."""
        self.name_field.setText(person.name)
        self.id_field.setText(person.id)
        self.groups.choose(person.groups)

    def propose(self, folder: str) -> None:
        """Fill in ID and name from a folder named ``ID - Name``, unless the operator typed some."""
        typed = self.name_field.text().strip() or self.id_field.isModified()
        if self._known is not None or typed:
            return
        try:
            code, name = parse_folder_name(folder)
        except PersonInvalid:
            return
        if name is not None:
            self.name_field.setText(name)
            self.id_field.setText(code)

    def person(self) -> Person | None:
        """Return the person as entered; None while something is missing or wrong."""
        if self.missing():
            return None
        if self._known is not None:
            return self._known
        return Person(
            checked_id(self.id_field.text()),
            checked_name(self.name_field.text()),
            checked_groups(self.groups.names),
        )

    def missing(self) -> str:
        """Say the first thing that is missing or wrong; empty when all is well."""
        name, code, groups = self._problems()
        agreed = self.consent.isChecked() or not self._asking
        asked = "" if agreed else words.CONSENT_MISSING()
        return name or code or groups or asked

    def _problems(self) -> tuple[str, str, str]:
        """Say what is wrong with name, ID and groups; nothing for a known person."""
        if self._known is not None:
            return "", "", ""
        name, code, groups = self.name_field.text(), self.id_field.text(), self.groups.names
        return (
            _complaint(lambda: checked_name(name)) if name.strip() else words.NAME_EMPTY(),
            self._complaint_of_id(code) if code.strip() else words.ID_EMPTY(),
            _complaint(lambda: checked_groups(groups)),
        )

    def _complaint_of_id(self, code: str) -> str:
        refused = _complaint(lambda: checked_id(code))
        if refused:
            return refused
        folded = checked_id(code).casefold()
        other = next((name for one, name in self._taken.items() if one.casefold() == folded), None)
        return "" if other is None else words.ID_TAKEN(name=isolated(other))

    def _show_known(self, known: Person | None) -> None:
        self._known = known
        self.name_field.setText("" if known is None else known.name)
        self.name_field.setCursorPosition(0)  # show a long name from its beginning
        self._kept = ()
        self.groups.choose(() if known is None else known.groups)

    def _check(self) -> None:
        name, code, groups = self._problems()
        # A field that is still empty is not marked as wrong.
        _show(self.name_field, self._name_problem, name if self.name_field.text() else "")
        _show(self.id_field, self._id_problem, code if self.id_field.text() else "")
        _show(self.groups.field, self._groups_problem, groups)
        self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addLayout(captioned(common.NAME(), self.name_field))
        column.addWidget(self._name_problem)
        column.addLayout(captioned(words.ID_CAPTION(), self.id_field))
        column.addWidget(self._id_problem)
        column.addLayout(captioned(common.GROUPS(), self.groups))
        column.addWidget(self._groups_problem)
        column.addWidget(self.consent)


def _complaint(check: Callable[[], object]) -> str:
    """Say why ``check`` refuses the input; empty when it does not."""
    try:
        check()
    except PersonInvalid as error:
        return errors.sentence(error)[0]
    return ""


def _problem_label() -> QLabel:
    made = label(size=Size.SMALL, wrap=True)
    made.setProperty("tone", "bad")
    made.hide()
    return made


def _show(field: QLineEdit, problem_label: QLabel, problem: str) -> None:
    mark_wrong(field, problem)
    problem_label.setText(problem)
    problem_label.setVisible(bool(problem))
