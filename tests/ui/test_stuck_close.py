"""Closing the window while a read does not return, after a signal has asked the program to end."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from faceapp.config import Settings
from faceapp.pipeline import Pipeline
from faceapp.runtime.background import LOOK_UP_S
from faceapp.store import open_store
from faceapp.types import Person, PersonId
from faceapp.ui import run
from faceapp.ui.main_window import MainWindow
from faceapp.ui.run import run_window
from faceapp.ui.shell import Shell
from tests.helpers.seams import WAIT_S
from tests.helpers.signals import heard
from tests.ui.rooms import RoomParts


@pytest.mark.expect_log("left behind: aside")
def test_the_window_closes_and_what_was_done_is_kept(qapp: QApplication, parts: RoomParts) -> None:
    reading, answer, returned = Event(), Event(), Event()

    def read() -> None:
        reading.set()
        answer.wait(WAIT_S)
        returned.set()

    shell = Shell(qapp, parts, given_up=lambda: True)
    shell.desk.ops.aside(read)
    assert reading.wait(WAIT_S)
    shell.desk.ops.run(lambda service: service.add_person(Person(PersonId("P1"), "Grace Okafor")))
    shell.close()
    assert not returned.is_set()
    store = open_store(parts.paths.database)
    assert [row.person.id for row in store.people.summaries()] == ["P1"]
    store.close()
    answer.set()  # only so that this test leaves no thread
    assert returned.wait(WAIT_S)
    shell.window.deleteLater()
    shell.desk.theme.deleteLater()


@dataclass
class SlowParts(RoomParts):
    """Models on a drive that does not answer until it is told to."""

    reading: Event = field(default_factory=Event)
    answer: Event = field(default_factory=Event)
    returned: Event = field(default_factory=Event)

    def build_pipeline(self, settings: Settings) -> Pipeline:
        self.reading.set()
        self.answer.wait(WAIT_S)
        pipeline = super().build_pipeline(settings)
        self.returned.set()
        return pipeline


@pytest.mark.expect_log("left behind: control")
def test_the_window_closes_while_models_are_loaded(qapp: QApplication, parts: RoomParts) -> None:
    slow = SlowParts(parts.data_dir)
    shell = Shell(qapp, slow, given_up=lambda: True)
    shell.desk.camera.warm_up()
    assert slow.reading.wait(WAIT_S)
    shell.close()
    assert not slow.returned.is_set()
    slow.answer.set()  # only so that this test leaves no thread
    assert slow.returned.wait(WAIT_S)
    shell.window.deleteLater()
    shell.desk.theme.deleteLater()


class Staying(QObject):
    """The operator does not let the window close, writes a file, and closes it then."""

    def __init__(self) -> None:
        super().__init__()
        self.written = False
        self._asked = False
        self._look = QTimer(self, interval=5)
        self._look.timeout.connect(self._ask_to_end)
        self._look.start()

    def eventFilter(self, window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() != QEvent.Type.Close or self._asked or not isinstance(window, MainWindow):
            return False
        self._asked = True
        event.ignore()
        QTimer.singleShot(0, lambda: self._leave(window))
        return True

    def _ask_to_end(self) -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible():
                self._look.stop()
                window.installEventFilter(self)
                signal.raise_signal(signal.SIGINT)

    def _leave(self, window: MainWindow) -> None:
        window._desk.ops.aside(self._write)  # noqa: SLF001
        window.close()

    def _write(self) -> None:
        Event().wait(3 * LOOK_UP_S)  # longer than closing waits before it may give up
        self.written = True


@pytest.mark.usefixtures("qapp")
def test_whoever_stays_is_waited_for_afterwards(
    parts: RoomParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "STUCK_MS", 0)
    operator = Staying()
    with heard():
        assert run_window(parts) == 0
    assert operator.written
