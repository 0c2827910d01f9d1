"""A short list of facts in a panel: an icon, a text, and something small at the end of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from faceapp.ui.icons import Icons
from faceapp.ui.tables import Sign
from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.widgets.labels import ElidedLabel, label, show_tip


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. ``tip`` says it exactly, in the tooltip."""

    text: str
    end: str = ""
    sign: Sign | None = None
    tip: str = ""


class Facts(QWidget):
    """Shows facts as lines, which cannot be selected."""

    def __init__(self, icons: Icons, name: str) -> None:
        super().__init__()
        self._icons = icons
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._rows: list[QWidget] = []
        self._shown: tuple[Fact, ...] = ()
        self._empty = ""

    @property
    def shown(self) -> tuple[Fact, ...]:
        """Return what is shown."""
        return self._shown

    def show_facts(self, lines: Sequence[Fact], empty: str = "") -> None:
        """Show other lines, or the word ``empty`` when there are none."""
        if self._rows and (tuple(lines), empty) == (self._shown, self._empty):
            return
        self._shown, self._empty = tuple(lines), empty
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(one) for one in lines] or [label(empty, muted=True, wrap=True)]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, shown: Fact) -> QWidget:
        widget = QWidget(self)
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        if shown.sign is not None:
            icon = QLabel()
            self._icons.put_on(icon, shown.sign.icon, shown.sign.token, 16)
            row.addWidget(icon)
        row.addWidget(ElidedLabel(shown.text), 1)
        row.addWidget(label(shown.end, Size.SMALL, muted=True))
        show_tip(widget, shown.tip)
        return widget
