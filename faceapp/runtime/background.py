"""A thread for other slow work, such as files: neither the clerk nor the camera waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")

LOOK_UP_S = 0.1
"""How often whoever waits for a thread asks whether to go on waiting."""

log = logging.getLogger(__name__)


class Background:
    """Runs jobs one after another on its own thread, which the first job starts.

    The thread is a daemon, since a read that never returns, as from a network drive that is gone,
    must not keep the program alive.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs = SimpleQueue[tuple[Future[object], Callable[[], object]] | None]()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._closed = False

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Run ``job()`` after all earlier jobs. Raises RuntimeError after `close`."""
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError(f"{self._name} is closed")
            if self._thread is None:
                self._thread = Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            self._jobs.put((future, job))  # type: ignore[arg-type]  # the job fits its future
        return future

    def close(self, given_up: Callable[[], bool] = lambda: False) -> None:
        """Finish all submitted jobs and end the thread. May be repeated.

        Waits until ``given_up()``; then the thread and its jobs are left behind.
        """
        with self._lock:
            self._closed = True
            thread = self._thread
        self._jobs.put(None)
        while thread is not None and thread.is_alive():
            thread.join(LOOK_UP_S)
            if thread.is_alive() and given_up():
                log.warning("left behind: %s", self._name)
                return

    def _work(self) -> None:
        while (begun := self._jobs.get()) is not None:
            _run(*begun)
            del begun  # do not keep the answer until the next job comes


def wait_for(future: Future[T], given_up: Callable[[], bool]) -> bool:
    """Wait until ``future`` is done or ``given_up()``; return whether it is done."""
    while not wait([future], LOOK_UP_S).done:
        if given_up():
            return False
    return True


def _run(future: Future[object], job: Callable[[], object]) -> None:
    """Run ``job()`` for its future, which gets the answer or the error."""
    try:
        answer = job()
    except BaseException as error:  # noqa: BLE001  whoever looks into the future handles it
        future.set_exception(error)
    else:
        future.set_result(answer)
