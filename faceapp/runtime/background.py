"""A thread for slow work that is neither the database's nor the camera's."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Background:
    """Runs jobs one after the other on a thread of its own, started by the first job."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Run ``job()`` after those before it. Raises RuntimeError after `close`."""
        return self._executor.submit(job)

    def close(self) -> None:
        """Drop what has not begun, wait for what has, and end the thread."""
        self._executor.shutdown(wait=True, cancel_futures=True)
