"""The hunters themselves: a leak or a warning that they miss would be missed everywhere."""

from __future__ import annotations

import gc
import logging
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers import leaks, logfail


@pytest.mark.parametrize("daemon", [True, False])
def test_a_thread_that_lives_on_is_found(daemon: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "GRACE_S", 0.05)
    before, stop = set(threading.enumerate()), threading.Event()
    thread = threading.Thread(target=stop.wait, name="forgotten", daemon=daemon)
    thread.start()
    found = leaks.threads_since(before)
    stop.set()
    assert len(found) == 1
    assert "thread 'forgotten'" in found[0]
    assert "wait" in found[0]
    assert leaks.threads_since(before) == []


def test_a_window_that_stays_is_found(qtbot: QtBot) -> None:
    before = leaks.windows()
    window = QLabel("forgotten")
    found = leaks.qt_since(before)
    assert len(found) == 1
    assert "window <PySide6.QtWidgets.QLabel" in found[0]
    window.deleteLater()
    del window
    assert leaks.qt_since(before) == []


@pytest.mark.parametrize("frozen", [False, True])
def test_a_timer_that_runs_on_is_found(qtbot: QtBot, frozen: bool) -> None:
    before = leaks.windows()
    timer = QTimer()
    timer.start(60_000)
    if frozen:  # as a window freezes what was there before it opened
        gc.freeze()
    found = leaks.qt_since(before)
    timer.stop()
    assert len(found) == 1
    assert found[0].startswith("timer <PySide6.QtCore.QTimer")
    assert leaks.qt_since(before) == []


@pytest.mark.expect_log("the camera is on fire")
def test_warnings_are_heard() -> None:
    listener = logfail.Listener()
    logging.getLogger().addHandler(listener)
    logging.getLogger("faceapp.test").warning("the camera is %s", "on fire")
    logging.getLogger().removeHandler(listener)
    assert listener.heard == ["WARNING faceapp.test: the camera is on fire"]


@pytest.mark.parametrize(
    ("heard", "expected", "complaints"),
    [
        ([], [], []),
        (["a"], [], ["unexpected log: a"]),
        (["ab", "b"], ["a"], ["unexpected log: b"]),
        ([], ["a"], ["expected in the log and not there: a"]),
        (["cab"], ["a"], []),
    ],
)
def test_logs_and_announcements_must_agree(
    heard: list[str], expected: list[str], complaints: list[str]
) -> None:
    assert logfail.complaints(heard, expected) == complaints
