"""A second start brings the open window to the front, without a socket.

Whoever starts the app touches the lock file that the window holds; the window watches it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt
from PySide6.QtWidgets import QWidget


def call_forward(lock: Path) -> None:
    """Ask the window that holds ``lock`` to come to the front; it may be another user's."""
    with suppress(OSError):
        lock.touch()


def to_front(window: QWidget) -> None:
    """Bring an open window to the front, also one that was minimized."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    # Where the system gives no program the focus unasked, it marks the window in its bar.
    window.activateWindow()


def come_when_called(window: QWidget, lock: Path) -> None:
    """Bring ``window``, which holds ``lock``, to the front at every `call_forward`."""
    watcher = QFileSystemWatcher(window)
    if lock.exists():  # a window that is only painted as a proof holds none
        watcher.addPath(str(lock))
    watcher.fileChanged.connect(lambda _: to_front(window))
