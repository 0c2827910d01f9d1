"""Work that waits while the database is busy or cannot be written: facts may be late, not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from faceapp.cli.say import note
from faceapp.errors import StoreBusy, StoreError, StoreFull
from faceapp.runtime.recorder import Backlog

if TYPE_CHECKING:
    from faceapp.clock import Clock
    from faceapp.service import Service
    from faceapp.types import Recorded, Sighting

AGAIN_S = 5.0


class Waiting:
    """Makes entries of sightings and calls ``on_recorded`` for each.

    While ``patient``, for a camera that runs all day, what cannot be written now is tried again
    every `AGAIN_S`, with one note. Otherwise errors are raised.
    """

    def __init__(
        self, service: Service, on_recorded: Callable[[Sighting, Recorded], None], clock: Clock
    ) -> None:
        self.patient = False
        self._service, self._on_recorded, self._clock = service, on_recorded, clock
        self._backlog = Backlog(self._hear, self._bear)
        self._again_s = clock.monotonic()
        self._told = False

    def add(self, sighting: Sighting) -> None:
        """Keep a sighting until its entry is made: now, or by a later `write`."""
        self._backlog.add(sighting)
        self.write()

    def write(self) -> None:
        """Make the entries that wait, if it is time to.

        Raises StoreError: without patience, and where waiting would not help.
        """
        if self._clock.monotonic() >= self._again_s:
            self._backlog.write(self._service)

    def write_last(self) -> None:
        """Make the entries that still wait; if that fails, note how many are lost.

        Raises StoreError.
        """
        self.patient = False
        try:
            self._backlog.write(self._service)
        finally:
            if self._backlog:
                note(f"Entries that could not be written and are lost: {len(self._backlog)}")

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Postpone the work within if the database is busy or cannot be written."""
        try:
            yield
        except StoreError as error:
            self._bear(error)

    def _hear(self, sighting: Sighting, recorded: Recorded) -> None:
        self._told = False
        self._on_recorded(sighting, recorded)

    def _bear(self, error: Exception) -> None:
        """Note ``error`` and try again later where that may help; otherwise raise it."""
        trouble = _passing(error)
        if not self.patient or trouble is None:
            raise error
        self._again_s = self._clock.monotonic() + AGAIN_S
        if not self._told:
            note(f"The database {trouble}; entries wait and are tried again every {AGAIN_S:.0f} s.")
        self._told = True


def _passing(error: Exception) -> str | None:
    """Return what is wrong with the database if waiting may help; else None."""
    if isinstance(error, StoreBusy):
        return "is busy"
    if isinstance(error, StoreFull):
        return "is full"
    if isinstance(error, StoreError) and error.details.get("sqlite") == "SQLITE_IOERR_WRITE":
        return "cannot be written"  # a used-up quota, a share that is away
    return None
