"""Finds what a test left behind: threads, windows and running timers."""

from __future__ import annotations

import gc
import sys
import threading
import time
import traceback
from typing import Any

GRACE_S = 3.0

# Qt keeps these for itself, one for the whole process.
KEPT_BY_QT = frozenset({"QTipLabel", "QShapedPixmapWindow", "QRollEffect"})


def threads_since(before: set[threading.Thread]) -> list[str]:
    """Name the threads that are alive and were not in ``before``, with where they stand.

    A thread that is just ending gets a moment for it.
    """
    end_s = time.monotonic() + GRACE_S
    found = []
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, end_s - time.monotonic()))
        if thread.is_alive():
            frame = sys._current_frames().get(thread.ident or 0)
            where = "".join(traceback.format_stack(frame)[-3:]) if frame else ""
            found.append(f"thread {thread.name!r}\n{where}")
    return found


def windows() -> set[Any]:
    """Return every top-level widget there is; none without a QApplication."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return set()
    return {
        widget
        for widget in widgets.QApplication.topLevelWidgets()
        if widget.metaObject().className() not in KEPT_BY_QT
    }


def qt_since(windows_before: set[Any]) -> list[str]:
    """Name the windows that were not there before, and every timer that still runs."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return []
    found = _qt_now(core, windows_before)
    for wait in (_deferred, gc.collect, _deferred):
        if not found:
            break
        # Perhaps only waiting for the event loop or, in a cycle, for the garbage collector.
        wait()
        found = _qt_now(core, windows_before)
    return found


def _deferred() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _qt_now(core: Any, windows_before: set[Any]) -> list[str]:
    import shiboken6

    left = windows() - windows_before
    # Not those of `gc`: they are a hundred times as many, without the ones that are frozen.
    things: list[Any] = shiboken6.getAllValidWrappers()
    timers = [thing for thing in things if type(thing) is core.QTimer and thing.isActive()]
    pool = core.QThreadPool.globalInstance().activeThreadCount()
    return [
        *(f"window {window!r}" for window in left),
        *(f"timer {timer!r} in {timer.parent()!r}" for timer in timers),
        *([f"{pool} threads of Qt's pool"] if pool else []),
    ]
