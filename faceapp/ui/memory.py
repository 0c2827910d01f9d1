"""What the windows remember between two starts: sizes, the open page, a mark of the viewed group.

Stored as an INI file beside the database, so that the data folder is complete. Deliberate choices
of the operator are in the settings, not here.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from faceapp.ui.page import PageKey

FILE = "window.ini"
# The keys under which the windows' sizes and places are stored.
MAIN_WINDOW = "geometry"
HELP_WINDOW = "help"


def mark_of(group: str | None) -> str | None:
    """Return a checksum by which to find a group again.

    Its name may be a person's and must not stay in a file when everybody in it is forgotten.
    """
    return None if group is None else sha256(group.encode()).hexdigest()[:16]


class Memory:
    """Reads and writes ``window.ini``. A damaged or missing file counts as empty."""

    def __init__(self, data_dir: Path) -> None:
        self._store = QSettings(str(data_dir / FILE), QSettings.Format.IniFormat)

    def restore(self, window: QWidget, which: str) -> bool:
        """Restore a window's former size and place; return False if there is none."""
        geometry = self._store.value(which)
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    def page(self) -> PageKey:
        """Return the page that was open last; LIVE if there is none."""
        name = self._store.value("page")
        return next((key for key in PageKey if key.value == name), PageKey.LIVE)

    def group_mark(self) -> str | None:
        """Return the mark of the group that was viewed last; None means everybody."""
        mark = self._store.value("group")
        return mark if isinstance(mark, str) else None

    def keep_group_mark(self, mark: str | None) -> None:
        """Remember the mark of a group; None erases it."""
        if mark is None:
            self._store.remove("group")
        else:
            self._store.setValue("group", mark)

    def keep_page(self, page: PageKey) -> None:
        """Remember the page."""
        self._store.setValue("page", page.value)

    def keep(self, window: QWidget, which: str) -> None:
        """Remember a window's size and place, and write everything to disk."""
        self._store.setValue(which, window.saveGeometry())
        self._store.sync()
