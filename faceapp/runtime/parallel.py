"""An ordered map over threads, each with its own tool: for many pictures at once."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from threading import local
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Tool(Protocol):
    """What a thread works with; only that thread ever uses it, except to close it."""

    def close(self) -> None:
        """Release what it holds."""


T = TypeVar("T", bound=Tool)

AHEAD = 4
"""Items started per thread before the first answer is taken; enough to keep all threads busy."""


def ordered_map(
    build: Callable[[], T],
    work: Callable[[T, Item], Answer],
    items: Iterable[Item],
    threads: int | None = None,
) -> Generator[tuple[Item, Answer], None, None]:
    """Yield (item, ``work(tool, item)``) in the items' order; ``build()`` makes a thread's tool.

    This is faster, since the native libraries release the GIL while they compute. Only a few items
    are started before their answers are taken, so ``items`` may be endless. An exception in
    ``work`` or ``build`` is raised in place of its item and ends the map. The tools are closed when
    the map ends or is closed.
    """
    count = threads or usable_cores()
    with ExitStack() as tools, ThreadPoolExecutor(count, thread_name_prefix="picture") as pool:
        own = local()

        def run(item: Item) -> Answer:
            if not hasattr(own, "tool"):
                own.tool = tools.enter_context(closing(build()))
            return work(own.tool, item)

        begun: deque[tuple[Item, Future[Answer]]] = deque()
        try:
            for item in items:
                begun.append((item, pool.submit(run, item)))
                if len(begun) >= count * AHEAD:
                    first, answer = begun.popleft()
                    yield first, answer.result()
            while begun:
                first, answer = begun.popleft()
                yield first, answer.result()
        finally:
            for _, answer in begun:
                answer.cancel()


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
