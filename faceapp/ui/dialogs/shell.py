"""What all dialogs have in common: a title, a body, and Cancel beside the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.widgets.buttons import button, danger_button, enter_presses, primary_button
from faceapp.ui.widgets.labels import ElidedLabel, label
from faceapp.ui.widgets.layout import FormScroll
from faceapp.ui.words import common

WIDTH_PX = 480
# What the system draws around a window.
FRAME_PX = 6 * GRID_PX


class Dialog(QDialog):
    """A small window over the page. Escape cancels; Enter does what the primary button says.

    On a button that has the focus Enter presses that one. With ``danger`` the button that does it
    never has the focus by itself, and Enter cancels.
    """

    def __init__(self, parent: QWidget, title: str, do: str, *, danger: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(" ".join(title.split()))
        self.setModal(True)
        self.setFixedWidth(WIDTH_PX)
        self._column = QVBoxLayout(self)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GRID_PX)
        self._scroll = FormScroll(inner)
        self.do_button: QPushButton = danger_button(do) if danger else primary_button(do)
        self.cancel_button = button(common.CANCEL())
        self._line_up(title, danger=danger)

    def say(self, *paragraphs: str) -> None:
        """Add paragraphs of plain text to the body."""
        for text in paragraphs:
            self.body.addWidget(label(text, wrap=True))

    def confirmed(self) -> bool:
        """Show it until it is answered; return whether the operator wants what it asks for.

        It is used once: Qt deletes it when this event is over.
        """
        try:
            return self.exec() == QDialog.DialogCode.Accepted
        finally:
            self.deleteLater()

    def fit(self) -> None:
        """Be as high as the body needs now, as far as the screen goes; the rest is scrolled to."""
        self._scroll.setFixedHeight(0)
        around_px = self._column.totalSizeHint().height()
        edges = self._column.contentsMargins()
        # Wrapping labels depend on the width.
        needed_px = self.body.totalHeightForWidth(self.width() - edges.left() - edges.right())
        if needed_px < 0:
            needed_px = self.body.totalSizeHint().height()
        room_px = self.screen().availableGeometry().height() - FRAME_PX - around_px
        self._scroll.setFixedHeight(min(needed_px, room_px))
        self.setFixedHeight(around_px + self._scroll.height())

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
        column.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
