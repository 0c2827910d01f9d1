"""Files that are written completely or not at all."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Lend a path beside ``path``; the file written there replaces ``path`` once the block is done.

    If the block fails, the new file is removed, since it would keep a full disk full, and the old
    one at ``path`` stays. An OSError that names no file is raised with ``path``.
    """
    fresh = path.with_suffix(f".part{path.suffix}")
    try:
        yield fresh
        fresh.replace(path)
    except OSError as error:
        if error.filename is not None:
            raise
        # Numpy's own error for a full disk has neither number nor file.
        why = error.strerror or str(error)
        raise OSError(error.errno or errno.EIO, why, str(path)) from error
    finally:
        fresh.unlink(missing_ok=True)


def save_array(path: Path, array: np.ndarray) -> None:
    """Write ``array`` to ``path`` (``.npy``). Raises OSError that names it."""
    with written(path) as fresh:
        np.save(fresh, array)
