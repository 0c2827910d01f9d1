"""F1 opens the guide, in the window and in a dialog; it can then be read beside the dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

HELP_KEY = QKeySequence.StandardKey.HelpContents
_NAME = "help"


def open_help_by_key(part: QWidget, open_help: Callable[[], object]) -> None:
    """Let the help key open the guide in the window that contains ``part``."""
    QShortcut(QKeySequence(HELP_KEY), part, open_help).setObjectName(_NAME)


def keep_help_at_hand(dialog: QDialog) -> None:
    """Let the help key in ``dialog`` act as in the window below, which the dialog blocks."""

    def pressed() -> None:
        below: QWidget = dialog
        while (parent := below.parentWidget()) is not None:
            below = parent
        shortcut = below.findChild(QShortcut, _NAME)
        if isinstance(shortcut, QShortcut):
            shortcut.activated.emit()

    # Modal to its own window only: the guide is a separate window.
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    QShortcut(QKeySequence(HELP_KEY), dialog, pressed)
