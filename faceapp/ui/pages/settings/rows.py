"""One setting: what it is, the control, a line of explanation, and its default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from faceapp.config import Value
from faceapp.ui.clicks import ignore_wheel
from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.widgets import label
from faceapp.ui.widgets.fields import FIELD_PX, indent
from faceapp.ui.words import Text
from faceapp.ui.words import settings as words

CONTROL_PX = 256


@dataclass(frozen=True, slots=True)
class About:
    """The words of a row. ``default`` is empty where there is none."""

    what: Text
    why: Text
    default: str = ""


class SettingRow(QWidget):
    """Words on the left, control on the right."""

    def __init__(self, about: About, control: QWidget) -> None:
        super().__init__()
        self.control = control
        what = label(about.what(), bold=True, wrap=True)
        what.setBuddy(control)
        why = label(about.why(), Size.SMALL, muted=True, wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(what)
        texts.addWidget(why)
        texts.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(control)
        if about.default:
            default = words.DEFAULT(value=about.default)
            right.addWidget(label(default, Size.SMALL, muted=True, wrap=True))
        right.addStretch(1)
        control.setFixedWidth(CONTROL_PX)
        if not control.accessibleName():
            control.setAccessibleName(about.what())
        control.setAccessibleDescription(about.why())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID_PX, 0, GRID_PX)
        row.setSpacing(3 * GRID_PX)
        row.addLayout(texts, 1)
        row.addLayout(right)


def choice(options: dict[str, Text], chosen: Callable[[str], object]) -> QComboBox:
    """Make a box of the given choices; ``chosen`` is told what the operator takes."""
    box = QComboBox()
    for key, text in options.items():
        box.addItem(text(), key)
    box.activated.connect(lambda _: chosen(box.currentData()))
    ignore_wheel(box)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box


def spin(limits: tuple[int, int], unit: str) -> QSpinBox:
    """Make a field for a number that takes nothing outside of the limits."""
    field = QSpinBox()
    field.setRange(*limits)
    field.setSuffix(unit)
    field.setGroupSeparatorShown(True)
    # Told once the number is complete, not at every figure.
    field.setKeyboardTracking(False)
    field.setFixedHeight(FIELD_PX)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    ignore_wheel(field)
    indent(field)
    return field


def show_choice(box: QComboBox, value: Value) -> None:
    """Show a value without telling anybody."""
    box.setCurrentIndex(box.findData(value))


def show_number(field: QSpinBox, value: int, limits: tuple[int, int] | None = None) -> None:
    """Show a number, perhaps within other limits, without telling anybody."""
    field.blockSignals(True)
    if limits is not None:
        field.setRange(*limits)
    if field.value() != value:  # else somebody may be typing into it
        field.setValue(value)
    field.blockSignals(False)
