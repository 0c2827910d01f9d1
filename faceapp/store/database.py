"""The database's file: how it is created, opened, checked and migrated.

It is created under another name beside its place and then moved there, so that no start ever finds
a half-made one. A file that is not ours, is damaged or was written by a newer version is refused
and left exactly as it is. It uses WAL with ``synchronous=FULL``: once `Connection.writing` has
returned, the data survives a power failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from faceapp.errors import (
    BackupUnreadable,
    StoreCorrupt,
    StoreError,
    StoreMoved,
    StoreReadOnly,
    StoreTooNew,
)
from faceapp.store.connection import BUSY_TIMEOUT_S, Connection, connect, side_files
from faceapp.store.faults import mapped
from faceapp.store.files import beside, flush, flush_folder, followed, leftovers
from faceapp.store.lock import FileLock
from faceapp.store.migrations import MIGRATIONS
from faceapp.store.shape import is_usable, repairs, steps_known

APPLICATION_ID = int.from_bytes(b"FACE", "big")
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_FORMATS = slice(18, 20)  # file format versions for writing and reading
_SCHEMA_FORMAT = slice(44, 48)
_NEWEST_SCHEMA_FORMAT = 4


def open_database(
    path: Path,
    *,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    migrations: Migrations = MIGRATIONS,
) -> Connection:
    """Open the database, creating it if missing and migrating it if needed.

    Raises StoreCorrupt, StoreTooNew, StoreReadOnly, StoreBusy, StoreFull, StoreMoved (only its log
    is left), StoreError (a link that leads nowhere, or no file); nothing is changed then.
    """
    with setting_up(path, busy_timeout_s) as place, mapped(path):
        if not place.exists():
            _create(place, migrations)
        refuse_foreign(path, migrations)
        connection = Connection(connect(path, busy_timeout_s), path)
        try:
            bring_up_to_date(connection, migrations)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def setting_up(path: Path, wait_s: float = BUSY_TIMEOUT_S) -> Iterator[Path]:
    """Make all other starts, creations and restores of this database wait; yield its file.

    If ``path`` is a link, that is the file it leads to: the lock, copies and former databases are
    beside it, on its disk. Raises StoreError like `open_database`.
    """
    place = _place_of(path)
    lock = FileLock(place.with_name(f"{place.name}.setup"), wait_s)
    try:
        lock.acquire()
        with mapped(path):
            for orphan in leftovers(place, "new"):
                orphan.unlink(missing_ok=True)
        yield place
    except BackupUnreadable:
        raise
    except StoreError as error:
        # Nobody knows the lock file or a half-made database, so name the database itself.
        raise type(error)(**error.details | {"path": path}) from error
    finally:
        lock.release()


def _place_of(path: Path) -> Path:
    """Return where the file of the database is or will be.

    Raises StoreError for a link to a disk that is not there, where no new database belongs, and for
    a folder, pipe or device: reading a pipe might never end.
    """
    with mapped(path):
        if path.is_symlink() and not path.exists():
            raise StoreError(path=path)
        if path.exists() and not path.is_file():
            raise StoreError(path=path, why="not_a_file")
        return followed(path)


def refuse_foreign(path: Path, migrations: Migrations = MIGRATIONS) -> None:
    """Check the file's header without opening it as a database, which could change it.

    Raises StoreCorrupt if it is not a database of this app, StoreTooNew.
    """
    with mapped(path), path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    ours = int.from_bytes(head[68:72], "big") == APPLICATION_ID
    # SQLite opens files of other formats only for reading, or not at all.
    usable = set(head[_FORMATS]) <= {1, 2}
    usable &= int.from_bytes(head[_SCHEMA_FORMAT], "big") <= _NEWEST_SCHEMA_FORMAT
    if len(head) < _HEADER_BYTES or not head.startswith(_MAGIC) or not (ours and usable):
        raise StoreCorrupt(path=path)
    _refuse_newer(path, int.from_bytes(head[60:64], "big"), migrations)


def refuse_unready(connection: Connection) -> None:
    """Raise StoreReadOnly if migration steps are missing, StoreCorrupt if tables differ.

    Also raises StoreTooNew. The file is read only through the connection: see `open_for_reading`.
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


def _create(path: Path, migrations: Migrations) -> None:
    """Make an empty database beside ``path`` and move it into place."""
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    for orphan in side_files(path):
        if orphan.exists() and orphan.stat().st_size:
            # It holds facts of a vanished database; replayed into a new one, they would destroy it.
            raise StoreMoved(path=path)
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
    """Check version and health, apply the missing steps, and make sure that we may write.

    All steps are one transaction: a crash leaves the old shape or the new one. ``mended`` also
    repairs what another program has added or removed; see `shape`.
    Raises StoreTooNew, StoreCorrupt, StoreReadOnly, StoreBusy, StoreFull.
    """
    db, path = connection.db, connection.path
    with mapped(path):
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        _refuse_newer(path, version, migrations)
        db.enable_wal()
        # On file systems without shared memory, SQLite keeps its rollback journal.
        db.execute(f"PRAGMA synchronous={'FULL' if db.journal_mode == 'wal' else 'EXTRA'}")
        if not is_usable(db, migrations, version):
            raise StoreCorrupt(path=path, why="altered")
        if version and connection.is_small:
            connection.check("quick_check")
        if mended:
            with connection.writing():
                for statement in repairs(db, migrations, version):
                    connection.run(statement)
        if version == steps_known(migrations):
            _try_to_write(db, version)
        else:
            with connection.writing():
                migrations.apply(db)
                db.execute(f"PRAGMA user_version={steps_known(migrations)}")
                connection.check("quick_check")


def _try_to_write(db: sqlite_utils.Database, version: int) -> None:
    """Fail now rather than at the first entry: a read-only file can be locked but not written."""
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(f"PRAGMA user_version={version}")
    finally:
        db.rollback()


def _refuse_newer(path: Path, found: int, migrations: Migrations) -> None:
    known = steps_known(migrations)
    if found > known:
        raise StoreTooNew(path=path, found=found, known=known)
