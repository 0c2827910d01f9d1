"""The panel beside the picture: the day, who is here and missing, the list, export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout

from faceapp.ui.clicks import ignore_wheel
from faceapp.ui.desk import Desk
from faceapp.ui.pages.live.side_list import Row, SideList
from faceapp.ui.theme import GRID_PX, Size, scaled
from faceapp.ui.widgets import ElidedLabel, EmptyState, button, label
from faceapp.ui.widgets.fields import ElidedBox
from faceapp.ui.widgets.labels import name_box
from faceapp.ui.words import live

WIDTH_PX = 304
LEAST_WIDTH_PX = 240

Rows = Callable[[], Sequence[Row]]


class View(Enum):
    """What the list can show: its title, and the icon and text for an empty list."""

    ENTRIES = (live.ENTRIES, "clock", live.NO_ENTRIES)
    HERE = (live.HERE, "person", live.NOBODY_HERE)
    MISSING = (live.MISSING, "check", live.NOBODY_MISSING)


class SidePanel(QFrame):
    """Today in words. In ``group``, None stands for everybody."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._rows: Mapping[View, Rows] = {}
        self.day = ElidedLabel(size=Size.LARGE, bold=True)
        self.counts = label(muted=True)
        self.group = ElidedBox()
        self.list = SideList(desk.theme, desk.icons)
        self.export = button(live.EXPORT_TODAY())
        self.export.setEnabled(False)
        self._empty = EmptyState(desk.icons, "clock", "")
        self._stack = QStackedLayout()
        self._choice = QButtonGroup(self)
        self._lay_out()
        self._choice.idClicked.connect(lambda _: self._show())
        ignore_wheel(self.group)

    def show_day(self, day: str, counts: str, *, entries: bool) -> None:
        """Show the day and the counts; without ``entries`` the export is disabled."""
        self.day.set_text(day)
        self.counts.setText(counts)
        self.export.setEnabled(entries)

    def show_groups(self, groups: Sequence[str], chosen: str | None) -> None:
        """Offer these groups; hide the box if there are none."""
        offered = [self.group.itemData(at) for at in range(self.group.count())]
        # An open list must not change: a click must hit the row that was read.
        if offered != [None, *groups] and not self.group.view().isVisible():
            self.group.clear()
            self.group.addItem(live.EVERYBODY(), None)
            for name in groups:
                self.group.addItem(name, name)
        self.group.setCurrentIndex(max(self.group.findData(chosen), 0))
        self.group.setVisible(bool(groups))

    def show_rows(self, rows: Mapping[View, Rows]) -> None:
        """Show other rows; build only those of the chosen view: thousands may be missing."""
        self._rows = rows
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(scaled(WIDTH_PX), super().sizeHint().height())

    def _show(self) -> None:
        view = list(View)[self._choice.checkedId()]
        title, icon, nothing = view.value
        made = self._rows.get(view)
        rows = made() if made else ()
        self.list.shown_rows.show(rows)
        self.list.setAccessibleName(title())
        self._empty.say(icon, nothing())
        self._stack.setCurrentWidget(self.list if rows else self._empty)

    def _lay_out(self) -> None:
        self.setMinimumWidth(scaled(LEAST_WIDTH_PX))
        self.setMaximumWidth(scaled(WIDTH_PX))
        choices = QHBoxLayout()
        choices.setSpacing(GRID_PX // 2)
        for number, view in enumerate(View):
            made = button(view.value[0]())
            made.setCheckable(True)
            made.setAutoExclusive(True)  # or screen readers would call it a check box
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
        column.addWidget(self.group)
        name_box(self.group, live.GROUP())
        # Only now: a widget without a parent would be shown as a window of its own.
        self.group.hide()
        column.addLayout(choices)
        column.addLayout(self._stack, 1)
        column.addWidget(self.export)
