"""Timing and tables, for all benchmarks. What is measured lives in the other files."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One row of the table: what, how much, and what it should be at most (or at least)."""

    what: str
    measured: str
    goal: str = ""


def times_ms(work: Callable[[], object], runs: int, warm_up: int = 2) -> list[float]:
    """Return the milliseconds of each of ``runs`` calls, after some that do not count."""
    for _ in range(warm_up):
        work()
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000.0)
    return taken


def told(milliseconds: Sequence[float]) -> str:
    """Return median and 99th percentile in words."""
    ordered = sorted(milliseconds)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{statistics.median(ordered):.2f} ms (99 %: {late:.2f}, n={len(ordered)})"


def table(title: str, figures: Iterable[Figure]) -> None:
    """Print the figures under a title."""
    rows = list(figures)
    wide = max((len(row.what) for row in rows), default=0)
    measured = max((len(row.measured) for row in rows), default=0)
    print(f"\n{title}")
    for row in rows:
        goal = f"   goal {row.goal}" if row.goal else ""
        print(f"  {row.what:<{wide}}   {row.measured:<{measured}}{goal}".rstrip(), flush=True)
