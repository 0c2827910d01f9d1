"""The open store: one connection and the tables on it. Used from the thread that opened it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from faceapp.errors import StoreFull, StoreReadOnly
from faceapp.store.backup import backup, former_databases
from faceapp.store.cleaning import mark, scrub, traces_left
from faceapp.store.connection import BUSY_TIMEOUT_S, Connection, connect, side_files
from faceapp.store.database import open_database, refuse_unready
from faceapp.store.entries import EntryStore
from faceapp.store.faults import mapped
from faceapp.store.people import PeopleStore
from faceapp.store.soundness import damage, damaged_entries
from faceapp.store.templates import TemplateStore
from faceapp.types import Changes, Damage


class Store:
    """People, templates and entries of one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.people = PeopleStore(connection)
        self.templates = TemplateStore(connection)
        self.entries = EntryStore(connection)

    @property
    def has_log(self) -> bool:
        """Whether writes go to a log (WAL) first, so that others can read meanwhile."""
        return self._connection.has_log

    def writing(self) -> AbstractContextManager[None]:
        """Open a write transaction: everything written inside is kept durably, or nothing."""
        return self._connection.writing()

    def read_transaction(self) -> AbstractContextManager[None]:
        """Make all reads inside see the same state of the database."""
        return self._connection.read_transaction()

    def mark_for_scrub(self) -> None:
        """Note, inside the deleting transaction, that `scrub` must follow."""
        mark(self._connection)

    def scrub(self) -> bool:
        """Remove deleted data from the files too; return False if that must wait."""
        return scrub(self._connection)

    def traces_left(self) -> bool:
        """Return whether deleted data may still be readable in the files."""
        return traces_left(self._connection)

    def former_databases(self) -> list[Path]:
        """Find the databases that restores have set aside; they hold names and faces."""
        return former_databases(self._connection.path)

    def backup(self, target: Path) -> Path:
        """Write a consistent copy and return where it went. Raises ExportError, StoreError."""
        return backup(self._connection, target)

    def verify(self) -> None:
        """Read every page and reference. Raises StoreCorrupt if anything is damaged."""
        self._connection.verify()

    @property
    def is_unchecked(self) -> bool:
        """Whether opening left out the check of all pages, which can be done beside writing."""
        return self.has_log and not self._connection.is_small

    def check_until(self, given_up: Callable[[], bool]) -> None:
        """Do the check of all pages that opening left out. Raises StoreCorrupt."""
        self._connection.check_until(given_up)

    def damage(self) -> Damage:
        """Find what is damaged or changed although all pages and references are intact."""
        return damage(self._connection)

    def damaged_entries(self) -> int:
        """Count the entries that no list shows because they are damaged."""
        return damaged_entries(self._connection)

    def take_changes(self) -> Changes:
        """Return the changes committed since the last call."""
        return self._connection.take_changes()

    def data_version(self) -> int:
        """Return a number that changes when another process writes."""
        return self._connection.data_version()

    def close(self) -> None:
        """Close the database; everything written is already on the disk."""
        self._connection.close()


def open_store(path: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Store:
    """Open the database, creating it if missing. Raises StoreError; see `open_database`.

    Removes from the file what a killed process has deleted but not yet scrubbed.
    """
    store = Store(open_database(path, busy_timeout_s=busy_timeout_s))
    try:
        store.scrub()
    except BaseException:
        store.close()
        raise
    return store


def open_for_reading(path: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Store:
    """Open an existing database, only to read. Raises StoreError.

    Nothing is created, checked or migrated, and nothing can be written. This also works where
    writing is not allowed, as with a copy of the data folder on a read-only medium, and on a full
    disk. Only SQLite opens the file: closing it here would drop this process's locks, and the next
    program that closes the database would delete the log under the writing connection.
    """
    try:
        return _reading(path, busy_timeout_s, "mode=rw")
    except StoreFull:
        # There is no room for the log's index. Without other users SQLite keeps it in memory.
        return _reading(path, busy_timeout_s, "mode=rw", locking="EXCLUSIVE")
    except StoreReadOnly:
        if any(map(os.path.lexists, side_files(path))):
            raise
        # SQLite could not create its side files. There are none, so nobody is writing.
        return _reading(path, busy_timeout_s, "mode=ro&immutable=1")


def _reading(path: Path, busy_timeout_s: float, how: str, locking: str = "NORMAL") -> Store:
    with mapped(path):
        connection = Connection(connect(path, busy_timeout_s, how), path)
    try:
        connection.run(f"PRAGMA locking_mode={locking}")
        refuse_unready(connection)
        connection.run("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return Store(connection)
