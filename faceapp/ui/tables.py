"""Rows of values as a Qt table: cells are formatted when shown, rows sorted off the GUI thread.

Each page's package defines its columns; widgets/table.py defines how a table looks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QIcon

from faceapp.ui.icons import Icons
from faceapp.ui.theme import Theme, Token, scaled
from faceapp.ui.widgets.labels import plain_tip
from faceapp.ui.words import Text

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()
# This many rows are sorted or freed in a few milliseconds.
CHUNK_ROWS = 2_000
ICON_PX = 16


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon before a cell's text."""

    icon: str
    token: Token


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """What one column shows of a row and how it sorts.

    ``order`` returns values of one type, so that any two can be compared. ``width_px`` 0 takes the
    width that the others leave. ``tip`` is a tooltip that says more than ``show``. Columns with a
    ``spare`` number are hidden if there is no room, the highest number first. ``never_struck``
    keeps the column readable in struck rows: it says why they are struck.
    """

    title: Text
    show: Callable[[Row], str]
    order: Callable[[Row], Any]
    width_px: int = 0
    tip: Callable[[Row], str] | None = None
    sign: Callable[[Row], Sign | None] | None = None
    at_end: bool = False
    spare: int = 0
    never_struck: bool = False

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """The alignment of the cells and the heading."""
        side = Qt.AlignmentFlag.AlignTrailing if self.at_end else Qt.AlignmentFlag.AlignLeading
        return side | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Order:
    """Which column the rows are sorted by, and in which direction."""

    column: int
    descending: bool = False


def in_order(
    rows: Sequence[Row],
    columns: Sequence[Column[Row]],
    order: Order,
    chunk_rows: int = CHUNK_ROWS,
) -> tuple[Row, ...]:
    """Sort rows by a column; equal rows keep their order. Does not use Qt.

    Sorts in chunks and merges them: a single sort of a hundred thousand rows would block the
    interpreter, and with it the window.
    """
    key, reverse = columns[order.column].order, order.descending
    chunks = [
        sorted(rows[at : at + chunk_rows], key=key, reverse=reverse)
        for at in range(0, len(rows), chunk_rows)
    ]
    return tuple(merge(*chunks, key=key, reverse=reverse))


def let_go(rows: list[Any]) -> None:
    """Free rows bit by bit, off the GUI thread: freeing all at once would block every thread."""
    while rows:
        del rows[-CHUNK_ROWS:]


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows a tuple of rows, which is replaced as a whole; tables are not editable.

    ``key`` identifies a row, so that a selection survives a replacement. ``struck`` tells which
    rows are shown crossed out.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        theme: Theme,
        icons: Icons,
        struck: Callable[[Row], bool] | None = None,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.key = key
        self._theme = theme
        self._icons = icons
        self._struck = struck
        self._rows: tuple[Row, ...] = ()
        theme.changed.connect(self._retint)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return all rows in the order shown."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, index: Index) -> Row:
        """Return the row at an index. Raises IndexError for an invalid one."""
        if not index.isValid():
            raise IndexError("expected a valid index")
        return self._rows[index.row()]

    def find(self, key: Hashable) -> int | None:
        """Return the number of the row with this key; None if there is none."""
        return next((at for at, row in enumerate(self._rows) if self.key(row) == key), None)

    def _retint(self) -> None:
        if self._rows:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1)
            )

    def _icon(self, sign: Sign | None) -> QIcon | None:
        if sign is None:
            return None
        return self._icons.icon(sign.icon, sign.token, scaled(ICON_PX))

    def _look(self, row: Row, role: int) -> object:
        """Return the font or colour of a struck row: crossed out and muted, in every theme."""
        if self._struck is None or not self._struck(row):
            return None
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setStrikeOut(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color(Token.TEXT_MUTED)
        return None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.show(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip((column.tip or column.show)(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title()}: {column.show(row)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(column.sign(row)) if column.sign else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        return None if column.never_struck else self._look(row, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title()
        return column.alignment if role == Qt.ItemDataRole.TextAlignmentRole else None
