"""Files of PyTorch tensors, written completely or not at all, and never read in part."""

from __future__ import annotations

import io
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from faceapp.training.whole_file import written


def save(values: dict[str, Any], path: Path) -> None:
    """Write ``values`` to ``path``. On OSError, the file that was there before stays."""
    # If PyTorch writes the file itself, its error does not say that the disk is full.
    content = io.BytesIO()
    torch.save(values, content)
    with written(path) as fresh:
        fresh.write_bytes(content.getbuffer())


def load(path: Path) -> dict[str, Any]:
    """Read what `save` wrote, onto the CPU, since it may come from a machine with a GPU.

    Raises FileNotFoundError if there is no such file, ValueError if it is incomplete.
    """
    try:
        with path.open("rb") as file:
            values: dict[str, Any] = torch.load(file, weights_only=True, map_location="cpu")
    except (EOFError, RuntimeError, UnpicklingError) as error:
        # Not with PyTorch's text: it advises to load the file without this safety.
        raise ValueError(f"{path}: incomplete, or not a file of PyTorch") from error
    return values
