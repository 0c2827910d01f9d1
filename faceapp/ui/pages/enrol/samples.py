"""The samples as small squares: what was taken, and under each refused one why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from faceapp.errors import (
    FaceAppError,
    NobodyInView,
    PictureTooLarge,
    PictureUnreadable,
    PoorPicture,
    SeveralFaces,
)
from faceapp.recognition.enrolment import Offered
from faceapp.types import U8, PoorReason
from faceapp.ui.clicks import take_double_click_as_one
from faceapp.ui.icons import Icons
from faceapp.ui.pages.enrol.draft import Reason, Square
from faceapp.ui.theme import GRID_PX, Size, Theme, Token, font
from faceapp.ui.widgets import label
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.widgets.labels import plain_tip
from faceapp.ui.words import Text
from faceapp.ui.words import enrol as words

SIDE_PX = 72
CELL_PX = 92
TEXT_PX = 34
MOST_SHOWN = 40
ICON_PX = 24
DIMMED = 0.45

_BY_ERROR: dict[type[FaceAppError], Text] = {
    NobodyInView: words.REFUSED[Offered.NOBODY],
    SeveralFaces: words.REFUSED[Offered.SEVERAL_FACES],
    PictureTooLarge: words.TOO_LARGE,
    PictureUnreadable: words.UNREADABLE,
}


def reason_text(reason: Reason) -> str:
    """Say in two or three words why something was refused."""
    if isinstance(reason, Offered):
        return words.REFUSED[reason]()
    if isinstance(reason, PoorPicture):
        code = reason.details.get("reason")
        if code in {one.value for one in PoorReason}:
            return words.POOR[PoorReason(code)]()
        return words.REFUSED[Offered.SPOOF]()
    return _BY_ERROR.get(type(reason), words.NOT_USABLE)()


class SampleSquare(QToolButton):
    """One square: the face, a sign and a word. Taken ones can be removed by click or Delete."""

    def __init__(self, square: Square, number: int, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.square = square
        self._theme = theme
        self._icons = icons
        self._picture = None if square.thumbnail is None else picture_of(square.thumbnail)
        taken = square.reason is None
        self.word = words.TAKEN() if square.reason is None else reason_text(square.reason)
        self.setFixedSize(QSize(CELL_PX, SIDE_PX + TEXT_PX + 8))
        self.setEnabled(taken)
        said = f"{words.SAMPLE_NUMBER(n=number)}: {self.word}"
        name = square.name or said
        self.setAccessibleName(said)
        self.setAccessibleDescription(words.REMOVE_SAMPLE() if taken else "")
        tip = words.REMOVE_SAMPLE() if taken else words.REFUSED_FILE(file=name, reason=self.word)
        self.setToolTip(plain_tip(tip))

    def _draw_face(self, painter: QPainter, place: QRectF) -> None:
        path = QPainterPath()
        path.addRoundedRect(place, 6, 6)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(place, self._theme.color(Token.LINE))
        if self._picture is not None:
            painter.setOpacity(1.0 if self.square.reason is None else DIMMED)
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        else:
            icon = self._icons.pixmap("pictures", Token.TEXT_MUTED, ICON_PX)
            middle = QRectF(0, 0, ICON_PX, ICON_PX)
            middle.moveCenter(place.center())
            painter.drawPixmap(middle, icon, QRectF(icon.rect()))
        painter.restore()

    def _draw_word(self, painter: QPainter, place: QRectF) -> None:
        taken = self.square.reason is None
        painter.setFont(font(Size.SMALL))
        painter.setPen(self._theme.color(Token.GOOD if taken else Token.TEXT_MUTED))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(place, flags, self.word)

    def _draw_sign(self, painter: QPainter, face: QRectF) -> None:
        """A sign on a round of the surface's colour, so that it is seen on any face."""
        taken = self.square.reason is None
        round_ = QRectF(face.right() - 14, face.top() - 4, 20, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(Token.SURFACE_RAISED))
        painter.drawEllipse(round_)
        token = Token.GOOD if taken else Token.TEXT_MUTED
        icon = self._icons.pixmap("check" if taken else "minus", token, 16)
        painter.drawPixmap(round_.adjusted(2, 2, -2, -2), icon, QRectF(icon.rect()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        face = QRectF((self.width() - SIDE_PX) / 2, 6, SIDE_PX, SIDE_PX)
        self._draw_face(painter, face)
        self._draw_sign(painter, face)
        self._draw_word(painter, QRectF(0, face.bottom() + 4, self.width(), TEXT_PX))
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
    """All squares, and in words how many there are.

    The focus stays in the place of a square that is removed; when none is left there, the panel's
    focus proxy takes it.

    Signals:
        remove_wanted(Sample): the operator does not want this one.
    """

    remove_wanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._shown: tuple[Square, ...] | None = None
        self.summary = label(muted=True, wrap=True)
        self._box = QWidget()
        self._flow = FlowLayout(self._box, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(self.summary)
        column.addWidget(self._box)
        theme.changed.connect(self._repaint)
        self.show_squares(())

    @property
    def squares(self) -> list[SampleSquare]:
        """Return the squares in their order."""
        return [
            widget
            for at in range(self._flow.count())
            if isinstance(widget := self._widget(at), SampleSquare)
        ]

    def show_squares(self, squares: Sequence[Square]) -> None:
        """Show other squares."""
        if tuple(squares) == self._shown:
            return
        self._shown = tuple(squares)
        focused = next((at for at, one in enumerate(self.squares) if one.hasFocus()), None)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for number, square in enumerate(squares[:MOST_SHOWN], start=1):
            self._flow.addWidget(self._made(square, number))
        self._box.setVisible(bool(squares))
        self._box.updateGeometry()
        self.summary.setText(_summary(squares))
        if focused is not None:
            self._focus(focused)

    def _focus(self, at: int) -> None:
        there = self.squares[at : at + 1]
        # Refused ones cannot be worked.
        taker = there[0] if there and there[0].isEnabled() else self
        taker.show()  # a new layout shows it later, and what is hidden takes no focus
        taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, square: Square, number: int) -> SampleSquare:
        made = SampleSquare(square, number, self._theme, self._icons)
        sample = square.sample
        if sample is not None and square.reason is None:
            made.clicked.connect(lambda: self.remove_wanted.emit(sample))
            # The second press meets the square that has taken this one's place.
            take_double_click_as_one(made)
        return made

    def _widget(self, at: int) -> QWidget | None:
        item = self._flow.itemAt(at)
        return None if item is None else item.widget()

    def _repaint(self) -> None:
        for square in self.squares:
            square.update()


def picture_of(rgb: U8) -> QPixmap:
    """Make a pixmap of a thumbnail uint8 (H, W, 3)."""
    height, width = rgb.shape[:2]
    image = QImage(rgb.data, width, height, rgb.strides[0], QImage.Format.Format_RGB888)
    # The copy does not keep the sample's memory.
    return QPixmap.fromImage(image.copy())


def _summary(squares: Sequence[Square]) -> str:
    if not squares:
        return words.SAMPLES_NONE()
    taken = sum(square.reason is None for square in squares)
    refused = len(squares) - taken
    parts = [words.SAMPLES_TAKEN(taken)]
    if refused:
        parts.append(words.SAMPLES_REFUSED(refused))
    if len(squares) > MOST_SHOWN:
        parts.append(words.REFUSED_MORE(len(squares) - MOST_SHOWN))
    return " · ".join(parts)
