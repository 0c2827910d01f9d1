"""The user guide in the window: F1 opens it at the chapter of the page in front."""

from __future__ import annotations

from faceapp.ui.desk import Desk
from faceapp.ui.forward import to_front
from faceapp.ui.help.window import HelpWindow
from faceapp.ui.page import PageKey
from faceapp.ui.words.help import CHAPTER_OF

__all__ = ["Help", "HelpWindow"]


class Help:
    """Keeps the guide's one window, from its first opening until `close`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.window: HelpWindow | None = None

    def open(self, page: PageKey) -> None:
        """Bring the guide to the front, at the chapter of ``page``."""
        if self.window is None:
            self.window = HelpWindow(self._desk)
        self.window.show()
        to_front(self.window)
        self.window.show_chapter(CHAPTER_OF[page]())

    def close(self) -> None:
        """Close the guide and delete its window."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
