from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from faceapp.ui.garbage import YOUNG_MS, GarbageCollection

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def garbage() -> Iterator[GarbageCollection]:
    made = GarbageCollection()
    yield made
    made.stop()


class Knot:
    """Garbage that only a collection frees; remembers on which thread that was."""

    def __init__(self, freed_on: list[object]) -> None:
        self.freed_on = freed_on
        self.me = self

    def __del__(self) -> None:
        self.freed_on.append(QThread.currentThread())


def test_other_threads_free_no_widgets(garbage: GarbageCollection, qapp: QApplication) -> None:
    freed_on: list[object] = []
    Knot(freed_on)

    def allocate() -> None:
        kept = [[number] for number in range(200_000)]
        assert len(kept) == 200_000

    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert freed_on == []
    garbage.collect_young()
    assert freed_on == [qapp.thread()]


def test_garbage_is_collected_while_the_window_runs(
    garbage: GarbageCollection, qtbot: QtBot
) -> None:
    label = QLabel("knot")
    qtbot.addWidget(label)
    label.setProperty("me", 1)
    freed: list[object] = []
    Knot(freed)
    for timer in garbage.findChildren(QTimer):
        if timer.interval() == YOUNG_MS:
            timer.setInterval(5)
    qtbot.waitUntil(lambda: bool(freed))
    assert label.text() == "knot"


def test_old_garbage_is_found_too(garbage: GarbageCollection) -> None:
    freed: list[object] = []
    knot = Knot(freed)
    watch = weakref.ref(knot)
    garbage.collect_all()
    del knot
    assert watch() is not None
    garbage.collect_all()
    assert len(freed) == 1


def test_afterwards_everything_is_as_before() -> None:
    frozen = gc.get_freeze_count()
    garbage = GarbageCollection()
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == frozen
