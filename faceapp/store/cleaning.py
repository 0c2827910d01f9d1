"""Makes deleted data unreadable in the files themselves.

``secure_delete`` overwrites what is deleted, but not the stale copies that B-tree pages keep in
their free space when they are split, nor what the WAL still holds. So code that deletes people or
entries marks a scrub as due *in the same transaction*; `scrub` then rebuilds the file, empties the
WAL and takes the mark away. A process that dies in between leaves the mark, and the next opening
does the work.
"""

from __future__ import annotations

from faceapp.errors import StoreCorrupt, StoreError
from faceapp.store.connection import Connection

_DUE = "scrub_due"
# Everything else waits meanwhile; while somebody reads for longer, the scrub is tried again later.
CHECKPOINT_WAIT_S = 1.0


def mark(connection: Connection) -> None:
    """Note, inside the deleting transaction, that a scrub is due.

    No two marks are alike: a scrub that began before this one must not take it away.
    """
    connection.run(
        "INSERT INTO housekeeping VALUES (?, random())"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_DUE,),
    )


def traces_left(connection: Connection) -> bool:
    """Return whether deleted data may still be readable in the files."""
    return _due_mark(connection) is not None


def scrub(connection: Connection) -> bool:
    """Rebuild the file and empty the WAL where that is due.

    False when that must wait, as while somebody else is reading, or where the disk takes no second
    copy: what was deleted is deleted, and the traces go the next time.
    Raises StoreCorrupt.
    """
    try:
        return _scrubbed(connection)
    except StoreCorrupt:
        raise
    except StoreError:
        return False


def _scrubbed(connection: Connection) -> bool:
    due = _due_mark(connection)
    if due is None:
        return True
    connection.run("VACUUM")
    if not connection.checkpoint(CHECKPOINT_WAIT_S):
        return False
    with connection.writing():
        connection.run("DELETE FROM housekeeping WHERE key = ? AND value = ?", (_DUE, due))
        return not traces_left(connection)


def _due_mark(connection: Connection) -> int | None:
    rows = connection.rows("SELECT value FROM housekeeping WHERE key = ?", (_DUE,))
    return int(rows[0]["value"]) if rows else None
