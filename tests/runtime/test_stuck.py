"""A process that is asked to end while a read does not return."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from faceapp.runtime.stuck import ended_if_stuck, however_long
from tests.helpers.signals import heard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals end any program there")

# Nothing is ever written into the pipe, and a signal with a handler does not end the read.
READING = """
import os, signal
from faceapp.runtime.stuck import ended_if_stuck

inlet, outlet = os.pipe()
signal.signal(signal.SIGTERM, lambda *_: None)
with ended_if_stuck(7, limit_s=0.1):
    print("reading", flush=True)
    os.read(inlet, 1)
"""


@pytest.fixture(autouse=True)
def hearing() -> Iterator[None]:
    with heard():
        yield


def test_a_read_that_never_returns_does_not_keep_the_process_alive() -> None:
    command = [sys.executable, "-c", READING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "reading\n"
            program.send_signal(signal.SIGTERM)
            assert program.wait(timeout=60) == 7
        finally:
            program.kill()


def test_what_ends_in_time_ends_by_itself() -> None:
    threads = threading.active_count()
    with pytest.raises(KeyboardInterrupt), ended_if_stuck(7):
        signal.raise_signal(signal.SIGINT)
    assert threading.active_count() == threads
    assert signal.set_wakeup_fd(-1) == -1


def test_who_may_take_long_is_not_watched() -> None:
    inlet, outlet = os.pipe()
    os.set_blocking(inlet, False)
    os.set_blocking(outlet, False)
    signal.set_wakeup_fd(outlet)
    try:
        with however_long(), pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(BlockingIOError):  # nobody was told
            os.read(inlet, 1)
    finally:
        assert signal.set_wakeup_fd(-1) == outlet
        os.close(inlet)
        os.close(outlet)
