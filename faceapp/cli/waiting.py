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

    If ``patient``, for a camera that runs all day, what cannot be written is tried again every
    `AGAIN_S`, with one note. Otherwise errors are raised.
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
        """Hold a sighting until its entry is made: now, or by a later `write`."""
        self._backlog.add(sighting)
        self.write()

    def write(self) -> None:
        """Make the waiting entries if it is time to.

        Raises StoreError if not patient, or if waiting would not help.
        """
        if self._clock.monotonic() >= self._again_s:
            self._backlog.write(self._service)

    def write_last(self) -> None:
        """Make the entries that are still waiting; if that fails, note how many are lost.

        Raises StoreError.
        """
        self.patient = False
        try:
            self._backlog.write(self._service)
        finally:
            if self._backlog:
                note(f"Entries lost because they could not be saved: {len(self._backlog)}")

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Postpone the work inside if the database is busy or cannot be written."""
        try:
            yield
        except StoreError as error:
            self._bear(error)

    def _hear(self, sighting: Sighting, recorded: Recorded) -> None:
        self._told = False
        self._on_recorded(sighting, recorded)

    def _bear(self, error: Exception) -> None:
        """Note ``error`` and schedule another attempt if that may help; otherwise raise it."""
        trouble = _passing(error)
        if not self.patient or trouble is None:
            raise error
        self._again_s = self._clock.monotonic() + AGAIN_S
        if not self._told:
            note(f"The database {trouble}; entries are kept and tried again every {AGAIN_S:.0f} s.")
        self._told = True


def _passing(error: Exception) -> str | None:
    """Return what is wrong with the database if waiting may help; else None."""
    if isinstance(error, StoreBusy):
        return "is busy"
    if isinstance(error, StoreFull):
        return "is full"
    if isinstance(error, StoreError) and error.details.get("sqlite") == "SQLITE_IOERR_WRITE":
        return "cannot be written to"  # an exhausted quota, an unavailable share
    return None
