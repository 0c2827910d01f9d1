"""The camera's picture and the overlay on it. The widget only paints; it decides nothing.

Scaling a 640x480 picture while painting takes about 1 ms, less than scaling it beforehand with the
same quality, and follows the window's size by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy, QStyle, QWidget

from faceapp.ui.icons import draw
from faceapp.ui.overlay import Glide, Look, Mark, draw_box, fitted, place_labels
from faceapp.ui.theme import DARK, Size, Token, font, scaled
from faceapp.ui.words import live as words

ICON_PX = 18
PAD_PX = 8.0
BACKING = QColor(13, 16, 20, 215)


class VideoView(QWidget):
    """Shows one picture as large as fits, marked faces, and sentences at its top and bottom."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._marks: Sequence[Mark] = ()
        self._boxes: Sequence[QRectF] = ()
        self._coaching = ""
        self._note = ""
        self._glide = Glide(moving=motion_wanted())
        self._pixmaps: dict[tuple[Look, float], QPixmap] = {}
        self._icon_px = scaled(ICON_PX)
        self._font = font(Size.BODY, bold=True)
        self._large = font(Size.LARGE, bold=True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(240, 150))
        self.setAccessibleName(words.PICTURE())

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return self._image is not None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return what is marked in the picture."""
        return tuple(self._marks)

    def show_picture(self, image: QImage, marks: Sequence[Mark], t_s: float) -> None:
        """Paint this picture next; ``marks`` are in its pixels, ``t_s`` is its time."""
        self._image = image
        self._marks = marks
        self._boxes = self._glide.follow(marks, t_s)
        self._describe()
        self.update()

    def clear(self) -> None:
        """Remove the picture: an old one must never stay on screen."""
        self._image, self._marks, self._boxes = None, (), ()
        self._coaching = ""
        self._describe()
        self.update()

    def coach(self, sentence: str) -> None:
        """Show a sentence at the picture's bottom; none if it is empty."""
        self._coaching = sentence

    def note(self, sentence: str) -> None:
        """Show at the picture's top what the camera runs for."""
        self._note = sentence
        self.update()

    def picture_rect(self) -> QRectF:
        """Return the picture's place in the widget."""
        if self._image is None:
            return QRectF()
        return fitted(QSizeF(self._image.size()), QRectF(self.rect()))

    def _describe(self) -> None:
        """Tell screen readers who is in the present picture."""
        said = ", ".join(mark.text for mark in self._marks) or words.FACES(0)
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    def _draw_marks(self, painter: QPainter, place: QRectF, image: QImage) -> None:
        scale = place.width() / image.width()
        boxes = [
            QRectF(place.x() + box.x() * scale, place.y() + box.y() * scale,
                   box.width() * scale, box.height() * scale)
            for box in self._boxes
        ]  # fmt: skip
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        room = min(place.width() * 0.8, scaled(420))
        texts = [
            metrics.elidedText(mark.text, Qt.TextElideMode.ElideRight, room) for mark in self._marks
        ]
        sizes = [
            QSizeF(metrics.horizontalAdvance(text) + self._icon_px + 3 * PAD_PX,
                   metrics.height() + PAD_PX)
            for text in texts
        ]  # fmt: skip
        labels = place_labels(boxes, sizes, place)
        for mark, box in zip(self._marks, boxes, strict=True):
            draw_box(painter, box, mark.look)
        for mark, text, label in zip(self._marks, texts, labels, strict=True):
            self._draw_label(painter, label, text, mark.look)

    def _draw_label(self, painter: QPainter, label: QRectF, text: str, look: Look) -> None:
        _back(painter, label)
        icon = self._icon(look)
        top = label.center().y() - self._icon_px / 2
        painter.drawPixmap(QPointF(label.x() + PAD_PX, top), icon)
        painter.setPen(QColor(DARK[Token.TEXT]) if look is not Look.POOR else look.color)
        inner = label.adjusted(2 * PAD_PX + self._icon_px, 0, 0, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _draw_sentence(self, painter: QPainter, sentence: str, place: QRectF, top: bool) -> None:
        if not sentence:
            return
        painter.setFont(self._font if top else self._large)
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, place.width() - 48)
        width, height = metrics.horizontalAdvance(text) + 4 * PAD_PX, metrics.height() + PAD_PX
        y = place.y() + 2 * PAD_PX if top else place.bottom() - height - 2 * PAD_PX
        x = place.x() + 2 * PAD_PX if top else place.center().x() - width / 2
        box = QRectF(x, y, width, height)
        _back(painter, box)
        painter.setPen(QColor(DARK[Token.TEXT]))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)

    def _icon(self, look: Look) -> QPixmap:
        scale = self.devicePixelRatioF()
        key = (look, scale)
        if key not in self._pixmaps:
            self._pixmaps[key] = draw(look.icon, look.color, self._icon_px, scale)
        return self._pixmaps[key]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        image = self._image
        if image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self.picture_rect()
        painter.drawImage(place, image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_marks(painter, place, image)
        self._draw_sentence(painter, self._note, place, top=True)
        self._draw_sentence(painter, self._coaching, place, top=False)


def _back(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(BACKING)
    radius = min(box.height() / 2, 10.0)
    painter.drawRoundedRect(box, radius, radius)


def motion_wanted() -> bool:
    """Return whether the system allows animations, as far as Qt can tell: users may refuse them."""
    if sys.platform == "win32":
        return QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    lasting = QStyle.StyleHint.SH_Widget_Animation_Duration
    return QApplication.style().styleHint(lasting) > 0
