"""The look and handling of all tables: rows are chosen by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from faceapp.ui.tables import ICON_PX, Column, Order, RowsModel
from faceapp.ui.theme import scaled
from faceapp.ui.widgets.chosen import draw_bar
from faceapp.ui.words import tables as words

Row = TypeVar("Row")

CursorAction = QAbstractItemView.CursorAction

_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)

ROW_PX = 40
LEAST_PX = 120
# If not even that is left: a shorter name is better than a column beyond the edge.
TIGHT_PX = 72


class RowsView(QTableView, Generic[Row]):
    """A table of values. With ``several``, several rows can be selected together.

    Signals:
        chosen(object): another row is selected; None when none is, or several are.
        opened(object): Enter or a double click on a row.
        order_wanted(Order): the order to sort by; the owner sorts off the GUI thread and shows the
            rows.
    """

    chosen = Signal(object)
    opened = Signal(object)
    order_wanted = Signal(object)

    def __init__(self, model: RowsModel[Row], name: str, *, several: bool = False) -> None:
        super().__init__()
        self._rows = model
        self._order = Order(0)
        self._told = False  # whether rows were selected when `chosen` was last emitted
        self._quiet = False
        self._row_actions: Sequence[QAction] = ()
        self._widths_px: dict[int, int] = {}
        self.setModel(model)
        self.setAccessibleName(name)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self._set_up()
        self._set_up_header()
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda index: self.opened.emit(model.row(index)))

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return all rows in the order shown."""
        return self._rows.rows

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """Return the columns."""
        return self._rows.columns

    @property
    def order(self) -> Order:
        """Return the order that the header shows."""
        return self._order

    def mark_order(self, order: Order) -> None:
        """Let the header show how the rows are sorted."""
        self._order = order
        down = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(order.column, down)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Add actions for the selected rows to the context menu, and enable their shortcuts."""
        self._row_actions = tuple(actions)
        for action in actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.addAction(action)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the selected rows stay selected if they are among them.

        The scroll position stays, wherever the selected rows are.
        """
        kept = {self._rows.key(row) for row in self.all_selected()}
        scrolled, at = self.verticalScrollBar().value(), self.currentIndex().row()
        current = self._rows.key(self.rows[at]) if at >= 0 else None
        self._quiet = True
        self._rows.show(rows)
        if kept:
            self._select_all(kept)
        if at >= 0 and rows:
            # The keys go on beside a row that is gone, but no row is selected unasked.
            there = self._rows.find(current)
            beside = self._rows.index(min(at, len(rows) - 1) if there is None else there, 0)
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(beside, flag)
        self.verticalScrollBar().setValue(scrolled)
        self._quiet = False
        self._tell()

    def selected(self) -> Row | None:
        """Return the selected row, if it is the only one."""
        rows = self.all_selected()
        return rows[0] if len(rows) == 1 else None

    def all_selected(self) -> tuple[Row, ...]:
        """Return the selected rows in the order shown."""
        # Spans, since `selectedRows` asks the model about every cell of thousands of rows.
        selection = self.selectionModel().selection()
        spans = [selection.at(number) for number in range(selection.count())]
        at = {row for span in spans for row in range(span.top(), span.bottom() + 1)}
        rows = self.rows
        return tuple(rows[row] for row in sorted(at))

    def enter(self) -> None:
        """Take the focus, on the row chosen before or else the first; without rows do nothing."""
        if self.rows:
            if not self.all_selected():
                self._select_only(max(self.currentIndex().row(), 0))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def select(self, key: Hashable) -> bool:
        """Select only the row with this key and scroll to it; False when it is not there."""
        at = self._rows.find(key)
        if at is None:
            return False
        self._select_only(at)
        self.scrollTo(self._rows.index(at, 0))
        return True

    def _select_only(self, at: int) -> None:
        # Unlike `selectRow`, whatever keys are held: Ctrl would toggle the row.
        flags = QItemSelectionModel.SelectionFlag
        index = self._rows.index(at, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _select_all(self, keys: AbstractSet[Hashable]) -> None:
        """Select the rows with these keys too, in as few spans as possible: Qt searches them."""
        spans = QItemSelection()
        wanted = [self._rows.key(row) in keys for row in self.rows]
        for chosen, span in groupby(range(len(wanted)), wanted.__getitem__):
            if chosen:
                first, *rest = span
                last = rest[-1] if rest else first
                spans.select(self._rows.index(first, 0), self._rows.index(last, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(spans, flags.Select | flags.Rows)

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setItemDelegateForColumn(0, _FirstCells(self))
        self.setIconSize(QSize(scaled(ICON_PX), scaled(ICON_PX)))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        # Tab leaves the table; the arrows move in it.
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_PX))

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionClicked.connect(self._sort_by)
        for at, column in enumerate(self._rows.columns):
            if column.width_px:
                caption_px = header.sectionSizeHint(at)  # longer in other languages
                self._widths_px[at] = max(scaled(column.width_px), caption_px)
                self.setColumnWidth(at, self._widths_px[at])

    def _share_width(self) -> None:
        """Hide spare columns without room, and give the rest to the columns without a width."""
        columns = self._rows.columns
        room = self.viewport().width()
        shown = set(range(len(columns)))
        for at in sorted(shown, key=lambda at: -columns[at].spare):
            needed_px = sum(self._widths_px.get(at, scaled(LEAST_PX)) for at in shown)
            if columns[at].spare and room < needed_px:
                shown.discard(at)
        for at in range(len(columns)):
            self.setColumnHidden(at, at not in shown)
        free = [at for at in shown if not columns[at].width_px]
        left = room - sum(self.columnWidth(at) for at in shown if at not in free)
        for at in free:
            self.setColumnWidth(at, max(left // len(free), TIGHT_PX))

    def _sort_by(self, column: int) -> None:
        same = column == self._order.column
        self.order_wanted.emit(Order(column, descending=same and not self._order.descending))

    def _tell(self) -> None:
        if self._quiet:
            return
        rows = self.all_selected()
        if not rows and not self._told:
            return
        self._told = bool(rows)
        self.chosen.emit(rows[0] if len(rows) == 1 else None)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.all_selected():
            menu.addActions(list(self._row_actions))
            menu.addSeparator()
        sort = menu.addMenu(words.SORT_BY())
        for at, column in enumerate(self._rows.columns):
            sort.addAction(column.title(), _sorter(self._sort_by, at))
        return menu

    def _overflows(self, point: QPoint) -> bool:
        """Return whether the cell at ``point`` is cut off, or has a tooltip of its own."""
        index = self.indexAt(point)
        column = self._rows.columns[index.column()]
        return column.tip is not None or (
            self.sizeHintForIndex(index).width() > self.columnWidth(index.column())
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._menu().popup(self.mapToGlobal(QPoint(48, 48)) if by_key else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.selected()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row)
            return
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        is_at_row = self.currentIndex().isValid()
        if event.key() in (*_STEPS, *_ENDS) and is_at_row and not held and not self.all_selected():
            self.enter()  # Qt would step over this row, and do nothing if it is the only one
            if event.key() in _STEPS:
                return
        super().keyPressEvent(event)

    def moveCursor(self, to: CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Let Home and End go to the first and the last row: whole rows are selected, not cells."""
        if to in (CursorAction.MoveHome, CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(to, modifiers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if not index.isValid() or not self._overflows(event.pos()):
                QToolTip.hideText()
                return True
        return super().viewportEvent(event)


class _FirstCells(QStyledItemDelegate):
    """Draws the first cell of each row, with a bar at its left edge if the row is selected."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            draw_bar(painter, option.rect)


def _sorter(sort: Callable[[int], None], column: int) -> Callable[[], None]:
    return lambda: sort(column)
