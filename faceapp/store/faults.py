"""Translates failures of SQLite and the disk into our errors.

Only problems of the outside world are translated (disk, locks, permissions, damaged files). A
violated constraint, wrong SQL or a connection used from another thread is our bug and passes
through unchanged; `Connection` asks first whether the file is to blame.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from faceapp.errors import (
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreReadOnly,
    TargetUnwritable,
)

_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_PROTOCOL: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_CANTOPEN: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_NOTADB: StoreCorrupt,
    sqlite3.SQLITE_IOERR: StoreError,
    sqlite3.SQLITE_IOERR_SHMSIZE: StoreFull,  # no room for the log's index
}
_OUR_BUGS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT)
_MOST_FILES = 4
"""How many files SQLite opens for a database: itself, its log, the log's index and the folder."""
_WHY: dict[int, str] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "file_limit",
    errno.EIO: "disk",
    errno.ENODEV: "disk",
    errno.ENOENT: "folder_missing",
    errno.ENOTDIR: "folder_missing",
    errno.ENAMETOOLONG: "too_long",
    errno.EMFILE: "too_many_open",
    errno.ENFILE: "too_many_open",
}
_OS: dict[int, type[StoreError]] = {
    errno.ENOSPC: StoreFull,
    errno.EDQUOT: StoreFull,
    errno.EROFS: StoreReadOnly,
    errno.EACCES: StoreReadOnly,
    errno.EPERM: StoreReadOnly,
    errno.ENOENT: StoreReadOnly,
    errno.ENOTDIR: StoreReadOnly,
    errno.EBUSY: StoreBusy,
}


def store_error(path: Path, fault: sqlite3.Error | OSError) -> StoreError | None:
    """Name what went wrong with the database at ``path``; None if it is our own bug."""
    if isinstance(fault, OSError):
        if is_for_too_many_open(fault):
            return StoreError(path=path, why="too_many_open")
        kind = _OS.get(fault.errno or 0, StoreError)
        return kind(path=path, **_hint(kind, path))
    code = getattr(fault, "sqlite_errorcode", None)
    if code is None:
        # An error of the driver itself, about how it was used; or about a text in the schema, since
        # a bad one is expected wherever else we read.
        return StoreCorrupt(path=path) if is_for_bad_text(fault) else None
    found = _SQLITE.get(code) or _SQLITE.get(code & 0xFF)  # the low byte is the primary code
    if found is None:
        return None
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN and _too_many_open():
        return StoreError(path=path, why="too_many_open")
    return found(path=path, sqlite=getattr(fault, "sqlite_errorname", ""), **_hint(found, path))


def is_for_bad_text(fault: sqlite3.Error) -> bool:
    """Return whether ``fault`` means that a text to be read is not UTF-8: it has no code."""
    return "decode" in str(fault)


def is_our_bug(fault: sqlite3.Error) -> bool:
    """Return whether ``fault`` is wrong SQL or a violated constraint: no sound file causes it."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in _OUR_BUGS


def is_for_too_many_open(fault: Exception) -> bool:
    """Return whether ``fault`` means that this process or the system can open no more files."""
    return isinstance(fault, OSError) and _WHY.get(fault.errno or 0) == "too_many_open"


def _too_many_open() -> bool:
    """Return whether too many files are open for a database; SQLite does not give the reason.

    The files that it could open are closed again by the time this is called.
    """
    with ExitStack() as opened:
        try:
            for _ in range(_MOST_FILES):
                opened.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        except OSError as fault:
            return is_for_too_many_open(fault)
    return False


def _hint(kind: type[StoreError], path: Path) -> dict[str, str]:
    """Return ``why`` the database cannot be written, if it belongs to another user."""
    if kind is not StoreReadOnly or sys.platform == "win32":
        return {}
    try:
        place = path if os.path.lexists(path) else path.parent
        others = place.stat().st_uid != os.geteuid()
        read_only = os.statvfs(place).f_flag & os.ST_RDONLY
    except OSError:
        return {}
    return {"why": "other_user"} if others and not read_only else {}


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """Turn failures of the database at ``path`` into `StoreError`; let bugs pass through."""
    try:
        yield
    except (sqlite3.Error, OSError) as fault:
        error = store_error(path, fault)
        if error is None:
            raise
        raise error from fault
    except UnicodeDecodeError as fault:  # SQLite's message quotes names of a damaged schema
        raise StoreCorrupt(path=path) from fault


@contextmanager
def target_faults(target: Path) -> Iterator[None]:
    """Turn failures to write the file ``target`` into `TargetUnwritable`.

    Its ``why`` is one of ``full``, ``file_limit``, ``disk``, ``folder_missing``, ``too_long``,
    ``too_many_open``, ``denied``.
    """
    try:
        yield
    except OSError as fault:
        why = _WHY.get(fault.errno or 0, "denied")
        raise TargetUnwritable(path=target, why=why) from fault
