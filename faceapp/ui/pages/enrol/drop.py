"""The area to drop pictures, videos and folders on, with buttons to choose them instead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from faceapp.ui.theme import GRID_PX, Size, Theme, Token
from faceapp.ui.widgets import button, label
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.words import enrol as words


class DropArea(QWidget):
    """A dashed area that invites drops; the page accepts them anywhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ready = False
        self.pictures_button = button(words.CHOOSE())
        self.folder_button = button(words.CHOOSE_FOLDER())
        self._hint = label(words.DROP(), Size.SMALL, muted=True, wrap=True)
        buttons = FlowLayout()
        buttons.addWidget(self.pictures_button)
        buttons.addWidget(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GRID_PX)
        column.addLayout(buttons)
        column.addWidget(self._hint)
        theme.changed.connect(self.update)

    def light_up(self, *, ready: bool) -> None:
        """Show whether what is dragged over the page can be dropped."""
        self._ready = ready
        self._hint.setText(words.DROP_NOW() if ready else words.DROP())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = Token.ACCENT if self._ready else Token.BORDER
        painter.setPen(QPen(self._theme.color(token), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(self._theme.color(Token.HOVER) if self._ready else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)


def dropped_paths(data: QMimeData) -> Sequence[Path]:
    """Return the files and folders of a drop; leave out network addresses."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
