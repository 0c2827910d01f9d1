"""One connection to the database: how it is made, read and written.

`people`, `templates` and `entries` know the tables, `database` the file. A `Connection` belongs to
the thread that opened it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlite_utils

from faceapp.errors import StoreCorrupt, StoreMoved
from faceapp.store.faults import is_for_bad_text, is_our_bug, mapped
from faceapp.store.files import followed
from faceapp.store.migrations import MIGRATIONS
from faceapp.store.shape import alterations, steps_known
from faceapp.types import Changes

BUSY_TIMEOUT_S = 5.0
# Beyond this size (300,000 entries), checking every page would delay the start.
SMALL_BYTES = 64 * 2**20
# SQLite's steps between two looks at whether a check is still wanted: about a millisecond.
_CHECK_STEPS = 10_000
_SIDE_FILES = ("-wal", "-shm", "-journal")

Row = dict[str, Any]
Params = Sequence[object] | Mapping[str, object]


class Connection:
    """An open database. Failures of disk, locks and file are raised as `StoreError`."""

    def __init__(self, db: sqlite_utils.Database, path: Path) -> None:
        self.db = db
        self.path = path
        self._identity = self._identified(path)
        self._log_identity: tuple[int, int] | None = None
        self._pages_are_sound = False
        self._writing = Changes()
        self._written = Changes()

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """Read all rows of a query; bytes that are not text become U+FFFD."""
        with self._faults():
            try:
                return self._read(sql, params)
            except sqlite3.OperationalError as fault:
                if not is_for_bad_text(fault):
                    raise
            # One damaged text must not make all others unreadable. Only on failure, since this is
            # slower.
            conn = self.db.conn
            conn.text_factory = lambda text: text.decode("utf-8", "replace")
            try:
                return self._read(sql, params)
            finally:
                conn.text_factory = str

    def _read(self, sql: str, params: Params) -> list[Row]:
        # Closed at once, even if a row cannot be read: an error that is kept would keep the
        # statement open, and the file could not be rebuilt.
        with closing(self.db.execute(sql, params)) as cursor:  # type: ignore[arg-type]
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def run(self, sql: str, params: Params = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        with self._faults():
            return self.db.execute(sql, params)  # type: ignore[arg-type]

    def insert(self, sql: str, params: Params = ()) -> int:
        """Insert one row and return its number.

        Raises StoreCorrupt if another program's trigger prevented it: the number would be that of
        an earlier row.
        """
        cursor = self.run(sql, params)
        if cursor.rowcount != 1 or cursor.lastrowid is None:
            raise StoreCorrupt(path=self.path, why="altered")
        return cursor.lastrowid

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Run a write transaction: everything written inside is kept durably, or nothing.

        The write lock is taken at once: sqlite-utils' `atomic` begins as a reader and could fail
        half-way, without waiting, if another process writes in between.
        Raises StoreBusy if another process writes for longer than the busy timeout, StoreMoved if
        the file is no longer in its place, where nobody would find what is written.
        """
        with mapped(self.path):
            self.db.execute("BEGIN IMMEDIATE")
        self._writing = Changes()
        try:
            yield
            self._check_place()
            with mapped(self.path):
                self.db.commit()
        except BaseException:
            with mapped(self.path):
                self.db.rollback()
            raise
        self._written |= self._writing

    @property
    def has_log(self) -> bool:
        """Whether there is a WAL; file systems without shared memory have none."""
        return self.db.journal_mode == "wal"

    def note(self, changes: Changes) -> None:
        """Note, inside `writing`, what the statements there change."""
        self._writing |= changes

    def take_changes(self) -> Changes:
        """Return the changes noted and committed since the last call."""
        written, self._written = self._written, Changes()
        return written

    @contextmanager
    def read_transaction(self) -> Iterator[None]:
        """Make all reads inside see the same state of the database. May be nested."""
        if self.db.conn.in_transaction:
            yield
            return
        with mapped(self.path):
            self.db.begin()
        try:
            yield
        finally:
            with mapped(self.path):
                self.db.rollback()

    def checkpoint(self, wait_s: float = BUSY_TIMEOUT_S) -> bool:
        """Move all of the WAL into the database and empty it.

        Waits for readers at most ``wait_s`` or the busy timeout, whichever is shorter. Returns
        False if one still prevents it.
        """
        (usual,) = self.rows("PRAGMA busy_timeout")
        self.run(f"PRAGMA busy_timeout={min(round(wait_s * 1000), usual['timeout'])}").close()
        try:
            (done,) = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.run(f"PRAGMA busy_timeout={usual['timeout']}").close()
        return not done["busy"]

    def verify(self) -> None:
        """Read every page and reference. Raises StoreCorrupt if anything is damaged."""
        self.run("PRAGMA shrink_memory")  # otherwise pages would be read from the cache
        self.check("integrity_check")

    def check(self, how: str) -> None:
        """Run SQLite's check ``how`` and check all references. Raises StoreCorrupt."""
        with self._faults():
            first = self.db.execute(f"PRAGMA {how}(1)").fetchone()[0]
            broken = self.db.execute("PRAGMA foreign_key_check").fetchone()
        if first != "ok" or broken:
            raise StoreCorrupt(path=self.path)

    @property
    def is_small(self) -> bool:
        """Whether opening the database has time to check all of it."""
        with mapped(self.path):
            return self.path.stat().st_size <= SMALL_BYTES

    def check_until(self, given_up: Callable[[], bool]) -> None:
        """Check every page, as opening a small database does, until ``given_up()``.

        Raises StoreCorrupt.
        """
        self.db.conn.set_progress_handler(given_up, _CHECK_STEPS)
        try:
            self.check("quick_check")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
        finally:
            self.db.conn.set_progress_handler(None, 0)

    def data_version(self) -> int:
        """Return a number that changes when another connection writes. Raises StoreMoved."""
        self._check_place()
        return int(self.rows("PRAGMA data_version")[0]["data_version"])

    def close(self) -> None:
        """Empty the WAL if nobody else is connected, and close; harmless if already closed."""
        with mapped(self.path):
            self.db.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn failures inside into `StoreError`, also what is our bug unless the file is to blame.

        That is found out only now: a changed trigger or a flipped bit in an index does no harm
        until something is written there.
        """
        with mapped(self.path):
            try:
                yield
            except sqlite3.Error as fault:
                if is_our_bug(fault) and self._is_to_blame():
                    raise StoreCorrupt(path=self.path) from fault
                raise

    def _is_to_blame(self) -> bool:
        """Whether another program has changed the tables, or a page is damaged."""
        if alterations(self.db, MIGRATIONS, steps_known(MIGRATIONS)):
            return True
        if not self._pages_are_sound:
            # Only once: it takes seconds on a large file, and a bug may come with every sighting.
            found = self.db.execute("PRAGMA integrity_check(1)").fetchone()[0]
            self._pages_are_sound = found == "ok"
        return not self._pages_are_sound

    def _check_place(self) -> None:
        """Raise StoreMoved if the file at `path`, or its WAL, is not or no longer the open one.

        Nobody would find what is written then.
        """
        moved = self._identified(self.path) != self._identity
        if self.has_log:
            log, *_ = side_files(self.path)
            found = self._identified(log)
            self._log_identity = self._log_identity or found
            moved = moved or found != self._log_identity
        if moved:
            raise StoreMoved(path=self.path)

    def _identified(self, place: Path) -> tuple[int, int]:
        with mapped(self.path):
            try:
                found = place.stat()
            except (FileNotFoundError, NotADirectoryError) as fault:
                raise StoreMoved(path=self.path) from fault
        return found.st_dev, found.st_ino


def connect(
    path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S, how: str = "mode=rw"
) -> sqlite_utils.Database:
    """Connect to an existing file with the pragmas that every connection needs.

    ``how`` is the query part of SQLite's URI.
    """
    place = path.absolute().as_posix()
    uri = f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place))}?{how}"
    conn = sqlite3.connect(uri, uri=True, timeout=busy_timeout_s, isolation_level=None)
    try:
        # execute_plugins: keeps out code of installed sqlite-utils plugins.
        # recursive_triggers: otherwise INSERT OR REPLACE would bypass the append-only log.
        db = sqlite_utils.Database(
            conn, recursive_triggers=True, execute_plugins=False, strict=True
        )
        for pragma in (
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "temp_store=MEMORY",  # VACUUM's copy is never in a temporary folder
            "fullfsync=ON",  # macOS: fsync alone leaves data in the drive's cache
            "checkpoint_fullfsync=ON",
        ):
            conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        conn.close()
        raise
    return db


def side_files(path: Path) -> list[Path]:
    """Name the files SQLite keeps beside the database, whether they exist or not.

    Like SQLite, this follows a link.
    """
    place = followed(path)
    return [place.with_name(place.name + suffix) for suffix in _SIDE_FILES]
