"""The oval for the face and the ring around it, one segment per pose. Painting only.

The oval stands for the front pose, the arcs for left, right, up and down as the person sees them:
the picture is mirrored, so the person's own left is on the left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from faceapp.recognition.capture import Pose
from faceapp.ui.theme import DARK, Token

# The oval's height as a share of the picture's, and its width as a share of its height.
OVAL_HEIGHT = 0.66
OVAL_WIDTH = 0.76
GAP_PX = 14.0
ARC_DEG = 66
BACKING = QColor(13, 16, 20, 150)
# The middle of each arc in Qt's degrees: counter-clockwise from three o'clock.
MIDDLE_DEG = {Pose.RIGHT: 0, Pose.UP: 90, Pose.LEFT: 180, Pose.DOWN: 270}


@dataclass(frozen=True, slots=True)
class RingState:
    """How many samples each pose has, and which is asked for now (None: no more)."""

    counts: Mapping[Pose, int]
    wanted: Pose | None

    @property
    def done(self) -> int:
        """How many poses have a sample."""
        return sum(count > 0 for count in self.counts.values())


def oval_in(picture: QRectF) -> QRectF:
    """Place the oval in the middle of the picture."""
    height = min(picture.height() * OVAL_HEIGHT, picture.width() / OVAL_WIDTH * 0.6)
    oval = QRectF(QPointF(), QSizeF(height * OVAL_WIDTH, height))
    oval.moveCenter(picture.center())
    return oval


def draw_ring(painter: QPainter, picture: QRectF, state: RingState) -> None:
    """Draw oval and arcs over the picture."""
    oval = oval_in(picture)
    outer = oval.adjusted(-GAP_PX, -GAP_PX, GAP_PX, GAP_PX)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_backing())
    painter.drawEllipse(oval)
    painter.setPen(_pen(Pose.FRONT, state))
    painter.drawEllipse(oval)
    for pose, middle in MIDDLE_DEG.items():
        span = ((middle - ARC_DEG // 2) * 16, ARC_DEG * 16)
        painter.setPen(_backing())
        painter.drawArc(outer, *span)
        painter.setPen(_pen(pose, state))
        painter.drawArc(outer, *span)


def _pen(pose: Pose, state: RingState) -> QPen:
    """Return a pose's pen: solid GOOD if done, solid ACCENT if wanted, else dotted and muted."""
    if state.counts.get(pose, 0):
        pen = QPen(QColor(DARK[Token.GOOD]), 6.0)
    elif pose is state.wanted:
        pen = QPen(QColor(DARK[Token.ACCENT]), 6.0)
    else:
        pen = QPen(QColor(DARK[Token.TEXT_MUTED]), 3.0, Qt.PenStyle.DotLine)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _backing() -> QPen:
    """Return the pen behind the lines, which keeps them visible on a bright picture."""
    pen = QPen(BACKING, 10.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
