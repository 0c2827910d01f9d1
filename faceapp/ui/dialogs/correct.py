"""Asks for a correction of the attendance: strike an entry, change it, or add a missing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from faceapp.errors import CorrectionRefused
from faceapp.service.identity import MAX_REASON, checked_reason
from faceapp.types import Entry, EntryKind
from faceapp.ui import times
from faceapp.ui.corrections import Correction, Subject, What
from faceapp.ui.dialogs.shell import Dialog
from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.widgets import label
from faceapp.ui.widgets.buttons import set_text
from faceapp.ui.widgets.fields import ElidedBox, PersonBox, day_field, restyle, time_field
from faceapp.ui.widgets.layout import captioned
from faceapp.ui.words import attendance as words
from faceapp.ui.words import common, states, with_id

# The kinds that name a person, and those that give a time.
NAMING = (What.ADD, What.OTHER)
TIMED = (What.ADD, What.CHANGE)


class CorrectDialog(Dialog):
    """Offers only possible corrections, and requires a reason."""

    def __init__(
        self, parent: QWidget, subject: Subject, unsaved: Correction | None = None
    ) -> None:
        super().__init__(parent, words.CORRECT_TITLE(), words.STRIKE_DO())
        self._subject = subject
        self._touched = self._was_other = False
        self.modes = {
            What.STRIKE: QRadioButton(words.STRIKE()),
            What.OTHER: QRadioButton(words.OTHER()),
            What.CHANGE: QRadioButton(words.CHANGE()),
            What.ADD: QRadioButton(words.ADD()),
        }
        self.entry_box = ElidedBox()
        for entry in subject.entries:
            self.entry_box.addItem(entry_line(entry), entry)
        self.person_box = PersonBox(words.PERSON_MISSING(), strict=True)
        self.person_box.know(subject.people)
        self.person_box.choose(subject.person)
        self.day_field = day_field(words.WHEN_DATE())
        self.time_field = time_field(words.WHEN_TIME())
        self.kind_box = QComboBox()
        for kind in EntryKind:
            self.kind_box.addItem(states.KIND[kind](), kind)
        self.reason_box = QComboBox()
        reason = QLineEdit()
        reason.setMaxLength(MAX_REASON)
        reason.setPlaceholderText(words.REASON_HINT())
        self.reason_box.setEditable(True)
        self.reason_box.setLineEdit(reason)
        self.reason_box.addItems([proposal() for proposal in words.REASONS])
        self.reason_box.setCurrentIndex(-1)
        self.final = label(words.STRIKE_FINAL(), muted=True, wrap=True)
        self.problem = label(size=Size.SMALL, wrap=True)
        self._lay_out_fields()
        self._connect()
        self._begin()
        if unsaved is not None:
            self._enter(unsaved)

    @property
    def what(self) -> What:
        """Return the chosen kind of correction."""
        return next(what for what, radio in self.modes.items() if radio.isChecked())

    @property
    def correction(self) -> Correction | None:
        """Return the correction as entered; None while something is missing or wrong."""
        return None if self._wrong() else self._made()

    def _made(self) -> Correction:
        made = Correction(self.what, self.reason_box.currentText())
        entry = self.entry_box.currentData()
        if self.what is not What.ADD:
            made = replace(made, entry=entry.id)
        if self.what is What.STRIKE:
            return made
        if self.what is What.OTHER:
            return replace(made, person=self.person_box.person)
        return replace(
            made,
            at=self._moment(),
            kind=EntryKind(self.kind_box.currentData()),
            person=self.person_box.person,
            typed=(self.day_field.date(), self.time_field.time()),
        )

    def _moment(self) -> datetime:
        """Return the entered moment; for a change, in the entry's own time zone."""
        day, time = self.day_field.date(), self.time_field.time()
        entry = self.entry_box.currentData()
        if self.what is What.CHANGE and isinstance(entry, Entry):
            return times.moved(entry, day, time)
        return times.to_utc(day, time)

    def _wrong(self) -> str:
        """Say what is missing or wrong; empty when all is well."""
        entry = self.entry_box.currentData()
        if self.what is not What.ADD and entry is None:
            return words.ENTRY_MISSING()
        if self.what in NAMING and self.person_box.person is None:
            return words.PERSON_MISSING()
        if self.what is What.OTHER and self.person_box.person == entry.person:
            return words.SAME_PERSON()
        if self.what in TIMED and self._moment() > self._subject.now():
            return words.IN_FUTURE()
        try:
            checked_reason(self.reason_box.currentText())
        except CorrectionRefused as error:
            long = error.details["why"] == "reason_too_long"
            return words.REASON_LONG() if long else words.REASON_MISSING()
        return ""

    def _check(self) -> None:
        problem = self._wrong()
        self.problem.setText(problem)
        # Missing input is named from the start, but looks like an error only after an edit.
        self.problem.setProperty("tone", "bad" if self._touched else "muted")
        restyle(self.problem)
        self.do_button.setEnabled(not problem)

    def _touch(self) -> None:
        self._touched = True
        self._check()

    def _switch(self) -> None:
        what = self.what
        self._propose()
        self._touched = False
        self._entry_row.setVisible(what is not What.ADD)
        self.final.setVisible(what is What.STRIKE)
        self._person_row.setVisible(what in NAMING)
        self._when_row.setVisible(what in TIMED)
        texts = {
            What.STRIKE: words.STRIKE_DO,
            What.OTHER: words.OTHER_DO,
            What.CHANGE: words.CHANGE_DO,
            What.ADD: words.ADD_DO,
        }
        set_text(self.do_button, texts[what]())
        self._check()

    def _propose(self) -> None:
        """Preset OTHER with nobody and its reason, all other kinds with the row's person."""
        other, wrong = self.what is What.OTHER, words.REASONS[0]()
        if other is self._was_other:
            return
        self._was_other = other
        self.person_box.choose(None if other else self._subject.person)
        if other and not self.reason_box.currentText():
            self.reason_box.setEditText(wrong)
        elif not other and self.reason_box.currentText() == wrong:
            self.reason_box.clearEditText()

    def _choose_entry(self) -> None:
        self._propose_moment()
        self._touch()

    def _propose_moment(self) -> None:
        """Preset the entry's own moment and kind, or the current time on the chosen day."""
        entry, struck = self.entry_box.currentData(), self._subject.struck
        if isinstance(entry, Entry):
            moment = entry.local_at
            day = moment.date()
            self.kind_box.setCurrentIndex(self.kind_box.findData(entry.kind))
        elif struck is not None:
            moment = times.local(struck.at)  # an added entry uses this machine's time zone
            day = moment.date()
            self.kind_box.setCurrentIndex(self.kind_box.findData(struck.kind))
        else:
            moment, day = times.local(self._subject.now()), self._subject.day
        self.day_field.setDate(QDate(day.year, day.month, day.day))
        self.time_field.setTime(QTime(moment.hour, moment.minute))

    def _begin(self) -> None:
        some = bool(self._subject.entries)
        for what in (What.STRIKE, What.OTHER, What.CHANGE):
            self.modes[what].setEnabled(some)
            self.modes[what].setToolTip("" if some else words.NO_ENTRY_TO_STRIKE())
        if some and self._subject.person not in {one.id for one in self._subject.people}:
            # A change adds a new entry, but the person is no longer enrolled.
            self.modes[What.CHANGE].setEnabled(False)
            self.modes[What.CHANGE].setToolTip(words.FORGOTTEN_CHANGE())
        meant = some and self._subject.struck is None
        self.modes[What.STRIKE if meant else What.ADD].setChecked(True)
        self.entry_box.setCurrentIndex(0 if meant else -1)
        self._propose_moment()
        self._switch()
        (self.reason_box if meant else self.person_box).setFocus()

    def _enter(self, unsaved: Correction) -> None:
        """Fill in a correction that could not be saved, as far as it is still possible."""
        self.reason_box.setEditText(unsaved.reason)
        entries = [entry.id for entry in self._subject.entries]
        gone = unsaved.entry is not None and unsaved.entry not in entries
        if gone or not self.modes[unsaved.what].isEnabled():
            return
        self.modes[unsaved.what].setChecked(True)
        if unsaved.entry is not None:
            self.entry_box.setCurrentIndex(entries.index(unsaved.entry))
        if unsaved.person is not None:
            self.person_box.choose(unsaved.person)
        if unsaved.typed is not None:
            day, time = unsaved.typed
            self.day_field.setDate(day)
            self.time_field.setTime(time)
            self.kind_box.setCurrentIndex(self.kind_box.findData(unsaved.kind))

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for radio in self.modes.values():
            group.addButton(radio)
        group.buttonToggled.connect(lambda _, checked: self._switch() if checked else None)
        self.entry_box.currentIndexChanged.connect(lambda _: self._choose_entry())
        self.person_box.chosen.connect(self._touch)
        self.reason_box.editTextChanged.connect(lambda _: self._touch())
        self.day_field.dateChanged.connect(lambda _: self._touch())
        self.time_field.timeChanged.connect(lambda _: self._touch())

    def _lay_out_fields(self) -> None:
        self.body.addWidget(label(words.CORRECT_RULE(), muted=True, wrap=True))
        for radio in self.modes.values():
            self.body.addWidget(radio)
        self.body.addWidget(self.final)
        self._entry_row = _row([(words.WHICH_ENTRY(), self.entry_box)])
        self._person_row = _row([(words.PERSON(), self.person_box)])
        self._when_row = _row(
            [
                (words.WHEN_DATE(), self.day_field),
                (words.WHEN_TIME(), self.time_field),
                (words.KIND(), self.kind_box),
            ]
        )
        rows = (self._entry_row, self._person_row, self._when_row)
        for row in (*rows, _row([(words.REASON(), self.reason_box)])):
            self.body.addWidget(row)
        self.body.addWidget(self.problem)


def entry_line(entry: Entry) -> str:
    """Describe an entry on one line, starting with what sets it apart from the person's others."""
    return words.ENTRY_LINE(
        date=times.day_and_weekday(entry.local_date),
        time=times.clock(entry.local_at),
        kind=states.KIND[entry.kind](),
        name=with_id(entry.name, entry.person) if entry.name else common.FORGOTTEN(),
    )


def _row(fields: Sequence[tuple[str, QWidget]]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID_PX)
    for caption, field in fields:
        row.addLayout(captioned(caption, field), 1)
    return holder
