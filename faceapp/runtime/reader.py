"""Reads that may take long, on another thread and connection than the clerk's.

What a camera sees must reach the disk at once, however long a list somebody is reading. A sighting
that waits behind the list on the clerk's thread would be lost in a power failure.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from faceapp.runtime.clerk import Clerk, Future

if TYPE_CHECKING:
    from faceapp.config import Settings
    from faceapp.service import Service
    from faceapp.types import Changes

T = TypeVar("T")


class Reader:
    """Runs jobs that only read, in order. They see everything that finished clerk jobs have done.

    The database is opened after the clerk has opened it; if that fails, the jobs fail with the same
    error. Where reading blocks writers (on file systems without shared memory, such as some network
    shares), the jobs run on the clerk. Close it before the clerk.
    """

    def __init__(self, clerk: Clerk, open_reading: Callable[[], Service]) -> None:
        self._clerk = clerk
        self._open_reading = open_reading
        self._settings: Settings | None = None
        self._kept_traces = False
        self._thread = Clerk(self._opened)
        clerk.listen(self._hear)

    def submit(self, job: Callable[[Service], T]) -> Future[T]:
        """Run ``job(service)``, which must not write. Raises RuntimeError after `close`."""
        return self._thread.submit(partial(self._run, job))

    def read_here(self, job: Callable[[Service], T]) -> T:
        """Run ``job(service)``, which must not write, on this thread and a connection of its own.

        For what takes so long that submitted jobs should not wait for it. Raises like `submit`, and
        what opening and the job raise.
        """
        with closing(self._opened()) as service:
            return self._run(job, service)

    def close(self) -> None:
        """Finish all submitted jobs and end the thread. May be repeated."""
        self._thread.close()

    def _opened(self) -> Service:
        self._clerk.submit(lambda _service: None).result()
        return self._open_reading()

    def _hear(self, service: Service, changes: Changes) -> None:
        """Note new settings; on the clerk's thread, before anybody is told of them."""
        if changes.settings:
            self._settings = service.settings

    def _run(self, job: Callable[[Service], T], service: Service) -> T:
        wanted = self._settings
        if wanted is not None and wanted is not service.settings:
            service.use_settings(wanted)
        if not service.reads_beside_writes:
            return self._clerk.submit(job).result()
        clean = not service.traces_left()
        try:
            return job(service)
        finally:
            if clean and service.traces_left():
                # Somebody was forgotten meanwhile, and this read prevented rebuilding the file.
                self._kept_traces = True
            if self._kept_traces:  # by this read, or by another until this one ended
                self._clerk.submit(self._remove_traces)

    def _remove_traces(self, service: Service) -> None:
        service.remove_traces()
        self._kept_traces = service.traces_left()
