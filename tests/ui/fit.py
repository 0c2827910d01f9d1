"""Whether what a page says has room."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from faceapp.ui.page import PageKey
from faceapp.ui.widgets import ElidedLabel
from tests.ui.rooms import Room


def shown(room: Room, key: PageKey, size: QSize) -> QWidget:
    """Show a page in a window of this size, until all of it is laid out."""
    room.window.resize(size)
    room.window.open(key)
    room.qtbot.wait(200)
    # What was said at the very end is laid out too.
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    return room.window


def clipped(window: QWidget) -> list[str]:
    """Find the texts that are wider than what shows them."""
    return [
        f"{type(widget).__name__} {text!r} needs {needs}, has {widget.width()}"
        for widget, text, needs in _measured(window)
        if needs > widget.width()
    ]


def _measured(window: QWidget) -> Iterator[tuple[QWidget, str, int]]:
    """Measure the visible one-line texts that do not elide themselves."""
    arrow_px = 24
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QPushButton):
            # With its icon and its edges.
            yield widget, widget.text(), widget.minimumSizeHint().width()
        elif (isinstance(widget, QAbstractButton) and not _only_icon(widget)) or (
            isinstance(widget, QLabel) and not widget.wordWrap()
        ):
            yield widget, widget.text(), _text_width(widget, widget.text())
        elif isinstance(widget, QComboBox) and not widget.isEditable():
            text = widget.currentText()
            yield widget, text, _text_width(widget, text) + arrow_px


def _only_icon(widget: QAbstractButton) -> bool:
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(widget, QToolButton) and widget.toolButtonStyle() is icon_only


def _text_width(widget: QWidget, text: str) -> int:
    shown_text = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
    metrics = QFontMetrics(widget.font())
    return max((metrics.horizontalAdvance(line) for line in shown_text.splitlines()), default=0)
