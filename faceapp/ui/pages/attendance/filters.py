"""Filters for the listed entries, by days, group and person, and the choice of view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QDate, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QWidget

from faceapp.types import EntryFilter, Person
from faceapp.ui.clicks import ignore_wheel
from faceapp.ui.pages.attendance.ranges import Range, span_of
from faceapp.ui.theme import GRID_PX, scaled
from faceapp.ui.widgets import button
from faceapp.ui.widgets.fields import ElidedBox, PersonBox, day_field
from faceapp.ui.widgets.layout import captioned
from faceapp.ui.words import attendance as words


class View(Enum):
    """How the entries are shown."""

    DAYS = "days"
    ENTRIES = "entries"
    TOTALS = "totals"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters ask for: what is on screen and what an export writes.

    The answer is another one each day: only when ``today`` is over can it be incomplete.
    """

    wanted: EntryFilter
    view: View
    today: date


class FilterBar(QWidget):
    """The filters in one row. Their ``switch`` between the views goes into the page's head.

    In a small window, one row has no room for both once it shows the first and last day.

    Signals:
        changed(): the filters ask for something else.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._custom: list[QWidget] = []
        self.range_box = QComboBox()
        for one in Range:
            self.range_box.addItem(one.value(), one)
        self.from_field, self.to_field = day_field(words.FROM()), day_field(words.TO())
        self.group_box = ElidedBox()
        self.group_box.addItem(words.ALL_GROUPS(), None)
        self.person_box = PersonBox(words.ALL_PEOPLE())
        self.day_button = button(words.DAY_VIEW())
        self.entry_button = button(words.ENTRY_VIEW())
        self.total_button = button(words.TOTAL_VIEW())
        self._buttons = {
            View.DAYS: self.day_button,
            View.ENTRIES: self.entry_button,
            View.TOTALS: self.total_button,
        }
        self.switch = _side_by_side(*self._buttons.values())
        self.switch.setAccessibleName(words.VIEW())
        ignore_wheel(
            self.range_box, self.from_field, self.to_field, self.group_box, self.person_box
        )
        self._lay_out()
        now = today()
        for field in (self.from_field, self.to_field):
            field.setDate(QDate(now.year, now.month, now.day))
        self._connect()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(lambda: self.person_box.setFocus(Qt.FocusReason.ShortcutFocusReason))

    @property
    def asked(self) -> Asked:
        """Return what the filters ask for."""
        custom = (_day(self.from_field.date()), _day(self.to_field.date()))
        begins = QLocale().firstDayOfWeek().value
        today = self._today()
        first, last = span_of(self._chosen, today, custom, begins)
        wanted = EntryFilter(
            from_date=first,
            to_date=last,
            person=self.person_box.person,
            group=self.group_box.currentData(),
        )
        view = next(view for view, one in self._buttons.items() if one.isChecked())
        return Asked(wanted, view, today)

    def know(self, people: Sequence[Person], groups: Sequence[str]) -> None:
        """Offer these people and groups; keep the choices that are still offered."""
        self.person_box.know(people)
        group = self.group_box.currentData()
        with QSignalBlocker(self.group_box):
            self.group_box.clear()
            self.group_box.addItem(words.ALL_GROUPS(), None)
            for name in groups:
                self.group_box.addItem(name, name)
            self.group_box.setCurrentIndex(max(self.group_box.findData(group), 0))

    @property
    def _chosen(self) -> Range:
        return Range(self.range_box.currentData())

    def _range_changed(self) -> None:
        custom = self._chosen is Range.CUSTOM
        for holder in self._custom:
            holder.setVisible(custom)
        self.changed.emit()

    def _from_changed(self, day: QDate) -> None:
        if day > self.to_field.date():
            self.to_field.setDate(day)
        else:
            self.changed.emit()

    def _to_changed(self, day: QDate) -> None:
        if day < self.from_field.date():
            self.from_field.setDate(day)
        else:
            self.changed.emit()

    def _connect(self) -> None:
        self.range_box.currentIndexChanged.connect(self._range_changed)
        self.from_field.dateChanged.connect(self._from_changed)
        self.to_field.dateChanged.connect(self._to_changed)
        self.group_box.currentIndexChanged.connect(self.changed)
        self.person_box.chosen.connect(self.changed)
        views = QButtonGroup(self)
        for one in self._buttons.values():
            one.setCheckable(True)
            one.setAutoExclusive(True)  # or screen readers would call it a check box
            views.addButton(one)
        self.day_button.setChecked(True)
        views.buttonToggled.connect(lambda _, checked: self.changed.emit() if checked else None)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        self.range_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.group_box.setMinimumWidth(scaled(112))
        self.group_box.setMaximumWidth(scaled(200))
        self.person_box.setMinimumWidth(scaled(108))
        self.person_box.setMaximumWidth(scaled(280))
        row.addWidget(_column(words.RANGE(), self.range_box))
        for caption, field in ((words.FROM(), self.from_field), (words.TO(), self.to_field)):
            holder = _column(caption, field)
            holder.hide()
            self._custom.append(holder)
            row.addWidget(holder)
        row.addWidget(_column(words.GROUP(), self.group_box))
        row.addWidget(_column(words.PERSON(), self.person_box), 3)
        row.addStretch(1)


def _side_by_side(*buttons: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID_PX // 2)
    for one in buttons:
        row.addWidget(one)
    return holder


def _column(caption: str, control: QWidget) -> QWidget:
    holder = QWidget()
    column = captioned(caption, control)
    column.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(column)
    return holder


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
