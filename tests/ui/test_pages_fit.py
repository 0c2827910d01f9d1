"""Every page in both languages: nothing clipped at the least size, all of it by keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollBar,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from faceapp.types import Person, PersonId
from faceapp.ui.bridge import Purpose
from faceapp.ui.main_window import LEAST_SIZE
from faceapp.ui.page import PageKey
from faceapp.ui.widgets import ElidedLabel
from tests.ui.rooms import Room, RoomParts, room_in

LONG = "Wolfeschlegelsteinhausenbergerdorff " * 5
NAMES = ("Grace Okafor", LONG[:180], "محمد عبد الرحمن", "<b>Bold</b> & Söhne", "=cmd|'/C calc'!A0")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_page_fits_and_is_usable_by_keyboard(
    qapp: QApplication, qtbot: QtBot, parts: RoomParts, language: str
) -> None:
    room = room_in(qapp, qtbot, parts, language)
    for number, name in enumerate(NAMES):
        person = Person(PersonId(f"P{number:02}"), name.strip(), ("Nurses",))
        room.do(lambda service, who=person: service.add_person(who))  # type: ignore[misc]
    room.shell.open()
    assert QLocale().language().name == {"en": "English", "de": "German"}[language]
    wrong: dict[str, list[str]] = {}
    for key in PageKey:
        least = LEAST_SIZE.toTuple()
        window = shown(room, key, least)
        assert window.size() == LEAST_SIZE
        wrong[f"{key.value}: clipped"] = clipped(window)
        wrong[f"{key.value}: beyond the edge"] = beyond_the_edge(window)
        wrong[f"{key.value}: out of sight"] = out_of_sight(window)
        if key is PageKey.LIVE:
            room.desk.camera.start(Purpose.TAKING)
            window = shown(room, key, least)
            wrong["live, taking: clipped"] = clipped(window)
            wrong["live, taking: out of sight"] = out_of_sight(window)
            room.desk.camera.stop()
        window = shown(room, key, (1280, 800))
        wrong[f"{key.value}: without a name"] = nameless(window)
        wrong[f"{key.value}: keys given twice"] = given_twice(window)
        wrong[f"{key.value}: out of the tab key's reach"] = missed_by_tab(room)
    room.close()
    assert {what: found for what, found in wrong.items() if found} == {}


def shown(room: Room, key: PageKey, size: tuple[int, int]) -> QWidget:
    room.window.resize(*size)
    room.window.open(key)
    room.qtbot.wait(200)
    # What was said at the very end is laid out too.
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    return room.window


def beyond_the_edge(window: QWidget) -> list[str]:
    return [
        f"{type(area).__name__} {area.accessibleName()}"
        for area in window.findChildren(QAbstractScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


def out_of_sight(window: QWidget) -> list[str]:
    """Find primary buttons that cannot be pressed at their edges without scrolling."""
    return [
        one.text()
        for one in window.findChildren(QPushButton)
        if one.isVisible() and one.property("kind") == "primary"
        for corner in (one.rect().topLeft(), one.rect().bottomRight())
        if window.childAt(one.mapTo(window, corner)) is not one
    ]


def clipped(window: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {text!r} needs {needs}, has {widget.width()}"
        for widget, text, needs in measured(window)
        if needs > widget.width()
    ]


def nameless(window: QWidget) -> list[str]:
    spin_boxes = [one for one in window.findChildren(QWidget) if one.inherits("QAbstractSpinBox")]
    return [
        repr(widget)
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollBar | QTabBar)
        and not isinstance(widget.parent(), QComboBox)
        and widget.parent() not in spin_boxes
        and not (name_of(widget) and (not isinstance(widget, QComboBox) or labels_of(widget)))
    ]


def labels_of(box: QComboBox) -> list[str]:
    """Read what screen readers are told a box is; on Linux its own name says what is chosen."""
    told = QAccessible.queryAccessibleInterface(box)
    related = told.relations(QAccessible.RelationFlag.Label)
    return [one.text(QAccessible.Text.Name) for one, _ in related]


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return widget.accessibleName() or text


def given_twice(window: QWidget) -> list[str]:
    keys = Counter(
        button.shortcut().toString()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not button.shortcut().isEmpty()
    )
    return [key for key, count in keys.items() if count > 1]


def missed_by_tab(room: Room) -> list[str]:
    wanted = {
        widget
        for widget in room.window.page.findChildren(QAbstractButton)
        if widget.isVisible() and widget.isEnabled() and reachable(widget)
    }
    reached: set[QWidget] = set()
    for _ in range(100):
        room.qtbot.keyClick(QApplication.focusWidget() or room.window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus)
    return [one.accessibleName() or one.text() for one in wanted - reached]


def reachable(widget: QAbstractButton) -> bool:
    """Of exclusive buttons the arrow keys reach the others."""
    grouped = widget.group() is not None or widget.autoExclusive()
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and (not grouped or widget.isChecked())


def measured(window: QWidget) -> Iterator[tuple[QWidget, str, int]]:
    """Measure the visible one-line texts that do not elide themselves."""
    arrow_px = 24
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QPushButton):
            # With its icon and its edges.
            yield widget, widget.text(), widget.minimumSizeHint().width()
        elif (isinstance(widget, QAbstractButton) and not only_icon(widget)) or (
            isinstance(widget, QLabel) and not widget.wordWrap()
        ):
            yield widget, widget.text(), text_width(widget, widget.text())
        elif isinstance(widget, QComboBox) and not widget.isEditable():
            text = widget.currentText()
            yield widget, text, text_width(widget, text) + arrow_px


def only_icon(widget: QAbstractButton) -> bool:
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(widget, QToolButton) and widget.toolButtonStyle() is icon_only


def text_width(widget: QWidget, text: str) -> int:
    shown_text = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
    metrics = QFontMetrics(widget.font())
    return max((metrics.horizontalAdvance(line) for line in shown_text.splitlines()), default=0)


class WindowWatch(QObject):
    """Notes every widget but the main window that is shown as a window of its own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            others = [watched] if watched.isWindow() and watched is not self._window else []
            self.found += map(repr, others)
        return False


def test_no_page_flashes_windows_while_it_is_made(room: Room, qapp: QApplication) -> None:
    watch = WindowWatch(room.window)
    qapp.installEventFilter(watch)
    for key in PageKey:
        room.window.open(key)
        room.qtbot.wait(100)
    qapp.removeEventFilter(watch)
    assert watch.found == []
