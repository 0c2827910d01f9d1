"""Fields that accept only valid input, or say what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QDateEdit,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QTimeEdit,
    QWidget,
)

from faceapp.alphabet import plain
from faceapp.types import Person, PersonId
from faceapp.ui.theme import GRID_PX, scaled
from faceapp.ui.times import day_format

PLAIN = Qt.ItemDataRole.UserRole + 1


def mark_wrong(field: QLineEdit, problem: str) -> None:
    """Frame the field as wrong and let screen readers say why; an empty ``problem`` clears it."""
    field.setAccessibleDescription(problem)
    if field.property("wrong") != bool(problem):
        field.setProperty("wrong", bool(problem))
        restyle(field)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property that it depends on has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def field_px() -> int:
    """Return how high the style sheet makes a combo box; spin boxes would be 2 px higher."""
    return scaled(32) + 2


def day_field(name: str) -> QDateEdit:
    """Make a field for a day, with a calendar."""
    made = QDateEdit()
    made.setCalendarPopup(True)
    made.setDisplayFormat(day_format())
    made.setAccessibleName(name)
    made.setMinimumWidth(scaled(118))
    _plain_calendar(made.calendarWidget())
    made.setFixedHeight(field_px())
    return made


def _plain_calendar(calendar: QCalendarWidget) -> None:
    """Hide the week numbers, and draw weekends in the theme's colour instead of a fixed red.

    Its edge, for which it leaves 1 px, keeps the days apart from a table that it covers.
    """
    calendar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    calendar.setContentsMargins(1, 1, 1, 1)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekday, QTextCharFormat())
    calendar.setMinimumSize(scaled(304), scaled(256))


def indent(field: QAbstractSpinBox) -> None:
    """Indent the text as in other fields: the style sheet's padding does not reach spin boxes."""
    inner = field.findChild(QLineEdit)
    if inner is not None:
        inner.setTextMargins(GRID_PX, 0, 0, 0)


def time_field(name: str) -> QTimeEdit:
    """Make a field for a time of the day."""
    made = QTimeEdit()
    made.setDisplayFormat("HH:mm")
    indent(made)
    made.setAccessibleName(name)
    made.setFixedHeight(field_px())
    return made


class ElidedBox(QComboBox):
    """A box whose chosen text ends in "…" if it does not fit. Long texts do not widen it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box, text = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room_px = self.style().subControlRect(box, option, text, self).width()
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room_px
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(box, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class _PlainCompleter(QCompleter):
    """Compares without accents and case."""

    def splitPath(self, path: str) -> list[str]:
        return [plain(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data())


def completer_of(model: QAbstractItemModel, parent: QWidget) -> QCompleter:
    """Make a completer for texts that contain the input; its list looks like a combo box's.

    Accents and case do not matter: ``model`` holds `alphabet.plain` texts under `PLAIN`.
    """
    made = _PlainCompleter(model, parent)
    made.setCompletionRole(PLAIN)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    proposals = made.popup()
    if proposals is not None:  # it never is
        proposals.setProperty("kind", "proposals")
    return made


class PersonBox(QComboBox):
    """Chooses a person by a part of the name or ID; the first row is nobody.

    A text that matches nobody or several people changes nothing; with ``strict`` it chooses nobody.

    Signals:
        chosen(): another person, or nobody, is chosen.
    """

    chosen = Signal()

    def __init__(self, nobody: str, *, strict: bool = False) -> None:
        super().__init__()
        self._strict = strict
        self._nobody = nobody
        self._people: tuple[Person, ...] = ()
        self.field = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self.field)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._offer(nobody, None)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._completer = completer_of(self.model(), self)
        self.setCompleter(self._completer)
        shown = self.view()
        if isinstance(shown, QListView):  # it always is
            shown.setUniformItemSizes(True)  # or it would measure each of thousands of rows
        self.field.editingFinished.connect(self._settle)
        self.currentIndexChanged.connect(self._tell)

    @property
    def person(self) -> PersonId | None:
        """Return the chosen person; None for nobody."""
        found = self.currentData()
        return None if found is None else PersonId(found)

    def know(self, people: Sequence[Person]) -> None:
        """Offer these people; the chosen person stays chosen if among them."""
        offered = tuple(people)
        if offered == self._people:
            return  # every change of the data offers them again, and thousands of rows are slow
        self._people = offered
        kept = self.person
        # After a search, the completer would repeat it at each row.
        self._completer.setModel(None)  # type: ignore[arg-type]  # Qt allows it
        with QSignalBlocker(self):
            self.clear()
            self._offer(self._nobody, None)
            for person in offered:
                self._offer(f"{person.name} ({person.id})", person.id)
            self.choose(kept)
        self._completer.setModel(self.model())
        self.field.setCursorPosition(0)

    def choose(self, person: PersonId | None) -> None:
        """Choose somebody, or nobody if they are not offered."""
        self.setCurrentIndex(0 if person is None else max(self.findData(person), 0))

    def _offer(self, text: str, person: PersonId | None) -> None:
        self.addItem(text, person)
        self.setItemData(self.count() - 1, plain(text), PLAIN)

    def _settle(self) -> None:
        """Apply the typed text if it names somebody."""
        typed = self.field.text().strip()
        at = self._named(typed) if typed else 0
        if at is None:
            at = 0 if self._strict else self.currentIndex()
        self.setCurrentIndex(at)  # also writes the whole name into the field
        self.field.setCursorPosition(0)

    def _named(self, typed: str) -> int | None:
        """Return the row that equals the typed text, or else the only one that contains it."""
        exact = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if exact >= 0:
            return exact
        part = plain(typed)
        rows = [row for row in range(1, self.count()) if part in plain(self.itemText(row))]
        return rows[0] if len(rows) == 1 else None

    def _tell(self, _index: int) -> None:
        self.field.setCursorPosition(0)
        self.chosen.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Typing replaces the name in the field, even after a click into it: the click places the
        # cursor only after this event, so the text is selected later still.
        QTimer.singleShot(0, self.field, self.field.selectAll)
