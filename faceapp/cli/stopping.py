"""How a command is stopped before it is done: tidily, and with an exit code of its own."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import click

from faceapp.cli.say import note

INTERRUPTED = 130
"""The exit code that shells report for a program ended by Ctrl-C."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C within into a note and the exit code for it."""
    try:
        yield
    except KeyboardInterrupt:
        note("Stopped.")
        raise click.exceptions.Exit(INTERRUPTED) from None


@contextmanager
def stopped_as_by_ctrl_c() -> Iterator[None]:
    """Let SIGTERM, which stops services, end the code within as Ctrl-C does.

    Otherwise the process would be gone at once, and half an export left behind.
    """
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
