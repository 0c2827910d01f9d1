"""Every page in both languages: nothing clipped at the least size, all of it by keyboard."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QTabBar,
    QWidget,
)

from faceapp.ui.bridge import Purpose
from faceapp.ui.main_window import LEAST_SIZE
from faceapp.ui.page import PageKey
from faceapp.ui.pages.people import PeoplePage
from tests.ui.fit import clipped, shown
from tests.ui.rooms import Room
from tests.ui.seen import windows_shown

LONG = "Wolfeschlegelsteinhausenbergerdorff " * 5
NAMES = ("Grace Okafor", LONG[:180], "محمد عبد الرحمن", "<b>Bold</b> & Söhne", "=cmd|'/C calc'!A0")


def test_every_page_fits_and_is_usable_by_keyboard(language: str, room: Room) -> None:
    for number, name in enumerate(NAMES):
        room.add(f"P{number:02}", name.strip(), "Nurses")
    assert QLocale().language().name == {"en": "English", "de": "German"}[language]
    wrong: dict[str, list[str]] = {}
    for key in PageKey:
        window = shown(room, key, LEAST_SIZE)
        assert window.size() == LEAST_SIZE
        wrong[f"{key.value}: clipped"] = clipped(window)
        wrong[f"{key.value}: beyond the edge"] = beyond_the_edge(window)
        wrong[f"{key.value}: out of sight"] = out_of_sight(window)
        if key is PageKey.LIVE:
            room.desk.camera.start(Purpose.TAKING)
            window = shown(room, key, LEAST_SIZE)
            wrong["live, taking: clipped"] = clipped(window)
            wrong["live, taking: out of sight"] = out_of_sight(window)
            room.desk.camera.stop()
        window = shown(room, key, QSize(1280, 800))
        wrong[f"{key.value}: without a name"] = nameless(window)
        wrong[f"{key.value}: markup read aloud"] = read_as_markup(window)
        wrong[f"{key.value}: called check boxes"] = called_check_boxes(window)
        wrong[f"{key.value}: keys given twice"] = given_twice(window)
        wrong[f"{key.value}: out of the tab key's reach"] = missed_by_tab(room)
    assert {what: found for what, found in wrong.items() if found} == {}


@pytest.mark.usefixtures("large_text")
def test_every_page_fits_with_large_text(language: str, room: Room) -> None:
    for number, name in enumerate(NAMES):
        room.add(f"P{number:02}", name.strip(), "Nurses")
    page = room.open(PeoplePage)
    room.until(lambda: bool(page.table.rows))
    page.table.selectRow(0)
    least = room.window.minimumSize()
    assert least == LEAST_SIZE * 1.5
    wrong: dict[str, list[str]] = {}
    for key in PageKey:
        window = shown(room, key, least)
        assert window.size() == least
        wrong[f"{key.value}: clipped"] = clipped(window)
        wrong[f"{key.value}: too low"] = too_low(room)
        wrong[f"{key.value}: beyond the edge"] = beyond_the_edge(window)
        wrong[f"{key.value}: out of sight"] = out_of_sight(window)
    assert {what: found for what, found in wrong.items() if found} == {}, language


def too_low(room: Room) -> list[str]:
    """Find the rail's buttons, whose height is fixed, that are lower than their texts need."""
    rail = room.window.rail.findChildren(QAbstractButton)
    return [one.text() for one in rail if one.height() < one.minimumSizeHint().height()]


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


def nameless(window: QWidget) -> list[str]:
    return [
        repr(widget)
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollBar | QTabBar)
        and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
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


def read_as_markup(window: QWidget) -> list[str]:
    """Find what screen readers would describe by a tooltip's markup: Qt falls back on tooltips."""
    said = [
        QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)
        for widget in window.findChildren(QWidget)
    ]
    return [one for one in said if "<span>" in one]


def called_check_boxes(window: QWidget) -> list[str]:
    """Find buttons of which one is chosen, but that screen readers would offer to untick."""
    roles = {
        one: QAccessible.queryAccessibleInterface(one).role()
        for one in window.findChildren(QAbstractButton)
        if one.group() is not None
    }
    return [one.text() for one, role in roles.items() if role is not QAccessible.Role.RadioButton]


def given_twice(window: QWidget) -> list[str]:
    keys = Counter(
        button.shortcut().toString()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not button.shortcut().isEmpty()
    )
    return [key for key, count in keys.items() if count > 1]


def missed_by_tab(room: Room) -> list[str]:
    controls = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
    wanted = {
        widget
        for widget in room.window.page.findChildren(QWidget)
        if isinstance(widget, controls)
        and widget.isVisible()
        and widget.isEnabled()
        and reachable(widget)
    }
    reached: set[QWidget] = set()
    for _ in range(100):
        room.qtbot.keyClick(QApplication.focusWidget() or room.window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus)
    return [name_of(one) or repr(one) for one in wanted - reached]


def reachable(widget: QWidget) -> bool:
    """Whether the tab key must reach it: the arrow keys reach the others of exclusive buttons."""
    if isinstance(widget, QAbstractButton):
        grouped = widget.group() is not None or widget.autoExclusive()
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return takes and (not grouped or widget.isChecked())
    # Nor is what another control is made of.
    return not isinstance(widget, QScrollBar) and not isinstance(
        widget.parent(), QAbstractSpinBox | QComboBox
    )


def test_no_page_flashes_windows_while_it_is_made(room: Room, qapp: QApplication) -> None:
    with windows_shown(qapp) as windows:
        for key in PageKey:
            room.window.open(key)
            room.until(lambda: room.desk.ops.busy == 0)
    assert windows == []
