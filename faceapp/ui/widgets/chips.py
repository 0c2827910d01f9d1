"""Chooses some short names: each chosen one is a chip that can be removed again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from faceapp.alphabet import plain
from faceapp.ui.clicks import take_double_click_as_one
from faceapp.ui.icons import Icons
from faceapp.ui.theme import GRID_PX, Token
from faceapp.ui.widgets.fields import PLAIN, completer_of
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.widgets.labels import show_tip
from faceapp.ui.words import enrol as words

CHIP_LETTERS = 28
_BREAK = re.compile("[,;]")


class Chips(QWidget):
    """A field for names and the chips under it. Enter or a comma takes what is typed.

    A chip may carry a note, until its name is typed.

    Signals:
        changed(): the chosen names have changed.
    """

    changed = Signal()

    def __init__(self, icons: Icons, name: str, hint: str) -> None:
        super().__init__()
        self._icons = icons
        self._names: list[str] = []
        self._notes: dict[str, str] = {}
        self._known = QStandardItemModel(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(name)
        self.field.setMaxLength(200)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._split)
        # While names are proposed, this signal is the only sign of Enter.
        self.field.returnPressed.connect(self._take)
        self._box = QWidget()
        self._row = FlowLayout(self._box, 4)
        completer = completer_of(self._known, self)
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(self.field)
        column.addWidget(self._box)
        self._box.hide()
        self.setFocusProxy(self.field)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the chosen names, and a name that is typed but not a chip yet."""
        typed = self._same(self.field.text())
        extra = [typed] if typed and typed not in self._names else []
        return (*self._names, *extra)

    @property
    def noted(self) -> frozenset[str]:
        """Return the chosen names that still carry their note."""
        return frozenset(self._notes) - {self._same(self.field.text())}

    def know(self, names: Sequence[str]) -> None:
        """Propose these names while somebody types."""
        self._known.clear()
        for name in names:
            proposal = QStandardItem(name)
            proposal.setData(plain(name), PLAIN)
            self._known.appendRow(proposal)

    def choose(self, names: Sequence[str], notes: Mapping[str, str] | None = None) -> None:
        """Choose exactly these names, some of them with a note."""
        self._names = list(dict.fromkeys(names))
        self._notes = dict(notes or {})
        self.field.clear()
        self._show()

    def _take(self, text: str = "") -> None:
        name = self._same(text or self.field.text())
        self.field.clear()
        if not name or (name in self._names and name not in self._notes):
            return
        if self._notes.pop(name, None) is None:
            self._names.append(name)
        self._show()
        self.changed.emit()

    def _same(self, text: str) -> str:
        """Return the name in ``text``, spelt as a chosen one if only the case differs."""
        name = _cleaned(text)
        return next((one for one in self._names if one.casefold() == name.casefold()), name)

    def _split(self, text: str) -> None:
        *whole, rest = _BREAK.split(text)
        for name in filter(None, map(_cleaned, whole)):
            self._take(name)
        if whole:
            self.field.setText(rest)

    def _drop(self, name: str) -> None:
        self._names.remove(name)
        self._notes.pop(name, None)
        self._show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        before: QWidget = self.field
        for name in self._names:
            chip = self._chip(name)
            self._row.addWidget(chip)
            # Otherwise Tab would reach the new chip only after everything below.
            QWidget.setTabOrder(before, chip)
            before = chip
        self._box.setVisible(bool(self._names))
        self._box.updateGeometry()

    def _chip(self, name: str) -> QToolButton:
        chip = QToolButton(self._box)
        short = name if len(name) <= CHIP_LETTERS else f"{name[: CHIP_LETTERS - 1]}…"
        note = f" · {self._notes[name]}" if name in self._notes else ""
        chip.setText((short + note).replace("&", "&&"))
        chip.setProperty("kind", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        said = words.REMOVE_GROUP(group=name) + note
        chip.setAccessibleName(said)
        show_tip(chip, said)
        self._icons.put_on(chip, "close", Token.TEXT_MUTED, 16)
        chip.clicked.connect(lambda: self._drop(name))
        # A second press would hit the chip that has taken this one's place.
        take_double_click_as_one(chip)
        return chip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.text().strip():
                self._take()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._names:
                self._drop(self._names[-1])
                return True
        return super().eventFilter(watched, event)


def _cleaned(text: str) -> str:
    """Turn typed or pasted text into one line, even with tabs from a spreadsheet."""
    return " ".join(text.split()).strip(",; ")
