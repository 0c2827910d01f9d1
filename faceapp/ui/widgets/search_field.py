"""A field that searches while typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from faceapp.ui.icons import Icons
from faceapp.ui.theme import Token
from faceapp.ui.words import common

SETTLE_MS = 150
LENS_PX = 16  # as wide as Qt shows icons in fields


class SearchField(QLineEdit):
    """Signals the search text once the typing pauses.

    Signals:
        searched(str): the text without spaces around it.
        left_down(): the Down key was pressed, to go to what was found.
    """

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, icons: Icons, placeholder: str) -> None:
        super().__init__()
        self._icons = icons
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setMaxLength(300)
        self._lens = QAction(common.SEARCH(), self)
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        icons.follow(self._tint)
        self._pause = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._pause.start)
        self.returnPressed.connect(self._tell)

    def _tell(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())

    def _tint(self) -> None:
        self._lens.setIcon(self._icons.icon("search", Token.TEXT_MUTED, LENS_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)
