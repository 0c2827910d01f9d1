"""Accidental mouse events that a button or box must ignore."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QWidget


def take_double_click_as_one(*buttons: QAbstractButton) -> None:
    """Let only the first press of a double click count: by the second the button is another."""
    for button in buttons:
        button.installEventFilter(_Deaf(button, QEvent.Type.MouseButtonDblClick))


def ignore_wheel(*fields: QWidget) -> None:
    """Let the wheel choose nothing: it is turned over a field by accident, to scroll the page."""
    for field in fields:
        field.installEventFilter(_Deaf(field, QEvent.Type.Wheel))


class _Deaf(QObject):
    """Child of one widget that does not hear one kind of event."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self._kind = kind

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != self._kind:
            return False
        event.ignore()  # what lies around the widget may hear it
        return True
