"""Lets a second start bring the open window to the front, without a socket.

The second start touches the lock file that the window holds and watches.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt
from PySide6.QtWidgets import QWidget


def call_forward(lock: Path) -> None:
    """Ask the window that holds ``lock`` to come to the front, unless it is another user's."""
    with suppress(OSError):
        lock.touch()


def to_front(window: QWidget) -> None:
    """Bring an open window to the front, even if it is minimized."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    # A system that lets no program take the focus marks the window in its task bar instead.
    window.activateWindow()


def come_when_called(window: QWidget, lock: Path) -> None:
    """Bring ``window``, which holds ``lock``, to the front at every `call_forward`."""
    watcher = QFileSystemWatcher(window)
    if lock.exists():  # the self-test opens a window without a lock
        watcher.addPath(str(lock))
    watcher.fileChanged.connect(lambda _: to_front(window))
