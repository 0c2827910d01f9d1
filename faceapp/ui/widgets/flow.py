"""A layout that wraps full rows, like words in a text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from faceapp.ui.theme import GRID_PX


class FlowLayout(QLayout):
    """Lays widgets out in rows, in reading direction; hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None, gap_px: int = GRID_PX) -> None:
        super().__init__(parent)
        self._gap_px = gap_px
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def _place(self, space: QRect, *, move: bool) -> int:
        """Lay out in ``space`` and return the height it took."""
        parent = self.parentWidget()
        right_to_left = (
            parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        )
        x = y = row_height = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(space.width(), 1 << 20))
            if x and x + size.width() > space.width():
                x, y, row_height = 0, y + row_height + self._gap_px, 0
            if move:
                left = space.width() - x - size.width() if right_to_left else x
                item.setGeometry(QRect(space.topLeft() + QPoint(left, y), size))
            x += size.width() + self._gap_px
            row_height = max(row_height, size.height())
        return y + row_height

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()  # nobody else does while the parent is hidden

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size
