"""Answers to modal dialogs: what the operator would do once the dialog is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

D = TypeVar("D", bound=QDialog)


@contextmanager
def answering(kind: type[D], act: Callable[[D], object]) -> Iterator[list[D]]:
    """Do ``act(dialog)`` to the first dialog of this kind; a dialog that stays open is closed.

    The list holds the dialog once it was answered.
    """
    answered: list[D] = []
    timer = QTimer(interval=5)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind):
            return
        timer.stop()
        answered.append(dialog)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    timer.timeout.connect(look)
    timer.start()
    try:
        yield answered
    finally:
        timer.stop()
