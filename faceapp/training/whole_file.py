"""Files that are written completely or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Lend a path beside ``path``; what is written there gets its name once the block is done.

    If the block fails, that file is removed, or a full disk would stay full, and the one that was
    at ``path`` before stays.
    """
    fresh = path.with_suffix(f".part{path.suffix}")
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
