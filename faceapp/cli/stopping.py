"""Stops a command before it is done: tidily, and with its own exit code.

Python may raise KeyboardInterrupt between any two steps, even between taking a lock and the code
that releases it; the next to take that lock would then wait for ever. So work with its own threads
is done `uninterrupted`, in pieces of at most a second.
"""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import TypeVar

import click

from faceapp.cli.say import note
from faceapp.runtime.stuck import ended_if_stuck
from faceapp.ui import quit_signals

T = TypeVar("T")

INTERRUPTED = 130
"""The exit code that shells report for a program ended by Ctrl-C."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM or SIGHUP inside into a note and its exit code.

    Otherwise the process would end at once and leave half an export or a demo's data behind. That
    happens only if it still reads some seconds later, as from a network drive that is gone.
    """
    try:
        with quit_signals.handled_by(signal.default_int_handler), ended_if_stuck(INTERRUPTED):
            yield
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal may be gone
            note("Stopped.")
        raise click.exceptions.Exit(INTERRUPTED) from None


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Delay the KeyboardInterrupt of a signal that comes inside until all work inside is done."""
    came: list[int] = []
    with quit_signals.handled_by(lambda number, _: came.append(number)):
        yield
    if came:
        raise KeyboardInterrupt


@contextmanager
def whole(thing: AbstractContextManager[T]) -> Iterator[T]:
    """Enter and leave ``thing`` `uninterrupted`, even if Ctrl-C comes again meanwhile.

    For things with their own threads, and for things that must not be left behind.
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
    """Yield ``items``, making each and closing them `uninterrupted`, however iteration ends."""
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
