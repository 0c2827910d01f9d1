"""The time, as a value that is passed in.

Everything that is decided, recorded or shown depends on a `Clock` that was passed in, never on the
system's time, so that tests control how fast it runs. Only waiting for real threads takes real time
(`runtime.session`). No scheduling and no local time here.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Two readings and a wait."""

    def monotonic(self) -> float:
        """Return seconds since an arbitrary start; never goes back."""
        ...

    def now(self) -> datetime:
        """Return the aware UTC time; may jump when somebody sets the system's clock."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait; return at once for zero or less."""
        ...


class SystemClock:
    """The clock of this machine."""

    def monotonic(self) -> float:
        """Return seconds since an arbitrary start."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the aware UTC time."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Block the calling thread."""
        if seconds > 0:
            time.sleep(seconds)
