"""How a command is stopped before it is done: tidily, and with an exit code of its own."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from faceapp.cli.say import note

INTERRUPTED = 130
"""The exit code that shells report for a program ended by Ctrl-C."""

_ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""What ends services, and programs whose terminal is closed; Windows has no SIGHUP."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM or SIGHUP within into a note and the exit code for it."""
    try:
        with _stopped_as_by_ctrl_c():
            yield
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal may be gone
            note("Stopped.")
        raise click.exceptions.Exit(INTERRUPTED) from None


@contextmanager
def _stopped_as_by_ctrl_c() -> Iterator[None]:
    """Let other signals end the code within as Ctrl-C does, unless they are ignored (nohup).

    Otherwise the process would be gone at once, and half an export or a demo's data left behind.
    """
    heard = [number for number in _ENDS if signal.getsignal(number) is signal.SIG_DFL]
    for number in heard:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)
