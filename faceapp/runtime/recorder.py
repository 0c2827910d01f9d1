"""Passes sightings to the clerk and reports them only after the commit."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from faceapp.errors import StoreError
from faceapp.runtime.clerk import Clerk
from faceapp.types import Recorded, Sighting

if TYPE_CHECKING:
    from faceapp.service import Service


log = logging.getLogger(__name__)


class Backlog:
    """Sightings that are not entries yet, in order; for one writing thread.

    A sighting that the store refuses stays, and the error goes to ``on_failure``, which may raise
    it. A sighting interrupted by Ctrl-C or a lack of memory stays too; if its row was written after
    all, its key makes that harmless. ``on_recorded`` is called for each entry after the commit.
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
        """Append a sighting. From any thread."""
        self._waiting.append(sighting)

    def write(self, service: Service) -> None:
        """Make entries until none are left or the store refuses. From one thread only."""
        while self._waiting:
            sighting = self._waiting[0]
            try:
                recorded = service.record(sighting)
            except StoreError as error:
                self._on_failure(error)
                return
            except MemoryError:
                # Not the sighting's fault: it can be written once there is memory again.
                raise
            except Exception:
                # Trying again would not help, and it must not block the others.
                self._waiting.popleft()
                raise
            self._waiting.popleft()
            self._on_recorded(sighting, recorded)


class Recorder:
    """Turns sightings into entries and loses none while the disk is full or the database busy.

    A sighting that cannot be written waits; the next sighting or `retry` tries it again. Both hooks
    are called on the clerk's thread: ``on_recorded`` after the commit, ``on_failure`` with the
    error that prevented writing. A sighting waits only after a `StoreError` or a lack of memory.
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
        self._asked = False

    @property
    def waiting(self) -> int:
        """How many sightings are not written yet."""
        return len(self._backlog)

    def record(self, sighting: Sighting) -> None:
        """Pass ``sighting`` to the clerk and return at once. From any thread."""
        self._backlog.add(sighting)
        self.retry()

    def retry(self) -> None:
        """Try again to write the waiting sightings. From any thread."""
        if self._asked:
            # That try writes these too. While another program keeps the database busy each one
            # takes seconds, and closing and every other job would wait for all of them.
            return
        self._asked = True
        try:
            asked = self._clerk.submit(self._write)
        except BaseException:
            self._asked = False
            raise
        # If opening the database failed, `_write` was not called and reported nothing.
        asked.add_done_callback(lambda done: self._hear(done.exception()))

    def _write(self, service: Service) -> None:
        self._asked = False  # before looking: what is added from now on needs another try
        while True:
            try:
                self._backlog.write(service)
            except MemoryError:
                raise
            except Exception as bug:  # in one sighting, which must not hold up the others
                log.exception("a sighting makes no entry")
                self._on_failure(bug)
            else:
                return

    def _hear(self, error: BaseException | None) -> None:
        if isinstance(error, Exception):
            self._asked = False
            self._on_failure(error)
