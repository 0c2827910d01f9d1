"""The sign of a chosen row or page besides its colour: a bar at its left edge."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from faceapp.ui.theme import GRID_PX

BAR_PX = GRID_PX // 2


def draw_bar(painter: QPainter, chosen: QRect) -> None:
    """Draw the bar inside ``chosen``, in the accent colour."""
    # The application's palette: a style sheet changes that of a widget.
    accent = QApplication.palette().accent()
    bar = QRect(chosen.topLeft() + QPoint(0, GRID_PX), QSize(BAR_PX, chosen.height() - 2 * GRID_PX))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    painter.drawRoundedRect(bar, BAR_PX / 2, BAR_PX / 2)
    painter.restore()
