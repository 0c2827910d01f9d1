"""How a command is stopped before it is done: tidily, and with an exit code of its own.

Python raises KeyboardInterrupt between any two of its steps, also between taking a lock and what
will give it back: whoever takes that lock next waits for ever. So what works with threads of its
own is done `uninterrupted`, in pieces of a second at most.
"""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import TypeVar

import click

from faceapp.cli.say import note
from faceapp.ui import quit_signals

T = TypeVar("T")

INTERRUPTED = 130
"""The exit code that shells report for a program ended by Ctrl-C."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM or SIGHUP within into a note and the exit code for it.

    Otherwise the process would be gone at once, and half an export or a demo's data left behind.
    """
    try:
        with quit_signals.handled_by(signal.default_int_handler):
            yield
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal may be gone
            note("Stopped.")
        raise click.exceptions.Exit(INTERRUPTED) from None


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Raise KeyboardInterrupt for a signal that comes within only when all within is done."""
    came: list[int] = []
    with quit_signals.handled_by(lambda number, _: came.append(number)):
        yield
    if came:
        raise KeyboardInterrupt


@contextmanager
def whole(thing: AbstractContextManager[T]) -> Iterator[T]:
    """Enter ``thing`` and leave it `uninterrupted`, also when Ctrl-C comes once more then.

    For what has threads of its own, and for what must not be left behind.
    """
    ending = ExitStack()
    try:
        with uninterrupted():
            entered = ending.enter_context(thing)
        yield entered
    finally:
        with uninterrupted():
            ending.close()


def one_by_one(items: Generator[T]) -> Iterator[T]:
    """Yield ``items``, each made `uninterrupted`; close them so too, however that ends."""
    try:
        while True:
            with uninterrupted():
                try:
                    item = next(items)
                except StopIteration:
                    return
            yield item
    finally:
        with uninterrupted():
            items.close()
