"""The one thread that owns the database. Jobs run in the order they came; none is ever lost.

What may be done to the data is the service's business, what to do with an answer the caller's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from faceapp.errors import FaceAppError
from faceapp.types import Changes

if TYPE_CHECKING:
    from faceapp.service import Service

__all__ = ["ChangeListener", "Clerk", "Future"]

T = TypeVar("T")

ChangeListener = Callable[["Service", Changes], None]
"""Told on the clerk's thread what a job changed, after its commit and before its answer."""

log = logging.getLogger(__name__)


class Clerk:
    """Runs jobs on the service, one after the other, on a thread of its own.

    The service is opened on that thread by the first job. `opened` tells when it is, or why it
    could not be; every job then fails with that same error. Give it up with `close`.
    """

    def __init__(self, open_service: Callable[[], Service]) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")
        self._lock = Lock()
        self._listeners: tuple[ChangeListener, ...] = ()
        self._closed = False
        self.opened: Future[Service] = self._executor.submit(open_service)

    def submit(self, job: Callable[[Service], T]) -> Future[T]:
        """Run ``job(service)`` after all jobs before it; its answer or error is in the future.

        A job that answers `Changes`, or a tuple that ends with them, tells the listeners.
        Raises RuntimeError after `close`.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the clerk is closed")
            return self._executor.submit(self._run, job)

    def listen(self, listener: ChangeListener) -> None:
        """Call ``listener(service, changes)`` on the clerk's thread after each change."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

    def close(self) -> None:
        """Do all that was submitted, close the service and end the thread. May be repeated."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            last = self._executor.submit(self._close_service)
        self._executor.shutdown(wait=True)
        last.result()

    def _run(self, job: Callable[[Service], T]) -> T:
        # Done already: it was the first on this very thread.
        service = self.opened.result()
        try:
            answer = job(service)
            self._tell(service, _changes_in(answer))
        except FaceAppError as error:
            log.info("a job ended with %s", error.code)
            raise
        except Exception:
            # The future carries it too, but nobody need look there.
            log.exception("a job failed")
            raise
        return answer

    def _tell(self, service: Service, changes: Changes | None) -> None:
        if changes is None or changes == Changes():
            return
        for listener in self._listeners:
            listener(service, changes)

    def _close_service(self) -> None:
        if self.opened.exception() is None:
            self.opened.result().close()


def _changes_in(answer: object) -> Changes | None:
    last = answer[-1] if isinstance(answer, tuple) and answer else answer
    return last if isinstance(last, Changes) else None
