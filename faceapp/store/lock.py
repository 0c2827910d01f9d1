"""A lock on a file that dies with its process.

`FileLock` on the data folder's lock file is what makes a second window impossible. The command
line does not take it: beside an open window it reads and writes through SQLite's own locking.
Opening, creating and restoring a database take a second, short lock beside the database, so that
two first starts or a start during a restore cannot meet half-made files.

The system drops the lock when the process ends, however it ends; the file itself stays and means
nothing. Only one holder at a time, in one process or in several.
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
    """An exclusive lock on ``path``, which is created where missing.

    Made free; `acquire` and `release` it, or use it in a ``with``.
    """

    def __init__(self, path: Path, wait_s: float = 0.0, clock: Clock = _CLOCK) -> None:
        self._path = path
        self._wait_s = wait_s
        self._clock = clock
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock, waiting ``wait_s`` for it.

        Raises AlreadyRunning when somebody else holds it (StoreBusy when it was waited for),
        StoreReadOnly or StoreFull when the lock file cannot be made.
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
        """Give the lock back; harmless when it is not held."""
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
            except OSError as fault:
                raise StoreBusy(path=self._path) from fault
            else:
                return

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
