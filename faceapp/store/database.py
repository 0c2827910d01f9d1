"""One connection to the database: how it is made, opened, checked, read and written.

Everything about the file is here (creation, pragmas, version, locks); what is in the tables is
the business of `people`, `templates` and `entries`. A `Connection` belongs to the thread that
opened it.

WAL with ``synchronous=FULL``: what `Connection.writing` has left is on the disk, also when the
power goes. A database is made in a file beside and moved into place, so that no start ever meets
half of one; a file that is not ours, damaged or written by a newer version is refused and left
exactly as it is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlite_utils
from sqlite_utils import Migrations

from faceapp.errors import StoreCorrupt, StoreError, StoreMoved, StoreReadOnly, StoreTooNew
from faceapp.store.faults import mapped
from faceapp.store.files import beside, flush, flush_folder, leftovers
from faceapp.store.lock import FileLock
from faceapp.store.migrations import MIGRATIONS
from faceapp.store.shape import is_usable, mend, steps_known
from faceapp.types import Changes

BUSY_TIMEOUT_S = 5.0
APPLICATION_ID = int.from_bytes(b"FACE", "big")
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
# Beyond this size (300,000 entries) checking every page would delay the start; `verify` still does.
_QUICK_CHECK_MOST_BYTES = 64 * 2**20
_SIDE_FILES = ("-wal", "-shm", "-journal")

Row = dict[str, Any]
Params = Sequence[object] | Mapping[str, object]


class Connection:
    """An open database. Failures of disk, locks and file come out as `StoreError`."""

    def __init__(self, db: sqlite_utils.Database, path: Path) -> None:
        self.db = db
        self.path = path
        self._identity = self._identified()
        self._writing = Changes()
        self._written = Changes()

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """Read all rows of a query; bytes that are no text become U+FFFD."""
        with mapped(self.path):
            try:
                return self._read(sql, params)
            except sqlite3.OperationalError as fault:
                if "decode" not in str(fault):  # the driver gives this complaint no code
                    raise
            # A damaged text must not keep all others from being read. Not so from the start: it
            # takes longer.
            conn = self.db.conn
            conn.text_factory = _legible
            try:
                return self._read(sql, params)
            finally:
                conn.text_factory = str

    def _read(self, sql: str, params: Params) -> list[Row]:
        # Closed at once, also where a row cannot be read: a kept error would keep the statement
        # open, and the file could not be rebuilt.
        with closing(self.run(sql, params)) as cursor:
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def run(self, sql: str, params: Params = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        with mapped(self.path):
            return self.db.execute(sql, params)  # type: ignore[arg-type]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside is kept, durably, or nothing of it.

        The write lock is taken at once: sqlite-utils' `atomic` begins as a reader and could fail
        half-way, without waiting, when another process writes in between.
        Raises StoreBusy when another process writes for longer than the busy timeout, StoreMoved
        where the file is no longer at its place: what would be written there nobody finds again.
        """
        with mapped(self.path):
            self.db.execute("BEGIN IMMEDIATE")
        self._writing = Changes()
        try:
            yield
            self._check_place()
            self._check_log()
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
        """Return what was noted and kept since the last call."""
        written, self._written = self._written, Changes()
        return written

    @contextmanager
    def read_transaction(self) -> Iterator[None]:
        """Let all reads inside see the same state."""
        with mapped(self.path):
            self.db.begin()
        try:
            yield
        finally:
            with mapped(self.path):
                self.db.rollback()

    def checkpoint(self, wait_s: float = BUSY_TIMEOUT_S) -> bool:
        """Bring all of the WAL into the database and empty it.

        False when a reader prevents it, who is waited for at most ``wait_s`` or the busy timeout.
        """
        (usual,) = self.rows("PRAGMA busy_timeout")
        self.run(f"PRAGMA busy_timeout={min(round(wait_s * 1000), usual['timeout'])}").close()
        try:
            (done,) = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.run(f"PRAGMA busy_timeout={usual['timeout']}").close()
        return not done["busy"]

    def verify(self) -> None:
        """Read every page and reference. Raises StoreCorrupt when something is damaged."""
        self.run("PRAGMA shrink_memory")  # or pages would be read from the cache
        _check(self.db, self.path, "integrity_check")

    def data_version(self) -> int:
        """Return a number that changes when another connection has written. Raises StoreMoved."""
        self._check_place()
        return int(self.rows("PRAGMA data_version")[0]["data_version"])

    def close(self) -> None:
        """Empty the WAL if nobody else is there, and close; harmless when closed already."""
        with mapped(self.path):
            self.db.close()

    def _check_place(self) -> None:
        """Raise StoreMoved when the file at `path` is not the open one (any more)."""
        if self._identified() != self._identity:
            raise StoreMoved(path=self.path)

    def _check_log(self) -> None:
        """Raise StoreMoved when the WAL is gone: what is written into it nobody finds again."""
        log, *_ = side_files(Path(os.path.realpath(self.path)))
        if self.has_log and not log.exists():
            raise StoreMoved(path=self.path)

    def _identified(self) -> tuple[int, int]:
        with mapped(self.path):
            try:
                found = self.path.stat()
            except (FileNotFoundError, NotADirectoryError) as fault:
                raise StoreMoved(path=self.path) from fault
        return found.st_dev, found.st_ino


def open_database(
    path: Path,
    *,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    migrations: Migrations = MIGRATIONS,
) -> Connection:
    """Open the database, creating it where missing and bringing it up to date.

    Raises StoreCorrupt, StoreTooNew, StoreReadOnly, StoreBusy, StoreFull; the file is then as it
    was before.
    """
    with setting_up(path, busy_timeout_s), mapped(path):
        if not path.exists():
            _create(path, migrations)
        refuse_foreign(path, migrations)
        connection = Connection(connect(path, busy_timeout_s), path)
        try:
            bring_up_to_date(connection, migrations)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def setting_up(path: Path, wait_s: float = BUSY_TIMEOUT_S) -> Iterator[None]:
    """Keep every other start, creation and restore of this database waiting."""
    lock = FileLock(path.with_name(f"{path.name}.setup"), wait_s)
    try:
        lock.acquire()
    except StoreError as error:
        # Nobody knows the lock's file.
        raise type(error)(**error.details | {"path": path}) from error
    try:
        with mapped(path):
            for orphan in leftovers(path, "new"):
                orphan.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def connect(
    path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S, how: str = "mode=rw"
) -> sqlite_utils.Database:
    """Connect to an existing file with the pragmas that every connection needs.

    ``how`` is SQLite's query of the file's address.
    """
    place = path.absolute().as_posix()
    uri = f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place))}?{how}"
    conn = sqlite3.connect(uri, uri=True, timeout=busy_timeout_s, isolation_level=None)
    try:
        # execute_plugins: foreign code of an installed sqlite-utils plugin stays out.
        # recursive_triggers: without it INSERT OR REPLACE would slip past the append-only log.
        db = sqlite_utils.Database(
            conn, recursive_triggers=True, execute_plugins=False, strict=True
        )
        for pragma in (
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "temp_store=MEMORY",  # VACUUM's copy never lies in a temporary folder
            "fullfsync=ON",  # macOS: fsync alone leaves data in the drive's cache
            "checkpoint_fullfsync=ON",
        ):
            conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        conn.close()
        raise
    return db


def refuse_foreign(path: Path, migrations: Migrations = MIGRATIONS) -> None:
    """Look at the file's first bytes without opening it as a database, which could change it.

    Raises StoreCorrupt for what is not a database of this app, StoreTooNew.
    """
    with mapped(path), path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    ours = int.from_bytes(head[68:72], "big") == APPLICATION_ID
    if len(head) < _HEADER_BYTES or not head.startswith(_MAGIC) or not ours:
        raise StoreCorrupt(path=path)
    _refuse_newer(path, int.from_bytes(head[60:64], "big"), migrations)


def refuse_unready(connection: Connection) -> None:
    """Raise StoreReadOnly where steps are missing, StoreCorrupt where the tables are others.

    Raises StoreTooNew, too. The file is read through the connection alone: see `open_for_reading`.
    """
    db, path = connection.db, connection.path
    with mapped(path):
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreCorrupt(path=path)
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        _refuse_newer(path, version, MIGRATIONS)
        if version < steps_known(MIGRATIONS):
            raise StoreReadOnly(path=path)
        if not is_usable(db, MIGRATIONS, version):
            raise StoreCorrupt(path=path, why="altered")


def side_files(path: Path) -> list[Path]:
    """Name the files SQLite keeps beside the database, whether they exist or not."""
    return [path.with_name(path.name + suffix) for suffix in _SIDE_FILES]


def _create(path: Path, migrations: Migrations) -> None:
    """Make an empty database beside ``path`` and move it into place."""
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    for orphan in side_files(path):
        if orphan.exists() and orphan.stat().st_size:
            # Facts of a database that has vanished; replayed into a new one they destroy it.
            raise StoreCorrupt(path=path)
        orphan.unlink(missing_ok=True)
    fresh = beside(path, "new")
    try:
        # Faces are sensitive: nobody else on the machine may read them.
        fresh.touch(mode=0o600, exist_ok=False)
        with closing(Connection(connect(fresh), fresh)) as connection:
            connection.run(f"PRAGMA application_id={APPLICATION_ID}")
            bring_up_to_date(connection, migrations)
            connection.checkpoint()
        flush(fresh)
        fresh.replace(path)
        flush_folder(path.parent)
    finally:
        for rest in (fresh, *side_files(fresh)):
            rest.unlink(missing_ok=True)


def bring_up_to_date(
    connection: Connection, migrations: Migrations = MIGRATIONS, *, mended: bool = False
) -> None:
    """Check version and health, take the missing steps, make sure that we may write.

    All steps are one transaction: a crash leaves the old shape or the new one. ``mended`` also
    puts right what another program has added or taken away; see `shape`.
    Raises StoreTooNew, StoreCorrupt, StoreReadOnly, StoreBusy, StoreFull.
    """
    db, path = connection.db, connection.path
    with mapped(path):
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        _refuse_newer(path, version, migrations)
        db.enable_wal()
        # On file systems without shared memory SQLite stays with its rollback journal.
        db.execute(f"PRAGMA synchronous={'FULL' if db.journal_mode == 'wal' else 'EXTRA'}")
        if version and path.stat().st_size <= _QUICK_CHECK_MOST_BYTES:
            _check(db, path, "quick_check")
        if not is_usable(db, migrations, version):
            raise StoreCorrupt(path=path, why="altered")
        if mended:
            with connection.writing():
                mend(db, migrations, version)
        if version == steps_known(migrations):
            _try_to_write(db, version)
        else:
            with connection.writing():
                migrations.apply(db)
                db.execute(f"PRAGMA user_version={steps_known(migrations)}")
                _check(db, path, "quick_check")


def _try_to_write(db: sqlite_utils.Database, version: int) -> None:
    """Fail now rather than at the first entry; a read-only file may be locked but not written."""
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(f"PRAGMA user_version={version}")
    finally:
        db.rollback()


def _legible(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _check(db: sqlite_utils.Database, path: Path, how: str) -> None:
    with mapped(path):
        first = db.execute(f"PRAGMA {how}(1)").fetchone()[0]
        broken = db.execute("PRAGMA foreign_key_check").fetchone()
    if first != "ok" or broken:
        raise StoreCorrupt(path=path)


def _refuse_newer(path: Path, found: int, migrations: Migrations) -> None:
    known = steps_known(migrations)
    if found > known:
        raise StoreTooNew(path=path, found=found, known=known)
