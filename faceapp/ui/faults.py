"""Tells the operator about a fault of our own, with its details for whoever can mend it."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from faceapp import __version__, logs
from faceapp.ui.notices import Notices
from faceapp.ui.words import common, shell


class Faults(QObject):
    """Shows faults of our own in a box: one at a time, and one from each place in the code once.

    A fault may come back at every frame.
    """

    def __init__(self, window: QWidget, notices: Notices, log_dir: Path) -> None:
        super().__init__(window)
        self._log_dir = log_dir
        self._shown = set[tuple[str, str, int]]()
        self.box: QMessageBox | None = None
        # Queued: it may come from another thread, or in the middle of painting.
        notices.bug_found.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @property
    def _window(self) -> QWidget:
        # Not kept: the window and this would hold each other, and a window that could not be built
        # would be deleted by the garbage collection, which crashed the one built next.
        window = self.parent()
        if not isinstance(window, QWidget):
            raise TypeError("it was taken from its window")
        return window

    def _show(self, fault: Exception) -> None:
        where = logs.place(fault)
        if self.box is not None or where in self._shown or not self._window.isVisible():
            return
        self._shown.add(where)
        box = self.box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(shell.BUG_TITLE())
        box.setText(shell.BUG())
        box.setInformativeText(shell.BUG_HINT(path=self._log_dir))
        copy = box.addButton(shell.COPY_DETAILS(), QMessageBox.ButtonRole.ActionRole)
        close = box.addButton(common.CLOSE(), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        text = details(fault)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        box.finished.connect(self._forget)
        box.open()

    def _forget(self) -> None:
        if self.box is not None:
            self.box.deleteLater()
            self.box = None


def details(fault: Exception) -> str:
    """Return the versions and the traceback, without names and other values."""
    ran = f"faceapp {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return f"{ran}\n\n{logs.in_full(fault)}\n"
