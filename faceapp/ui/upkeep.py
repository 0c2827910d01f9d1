"""Hourly upkeep of the data, a check of a large database, and notices about their condition."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from faceapp.errors import StoreCorrupt
from faceapp.types import Changes
from faceapp.ui import times
from faceapp.ui.desk import Desk
from faceapp.ui.notices import Notice, Tone
from faceapp.ui.words import shell

if TYPE_CHECKING:
    from faceapp.service import Service

log = logging.getLogger(__name__)

HOUR_MS = 3_600_000
PUT_OFF = "purge-put-off"
DAMAGED = "damaged-entries"
CORRUPT = "damaged-database"


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether the purge was put off, how many entries are damaged.

    ``unchecked``: the database is too large for a check at opening.
    """

    put_off: bool = False
    damaged: int = 0
    unchecked: bool = False


class Upkeep(QObject):
    """Deletes expired entries every hour, and reports the condition of the data.

    A window may stay open for weeks, and entries expire at midnight.
    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._said = Condition()
        self._stopped = False
        self._hourly = QTimer(self, interval=HOUR_MS)
        self._hourly.timeout.connect(self._tend)
        desk.changes.changed.connect(self._hear)

    def start(self) -> None:
        """Run the upkeep now and every hour."""
        self._tend()
        self._hourly.start()

    def stop(self) -> None:
        """Stop the hourly upkeep, and the check."""
        self._stopped = True
        self._hourly.stop()

    def _check(self) -> None:
        """Check the database, which takes seconds; no entry waits for it."""
        ops = self._desk.ops
        ops.aside(
            lambda: ops.read_here(lambda service: is_sound(service, lambda: self._stopped)),
            done=self._tell_check,
            label="check the database",
        )

    def _tell_check(self, sound: bool) -> None:
        what, hint = shell.DATABASE_DAMAGED(), shell.DATABASE_DAMAGED_HINT()
        if not sound:
            self._desk.notices.tell(Notice(what, hint, Tone.BAD, key=CORRUPT))

    def _tend(self) -> None:
        self._desk.ops.run(lambda service: service.purge_expired(), label="purge")
        self._look()

    def _look(self) -> None:
        self._desk.ops.run(condition, done=self._tell, label="look for damage")

    def _hear(self, changes: Changes) -> None:
        if changes.settings:  # the retention time may have changed
            self._look()

    def _tell(self, found: Condition) -> None:
        """Show what is new; a dismissed notice does not come back."""
        said, self._said = self._said, found
        if found.put_off != said.put_off:
            today = times.day(times.local(self._desk.clock.now()).date())
            hint = shell.PURGE_PUT_OFF_HINT(date=today)
            self._say(found.put_off, Notice(shell.PURGE_PUT_OFF(), hint, key=PUT_OFF))
        if found.damaged != said.damaged:
            what, hint = shell.DAMAGED_ENTRIES(found.damaged), shell.DAMAGED_ENTRIES_HINT()
            self._say(found.damaged > 0, Notice(what, hint, key=DAMAGED))
        if found.unchecked and not said.unchecked:
            self._check()

    def _say(self, true: bool, notice: Notice) -> None:
        if true:
            self._desk.notices.tell(notice)
        else:
            self._desk.notices.withdraw(notice.key)


def is_sound(service: Service, given_up: Callable[[], bool]) -> bool:
    """Return whether all of the database can be read, also if given up. Raises StoreError."""
    try:
        service.check_until(given_up)
    except StoreCorrupt:
        log.exception("the database is damaged")
        return False
    return True


def condition(service: Service) -> Condition:
    """Check the data; on the clerk's thread."""
    return Condition(service.purge_put_off(), service.damaged_entries(), service.is_unchecked)
