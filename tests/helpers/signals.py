"""The signals that ask a program to end: hearing them wherever the tests run, and sending one."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from faceapp.types import U8, Face
from tests.helpers.seams import OneFace

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


class Interrupting(OneFace):
    """A detector during whose first look a signal comes; counts the looks that it ends."""

    def __init__(self, number: signal.Signals) -> None:
        super().__init__()
        self.done = 0
        self._number = number

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        if not self.done:
            signal.raise_signal(self._number)
        self.done += 1
        return super().detect(rgb)
