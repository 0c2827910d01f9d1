"""Deletes old entries, by a clock that may be wrong.

It does so without asking, so a wrong clock must not cost any entries. Entries that a slow clock
dated too early are kept as long as those recorded around them. If the clock may be fast, because
nothing was recorded on the days before today, nothing is deleted until it shows a later date.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from faceapp.store import Store
from faceapp.types import EntryFilter

_DAY = timedelta(days=1)

log = logging.getLogger(__name__)


def purge(store: Store, now: datetime, today: date, days: int, *, confirmed: bool) -> int:
    """Delete the entries from more than ``days`` ago; return how many. Within `Store.writing`.

    ``today`` is the local date of ``now``; ``confirmed`` says that the clock is right.
    """
    first_kept = today - timedelta(days=days)
    if not (confirmed or _is_today(store, today, first_kept)):
        return 0
    store.entries.hold(None)
    purged = store.entries.purge(first_kept, now, None if confirmed else today)
    if purged:
        store.people.drop_empty_pseudonyms()
        store.mark_for_scrub()
    return purged


def _is_today(store: Store, today: date, first_kept: date) -> bool:
    """Return whether more than the clock confirms today's date; if not, put the purge off."""
    if store.entries.dates(first_kept, today - _DAY):
        return True
    held_on = store.entries.held_on()
    if held_on is not None and held_on < today:
        return True
    too_old = EntryFilter(to_date=first_kept - _DAY)
    if held_on != today and store.entries.count(too_old):
        store.entries.hold(today)
        log.warning("no entry is young: what is too old is deleted from tomorrow on")
    return False
