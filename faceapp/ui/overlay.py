"""Drawing over a picture: corners around each face, and its label below it.

Pure geometry and painting; recognition happens elsewhere.

The colours are always the dark set, on a dark backing, since a picture may have any colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from faceapp.types import TrackId
from faceapp.ui.theme import DARK, Token

LINE_PX = 2.0
RADIUS_PX = 8.0
GAP_PX = 6.0
GLIDE_S = 0.08


class Look(Enum):
    """How a face is marked: icon and colour."""

    KNOWN = ("check", Token.GOOD)
    UNSURE = ("question", Token.CAUTION)
    UNKNOWN = ("unknown", Token.TEXT_MUTED)
    POOR = ("coach", Token.TEXT_MUTED)
    SPOOF = ("shield", Token.BAD)
    WAITING = ("waiting", Token.TEXT_MUTED)

    @property
    def icon(self) -> str:
        """Return the icon's name."""
        return self.value[0]

    @property
    def color(self) -> QColor:
        """Return the colour on a picture."""
        return QColor(DARK[self.value[1]])


@dataclass(frozen=True, slots=True)
class Mark:
    """One face to draw; ``box`` is in pixels of the picture as shown."""

    track: TrackId
    box: QRectF
    text: str
    look: Look


class Glide:
    """Lets boxes follow their faces smoothly instead of jumping."""

    def __init__(self, *, moving: bool) -> None:
        self._moving = moving
        self._boxes: dict[TrackId, QRectF] = {}
        self._t_s = -math.inf

    def follow(self, marks: Sequence[Mark], t_s: float) -> list[QRectF]:
        """Return each mark's box at ``t_s``; forget tracks that are gone."""
        part = 1.0 - math.exp(-max(t_s - self._t_s, 0.0) / GLIDE_S) if self._moving else 1.0
        self._t_s = t_s
        self._boxes = {
            mark.track: _between(self._boxes.get(mark.track, mark.box), mark.box, part)
            for mark in marks
        }
        return [self._boxes[mark.track] for mark in marks]


def _between(old: QRectF, new: QRectF, part: float) -> QRectF:
    # A move farther than the face's width is a jump.
    if abs(old.center().x() - new.center().x()) > new.width():
        return QRectF(new)
    return QRectF(
        old.x() + (new.x() - old.x()) * part,
        old.y() + (new.y() - old.y()) * part,
        old.width() + (new.width() - old.width()) * part,
        old.height() + (new.height() - old.height()) * part,
    )


def mirrored(box: QRectF, width: float) -> QRectF:
    """Mirror a box horizontally in a picture of this width."""
    return QRectF(width - box.x() - box.width(), box.y(), box.width(), box.height())


def fitted(picture: QSizeF, space: QRectF) -> QRectF:
    """Centre a picture in a space, as large as fits, keeping its aspect ratio."""
    if picture.isEmpty() or space.isEmpty():
        return QRectF(space.topLeft(), QSizeF(0, 0))
    size = picture.scaled(space.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = space.x() + (space.width() - size.width()) / 2
    top = space.y() + (space.height() - size.height()) / 2
    return QRectF(left, top, size.width(), size.height())


def place_labels(boxes: Sequence[QRectF], sizes: Sequence[QSizeF], bounds: QRectF) -> list[QRectF]:
    """Place each label below its box, inside ``bounds``, clear of faces and other labels.

    A label without room below its box goes above it. If no place is free, it may cover a face; the
    last resort is below the box, moved into ``bounds``.
    """
    placed: list[QRectF] = []
    for box, size in zip(boxes, sizes, strict=True):
        others = [other for other in boxes if other is not box]
        placed.append(_place(box, size, bounds, others, placed))
    return placed


def _place(
    box: QRectF, size: QSizeF, bounds: QRectF, faces: list[QRectF], labels: list[QRectF]
) -> QRectF:
    left = box.center().x() - size.width() / 2
    left = max(bounds.left(), min(left, bounds.right() - size.width()))
    below = QRectF(QPointF(left, box.bottom() + GAP_PX), size)
    above = QRectF(QPointF(left, box.top() - GAP_PX - size.height()), size)
    under = [below.translated(0, step * (size.height() + 2)) for step in range(3)]
    over = [above.translated(0, -step * (size.height() + 2)) for step in range(3)]
    inside = [one for one in (*under, *over) if bounds.contains(one)]
    for one in inside:
        if not any(one.intersects(other) for other in (*faces, *labels)):
            return one
    for one in inside:
        if not any(one.intersects(other) for other in labels):
            return one
    top = max(bounds.top(), min(below.top(), bounds.bottom() - size.height()))
    return QRectF(QPointF(left, top), size)


def draw_box(painter: QPainter, box: QRectF, look: Look) -> None:
    """Draw the corners of a face's box, or a dashed outline for an unknown face."""
    path = QPainterPath()
    if look is Look.UNKNOWN:
        path.addRoundedRect(box, RADIUS_PX, RADIUS_PX)
    else:
        arm = max(RADIUS_PX + 2, min(box.width(), box.height()) * 0.22)
        for corner in _corners(box, arm):
            path.addPath(corner)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(QColor(0, 0, 0, 130), LINE_PX + 2))
    painter.drawPath(path)
    pen = _pen(look.color, LINE_PX)
    if look is Look.UNKNOWN:
        pen.setDashPattern([4.0, 4.0])
    painter.setPen(pen)
    painter.drawPath(path)


def _pen(color: QColor, width: float) -> QPen:
    return QPen(
        color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _corners(box: QRectF, arm: float) -> Iterable[QPainterPath]:
    for corner, to_x, to_y in (
        (box.topLeft(), 1, 1),
        (box.topRight(), -1, 1),
        (box.bottomLeft(), 1, -1),
        (box.bottomRight(), -1, -1),
    ):
        path = QPainterPath(corner + QPointF(to_x * arm, 0))
        path.lineTo(corner + QPointF(to_x * RADIUS_PX, 0))
        path.quadTo(corner, corner + QPointF(0, to_y * RADIUS_PX))
        path.lineTo(corner + QPointF(0, to_y * arm))
        yield path
