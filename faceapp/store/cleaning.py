"""Making deleted data unreadable in the files themselves.

``secure_delete`` overwrites what is deleted, but not the stale copies that B-tree pages keep in
their free space when they are split, nor what the WAL still holds. So whoever deletes people or
entries marks a scrub as due *in the same transaction*; `scrub` then rebuilds the file, empties the
WAL and takes the mark away. A process that dies in between leaves the mark, and the next opening
does the work.
"""

from __future__ import annotations

from faceapp.errors import StoreBusy, StoreFull
from faceapp.store.database import Connection

_DUE = "scrub_due"


def mark(connection: Connection) -> None:
    """Note, inside the deleting transaction, that a scrub is due."""
    connection.run(
        "INSERT INTO housekeeping VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET value = 1",
        (_DUE,),
    )


def is_due(connection: Connection) -> bool:
    """Tell whether deleted data may still be readable in the files."""
    return bool(connection.rows("SELECT 1 FROM housekeeping WHERE key = ?", (_DUE,)))


def scrub(connection: Connection) -> bool:
    """Rebuild the file and empty the WAL where that is due.

    False when somebody else is reading right now or the disk has no room for a second copy: what
    was deleted is deleted, and the traces go the next time.
    """
    if not is_due(connection):
        return True
    try:
        connection.run("VACUUM")
    except (StoreBusy, StoreFull):
        return False
    if not connection.checkpoint():
        return False
    with connection.writing():
        connection.run("DELETE FROM housekeeping WHERE key = ?", (_DUE,))
    return True
