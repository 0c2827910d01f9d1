"""Work that waits while the database is busy or full: facts may be late, not lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from faceapp.cli.say import note
from faceapp.errors import StoreBusy, StoreFull

if TYPE_CHECKING:
    from faceapp.clock import Clock
    from faceapp.types import PersonId, Recorded, Sighting

AGAIN_S = 5.0


class Waiting:
    """Makes entries of sightings with ``record``.

    With ``patient``, as before a camera that is watched all day, what cannot be written now is
    tried again every `AGAIN_S`, and it is said once. Otherwise errors are raised.
    """

    def __init__(
        self, record: Callable[[Sighting], Recorded], clock: Clock, *, patient: bool
    ) -> None:
        self._record, self._clock, self._patient = record, clock, patient
        self._sightings: deque[Sighting] = deque()
        self._again_s = clock.monotonic()
        self._told = False

    def add(self, sighting: Sighting) -> None:
        """Keep a sighting until `entered` has made its entry."""
        self._sightings.append(sighting)

    def entered(self, *, last: bool = False) -> list[tuple[PersonId, Recorded]]:
        """Make the entries that wait, if it is time to; with ``last`` at once, and for good.

        Raises StoreError: without patience, at the last, and where waiting would not help.
        """
        made: list[tuple[PersonId, Recorded]] = []
        if not last and self._clock.monotonic() < self._again_s:
            return made
        try:
            while self._sightings:
                recorded = self._record(self._sightings[0])
                made.append((self._sightings.popleft().person, recorded))
                self._told = False
        except (StoreBusy, StoreFull) as error:
            if last:
                raise
            self._bear(error)
        return made

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Let what is tried within come later where the database is busy or full."""
        try:
            yield
        except (StoreBusy, StoreFull) as error:
            self._bear(error)

    def _bear(self, error: StoreBusy | StoreFull) -> None:
        if not self._patient:
            raise error
        self._again_s = self._clock.monotonic() + AGAIN_S
        if not self._told:
            why = "busy" if isinstance(error, StoreBusy) else "full"
            note(f"The database is {why}; entries wait and are tried again every {AGAIN_S:.0f} s.")
        self._told = True
