"""Labels. Text is always plain: names from operators or files are never read as markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QWidget

from faceapp.ui.theme import Size, font
from faceapp.ui.words import around_name, breakable

KERNING_PX = 2
"""By so much, parts of a text may be narrower than the same parts within the whole."""


def label(
    text: str = "", size: Size = Size.BODY, *, muted: bool = False, bold: bool = False,
    wrap: bool = False,
) -> QLabel:  # fmt: skip
    """Make a label of the type scale, plain text, perhaps muted, bold or wrapping."""
    made = _WrappingLabel() if wrap else QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setFont(font(size, bold=bold))
    if muted:
        made.setProperty("tone", "muted")
    return made


class _WrappingLabel(QLabel):
    """Wraps onto as many lines as needed, even within a word that is longer than a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        super().setText(breakable(text))


class ElidedLabel(QLabel):
    """One line that ends in "…" when it does not fit; the tooltip then holds all of it.

    A name within the text is shortened first, so that the sentence around it stays whole.
    ``in_middle`` elides the middle instead of the end, for texts whose end matters.
    """

    def __init__(
        self, text: str = "", size: Size = Size.BODY, *, bold: bool = False, muted: bool = False,
        in_middle: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._text = ""
        modes = Qt.TextElideMode
        self._mode = modes.ElideMiddle if in_middle else modes.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, bold=bold))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if muted:
            self.setProperty("tone", "muted")
        self.set_text(text)

    @property
    def full_text(self) -> str:
        """Return the text without the elision."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show ``text`` as one line."""
        self._text = " ".join(text.split())
        self.setAccessibleName(self._text)
        # Without one, screen readers would read the tooltip's markup.
        self.setAccessibleDescription(self._text)
        self._fit()

    def _fit(self) -> None:
        shown = self._elided(max(self.width(), 1))
        super().setText(shown)
        self.setToolTip(plain_tip(self._text) if shown != self._text else "")

    def _elided(self, room_px: int) -> str:
        metrics = QFontMetrics(self.font())
        if metrics.horizontalAdvance(self._text) <= room_px:
            return self._text
        before, name, after = around_name(self._text)
        name_px = room_px - metrics.horizontalAdvance(before + after) - KERNING_PX
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_px)
        # If there is no room for a beginning of the name, nothing is gained.
        text = f"{before}{short}{after}" if len(short) > 1 else self._text
        return metrics.elidedText(text, self._mode, room_px)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(self.font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


def name_box(box: QComboBox, name: str) -> None:
    """Name a box without a visible caption for screen readers. It must have its parent already.

    On Linux, Qt announces only the chosen text of a box, unless a label is its buddy.
    """
    box.setAccessibleName(name)
    caption = label(name)
    caption.setParent(box.parentWidget())
    caption.setBuddy(box)
    caption.hide()


def show_tip(part: QWidget, text: str) -> None:
    """Show ``text`` as a tooltip, as it is; none if it is empty.

    Screen readers are told the same: without a description they would read the tooltip's markup.
    """
    part.setToolTip(plain_tip(text) if text else "")
    part.setAccessibleDescription(text)


def plain_tip(text: str) -> str:
    """Make a tooltip that shows ``text`` as it is: Qt guesses markup in tooltips otherwise."""
    return f"<span>{escape(text, quote=False)}</span>".replace("\n", "<br>")
