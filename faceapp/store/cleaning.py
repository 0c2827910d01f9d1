"""Makes deleted data unreadable in the files themselves.

``secure_delete`` overwrites deleted data, but neither the stale copies that B-tree pages keep in
their free space when they are split, nor what the WAL still holds. So code that deletes people or
entries marks a scrub as due *in the same transaction*; `scrub` then rebuilds the file, empties the
WAL and removes the mark. If a process dies in between, the mark stays, and the next opening does
the work.
"""

from __future__ import annotations

from faceapp.errors import StoreCorrupt, StoreError
from faceapp.store.connection import Connection

_DUE = "scrub_due"
# Everything else waits meanwhile. If somebody reads for longer, the scrub is tried again later.
CHECKPOINT_WAIT_S = 1.0


def mark(connection: Connection) -> None:
    """Note, inside the deleting transaction, that a scrub is due.

    Every mark is different, so that a scrub that began before this one does not remove it.
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
    """Rebuild the file and empty the WAL if that is due.

    Returns False if that must wait, because somebody else is reading or the disk has no room for a
    second copy. The data stays deleted; its traces are removed next time.
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
