"""The list beside the picture: today's entries, or who is here, or who is missing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from faceapp.ui.icons import Icons
from faceapp.ui.theme import GRID_PX, Size, Theme, Token, font, scaled
from faceapp.ui.widgets.chosen import draw_bar
from faceapp.ui.widgets.labels import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()

ROW_PX = 52
ICON_PX = 20


class RowLook(Enum):
    """How a row is marked: icon and colour."""

    RECORDED = ("check", Token.GOOD)
    LEFT = ("out", Token.TEXT_MUTED)
    UNSURE = ("question", Token.CAUTION)
    MISSING = ("unknown", Token.TEXT_MUTED)
    STRUCK = ("struck", Token.TEXT_MUTED)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: ``first`` and ``time`` on top, ``second`` below.

    ``about`` identifies the row wherever it is. ``tip`` makes the tooltip, which few of thousands
    of rows ever show. ``opens`` is the key of the question that the row opens; None for none.
    """

    look: RowLook
    first: str
    time: str
    second: str
    about: Hashable
    tip: Callable[[], str] = field(compare=False)
    opens: int | None = None


class SideListModel(QAbstractListModel):
    """The rows, replaced as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, index: AnyIndex) -> Row:
        """Return the row at an index."""
        return self._rows[index.row()]

    def find(self, about: Hashable) -> int | None:
        """Return the number of the row that is about this; None if there is none."""
        return next((at for at, row in enumerate(self._rows) if row.about == about), None)

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.row(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.first
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.tip())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return ", ".join(part for part in (row.first, row.second, row.time) if part)
        return None


class SideList(QListView):
    """A list of two-line rows.

    Signals:
        opened(int): the operator wants to answer the question with this key.
    """

    opened = Signal(int)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.shown_rows = SideListModel()
        self.setModel(self.shown_rows)
        self.setItemDelegate(SideListDelegate(theme, icons, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self._current: Hashable = None
        # Connected after the view's own slots, which forget the current row.
        self.shown_rows.modelAboutToBeReset.connect(self._note_current)
        self.shown_rows.modelReset.connect(self._restore_current)
        theme.changed.connect(self.viewport().update)

    def _note_current(self) -> None:
        index = self.currentIndex()
        self._current = self.shown_rows.row(index).about if index.isValid() else None

    def _restore_current(self) -> None:
        """Stay at the current row, wherever it is now."""
        at = None if self._current is None else self.shown_rows.find(self._current)
        if at is not None:
            # Without scrolling to it: the newest rows stay visible.
            self.setAutoScroll(False)
            self.setCurrentIndex(self.shown_rows.index(at, 0))
            self.setAutoScroll(True)

    def _open(self, index: QModelIndex) -> None:
        question = self.shown_rows.row(index).opens
        if question is not None:
            self.opened.emit(question)


class SideListDelegate(QStyledItemDelegate):
    """Draws a `Row`: icon, name and time, a muted line below."""

    def __init__(self, theme: Theme, icons: Icons, view: SideList) -> None:
        super().__init__(view)
        self._rows = view.shown_rows
        self._theme = theme
        self._icons = icons
        self._plain = font(Size.BODY)
        self._first = font(Size.BODY, bold=True)
        self._struck = font(Size.BODY, bold=True)
        self._struck.setStrikeOut(True)
        self._second = font(Size.SMALL)
        self._link = font(Size.SMALL)
        self._link.setUnderline(True)

    def _texts(self, painter: QPainter, area: QRect, row: Row) -> None:
        # A single line is centred in its row.
        upper_px, lower_px = scaled(20), scaled(16)
        top = area.y() + (scaled(7) if row.second else (area.height() - upper_px) // 2)
        upper = QRect(area.x(), top, area.width(), upper_px)
        lower = QRect(area.x(), area.y() + scaled(28), area.width(), lower_px)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        time_width = QFontMetrics(self._plain).horizontalAdvance(row.time)
        painter.setFont(self._plain)
        painter.setPen(self._theme.color(Token.TEXT_MUTED))
        painter.drawText(upper, right, row.time)
        struck = row.look is RowLook.STRUCK
        first = self._struck if struck else self._first
        painter.setFont(first)
        painter.setPen(self._theme.color(Token.TEXT_MUTED if struck else Token.TEXT))
        room = upper.adjusted(0, 0, -time_width - GRID_PX, 0)
        painter.drawText(room, left, _elided(first, row.first, room.width()))
        link = row.opens is not None
        painter.setFont(self._link if link else self._second)
        painter.setPen(self._theme.color(Token.ACCENT if link else Token.TEXT_MUTED))
        painter.drawText(lower, left, _elided(self._second, row.second, lower.width()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = self._rows.row(index)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.fillRect(area, self._theme.color(Token.HOVER))
        if state & QStyle.StateFlag.State_Selected:
            draw_bar(painter, area)
        icon, token = row.look.value
        icon_px = scaled(ICON_PX)
        top = area.y() + (area.height() - icon_px) // 2
        place = QRect(area.x() + GRID_PX + 4, top, icon_px, icon_px)
        self._icons.icon(icon, token, icon_px).paint(painter, place)
        self._texts(painter, area.adjusted(icon_px + 3 * GRID_PX, 0, -GRID_PX - 4, 0), row)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color(Token.FOCUS))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(100, scaled(ROW_PX))


def _elided(with_font: QFont, text: str, width: int) -> str:
    return QFontMetrics(with_font).elidedText(text, Qt.TextElideMode.ElideRight, width)
