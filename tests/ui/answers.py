"""Answers to modal dialogs: what the operator would do once the dialog is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from faceapp.ui.dialogs.shell import Dialog

D = TypeVar("D", bound=QDialog)


@contextmanager
def _looking(look: Callable[[QTimer], object]) -> Iterator[None]:
    """Call ``look`` every few milliseconds, also while a dialog is open, until its timer stops."""
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: look(timer))
    timer.start()
    try:
        yield
    finally:
        timer.stop()


@contextmanager
def answering(kind: type[D], act: Callable[[D], object]) -> Iterator[list[D]]:
    """Do ``act(dialog)`` to a dialog of this kind, which must come; one that stays open is closed.

    The list holds the dialog once it was answered, at the latest when the block ends.
    """
    answered: list[D] = []

    def look(timer: QTimer) -> None:
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

    with _looking(look):
        yield answered
        limit = QDeadlineTimer(10_000)
        while not answered and not limit.hasExpired():
            QTest.qWait(5)
    assert answered, f"no {kind.__name__} was opened"


@contextmanager
def answering_each(kind: type[D], act: Callable[[D], object]) -> Iterator[None]:
    """Do ``act(dialog)`` to every dialog of this kind that may come, also one on top of another."""

    def look(_: QTimer) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)

    with _looking(look):
        yield


@contextmanager
def refusing(kind: type[Dialog]) -> Iterator[list[str]]:
    """Refuse every dialog of this kind.

    The list holds what each of them would have done, in the words of its button.
    """
    refused: list[str] = []

    def refuse(dialog: Dialog) -> None:
        refused.append(dialog.do_button.text())
        dialog.reject()

    with answering_each(kind, refuse):
        yield refused
