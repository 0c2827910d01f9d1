"""Starting a program that hears the signals which ask it to end, wherever the tests run."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BREAKS = [signal.SIGINT]
"""What ends a program that is asked to; on Windows only Ctrl-C is heard."""
if sys.platform != "win32":
    BREAKS += [signal.SIGTERM, signal.SIGHUP]


@contextmanager
def heard() -> Iterator[None]:
    """Let a program that is started within hear `BREAKS`.

    A shell starts what runs in the background, the tests perhaps, deaf to Ctrl-C; nohup does so to
    SIGHUP.
    """
    former = {number: signal.signal(number, signal.default_int_handler) for number in BREAKS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler or signal.SIG_DFL)
