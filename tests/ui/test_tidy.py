from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from faceapp.ui.tidy import Tidy


@pytest.fixture
def tidy(qapp: QApplication) -> Iterator[Tidy]:
    made = Tidy()
    yield made
    made.stop()


class Knot:
    """Garbage that only a collection frees; remembers on which thread that was."""

    freed_on: list[object]

    def __init__(self, freed_on: list[object]) -> None:
        self.freed_on = freed_on
        self.me = self

    def __del__(self) -> None:
        self.freed_on.append(QThread.currentThread())


def test_other_threads_free_no_widgets(tidy: Tidy, qapp: QApplication) -> None:
    freed_on: list[object] = []
    Knot(freed_on)

    def allocate() -> None:
        kept = [[number] for number in range(200_000)]
        assert len(kept) == 200_000

    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert freed_on == []
    tidy.collect_young()
    assert freed_on == [qapp.thread()]


def test_garbage_is_collected_while_the_window_runs(tidy: Tidy, qtbot: QtBot) -> None:
    label = QLabel("knot")
    qtbot.addWidget(label)
    label.setProperty("me", 1)
    freed: list[object] = []
    Knot(freed)
    tidy._young.setInterval(5)
    qtbot.waitUntil(lambda: bool(freed))
    assert label.text() == "knot"


def test_old_garbage_is_found_too(tidy: Tidy) -> None:
    freed: list[object] = []
    knot = Knot(freed)
    watch = weakref.ref(knot)
    tidy.collect_all()
    del knot
    assert watch() is not None
    tidy.collect_all()
    assert len(freed) == 1


def test_afterwards_everything_is_as_before(qapp: QApplication) -> None:
    frozen = gc.get_freeze_count()
    tidy = Tidy()
    assert not gc.isenabled()
    tidy.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == frozen
