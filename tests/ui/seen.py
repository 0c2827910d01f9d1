"""What can be seen and done in a part of the window, without knowing how it is built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from faceapp.ui.widgets import ElidedLabel

W = TypeVar("W", bound=QWidget)


def only(part: QWidget, kind: type[W]) -> W:
    """Find the one widget of this kind."""
    (found,) = part.findChildren(kind)
    return found


def texts(part: QWidget) -> list[str]:
    """Read the labels that it shows when it is in front, in the order of their making, in full."""
    labels = [one for one in part.findChildren(QLabel) if one.isVisibleTo(part)]
    whole = [one.full_text if isinstance(one, ElidedLabel) else one.text() for one in labels]
    return [text for text in whole if text]


def buttons(part: QWidget) -> list[str]:
    """Name the visible buttons."""
    return [one.accessibleName() for one in _shown_buttons(part)]


def button(part: QWidget, name: str = "") -> QAbstractButton:
    """Find the one visible button, or the one of this name; its ``&`` does not matter."""
    wanted = name.replace("&", "")
    found = [one for one in _shown_buttons(part) if wanted in ("", one.accessibleName())]
    assert len(found) == 1, (wanted, buttons(part))
    return found[0]


def press(qtbot: QtBot, part: QWidget, name: str = "") -> None:
    """Click a button, see `button`."""
    qtbot.mouseClick(button(part, name), Qt.MouseButton.LeftButton)


def let_pass(part: QObject, interval_ms: int) -> None:
    """Let so much time pass: what repeats every ``interval_ms`` happens once."""
    running = [
        timer
        for timer in part.findChildren(QTimer)
        if timer.isActive() and not timer.isSingleShot() and timer.interval() == interval_ms
    ]
    assert running, f"nothing happens every {interval_ms} ms"
    for timer in running:
        timer.timeout.emit()


def _shown_buttons(part: QWidget) -> Iterator[QAbstractButton]:
    return (one for one in part.findChildren(QAbstractButton) if one.isVisible())


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1..21."""
    bright, dim = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * linear(color.redF())
        + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF())
    )
