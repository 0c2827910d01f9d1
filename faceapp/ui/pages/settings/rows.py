"""One setting: what it is, the control, a line of explanation, and its default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from faceapp.config import FIELDS, Value
from faceapp.ui.clicks import ignore_wheel
from faceapp.ui.theme import GRID_PX, Size, scaled
from faceapp.ui.widgets import label
from faceapp.ui.widgets.fields import field_px, indent
from faceapp.ui.words import Text
from faceapp.ui.words import settings as words

CONTROL_PX = 256

# The least and greatest value of each numeric setting.
LIMITS = {field.key: (field.minimum or 0, field.maximum or 0) for field in FIELDS}


class SettingRow(QWidget):
    """Words on the left, control on the right. ``default`` is empty where there is none."""

    def __init__(self, what: Text, why: Text, control: QWidget, default: str = "") -> None:
        super().__init__()
        self.control = control
        name = label(what(), bold=True, wrap=True)
        name.setBuddy(control)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(name)
        texts.addWidget(label(why(), Size.SMALL, muted=True, wrap=True))
        texts.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(control)
        if default:
            said = words.DEFAULT(value=default)
            right.addWidget(label(said, Size.SMALL, muted=True, wrap=True))
        right.addStretch(1)
        control.setFixedWidth(scaled(CONTROL_PX))
        if not control.accessibleName():
            control.setAccessibleName(what())
        # Screen readers say it with the control, of several with the first.
        parts, by_tab = (control, *control.findChildren(QWidget)), Qt.FocusPolicy.TabFocus
        first = next((one for one in parts if one.focusPolicy() & by_tab), control)
        first.setAccessibleDescription(why())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID_PX, 0, GRID_PX)
        row.setSpacing(3 * GRID_PX)
        row.addLayout(texts, 1)
        row.addLayout(right)


def choice(options: dict[str, Text], chosen: Callable[[str], object]) -> QComboBox:
    """Make a box with these options; ``chosen`` gets the key that the operator picks."""
    box = QComboBox()
    for key, text in options.items():
        box.addItem(text(), key)
    box.activated.connect(lambda _: chosen(box.currentData()))
    ignore_wheel(box)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box


def spin(limits: tuple[int, int], unit: str) -> QSpinBox:
    """Make a field for a number, which accepts nothing outside the limits."""
    field = QSpinBox()
    field.setRange(*limits)
    field.setSuffix(unit)
    field.setGroupSeparatorShown(True)
    # Signals once the number is complete, not at every digit.
    field.setKeyboardTracking(False)
    field.setFixedHeight(field_px())
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    ignore_wheel(field)
    indent(field)
    return field


def show_choice(box: QComboBox, value: Value) -> None:
    """Show a value without reporting it as chosen."""
    box.setCurrentIndex(box.findData(value))


def show_number(field: QSpinBox, value: int, limits: tuple[int, int] | None = None) -> None:
    """Show a number, perhaps within other limits, without emitting signals."""
    with QSignalBlocker(field):
        if limits is not None:
            field.setRange(*limits)
        if field.value() != value:  # otherwise somebody may be typing into it
            field.setValue(value)
