"""Files that are written completely or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Lend a path beside ``path``; the file written there replaces ``path`` once the block is done.

    If the block fails, the new file is removed, since it would keep a full disk full, and the old
    one at ``path`` stays.
    """
    fresh = path.with_suffix(f".part{path.suffix}")
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
