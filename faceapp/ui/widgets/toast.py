"""A short message in the status line that something was done, perhaps with an action."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from faceapp.ui.announce import announce
from faceapp.ui.icons import Icons
from faceapp.ui.notices import Notice, Notices
from faceapp.ui.theme import GRID_PX, Token
from faceapp.ui.widgets.buttons import button, set_text
from faceapp.ui.widgets.labels import ElidedLabel

SHOW_MS = 5_000
SHOW_WITH_ACTION_MS = 12_000


class Toast(QFrame):
    """Covers ``host``, the status line, so that nothing in use is hidden.

    It does not take the focus by itself, and stays while it has the focus or the pointer.
    """

    def __init__(self, icons: Icons, notices: Notices, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._notice: Notice | None = None
        self._icon = QLabel()
        self._text = ElidedLabel(in_middle=True)
        self._action = button("")
        self._action.setProperty("kind", "link")
        self._timer = QTimer(self, singleShot=True)
        icons.put_on(self._icon, "check", Token.GOOD, 16)
        self.setProperty("surface", "toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID_PX, 0, 2 * GRID_PX, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        self._timer.timeout.connect(self._end)
        self._action.clicked.connect(self._act)
        notices.toasted.connect(self.show_notice)
        host.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a message; it replaces the one before."""
        self._notice = notice
        self._text.set_text(notice.what)
        self._action.setVisible(notice.action is not None)
        said = notice.what
        if notice.action is not None:
            set_text(self._action, notice.action.label)
            keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            # The toast never has the focus by itself: its key is the way to the button.
            said = f"{said}. {self._action.accessibleName()} ({keys})"
        self.setAccessibleName(notice.what)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        announce(self, said)
        self._timer.start(SHOW_WITH_ACTION_MS if notice.action else SHOW_MS)

    def _act(self) -> None:
        notice, self._notice = self._notice, None
        self._timer.stop()
        self.hide()
        if notice is not None and notice.action is not None:
            notice.action.run()

    def _end(self) -> None:
        if self._action.hasFocus() or self.underMouse():
            self._timer.start(SHOW_MS)
        else:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)
