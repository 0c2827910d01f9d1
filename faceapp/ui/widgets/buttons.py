"""Buttons of three kinds; the style sheet draws them by their ``kind`` property."""

from __future__ import annotations

import re

from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QToolButton

RING_PX = 2
RING_INSET_PX = 4


def button(text: str) -> QPushButton:
    """Make a plain button. ``&`` in the text marks its key."""
    return _dressed(QPushButton(), text, "plain")


def primary_button(text: str) -> QPushButton:
    """Make the filled button of the page's one primary action."""
    return _dressed(_PrimaryButton(), text, "primary")


def danger_button(text: str) -> QPushButton:
    """Make a button for an action that loses something."""
    return _dressed(QPushButton(), text, "danger")


def icon_button(name: str) -> QToolButton:
    """Make a button that shows only an icon; ``name`` is its tooltip and accessible name."""
    made = QToolButton()
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setAutoRaise(True)
    return made


def set_text(button: QPushButton, text: str) -> None:
    """Show another text and let screen readers say it, without the ``&`` that marks its key."""
    button.setText(text)
    button.setAccessibleName(re.sub("&(.)", r"\1", text))


def enter_presses(*buttons: QPushButton) -> None:
    """Let Enter press the focused one of a dialog's ``buttons``, not the default one."""
    for one in buttons:
        one.setAutoDefault(True)


class _PrimaryButton(QPushButton):
    """Draws its focus ring inside: outside, none would stand out from both fill and surface."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), RING_PX))
        inset = RING_INSET_PX
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), 4, 4)


def _dressed(made: QPushButton, text: str, kind: str) -> QPushButton:
    set_text(made, text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    return made
