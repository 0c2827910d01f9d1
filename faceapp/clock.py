"""What the time is, as a value that is passed in.

What is decided, recorded or shown depends on a `Clock` that was passed in, never on the system's
time, so that tests decide how fast it goes. Only real threads are waited for in real time
(`runtime.session`). No scheduling and no local time here.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Two readings and a wait."""

    def monotonic(self) -> float:
        """Give seconds since an arbitrary start; never goes back."""
        ...

    def now(self) -> datetime:
        """Give the aware UTC time; may jump when somebody sets the system's clock."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait; returns at once for zero and less."""
        ...


class SystemClock:
    """The clock of this machine."""

    def monotonic(self) -> float:
        """Give seconds since an arbitrary start."""
        return time.monotonic()

    def now(self) -> datetime:
        """Give the aware UTC time."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Block the calling thread."""
        if seconds > 0:
            time.sleep(seconds)
