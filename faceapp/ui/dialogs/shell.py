"""The base of all dialogs: a title, a body, and Cancel beside the one action."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from faceapp.ui.help_key import keep_help_at_hand
from faceapp.ui.theme import GRID_PX, Size, scaled
from faceapp.ui.widgets.buttons import button, danger_button, enter_presses, primary_button
from faceapp.ui.widgets.labels import ElidedLabel, label
from faceapp.ui.widgets.layout import FormScroll
from faceapp.ui.words import common

WIDTH_PX = 480
# The frame that the system draws around a window.
FRAME = QSize(2 * GRID_PX, 6 * GRID_PX)


def room_on_screen(window: QWidget) -> QSize:
    """Return how large a window may be on the screen of ``window``."""
    return window.screen().availableGeometry().size() - FRAME


class Dialog(QDialog):
    """A small window over the page. Escape cancels; Enter presses the primary button.

    It is as high as its body, but no higher than the screen; a longer body scrolls, but not the
    foot below it. If a button has the focus, Enter presses that one. With ``danger``, the action's
    button never has the focus at first, and Enter cancels.
    """

    def __init__(self, parent: QWidget, title: str, do: str, *, danger: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(" ".join(title.split()))
        keep_help_at_hand(self)
        self.setFixedWidth(min(scaled(WIDTH_PX), room_on_screen(self).width()))
        self._column = QVBoxLayout(self)
        self._inner = QWidget()
        self._inner.installEventFilter(self)
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GRID_PX)
        self._scroll = FormScroll(self._inner)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(4)
        self.do_button: QPushButton = danger_button(do) if danger else primary_button(do)
        self.cancel_button = button(common.CANCEL())
        self._line_up(title, danger=danger)

    def say(self, *paragraphs: str) -> None:
        """Add paragraphs of plain text to the body."""
        for text in paragraphs:
            self.body.addWidget(label(text, wrap=True))

    def confirmed(self) -> bool:
        """Show the dialog until it is answered; return whether the operator confirmed.

        Use a dialog only once: Qt deletes it after the current event.
        """
        try:
            return self.exec() == QDialog.DialogCode.Accepted
        finally:
            self.deleteLater()

    def fit(self) -> None:
        """Be as high as needed; call it after a change of the foot."""
        self._scroll.setFixedHeight(0)
        around_px = self._column.totalSizeHint().height()
        edges = self._column.contentsMargins()
        # The height of wrapping labels depends on the width.
        needed_px = self.body.totalHeightForWidth(self.width() - edges.left() - edges.right())
        if needed_px < 0:
            needed_px = self.body.totalSizeHint().height()
        room_px = room_on_screen(self).height() - around_px
        # Once shown, a bar stays although all fits without it: beside it, texts need more lines.
        fits = needed_px <= room_px
        bars = Qt.ScrollBarPolicy
        policy = bars.ScrollBarAlwaysOff if fits else bars.ScrollBarAsNeeded
        self._scroll.setVerticalScrollBarPolicy(policy)
        self._scroll.setFixedHeight(min(needed_px, room_px))
        self.setFixedHeight(around_px + self._scroll.height())
        self._stay_on_screen()

    def _stay_on_screen(self) -> None:
        """Move up if the dialog has grown beyond the lower edge of the screen."""
        screen, frame = self.screen().availableGeometry(), self.frameGeometry()
        if self.isVisible() and frame.bottom() > screen.bottom():
            top = max(frame.top() - (frame.bottom() - screen.bottom()), screen.top())
            self.move(self.x(), top)

    def _line_up(self, title: str, *, danger: bool) -> None:
        self.cancel_button.clicked.connect(self.reject)
        self.do_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID_PX)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.do_button)
        enter_presses(self.cancel_button, self.do_button)
        wanted = self.cancel_button if danger else self.do_button
        wanted.setDefault(True)
        if danger:
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        column = self._column
        column.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX, 2 * GRID_PX)
        column.setSpacing(2 * GRID_PX)
        column.addWidget(ElidedLabel(title, Size.LARGE, bold=True))
        column.addWidget(self._scroll)
        column.addLayout(self.foot)
        column.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)
