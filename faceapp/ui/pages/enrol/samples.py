"""The samples as small squares: the taken ones, and the refused ones with the reason below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from faceapp.errors import (
    FaceAppError,
    NobodyInView,
    PictureTooLarge,
    PictureUnreadable,
    PoorPicture,
    SeveralFaces,
)
from faceapp.recognition.selection import Refusal
from faceapp.types import PoorReason
from faceapp.ui.clicks import take_double_click_as_one
from faceapp.ui.feed import picture
from faceapp.ui.icons import Icons
from faceapp.ui.pages.enrol.squares import Reason, Square
from faceapp.ui.theme import GRID_PX, Size, Theme, Token, font, scaled
from faceapp.ui.widgets import label
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.widgets.labels import show_tip
from faceapp.ui.words import Text
from faceapp.ui.words import enrol as words

SIDE_PX = 72
CELL_PX = 92
TEXT_PX = 34
MOST_SHOWN = 40
ICON_PX = 24
DIMMED = 0.45

_BY_ERROR: dict[type[FaceAppError], Text] = {
    NobodyInView: words.NO_FACE,
    SeveralFaces: words.SEVERAL_FACES,
    PictureTooLarge: words.TOO_LARGE,
    PictureUnreadable: words.UNREADABLE,
}


def reason_text(reason: Reason) -> str:
    """Say in two or three words why something was refused."""
    if isinstance(reason, Refusal):
        return words.REFUSED[reason]()
    if isinstance(reason, PoorPicture):
        code = reason.details.get("reason")
        if code in {one.value for one in PoorReason}:
            return words.POOR[PoorReason(code)]()
        return words.NOT_LIVE()
    if isinstance(reason, PictureUnreadable) and reason.details.get("why") == "heic":
        return words.HEIC()
    return _BY_ERROR.get(type(reason), words.NOT_USABLE)()


class SampleSquare(QToolButton):
    """One square: the face, a sign and a word. Some can be removed by click or Delete."""

    def __init__(self, square: Square, number: int, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.square = square
        self._theme = theme
        self._icons = icons
        sample = square.sample
        self._picture: QPixmap | None = None
        if sample is not None:
            self._picture = QPixmap.fromImage(picture(sample.thumbnail, mirrored=False))
        self.word = words.TAKEN() if square.reason is None else reason_text(square.reason)
        numbered = words.SAMPLE_NUMBER(n=number)
        file = numbered if square.path is None else square.path.name
        refused = "" if square.taken else words.REFUSED_FILE(file=file, reason=self.word)
        remove = words.REMOVE_SAMPLE() if square.removable else ""
        self.setFixedSize(QSize(scaled(CELL_PX), SIDE_PX + scaled(TEXT_PX) + 8))
        self.setEnabled(square.removable)
        self.setAccessibleName(f"{numbered}: {self.word}")
        show_tip(self, "\n".join(filter(None, (refused, remove))))

    def _draw_face(self, painter: QPainter, place: QRectF) -> None:
        path = QPainterPath()
        path.addRoundedRect(place, 6, 6)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(place, self._theme.color(Token.LINE))
        if self._picture is not None:
            painter.setOpacity(1.0 if self.square.taken else DIMMED)
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        else:
            icon = self._icons.icon("pictures", Token.TEXT_MUTED, ICON_PX)
            middle = QRectF(0, 0, ICON_PX, ICON_PX)
            middle.moveCenter(place.center())
            icon.paint(painter, middle.toRect())
        painter.restore()

    def _draw_word(self, painter: QPainter, place: QRectF) -> None:
        painter.setFont(font(Size.SMALL))
        painter.setPen(self._theme.color(Token.GOOD if self.square.taken else Token.TEXT_MUTED))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(place, flags, self.word)

    def _draw_sign(self, painter: QPainter, face: QRectF) -> None:
        """Draw the sign on a disc of the surface's colour, so that it is visible on any face."""
        taken = self.square.taken
        round_ = QRectF(face.right() - 14, face.top() - 4, 20, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(Token.SURFACE_RAISED))
        painter.drawEllipse(round_)
        token = Token.GOOD if taken else Token.TEXT_MUTED
        icon = self._icons.icon("check" if taken else "minus", token, 16)
        icon.paint(painter, round_.adjusted(2, 2, -2, -2).toRect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        face = QRectF((self.width() - SIDE_PX) / 2, 6, SIDE_PX, SIDE_PX)
        self._draw_face(painter, face)
        self._draw_sign(painter, face)
        self._draw_word(painter, QRectF(0, face.bottom() + 4, self.width(), scaled(TEXT_PX)))
        if self.hasFocus() or (self.underMouse() and self.isEnabled()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color(Token.FOCUS), 2))
            painter.drawRoundedRect(face.adjusted(-2, -2, 2, 2), 7, 7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            return
        super().keyPressEvent(event)


class SamplePanel(QWidget):
    """Shows the squares in their order, and in words how many there are.

    Tab goes from ``after`` to the first square. When a square is removed, the focus goes to the one
    in its place, or else to the panel's focus proxy.

    Signals:
        remove_wanted(Sample): the operator wants to remove this sample.
    """

    remove_wanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, after: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._after = after
        self.squares: list[SampleSquare] = []
        self._shown: Sequence[Square] = ()
        self.summary = label(muted=True, wrap=True)
        self._box = QWidget()
        self._flow = FlowLayout(self._box, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(self.summary)
        column.addWidget(self._box)
        theme.changed.connect(self._box.update)
        self._show(())

    def show_squares(self, squares: Sequence[Square]) -> None:
        """Show other squares."""
        if squares != self._shown:
            self._show(squares)

    def _show(self, squares: Sequence[Square]) -> None:
        focused = next((at for at, one in enumerate(self.squares) if one.hasFocus()), None)
        for former in self.squares:
            self._flow.takeAt(0)
            former.deleteLater()
        self._shown = squares
        self.squares = [self._made(one, at) for at, one in enumerate(squares[:MOST_SHOWN], 1)]
        # Together, and now: if the layout shows each of them later, the form above is first painted
        # in too little room.
        self._box.hide()
        before = self._after
        for made in self.squares:
            self._flow.addWidget(made)
            made.show()
            # Otherwise Tab would reach them only after everything below.
            QWidget.setTabOrder(before, made)
            before = made
        self._box.setVisible(bool(squares))
        self.summary.setText(_summary(squares))
        if focused is not None:
            self._focus(focused)

    def _focus(self, at: int) -> None:
        there = self.squares[at : at + 1]
        # Most refused squares are disabled.
        taker = there[0] if there and there[0].isEnabled() else self
        taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, square: Square, number: int) -> SampleSquare:
        made = SampleSquare(square, number, self._theme, self._icons)
        sample = square.sample
        if sample is not None and square.removable:
            made.clicked.connect(lambda: self.remove_wanted.emit(sample))
            # A second press would hit the square that has taken this one's place.
            take_double_click_as_one(made)
        return made


def _summary(squares: Sequence[Square]) -> str:
    if not squares:
        return words.SAMPLES_NONE()
    taken = sum(square.taken for square in squares)
    refused = len(squares) - taken
    parts = [words.SAMPLES_TAKEN(taken)]
    if refused:
        parts.append(words.SAMPLES_REFUSED(refused))
    if len(squares) > MOST_SHOWN:
        parts.append(words.REFUSED_MORE(len(squares) - MOST_SHOWN))
    return " · ".join(parts)
