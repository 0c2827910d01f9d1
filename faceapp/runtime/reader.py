"""Long reads, on a thread and a connection of their own.

What a camera sees must be on the disk at once, however long a list somebody looks at: what waited
behind the list on the clerk's thread would be lost with the power.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from faceapp.runtime.clerk import Clerk, Future

if TYPE_CHECKING:
    from faceapp.config import Settings
    from faceapp.service import Service
    from faceapp.types import Changes

__all__ = ["Reader"]

T = TypeVar("T")


class Reader:
    """Runs jobs that only read, in order. They find all that the clerk's finished jobs have done.

    The database is opened when the clerk has opened it; where that failed, the jobs fail with the
    same error. Where reading keeps others from writing (a file system without shared memory, as of
    some networks), the clerk itself reads. Close it before the clerk.
    """

    def __init__(self, clerk: Clerk, open_reading: Callable[[], Service]) -> None:
        self._clerk = clerk
        self._settings: Settings | None = None

        def opened() -> Service:
            clerk.submit(lambda _service: None).result()
            return open_reading()

        self._thread = Clerk(opened)
        clerk.listen(self._hear)

    def submit(self, job: Callable[[Service], T]) -> Future[T]:
        """Run ``job(service)``; what it writes is refused. Raises RuntimeError after `close`."""
        return self._thread.submit(partial(self._run, job))

    def close(self) -> None:
        """Do all that was submitted and end the thread. May be repeated."""
        self._thread.close()

    def _hear(self, service: Service, changes: Changes) -> None:
        """On the clerk's thread, before anybody is told that the settings are others."""
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
                # Somebody was forgotten, and this read kept the file from being rebuilt.
                self._clerk.submit(lambda writing: writing.remove_traces())
