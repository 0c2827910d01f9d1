"""The only thread that writes to the database. Jobs run in the order of arrival; none is ever lost.

The service decides what may be done to the data, the caller what to do with a result.
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
"""Called on the clerk's thread with what a job changed, after its commit and before its result.

A `FaceAppError` that it raises is only logged, since the job itself is done.
"""

log = logging.getLogger(__name__)


class Clerk:
    """Runs jobs on the service, one after another, on its own thread.

    The service is opened at once, on that thread. If that fails, all jobs submitted so far fail
    with the same error, and the next job tries again. End it with `close`.
    """

    def __init__(self, open_service: Callable[[], Service]) -> None:
        self._open_service = open_service
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")
        self._lock = Lock()
        self._listeners: tuple[ChangeListener, ...] = ()
        self._closed = False
        # Written only by the clerk's thread.
        self._service: Service | None = None
        self._problem: Exception | None = None
        self._failures = 0
        self.submit(lambda _service: None)  # opens the service

    def submit(self, job: Callable[[Service], T]) -> Future[T]:
        """Run ``job(service)`` after all earlier jobs; the future has its result or error.

        The listeners are told what it changed, also what it changed before an error.
        Raises RuntimeError after `close`.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the clerk is closed")
            return self._executor.submit(self._run, job, self._failures)

    def listen(self, listener: ChangeListener) -> None:
        """Call ``listener(service, changes)`` on the clerk's thread after each job that writes."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

    def close(self) -> None:
        """Finish all submitted jobs, close the service and end the thread. May be repeated."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            last = self._executor.submit(self._close_service)
        self._executor.shutdown(wait=True)
        last.result()

    def _run(self, job: Callable[[Service], T], failures: int) -> T:
        """Run ``job``, submitted when opening had failed ``failures`` times."""
        try:
            service = self._opened(failures)
            try:
                return job(service)
            finally:
                self._publish(service)
        except FaceAppError as error:
            log.info("a job ended with %s", error.code)
            raise
        except Exception:
            # The future has the error too, but nobody may look there.
            log.exception("a job failed")
            raise

    def _publish(self, service: Service) -> None:
        changes = service.take_changes()
        if changes == Changes():
            return
        for listener in self._listeners:
            try:
                listener(service, changes)
            except FaceAppError as error:
                log.warning("a change is not known everywhere: %s", error.code)

    def _opened(self, failures: int) -> Service:
        if self._service is not None:
            return self._service
        if self._problem is not None and failures < self._failures:
            # Each attempt may take seconds, so all jobs that waited for it share its outcome.
            raise self._problem
        try:
            self._service = self._open_service()
        except Exception as problem:
            self._problem = problem
            self._failures += 1
            raise
        return self._service

    def _close_service(self) -> None:
        if self._service is not None:
            self._service.close()
