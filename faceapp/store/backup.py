"""Copies the database while it is in use, and restores such a copy.

Both only ever move finished, checked files into place. A copy holds faces and names of people who
may be forgotten later; the window and the command line warn of that when one is made.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from glob import escape
from pathlib import Path

from sqlite_utils import Migrations

from faceapp.errors import (
    BackupUnreadable,
    StoreCorrupt,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
    TargetUnwritable,
)
from faceapp.store.cleaning import traces_left
from faceapp.store.connection import Connection, connect, side_files
from faceapp.store.database import bring_up_to_date, refuse_foreign, setting_up
from faceapp.store.faults import is_for_too_many_open, mapped, target_faults
from faceapp.store.files import begin, beside, flush, flush_folder, followed, put_in_place
from faceapp.store.lock import FileLock
from faceapp.store.migrations import MIGRATIONS
from faceapp.store.soundness import IMPOSSIBLE, damage
from faceapp.store.times import from_us
from faceapp.types import Backup

_KEPT = "before-restore"
_WRITE_VERSION = 18  # offset in the header of the file format write version
_WAL = 2
_CONTENTS = f"""
SELECT (SELECT count(*) FROM people WHERE forgotten_at_us IS NULL) AS people,
    (SELECT count(*) FROM entries) AS entries,
    (SELECT max(e.at_us) FROM entries e WHERE NOT {IMPOSSIBLE}) AS last_us
"""  # noqa: S608


def backup(connection: Connection, target: Path) -> Path:
    """Write a consistent copy to ``target`` and return where it really went.

    The copy is a single file that can be read from a read-only medium, without traces of deleted
    data. Recording goes on meanwhile if ``connection`` is one for reading.
    Raises StoreError, and TargetUnwritable, also if a file beside ``target`` would be taken by
    SQLite for the copy's log and replayed into it. That file may be anybody's.
    """
    refuse_database(target, connection.path)
    with target_faults(target):
        # An empty one holds nothing to replay.
        if any(rest.exists() and rest.stat().st_size for rest in side_files(target)):
            raise TargetUnwritable(path=target, why="log_beside")
        copy = begin(target, 0o600)
        try:
            _copy_into(connection, copy, target)
            return put_in_place(copy, target)
        finally:
            for rest in (copy, *side_files(copy)):
                rest.unlink(missing_ok=True)


def refuse_database(target: Path, path: Path) -> None:
    """Raise TargetUnwritable if ``target`` is the database ``path`` or a side file of it.

    A process that has the database open would keep writing to a deleted log and lose facts.
    """
    with target_faults(target):
        if _is_part_of(target, path):
            raise TargetUnwritable(path=target, why="is_the_database")


def _is_part_of(place: Path, path: Path) -> bool:
    """Return whether ``place`` is the database ``path`` or a side file of it."""
    real = os.path.realpath(place)  # `Path.resolve` fails on a link that leads to itself
    # By name if it does not exist yet, by identity if it has another name.
    return any(
        real == os.path.realpath(own) or (place.exists() and own.exists() and place.samefile(own))
        for own in (path, *side_files(path))
    )


def restore(
    source: Path, path: Path, window_lock: Path, *, migrations: Migrations = MIGRATIONS
) -> Path | None:
    """Replace the database ``path`` with the backup ``source``. A link stays one.

    Returns the numbered name under which the former database is kept (None: there was none).
    ``source`` is copied, and the copy is checked before anything changes. Raises AlreadyRunning
    while a window works on the data folder, StoreBusy while another process has the database open,
    StoreCorrupt, StoreFull, StoreReadOnly, and BackupUnreadable for anything wrong with the source.
    """
    _check_readable(source, path)
    with (
        FileLock(window_lock),
        setting_up(path) as place,
        _checked_copy(source, place, migrations) as fresh,
    ):
        kept = _keep_old(place)
        for rest in side_files(place):
            rest.unlink(missing_ok=True)
        fresh.replace(place)
        flush_folder(place.parent)
    return kept


def inspect_backup(source: Path, path: Path) -> Backup:
    """Return what `restore` would bring to ``path``, after the same checks, changing nothing.

    Works also while the database is in use. Raises like `restore`.
    """
    _check_readable(source, path)
    with (
        setting_up(path) as place,
        _checked_copy(source, place, MIGRATIONS) as fresh,
        closing(Connection(connect(fresh), fresh)) as connection,
    ):
        (found,) = connection.rows(_CONTENTS)
        damaged = damage(connection)
    last_us = found["last_us"]
    last = None if last_us is None else from_us(last_us)
    return Backup(found["people"], found["entries"], last, damaged)


def former_databases(path: Path) -> list[Path]:
    """Find what `restore` has kept, also side files: all of it may hold names and faces."""
    found = set[Path]()
    for place in (path, followed(path)):  # it may have become a link since
        name = f"{escape(place.stem)}-{_KEPT}-*{escape(place.suffix)}"
        for one in (place.with_name(name), *side_files(place.with_name(name))):
            found.update(one.parent.glob(one.name))
    return sorted(found)


def _copy_into(connection: Connection, copy: Path, target: Path) -> None:
    try:
        with mapped(connection.path), closing(connect(copy)) as db:
            connection.db.conn.backup(db.conn)
            # So it works without shared memory, which network shares do not have.
            db.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
            db.execute("PRAGMA journal_mode=DELETE").fetchall()
            first = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            copied = Connection(db, copy)
            if first == "ok" and traces_left(copied):
                copied.run("VACUUM")
    except StoreFull as error:
        raise TargetUnwritable(path=target, why="full") from error
    except StoreReadOnly as error:
        raise TargetUnwritable(path=target, why="denied") from error
    except StoreCorrupt as error:
        raise StoreCorrupt(path=connection.path) from error
    if first != "ok":
        raise StoreCorrupt(path=connection.path)


def _check_readable(source: Path, path: Path) -> None:
    """Raise BackupUnreadable if ``source`` cannot be read, before the database gets the blame.

    Files of the database ``path`` itself are not backups and are not even opened: if this process
    has the database open, closing one of its files here would drop its locks.
    """
    try:
        if _is_part_of(source, path):
            raise BackupUnreadable(path=source, why="is_the_database")
        if source.is_dir():
            raise BackupUnreadable(path=source, why="folder")
        if source.exists() and not source.is_file():  # a pipe can be read only once, or never ends
            raise BackupUnreadable(path=source, why="not_a_file")
        with source.open("rb"):
            pass
    except FileNotFoundError as fault:
        raise BackupUnreadable(path=source, why="missing") from fault
    except (OSError, ValueError) as fault:  # ValueError: a NUL in the name
        why = "too_many_open" if is_for_too_many_open(fault) else "unreadable"
        raise BackupUnreadable(path=source, why=why) from fault


@contextmanager
def _checked_copy(source: Path, path: Path, migrations: Migrations) -> Iterator[Path]:
    """Copy ``source`` beside ``path`` and check it; delete the copy afterwards unless moved."""
    with mapped(path):
        fresh = beside(path, "new")
        try:
            _take_copy(source, fresh, migrations)
            yield fresh
        finally:
            for rest in (fresh, *side_files(fresh)):
                rest.unlink(missing_ok=True)


def _take_copy(source: Path, fresh: Path, migrations: Migrations) -> None:
    """Copy ``source`` to ``fresh``, check it there and bring it up to date."""
    try:
        refuse_foreign(source, migrations)
        fresh.touch(mode=0o600, exist_ok=False)
        shutil.copyfile(source, fresh)
        wal = side_files(source)[0]
        # A database in use was copied by hand, with its WAL. A copy made by `backup` has none: a
        # WAL beside it belongs to another database, which SQLite would replay into this one.
        if wal.is_file() and _has_wal(source):
            shutil.copyfile(wal, side_files(fresh)[0])
        with closing(Connection(connect(fresh), fresh)) as connection:
            bring_up_to_date(connection, migrations, mended=True)
        # Once more, as it will be opened: what was mended may be in the way of what was damaged.
        with closing(Connection(connect(fresh), fresh)) as connection:
            bring_up_to_date(connection, migrations)
            connection.verify()
            connection.checkpoint()
    except StoreCorrupt as error:
        why = error.details.get("why", "no_backup")
        raise BackupUnreadable(path=source, why=why) from error
    except StoreTooNew as error:
        raise BackupUnreadable(path=source, why="too_new") from error
    flush(fresh)


def _has_wal(source: Path) -> bool:
    with source.open("rb") as file:
        file.seek(_WRITE_VERSION)
        return file.read(1) == bytes([_WAL])


def _keep_old(path: Path) -> Path | None:
    """Copy the former database, or its log if only that is left, to a numbered name.

    Nobody else may be using it.
    """
    sources = _sources_to_keep(path)
    if not sources:
        return None
    kept, draft = _free_name(path), beside(path, "new")
    endings = [source.name.removeprefix(path.name) for source in sources]
    try:
        for source, ending in zip(sources, endings, strict=True):
            copy = draft.with_name(draft.name + ending)
            copy.touch(mode=0o600, exist_ok=False)
            shutil.copyfile(source, copy)
            flush(copy)
        for ending in endings:
            draft.with_name(draft.name + ending).replace(kept.with_name(kept.name + ending))
    finally:
        for rest in (draft, *side_files(draft)):
            rest.unlink(missing_ok=True)
    flush_folder(path.parent)
    return kept.with_name(kept.name + endings[0])


def _sources_to_keep(path: Path) -> list[Path]:
    """Name the files of the former database, after moving its log into it if possible."""
    logs = [rest for rest in side_files(path) if rest.exists() and rest.stat().st_size]
    if not path.exists():
        return logs  # its file was deleted or moved away without them
    try:
        with suppress(StoreTooNew):
            refuse_foreign(path)  # SQLite would discard the WAL of a file that is no database
        _close_for_all(path)
    except StoreCorrupt:
        # Damaged, perhaps the very reason for the restore. It is kept as it is, with its WAL.
        return [path, *logs]
    return [path]


def _close_for_all(path: Path) -> None:
    """Merge the WAL into the file and remove it. SQLite refuses that while anybody is connected."""
    with mapped(path), closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode=DELETE").fetchall()


def _free_name(path: Path) -> Path:
    number = 1
    while True:
        kept = path.with_name(f"{path.stem}-{_KEPT}-{number}{path.suffix}")
        # SQLite would replay a log left there into the database beside it.
        if not any(place.exists() for place in (kept, *side_files(kept))):
            return kept
        number += 1
