"""A section of the page: rows under a heading, and the one way to change a setting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSpinBox, QVBoxLayout, QWidget

from faceapp.config import Settings, Value
from faceapp.ui.desk import Desk
from faceapp.ui.focus import FocusKeeper
from faceapp.ui.notices import Action
from faceapp.ui.pages.settings.rows import SettingRow
from faceapp.ui.theme import GRID_PX
from faceapp.ui.widgets.layout import line
from faceapp.ui.words import Text, common


class Section(QFrame):
    """A group of settings. A subclass makes the rows and shows values in them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.focus = FocusKeeper(self)
        self.setProperty("surface", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        self._column.setSpacing(0)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""

    def settle(self) -> None:
        """Apply input that was typed but not applied yet."""
        for field in self.findChildren(QSpinBox):
            field.interpretText()

    def add(self, what: Text, why: Text, control: QWidget, default: str = "") -> None:
        """Append a row."""
        if self._column.count():
            self._column.addWidget(line())
        self._column.addWidget(SettingRow(what, why, control, default))

    def take_focus(self) -> None:
        """Focus the first control, for keyboard users."""
        for control in self.findChildren(QWidget):
            by_tab = control.focusPolicy() & Qt.FocusPolicy.TabFocus
            if by_tab and control.isVisible() and control.isEnabled():
                control.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def set(self, key: str, value: Value, said: str, *, undo: bool = True) -> None:
        """Change a setting, which is saved at once, and offer to undo it unless told not to.

        ``said`` is the new value in words, for the toast.
        """
        settings = self.desk.settings
        former = getattr(settings.value, key)
        if former == value:
            return
        if not settings.change(key, value):
            self.show_settings(settings.value)
            return
        back = Action(common.UNDO(), lambda: settings.change(key, former)) if undo else None
        self.desk.notices.toast(said, back)
