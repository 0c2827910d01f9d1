"""The open store: one connection and the tables on it. Used from the thread that opened it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from faceapp.errors import StoreReadOnly
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
        """Whether what is written goes to a log (WAL) first, beside which others may read."""
        return self._connection.has_log

    def writing(self) -> AbstractContextManager[None]:
        """Open a transaction: all that is written inside is kept, durably, or nothing of it."""
        return self._connection.writing()

    def read_transaction(self) -> AbstractContextManager[None]:
        """Let all reads inside see the same state."""
        return self._connection.read_transaction()

    def mark_for_scrub(self) -> None:
        """Note, inside the deleting transaction, that `scrub` must follow."""
        mark(self._connection)

    def scrub(self) -> bool:
        """Remove what was deleted from the files too; False when that must wait."""
        return scrub(self._connection)

    def traces_left(self) -> bool:
        """Return whether deleted data may still be readable in the files."""
        return traces_left(self._connection)

    def former_databases(self) -> list[Path]:
        """Find the databases that restores have put aside; they hold names and faces."""
        return former_databases(self._connection.path)

    def backup(self, target: Path) -> Path:
        """Write a consistent copy and return where it went. Raises ExportError, StoreError."""
        self.scrub()
        return backup(self._connection, target)

    def verify(self) -> None:
        """Read every page and reference. Raises StoreCorrupt when something is damaged."""
        self._connection.verify()

    def damage(self) -> Damage:
        """Find what is damaged or changed although every page and reference is whole."""
        return damage(self._connection)

    def damaged_entries(self) -> int:
        """Count the entries that no list shows because their time or date is not valid."""
        return damaged_entries(self._connection)

    def take_changes(self) -> Changes:
        """Return what was written and kept since the last call."""
        return self._connection.take_changes()

    def data_version(self) -> int:
        """Return a number that changes when another process has written."""
        return self._connection.data_version()

    def close(self) -> None:
        """Close the database; what was written is on the disk already."""
        self._connection.close()


def open_store(path: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Store:
    """Open the database, creating it where missing. Raises StoreError; see `open_database`.

    Data that a killed process had deleted but not yet removed from the file is removed now.
    """
    store = Store(open_database(path, busy_timeout_s=busy_timeout_s))
    try:
        store.scrub()
    except BaseException:
        store.close()
        raise
    return store


def open_for_reading(path: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Store:
    """Open a database that is there already, only to read. Raises StoreError.

    Nothing is created, checked or brought up to date, and nothing can be written; also where that
    is not allowed, as in a copy of the data folder on a read-only medium. The file is opened by
    SQLite alone: closing it here would take away the locks of this process, and the next program
    that closes the database would delete the log under the connection that writes.
    """
    try:
        return _reading(path, busy_timeout_s, "mode=rw")
    except StoreReadOnly:
        if any(rest.exists() for rest in side_files(path)):
            raise
        # SQLite could not make its files beside it. None is there: nobody writes.
        return _reading(path, busy_timeout_s, "mode=ro&immutable=1")


def _reading(path: Path, busy_timeout_s: float, how: str) -> Store:
    with mapped(path):
        connection = Connection(connect(path, busy_timeout_s, how), path)
    try:
        refuse_unready(connection)
        connection.run("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return Store(connection)
