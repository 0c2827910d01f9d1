"""Accidental mouse events that a button or box must ignore."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QWidget


def take_double_click_as_one(*buttons: QAbstractButton) -> None:
    """Ignore the second press of a double click: by then the button may do something else."""
    for button in buttons:
        button.installEventFilter(_Ignore(button, QEvent.Type.MouseButtonDblClick))


def ignore_wheel(*fields: QWidget) -> None:
    """Ignore the wheel over ``fields``: it is turned there to scroll the page, not to choose."""
    for field in fields:
        field.installEventFilter(_Ignore(field, QEvent.Type.Wheel))


class _Ignore(QObject):
    """An event filter that keeps one kind of event from the widget that owns it."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self._kind = kind

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != self._kind:
            return False
        event.ignore()  # the widget's parent may still handle it
        return True
