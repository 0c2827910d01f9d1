"""What the mouse does in passing, and what a button or box therefore does not hear."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QComboBox


def take_double_click_as_one(*buttons: QAbstractButton) -> None:
    """Let only the first press of a double click count: by the second the button is another."""
    for button in buttons:
        button.installEventFilter(_Deaf(button, QEvent.Type.MouseButtonDblClick))


def ignore_wheel(*boxes: QComboBox) -> None:
    """Let the wheel choose nothing: it is turned over a box by accident."""
    for box in boxes:
        box.installEventFilter(_Deaf(box, QEvent.Type.Wheel))


class _Deaf(QObject):
    """Child of one widget that does not hear one kind of event."""

    def __init__(self, widget: QAbstractButton | QComboBox, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self._kind = kind

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return event.type() == self._kind
