"""Long reads, on their own thread and connection.

What a camera sees must reach the disk at once, however long a list somebody is reading. A sighting
that waits behind the list on the clerk's thread would be lost in a power failure.
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

T = TypeVar("T")


class Reader:
    """Runs jobs that only read, in order. They see everything that finished clerk jobs have done.

    The database is opened after the clerk has opened it; if that fails, the jobs fail with the same
    error. Where reading blocks writers (on file systems without shared memory, such as some network
    shares), the jobs run on the clerk. Close it before the clerk.
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
        """Run ``job(service)``, which must not write. Raises RuntimeError after `close`."""
        return self._thread.submit(partial(self._run, job))

    def close(self) -> None:
        """Finish all submitted jobs and end the thread. May be repeated."""
        self._thread.close()

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
                self._clerk.submit(lambda writing: writing.remove_traces())
