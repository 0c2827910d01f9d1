"""The look and handling of all tables: one row at a time, by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QToolTip

from faceapp.ui.tables import Column, Order, RowsModel
from faceapp.ui.theme import scaled
from faceapp.ui.words import tables as words

Row = TypeVar("Row")

CursorAction = QAbstractItemView.CursorAction

ROW_PX = 40
LEAST_PX = 120
# If not even that is left: a shorter name is better than a column beyond the edge.
TIGHT_PX = 72


class RowsView(QTableView, Generic[Row]):
    """A table of values.

    Signals:
        chosen(object): another row is selected; None when none is.
        opened(object): Enter or a double click on a row.
        order_wanted(Order): the order to sort by; the owner sorts off the GUI thread and shows the
            rows.
    """

    chosen = Signal(object)
    opened = Signal(object)
    order_wanted = Signal(object)

    def __init__(self, model: RowsModel[Row], name: str) -> None:
        super().__init__()
        self._rows = model
        self._order = Order(0)
        self._told = False  # whether `chosen` reported a row last
        self._quiet = False
        self._row_actions: Sequence[QAction] = ()
        self._widths_px: dict[int, int] = {}
        self.setModel(model)
        self.setAccessibleName(name)
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
        """Add actions for the selected row to the context menu, and enable their shortcuts."""
        self._row_actions = tuple(actions)
        for action in actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.addAction(action)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the selected row stays selected if it is among them.

        The scroll position stays, wherever the selected row is.
        """
        kept, scrolled = self.selected(), self.verticalScrollBar().value()
        current = self.currentIndex().row()
        self._quiet = True
        self._rows.show(rows)
        if kept is not None:
            self.select(self._rows.key(kept))
        if current >= 0 and rows and not self.currentIndex().isValid():
            # The keys go on beside a row that is gone, but no row is selected unasked.
            beside = self._rows.index(min(current, len(rows) - 1), 0)
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(beside, flag)
        self.verticalScrollBar().setValue(scrolled)
        self._quiet = False
        self._tell()

    def selected(self) -> Row | None:
        """Return the selected row."""
        at = self.selectionModel().selectedRows()
        return self._rows.row(at[0]) if at else None

    def enter(self) -> None:
        """Take the focus, on the row chosen before or else the first; without rows do nothing."""
        if self.rows:
            if self.selected() is None:
                self.selectRow(max(self.currentIndex().row(), 0))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def select(self, key: Hashable) -> bool:
        """Select the row with this key and scroll to it; False when it is not there."""
        at = self._rows.find(key)
        if at is None:
            return False
        self.selectRow(at)
        self.scrollTo(self._rows.index(at, 0))
        return True

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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
        row = self.selected()
        if self._quiet or (row is None and not self._told):
            return
        self._told = row is not None
        self.chosen.emit(row)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.selected() is not None:
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


def _sorter(sort: Callable[[int], None], column: int) -> Callable[[], None]:
    return lambda: sort(column)
