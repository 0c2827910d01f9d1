"""The panel beside the picture: the day, who is here and missing, the feed, export."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout

from faceapp.ui.desk import Desk
from faceapp.ui.pages.live.feed import FeedView, Row
from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.widgets import EmptyState, button, label
from faceapp.ui.words import Text, live

WIDTH_PX = 304


class View(Enum):
    """What the list shows."""

    ENTRIES = "entries"
    HERE = "here"
    MISSING = "missing"


TITLES: dict[View, Text] = {
    View.ENTRIES: live.ENTRIES,
    View.HERE: live.HERE,
    View.MISSING: live.MISSING,
}
EMPTY: dict[View, tuple[str, Text]] = {
    View.ENTRIES: ("clock", live.NO_ENTRIES),
    View.HERE: ("person", live.NOBODY_HERE),
    View.MISSING: ("check", live.NOBODY_MISSING),
}


class SidePanel(QFrame):
    """Today in words.

    Signals:
        export_wanted(): write today's entries to a file.
    """

    export_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._rows: dict[View, Sequence[Row]] = {}
        self.day = label(size=Size.LARGE, bold=True)
        self.counts = label(muted=True)
        self.list = FeedView(desk.theme, desk.icons)
        self.export = button(live.EXPORT_TODAY())
        self.export.setEnabled(False)
        self._empty = EmptyState(desk.icons, "clock", "")
        self._stack = QStackedLayout()
        self._choice = QButtonGroup(self)
        self._lay_out()
        self._choice.idClicked.connect(lambda _: self._show())
        self.export.clicked.connect(self.export_wanted)

    @property
    def view(self) -> View:
        """Tell what the list shows."""
        return list(View)[self._choice.checkedId()]

    def choose(self, view: View) -> None:
        """Show another list."""
        self._choice.button(list(View).index(view)).setChecked(True)
        self._show()

    def show_day(self, day: str, counts: str, *, entries: bool) -> None:
        """Say which day it is and how many are here; without ``entries`` there is no export."""
        self.day.setText(day)
        self.counts.setText(counts)
        self.export.setEnabled(entries)

    def show_rows(self, rows: dict[View, Sequence[Row]]) -> None:
        """Show these rows, those of the chosen view now."""
        self._rows = rows
        self._show()

    def _show(self) -> None:
        rows = self._rows.get(self.view, ())
        self.list.feed.show(rows)
        self.list.setAccessibleName(TITLES[self.view]())
        icon, title = EMPTY[self.view]
        self._empty.say(icon, title())
        self._stack.setCurrentWidget(self.list if rows else self._empty)

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH_PX)
        choices = QHBoxLayout()
        choices.setSpacing(GRID_PX // 2)
        for number, view in enumerate(View):
            made = button(TITLES[view]())
            made.setCheckable(True)
            made.setProperty("kind", "segment")
            made.setChecked(view is View.ENTRIES)
            self._choice.addButton(made, number)
            choices.addWidget(made, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(self.day)
        column.addWidget(self.counts)
        column.addLayout(choices)
        column.addLayout(self._stack, 1)
        column.addWidget(self.export)
