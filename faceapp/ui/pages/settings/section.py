"""A section of the page: rows under a heading, and the one way to change a setting."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QVBoxLayout

from faceapp.config import Settings, Value
from faceapp.ui.desk import Desk
from faceapp.ui.notices import Action
from faceapp.ui.pages.settings.rows import NoWheel, SettingRow
from faceapp.ui.theme import GRID_PX
from faceapp.ui.widgets.layout import line
from faceapp.ui.words import common


@dataclass(frozen=True, slots=True)
class Tools:
    """What every section works with."""

    desk: Desk
    keeper: NoWheel


class Section(QFrame):
    """Some settings. A subclass makes the rows and shows values in them."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.tools = tools
        self.setProperty("surface", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        self._column.setSpacing(0)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""

    def add(self, row: SettingRow) -> None:
        """Put a row at the end."""
        if self._column.count():
            self._column.addWidget(line())
        self._column.addWidget(row)

    def set(self, key: str, value: Value, said: str = "") -> None:
        """Change a setting, which is saved at once, and offer the way back.

        ``said`` is the new value in words, for the note that it is saved.
        """
        settings = self.tools.desk.settings
        former = getattr(settings.value, key)
        if former == value:
            return
        if not settings.change(key, value):
            self.show_settings(settings.value)
            return
        undo = Action(common.UNDO(), lambda: settings.change(key, former))
        self.tools.desk.notices.toast(said or str(value), undo)
