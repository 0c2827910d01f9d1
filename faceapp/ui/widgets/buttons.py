"""Buttons of three kinds; the style sheet draws them by their ``kind`` property."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QPushButton, QToolButton, QWidget


def button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Make a plain button. ``&`` in the text marks its key."""
    return _made(text, "plain", parent)


def primary_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Make the filled button of the page's one primary action."""
    return _made(text, "primary", parent)


def danger_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Make a button for what loses something; it never has the focus by itself."""
    return _made(text, "danger", parent)


def icon_button(name: str, parent: QWidget | None = None) -> QToolButton:
    """Make a button that shows only an icon; ``name`` is its tooltip and accessible name."""
    made = QToolButton(parent)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setAutoRaise(True)
    return made


def set_text(button: QPushButton, text: str) -> None:
    """Show another text and let screen readers say it, without the ``&`` that marks its key."""
    button.setText(text)
    button.setAccessibleName(re.sub("&(.)", r"\1", text))


def enter_presses(*buttons: QPushButton) -> None:
    """Let Enter press the one of a dialog's ``buttons`` that has the focus, not the default one."""
    for one in buttons:
        one.setAutoDefault(True)


def _made(text: str, kind: str, parent: QWidget | None) -> QPushButton:
    made = QPushButton(parent)
    set_text(made, text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    return made
