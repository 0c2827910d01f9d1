"""What can be seen and done in a part of the window, without knowing how it is built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from faceapp.ui.widgets import ElidedLabel

W = TypeVar("W", bound=QWidget)


def only(part: QWidget, kind: type[W]) -> W:
    """Find the one widget of this kind."""
    (found,) = part.findChildren(kind)
    return found


def texts(part: QWidget) -> list[str]:
    """Read the labels that it shows when it is in front, in the order of their making, in full."""
    labels = [one for one in part.findChildren(QLabel) if one.isVisibleTo(part)]
    whole = [one.full_text if isinstance(one, ElidedLabel) else one.text() for one in labels]
    return [text for text in whole if text]


def buttons(part: QWidget) -> list[str]:
    """Name the visible buttons."""
    return [one.accessibleName() for one in _shown_buttons(part)]


def button(part: QWidget, name: str = "") -> QAbstractButton:
    """Find the one visible button, or the one of this name; its ``&`` does not matter."""
    wanted = name.replace("&", "")
    found = [one for one in _shown_buttons(part) if wanted in ("", one.accessibleName())]
    assert len(found) == 1, (wanted, buttons(part))
    return found[0]


def press(part: QWidget, name: str = "") -> None:
    """Click a button, see `button`."""
    click(button(part, name))


def click(part: QWidget) -> None:
    """Click into the middle of it."""
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def click_row(view: QAbstractItemView, row: int) -> None:
    """Click a row of a list."""
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def cells(table: QTableView) -> list[list[str]]:
    """Read a table as it is shown, row by row."""
    model = table.model()
    columns = range(model.columnCount())
    return [[model.index(at, one).data() for one in columns] for at in range(model.rowCount())]


def click_heading(table: QTableView, column: int) -> None:
    """Click what stands above a column."""
    heads = table.horizontalHeader()
    at = heads.sectionViewportPosition(column) + heads.sectionSize(column) // 2
    place = QPoint(at, heads.height() // 2)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)


def choose(box: QComboBox, data: object) -> None:
    """Choose what stands for this from a list, as a click there does."""
    at = box.findData(data)
    assert at >= 0, data
    box.setCurrentIndex(at)
    box.activated.emit(at)


def type_over(field: QWidget, text: str) -> None:
    """Type a text in the place of what stands in a field, and do not press Enter."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def enter(field: QWidget, text: str) -> None:
    """Type a text in the place of what stands in a field, and press Enter."""
    type_over(field, text)
    if not text:
        QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)


def turn_wheel(part: QWidget, turned: int) -> None:
    """Turn the wheel over it; 120 is one notch away from the operator."""
    at, nothing = QPointF(part.rect().center()), Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        at, part.mapToGlobal(at), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, nothing,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(part, wheel)


def drop(part: QWidget, *dropped: Path | QUrl) -> bool:
    """Drop files over it; return whether it takes them."""
    data = QMimeData()  # the events do not keep it alive
    data.setUrls(
        [one if isinstance(one, QUrl) else QUrl.fromLocalFile(str(one)) for one in dropped]
    )
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    nothing = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), copy, data, left, nothing)
    part.dragEnterEvent(entered)
    if entered.isAccepted():
        part.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, nothing))
    return entered.isAccepted()


def room_for_text(box: QComboBox) -> QRect:
    """Return where a box paints what is chosen."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)


class _WindowWatch(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(watched)
        return False


@contextmanager
def windows_shown(app: QApplication) -> Iterator[list[QWidget]]:
    """Gather the windows that are shown, also for a moment."""
    watch = _WindowWatch()
    app.installEventFilter(watch)
    yield watch.found
    app.removeEventFilter(watch)


def let_pass(part: QObject, interval_ms: int) -> None:
    """Let so much time pass: what repeats every ``interval_ms`` happens once."""
    running = [
        timer
        for timer in part.findChildren(QTimer)
        if timer.isActive() and not timer.isSingleShot() and timer.interval() == interval_ms
    ]
    assert running, f"nothing happens every {interval_ms} ms"
    for timer in running:
        timer.timeout.emit()


def _shown_buttons(part: QWidget) -> Iterator[QAbstractButton]:
    return (one for one in part.findChildren(QAbstractButton) if one.isVisible())


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1..21."""
    bright, dim = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * linear(color.redF())
        + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF())
    )
