"""Faults of our own in the window: one box in plain words, with details that name nobody."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import NoReturn

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from faceapp import logs
from faceapp.service import Service
from faceapp.ui import words
from tests.ui.rooms import Room

NAME = "Clara Bennett"

pytestmark = pytest.mark.expect_log("a fault of the program|a job failed|uncaught error")


@pytest.fixture
def shown(room: Room) -> Iterator[Callable[[], QMessageBox]]:
    """Wait for the box and return it."""

    def box() -> QMessageBox:
        room.until(lambda: room.window.faults.box is not None)
        found = room.window.faults.box
        assert found is not None
        return found

    yield box
    room.bugs.clear()


@pytest.fixture
def uncaught(room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Hear what nothing has caught as a window does that logs; not as the tests do."""
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)
    undo = logs.set_up(tmp_path / "logs")
    release = logs.hear_uncaught(room.desk.notices.bug_found.emit)
    yield
    release()
    undo()


def press(box: QMessageBox, text: str) -> None:
    """Press a button of the box, which then closes."""
    (button,) = [one for one in box.findChildren(QPushButton) if one.text() == text]
    button.click()
    assert not box.isVisible()


def test_a_fault_is_told_in_plain_words(room: Room, shown: Callable[[], QMessageBox]) -> None:
    def broken(_service: Service) -> NoReturn:
        raise ZeroDivisionError("our fault")

    room.desk.ops.run(broken, label="divide")
    box = shown()
    assert box.isVisible()
    assert box.text() == words.shell.BUG()
    assert box.informativeText() == words.shell.BUG_HINT(path=room.parts.paths.logs)
    assert room.bugs[0].__notes__ == ["while: divide"]
    press(box, words.common.CLOSE())
    assert room.people() == []


def test_a_fault_that_comes_while_one_is_shown_is_told_the_next_time(
    room: Room, shown: Callable[[], QMessageBox]
) -> None:
    def broken(_service: Service) -> NoReturn:
        raise ZeroDivisionError

    def worse(_service: Service) -> NoReturn:
        raise LookupError

    room.desk.ops.run(broken)
    box = shown()
    room.desk.ops.run(worse)
    room.until(lambda: len(room.bugs) == 2)
    room.wait_for_clerk()
    assert room.window.findChildren(QMessageBox) == [box]
    press(box, words.common.CLOSE())
    room.desk.ops.run(worse)
    press(shown(), words.common.CLOSE())


def test_the_details_are_copied_without_names(
    room: Room, shown: Callable[[], QMessageBox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "_HOME", str(Path(__file__).parent))

    def broken(_service: Service) -> NoReturn:
        raise ValueError(f"nobody is called {NAME!r}")

    room.desk.ops.run(broken)
    press(shown(), words.shell.COPY_DETAILS())
    copied = QGuiApplication.clipboard().text()
    assert re.match(r"faceapp \d+\.\d+\.\d+, Python \d", copied)
    assert "ValueError: nobody is called <value>" in copied
    assert f'"~{Path(__file__).name}"'.replace("~", "~/") in copied
    assert NAME not in copied
    assert str(Path(__file__).parent) not in copied


@pytest.mark.usefixtures("uncaught")
def test_a_fault_at_every_painting_is_told_and_logged_a_few_times(
    room: Room, shown: Callable[[], QMessageBox], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    class Broken(QWidget):
        painted = 0

        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            self.painted += 1
            raise ZeroDivisionError

    broken = Broken(room.window)
    broken.show()
    again = QTimer(interval=0)
    again.timeout.connect(broken.update)
    again.start()
    press(shown(), words.common.CLOSE())
    room.until(lambda: broken.painted >= 64)
    again.stop()
    broken.deleteLater()
    assert room.window.faults.box is None
    written = (tmp_path / "logs" / logs.FILE_NAME).read_text("utf-8")
    assert written.count("uncaught error") == broken.painted.bit_length()
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.usefixtures("uncaught")
def test_another_fault_is_told_too_also_one_of_another_thread(
    room: Room, shown: Callable[[], QMessageBox]
) -> None:
    def broken(_service: Service) -> NoReturn:
        raise ZeroDivisionError

    def worse() -> NoReturn:
        raise LookupError

    room.desk.ops.run(broken)
    press(shown(), words.common.CLOSE())
    thread = Thread(target=worse)
    thread.start()
    thread.join()
    press(shown(), words.common.CLOSE())
    assert [type(bug) for bug in room.bugs] == [ZeroDivisionError, LookupError]


@pytest.mark.usefixtures("uncaught")
def test_what_python_ignores_is_told_too(room: Room, shown: Callable[[], QMessageBox]) -> None:
    class Broken:
        def __del__(self) -> None:
            raise ZeroDivisionError

    Broken()
    assert shown().isVisible()
    press(shown(), words.common.CLOSE())
    assert len(room.bugs) == 1
