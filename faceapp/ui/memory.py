"""What the windows remember of themselves between two starts: sizes, page, the group looked at.

Kept beside the database as an INI file, so that a data folder carries all that belongs to it.
What the operator chose on purpose is in the settings, not here.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from faceapp.ui.page import PageKey

FILE = "window.ini"
# Under which name which window's size and place are kept.
MAIN_WINDOW = "geometry"
HELP_WINDOW = "help"


class Memory:
    """Reads and writes ``window.ini``. A damaged or missing file means: nothing remembered."""

    def __init__(self, data_dir: Path) -> None:
        self._store = QSettings(str(data_dir / FILE), QSettings.Format.IniFormat)

    def restore(self, window: QWidget, which: str) -> bool:
        """Restore a window's former size and place; False when there is none."""
        geometry = self._store.value(which)
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    def page(self) -> PageKey:
        """Return the page that was open last."""
        name = self._store.value("page")
        return next((key for key in PageKey if key.value == name), PageKey.LIVE)

    def group(self) -> str | None:
        """Return the group whose day was looked at last; None is everybody."""
        name = self._store.value("group")
        return name if isinstance(name, str) and name else None

    def keep_group(self, name: str | None) -> None:
        """Remember the group; of None, and of one that is gone, nothing stays."""
        if name is None:
            self._store.remove("group")
        else:
            self._store.setValue("group", name)

    def keep_page(self, page: PageKey) -> None:
        """Remember the page."""
        self._store.setValue("page", page.value)

    def keep(self, window: QWidget, which: str) -> None:
        """Remember a window's size and place; all that is remembered is on the disk then."""
        self._store.setValue(which, window.saveGeometry())
        self._store.sync()
