"""A thread for slow work that concerns neither the database nor the camera."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Background:
    """Runs jobs one after another on its own thread, which the first job starts."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Run ``job()`` after all earlier jobs. Raises RuntimeError after `close`."""
        return self._executor.submit(job)

    def close(self) -> None:
        """Drop the jobs that have not begun, wait for the running one, and end the thread."""
        self._executor.shutdown(wait=True, cancel_futures=True)
