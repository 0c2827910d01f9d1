"""A file lock that ends with its process.

`FileLock` on the data folder's lock file makes a second window impossible. The command line does
not take it: while a window is open, it reads and writes under SQLite's own locking. Opening,
creating and restoring a database take a second, short lock beside the database, so that two first
starts, or a start during a restore, never find half-made files.

The system releases the lock when the process ends, however it ends; the file itself stays and means
nothing. There is only one holder at a time, in one process or in several.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

from faceapp.clock import Clock, SystemClock
from faceapp.errors import AlreadyRunning, StoreBusy
from faceapp.store.faults import mapped

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        # flock and not lockf: it also excludes a second holder in this very process.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_POLL_S = 0.02
_CLOCK = SystemClock()


class FileLock:
    """An exclusive lock on ``path``, which is created if missing.

    It starts out free: `acquire` and `release` it, or use it in a ``with``.
    """

    def __init__(self, path: Path, wait_s: float = 0.0, clock: Clock = _CLOCK) -> None:
        self._path = path
        self._wait_s = wait_s
        self._clock = clock
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock, waiting for it up to ``wait_s``.

        Raises AlreadyRunning if somebody else holds it (StoreBusy if ``wait_s`` is not 0),
        StoreReadOnly or StoreFull if the lock file cannot be created, StoreError if its disk has
        no locks.
        """
        if self._handle is not None:
            raise RuntimeError("lock taken twice")
        with mapped(self._path):
            self._path.parent.mkdir(0o700, parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                self._wait_for(handle)
            except BaseException:
                os.close(handle)
                raise
        self._handle = handle

    def release(self) -> None:
        """Release the lock; harmless if it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _wait_for(self, handle: int) -> None:
        give_up_s = self._clock.monotonic() + self._wait_s
        while True:
            try:
                _try_lock(handle)
            except (BlockingIOError, PermissionError) as fault:
                if self._clock.monotonic() < give_up_s:
                    self._clock.sleep(_POLL_S)
                    continue
                kind = StoreBusy if self._wait_s else AlreadyRunning
                raise kind(path=self._path) from fault
            else:
                return

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
