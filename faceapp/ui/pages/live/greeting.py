"""The large answer to the person at the camera: name, in or out, time. For two seconds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from faceapp.types import Entry, EntryKind, Recorded, RecordOutcome
from faceapp.ui import times, words
from faceapp.ui.announce import announce
from faceapp.ui.icons import draw
from faceapp.ui.theme import DARK, GRID_PX, Size, Token, font
from faceapp.ui.widgets import ElidedLabel

SHOW_MS = 2_000
ICON_PX = 56
# In a small window a long name is written smaller, and elided only if that is not enough.
NAME_SIZES = (Size.GREETING, Size.TITLE, Size.LARGE)

ALREADY = {
    EntryKind.IN: words.live.ALREADY_IN,
    EntryKind.OUT: words.live.ALREADY_OUT,
}
GREETING = {
    EntryKind.IN: words.live.GREETING_IN,
    EntryKind.OUT: words.live.GREETING_OUT,
}


def answer(entry: Entry, *, new: bool) -> str:
    """Say what was recorded, or that it was there already."""
    said = GREETING if new else ALREADY
    return said[entry.kind](time=times.clock(entry.local_at))


class Greeting(QWidget):
    """Covers the lower part of ``host``, in the dark colours used on pictures."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._timer = QTimer(self, singleShot=True, interval=SHOW_MS)
        self._timer.timeout.connect(self.hide)
        self._icon = QLabel()
        self._name = ElidedLabel(size=Size.GREETING, bold=True)
        self._line = ElidedLabel(size=Size.TITLE)
        for part in (self._name, self._line):
            part.setStyleSheet(f"color: {DARK[Token.TEXT]}; background: transparent;")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID_PX, 2 * GRID_PX, 3 * GRID_PX, 2 * GRID_PX)
        row.setSpacing(2 * GRID_PX)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        host.installEventFilter(self)
        self.hide()

    def greet(self, recorded: Recorded) -> None:
        """Show what was recorded; a later greeting takes the place of this one."""
        entry, new = recorded.entry, recorded.outcome is RecordOutcome.RECORDED
        if entry is None:
            return
        said = answer(entry, new=new)
        color = QColor(DARK[Token.GOOD if new else Token.TEXT_MUTED])
        self._icon.setPixmap(draw("check", color, ICON_PX, self.devicePixelRatioF()))
        self._name.set_text(entry.name)
        self._line.set_text(said)
        self.setAccessibleName(f"{entry.name}, {said}")
        announce(self, self.accessibleName())
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _place(self) -> None:
        room = self._host.width() - 4 * GRID_PX
        for size in NAME_SIZES:
            self._name.setFont(font(size, bold=True))
            wanted = self._name.sizeHint().width() + ICON_PX + 9 * GRID_PX
            if wanted <= room:
                break
        width = min(room, max(wanted, 360))
        height = self.sizeHint().height()
        self.setGeometry(
            (self._host.width() - width) // 2,
            self._host.height() - height - 3 * GRID_PX,
            width,
            height,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(13, 16, 20, 235))
        painter.drawRoundedRect(self.rect(), 16, 16)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
