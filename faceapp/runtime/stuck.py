"""Ends a process that is asked to end but cannot, since a read does not return.

Python hears a signal only once the library that it waits for returns, and a network drive that is
gone may never answer.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

STUCK_S = 10.0
"""How long work may go on after a signal: cleaning up takes a second or two."""


@contextmanager
def ended_if_stuck(code: int, limit_s: float = STUCK_S) -> Iterator[None]:
    """End the process with exit ``code`` if it is still inside ``limit_s`` after a signal.

    Concerns the signals that have a handler. What was committed is safe, as after a power failure.
    To be used on the main thread. Does nothing on Windows, where Ctrl-C can end any program.
    """
    if sys.platform == "win32":
        yield
        return
    inlet, outlet = os.pipe()
    os.set_blocking(outlet, False)
    left = Event()
    thread = Thread(target=_watch, args=(inlet, left, code, limit_s), name="stuck", daemon=True)
    thread.start()
    former = signal.set_wakeup_fd(outlet, warn_on_full_buffer=False)
    try:
        yield
    finally:
        left.set()
        signal.set_wakeup_fd(former)
        os.close(outlet)
        thread.join()
        os.close(inlet)


@contextmanager
def however_long() -> Iterator[None]:
    """Let the work inside take its time after a signal, as a window does that asks somebody."""
    former = signal.set_wakeup_fd(-1)
    try:
        yield
    finally:
        signal.set_wakeup_fd(former)


def _watch(inlet: int, left: Event, code: int, limit_s: float) -> None:
    while os.read(inlet, 1):  # nothing comes once the other end is closed
        if not left.wait(limit_s):
            os._exit(code)
