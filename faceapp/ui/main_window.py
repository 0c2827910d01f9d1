"""The window around the pages: rail, banner, page, status line. It holds no rules of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from faceapp.types import CameraState, Changes
from faceapp.ui.banner import Banner
from faceapp.ui.bridge import Purpose
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs.confirm import UnsavedDialog
from faceapp.ui.dialogs.shell import room_on_screen
from faceapp.ui.faults import Faults
from faceapp.ui.help import Help
from faceapp.ui.memory import MAIN_WINDOW
from faceapp.ui.page import Page, PageKey, PageSpec
from faceapp.ui.rail import Rail
from faceapp.ui.status_line import StatusLine
from faceapp.ui.theme import LEAST_WIDTH_PX, text_scale
from faceapp.ui.widgets.toast import Toast
from faceapp.ui.words import shell

KEYPAD = Qt.KeyboardModifier.KeypadModifier
FIRST_SIZE = QSize(1280, 800)
# Fits on a 1366 x 768 laptop at 150 % scaling, beside the system's own bars.
LEAST_SIZE = QSize(LEAST_WIDTH_PX, 420)

# The last try to save may wait for a backup to end, but not for ever.
LAST_TRY_MS = 10_000


class MainWindow(QWidget):
    """All pages in one window; each is made when it is first opened.

    Signals:
        closed(): the operator closed the window.
    """

    closed = Signal()

    def __init__(self, desk: Desk, specs: Sequence[PageSpec]) -> None:
        super().__init__()
        self._desk = desk
        self._specs = {spec.key: spec for spec in specs}
        self._pages: dict[PageKey, Page] = {}
        self._stale: dict[PageKey, Changes] = {}
        self._current: PageKey | None = None
        self._closing = False
        self.faults = Faults(self, desk.notices, desk.paths.logs)
        self.rail = Rail(desk.icons, specs)
        self.banner = Banner(desk.icons, desk.notices)
        self.status_line = StatusLine(desk.icons)
        self.help = Help(desk)
        self._stack = QStackedWidget()
        self._lay_out()
        self.toast = Toast(desk.icons, desk.notices, self.status_line)
        self._place()
        for keys in ("Ctrl+Q", "Ctrl+W"):
            QShortcut(QKeySequence(keys), self, self.close)
        self.rail.chosen.connect(self.open)
        self.rail.help_wanted.connect(self._open_help)
        desk.navigator.wanted.connect(self.open)
        desk.changes.changed.connect(self._refresh)
        desk.camera.purpose_changed.connect(lambda _: self._show_taking())
        desk.camera.state_changed.connect(lambda _: self._show_taking())

    @property
    def page(self) -> Page:
        """Return the page in front."""
        if self._current is None:
            raise LookupError("no page was opened yet")
        return self._pages[self._current]

    def open(self, key: PageKey, argument: object = None) -> None:
        """Bring a page to the front."""
        if key is self._current and argument is None:
            return
        page = self._made(key)
        if self._current is not None:
            self._pages[self._current].hidden()
        self._current = key
        self._leave_focus()
        self._stack.setCurrentWidget(page)
        title = self._specs[key].title()
        self.setWindowTitle(shell.PAGE_TITLE(page=title))
        self.rail.mark(key)
        page.shown(argument)
        stale, self._stale[key] = self._stale[key], Changes()
        if stale != Changes():
            page.refresh(stale)

    def _leave_focus(self) -> None:
        """Take the focus off the page in front; the next one places it.

        With the focused widget hidden, Qt would move the focus through the rail and the first
        control of the next page, and a screen reader would begin to read each of them.
        """
        focused: QWidget | None = self.focusWidget()  # PySide's types omit None
        if focused is not None and self._stack.isAncestorOf(focused):
            self.setFocus()

    def _made(self, key: PageKey) -> Page:
        if key not in self._pages:
            page = self._specs[key].make(self._desk)
            page.setAccessibleName(self._specs[key].title())
            self._pages[key] = page
            self._stale[key] = Changes.everything()
            self._stack.addWidget(page)
        return self._pages[key]

    def _refresh(self, changes: Changes) -> None:
        for key, page in self._pages.items():
            if key is self._current:
                page.refresh(changes)
            else:
                self._stale[key] |= changes

    def _open_help(self) -> None:
        if self._current is not None:
            self.help.open(self._current)

    def _show_taking(self) -> None:
        camera = self._desk.camera
        over = camera.state is CameraState.ENDED
        self.status_line.show_taking(taking=camera.purpose is Purpose.TAKING and not over)

    def _place(self) -> None:
        """Restore the last place; without one, use the first size, or maximize if too large."""
        room = room_on_screen(self)
        least, first = LEAST_SIZE * text_scale(), FIRST_SIZE * text_scale()
        self.setMinimumSize(least.boundedTo(room))
        if self._desk.memory.restore(self, MAIN_WINDOW):
            return
        self.resize(first.boundedTo(room))
        if self.size() != first:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.rail)
        top.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top, 1)
        whole.addWidget(self.status_line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the focused button, which only some desktops do by themselves."""
        focused = self.focusWidget()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, KEYPAD)
        enter = plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(focused, QAbstractButton) and not event.isAutoRepeat():
            focused.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._current is None:
            self.open(self._desk.memory.page())

    def _may_close(self) -> bool:
        """Return whether closing loses nothing that the operator wants to keep."""
        if not all(page.may_close() for page in self._pages.values()):
            return False
        if self._desk.camera.waiting:
            self._desk.camera.retry_recording()
            self._desk.ops.catch_up(LAST_TRY_MS)
        waiting = self._desk.camera.waiting
        return waiting == 0 or UnsavedDialog(self, waiting).confirmed()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:
            # The operator is being asked already.
            event.ignore()
            return
        self._closing = True
        try:
            may_close = self._may_close()
        finally:
            self._closing = False
        if not may_close:
            event.ignore()
            return
        self.help.close()
        if self._current is not None:
            self.page.hidden()
            self._desk.memory.keep_page(self._current)
            self._desk.memory.keep(self, MAIN_WINDOW)
        event.accept()
        # Exports and backups are finished first, also waiting ones, but not behind a frozen window.
        self.hide()
        self.closed.emit()
