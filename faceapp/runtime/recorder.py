"""Sightings on their way to the database: handed to the clerk, reported only after the commit."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from faceapp.errors import StoreError
from faceapp.runtime.clerk import Clerk
from faceapp.types import Recorded, Sighting

if TYPE_CHECKING:
    from faceapp.service import Service


class Backlog:
    """Sightings that are not entries yet, in their order; for one writing thread.

    What the store refuses stays, and goes to ``on_failure``, which may raise it; what Ctrl-C or
    a lack of memory interrupts stays too. The sighting's key makes it harmless that a row may have
    been written after all. ``on_recorded`` hears of each entry after the commit.
    """

    def __init__(
        self,
        on_recorded: Callable[[Sighting, Recorded], None],
        on_failure: Callable[[Exception], None],
    ) -> None:
        self._on_recorded = on_recorded
        self._on_failure = on_failure
        self._waiting: deque[Sighting] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, sighting: Sighting) -> None:
        """Put a sighting at the end. From any thread."""
        self._waiting.append(sighting)

    def write(self, service: Service) -> None:
        """Make entries until the store refuses. Only one thread takes from the row."""
        while self._waiting:
            sighting = self._waiting[0]
            try:
                recorded = service.record(sighting)
            except StoreError as error:
                self._on_failure(error)
                return
            except MemoryError:
                # No fault of the sighting's: it can be written once there is room again.
                raise
            except Exception:
                # Trying again would not help, and the others must not wait behind it.
                self._waiting.popleft()
                raise
            self._waiting.popleft()
            self._on_recorded(sighting, recorded)


class Recorder:
    """Turns sightings into entries and loses none while the disk is full or the database busy.

    What could not be written waits and is tried again with the next sighting or by `retry`. Both
    hooks are called on the clerk's thread: ``on_recorded`` after the commit, ``on_failure`` with
    what kept a sighting from being written. Only a `StoreError` or a lack of memory lets it wait.
    """

    def __init__(
        self,
        clerk: Clerk,
        on_recorded: Callable[[Sighting, Recorded], None],
        on_failure: Callable[[Exception], None],
    ) -> None:
        self._clerk = clerk
        self._on_failure = on_failure
        self._backlog = Backlog(on_recorded, on_failure)

    @property
    def waiting(self) -> int:
        """How many sightings are not written yet."""
        return len(self._backlog)

    def record(self, sighting: Sighting) -> None:
        """Hand ``sighting`` over and return at once. From any thread."""
        self._backlog.add(sighting)
        self.retry()

    def retry(self) -> None:
        """Try once more to write what waits. From any thread."""
        self._clerk.submit(self._backlog.write).add_done_callback(
            # Where even the opening failed, nothing was tried.
            lambda done: self._hear(done.exception())
        )

    def _hear(self, error: BaseException | None) -> None:
        if isinstance(error, Exception):
            self._on_failure(error)
