"""A slot for one value between two threads. The newest wins; a value not taken in time is lost."""

from __future__ import annotations

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """One slot: `put` never waits, `take` does. For pictures, of which only the newest matters."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._slot: list[T] = []
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many values were replaced before anybody took them."""
        with self._changed:
            return self._dropped

    def put(self, value: T) -> bool:
        """Leave ``value`` for the taker, replacing an older one. Return False if closed."""
        with self._changed:
            if self._closed:
                return False
            if self._slot:
                self._dropped += 1
            self._slot = [value]
            self._changed.notify()
            return True

    def take(self, timeout_s: float) -> T | None:
        """Return the newest value, waiting at most ``timeout_s``; None if none came or closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._slot or self._closed, timeout_s)
            return self._slot.pop() if self._slot else None

    def close(self) -> None:
        """Accept no more values, drop the one in the slot and wake every waiting taker."""
        with self._changed:
            self._closed = True
            self._slot.clear()
            self._changed.notify_all()
