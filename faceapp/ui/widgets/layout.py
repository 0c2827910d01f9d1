"""The frame of every page with a table or form: title on top, primary action bottom right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.widgets.labels import ElidedLabel, label

EDGE_PX = 3 * GRID_PX
GAP_PX = 2 * GRID_PX
# The least visible height of a scrolling body.
LEAST_BODY_PX = 15 * GRID_PX


class Head(QWidget):
    """A page's title, a line under it, and what comes at the end of the row."""

    def __init__(self, title: str, line: str = "", at_end: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._title = ElidedLabel(title, Size.TITLE, bold=True)
        self.line = ElidedLabel(line, muted=True)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._title)
        texts.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addLayout(texts, 1)
        for widget in at_end:
            row.addWidget(widget, alignment=Qt.AlignmentFlag.AlignBottom)
        # Only now: a widget without a parent would be shown as a window of its own.
        self.line.setVisible(bool(line))

    def say(self, title: str, line: str = "") -> None:
        """Show another title."""
        self._title.set_text(title)
        self.line.set_text(line)
        self.line.setVisible(bool(line))


class Foot(QWidget):
    """A page's last row: a note on what is shown, other actions, and the primary one at the end."""

    def __init__(self, actions: Sequence[QPushButton]) -> None:
        super().__init__()
        self.line = ElidedLabel(muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(self.line, 1)
        for action in actions:
            row.addWidget(action)


def stacked(page: QWidget, parts: Sequence[QWidget | QLayout], grows: int) -> None:
    """Stack a page's parts vertically; the one at index ``grows`` takes the spare room.

    If a small window has no room for all of them they scroll, except a `Foot`: the primary action
    stays visible.
    """
    inner = QWidget()
    body = QVBoxLayout(inner)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(GAP_PX)
    column = QVBoxLayout(page)
    column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, GAP_PX)
    column.setSpacing(GAP_PX)
    column.addWidget(BodyScroll(inner), 1)
    for at, part in enumerate(parts):
        stretch = 1 if at == grows else 0
        if isinstance(part, Foot):
            column.addWidget(part)
        elif isinstance(part, QLayout):
            body.addLayout(part, stretch)
        else:
            body.addWidget(part, stretch)


class FormScroll(QScrollArea):
    """Lets a column of fields scroll up and down; the background shows through.

    It takes no focus itself. It scrolls to a widget that gets the focus by keys; Qt does so only if
    the focus comes from inside.
    """

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _former: QWidget | None, focused: QWidget | None) -> None:
        # A widget being pressed must not move away under the pointer.
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if focused is not None and self.isAncestorOf(focused) and not pressed:
            self.ensureWidgetVisible(focused)

    def minimumSizeHint(self) -> QSize:
        bar_px = self.verticalScrollBar().sizeHint().width()
        width = self._inner.minimumSizeHint().width() + bar_px
        return QSize(width, super().minimumSizeHint().height())


class BodyScroll(FormScroll):
    """Lets a page's body scroll if it cannot shrink to the room in the window.

    Unlike a `FormScroll`, it gives the body exactly the visible height as long as that is enough.
    """

    def __init__(self, inner: QWidget) -> None:
        super().__init__(inner)
        self.setWidgetResizable(False)
        inner.installEventFilter(self)

    def _fit(self) -> None:
        layout = self._inner.layout()
        if layout is None:
            return
        width = self.viewport().width()
        least = layout.totalMinimumSize().height()
        if layout.hasHeightForWidth():
            least = max(least, layout.totalMinimumHeightForWidth(width))
        self._inner.resize(width, max(least, self.viewport().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), LEAST_BODY_PX)

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)


def bring_into_view(part: QWidget) -> None:
    """Scroll to ``part``, which has just been shown, once the layout around it has settled."""

    def scroll() -> None:
        around = part.parentWidget()
        while around is not None:
            if isinstance(around, FormScroll):
                around.ensureWidgetVisible(part, 0, 0)
            around = around.parentWidget()

    QTimer.singleShot(0, part, scroll)


def line() -> QFrame:
    """Make a thin separating line."""
    made = QFrame()
    made.setProperty("surface", "line")
    return made


def card() -> tuple[QFrame, QVBoxLayout]:
    """Make a raised area and the column inside it."""
    made = QFrame()
    made.setProperty("surface", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
    column.setSpacing(GRID_PX)
    return made, column


def captioned(caption: str, control: QWidget) -> QVBoxLayout:
    """Put a small caption over a control and tie them together for screen readers."""
    name = label(caption, Size.SMALL, muted=True)
    name.setBuddy(control)
    if not control.accessibleName():
        control.setAccessibleName(caption)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(name)
    column.addWidget(control)
    return column
