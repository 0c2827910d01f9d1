"""Which of our errors a failure of SQLite or of the disk is.

Only the outside world is translated (disk, locks, permissions, damaged files). A broken constraint,
wrong SQL or a connection used from another thread is our bug and passes through untouched.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faceapp.errors import (
    ExportError,
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
}
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_OS: dict[int, type[StoreError]] = {
    errno.ENOSPC: StoreFull,
    errno.EDQUOT: StoreFull,
    errno.EROFS: StoreReadOnly,
    errno.EACCES: StoreReadOnly,
    errno.EPERM: StoreReadOnly,
    errno.ENOENT: StoreReadOnly,
    errno.ENOTDIR: StoreReadOnly,
    errno.EISDIR: StoreCorrupt,
    errno.EBUSY: StoreBusy,
}


def store_error(path: Path, fault: sqlite3.Error | OSError) -> StoreError | None:
    """Name what went wrong with the database at ``path``; None when it is our own bug."""
    if isinstance(fault, OSError):
        return _OS.get(fault.errno or 0, StoreError)(path=path)
    code = getattr(fault, "sqlite_errorcode", None)
    if code is None:
        # The driver's own complaints have no code. One of them is about damaged text.
        damaged = isinstance(fault, sqlite3.OperationalError) and "decode" in str(fault)
        return StoreCorrupt(path=path) if damaged else None
    kind = _SQLITE.get(code & 0xFF)  # the low byte is the primary code
    return kind(path=path, sqlite=getattr(fault, "sqlite_errorname", "")) if kind else None


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """Turn failures of the database at ``path`` into `StoreError`. Bugs pass through."""
    try:
        yield
    except (sqlite3.Error, OSError) as fault:
        error = store_error(path, fault)
        if error is None:
            raise
        raise error from fault


@contextmanager
def target_faults(target: Path) -> Iterator[None]:
    """Turn failures to write the file ``target`` into `TargetUnwritable`.

    Its ``why`` is one of ``full``, ``folder_missing``, ``too_long``, ``denied``.
    """
    try:
        yield
    except ExportError:
        raise
    except OSError as fault:
        why = "denied"
        if fault.errno in _DISK_FULL:
            why = "full"
        elif fault.errno in (errno.ENOENT, errno.ENOTDIR):
            why = "folder_missing"
        elif fault.errno == errno.ENAMETOOLONG:
            why = "too_long"
        raise TargetUnwritable(path=target, why=why) from fault
