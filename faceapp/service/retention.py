"""How long entries are kept, by a clock that may be wrong."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from faceapp.store import Store
from faceapp.types import EntryFilter

_DAY = timedelta(days=1)

log = logging.getLogger(__name__)


class Retention:
    """Deletes the entries of more than ``days`` ago; within `Store.writing`.

    Nobody is asked, so a wrong clock must cost no entries. Entries that a slow clock dated too
    early are kept as long as those recorded beside them. Where the clock may be fast, because
    nothing was recorded on the days before today, nothing is deleted until it shows a later date.
    """

    def __init__(self, store: Store, days: int, today: date) -> None:
        self._store = store
        self._today = today
        self._first_kept = today - timedelta(days=days)

    def purge(self, now: datetime, *, confirmed: bool) -> int:
        """Delete, mark for a scrub and return the number; ``confirmed``: the clock is right."""
        if not (confirmed or self._is_today()):
            return 0
        self._store.entries.hold(None)
        today = None if confirmed else self._today
        purged = self._store.entries.purge(self._first_kept, now, today)
        if purged:
            self._store.people.drop_empty_pseudonyms()
            self._store.mark_for_scrub()
        return purged

    def _is_today(self) -> bool:
        """Return whether anything but the clock confirms today's date; else note that date."""
        entries = self._store.entries
        if entries.dates(self._first_kept, self._today - _DAY):
            return True
        held_on = entries.held_on()
        if held_on is not None and held_on < self._today:
            return True
        too_old = EntryFilter(to_date=self._first_kept - _DAY)
        if held_on != self._today and entries.count(too_old):
            entries.hold(self._today)
            log.warning("no entry is young: what is too old is deleted from tomorrow on")
        return False
