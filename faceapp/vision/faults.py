"""Translates failures to read a model's file or card into our errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faceapp.errors import ModelError, ModelMissing


@contextmanager
def model_faults(path: Path) -> Iterator[None]:
    """Turn failures to read ``path`` into ModelMissing or ModelError (``why``: "unreadable")."""
    try:
        yield
    except FileNotFoundError as fault:
        raise ModelMissing(path=path) from fault
    except OSError as fault:
        raise ModelError(path=path, why="unreadable") from fault
