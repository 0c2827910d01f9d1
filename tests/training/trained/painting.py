"""A set of sixty people, and people who do not exist to add to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faceapp.training import chipset
from faceapp.training.batches import scaled
from tests.training.made import chips, packed_set
from tests.training.trained.tiny import colours


def silent(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""


def paint(count: int) -> NDArray[np.uint8]:
    """Paint the same few chips at each call."""
    return chips(count, seed=7)


def base_set(folder: Path) -> Path:
    """Write a set whose teacher says in other words what ``colours`` says; return its folder."""
    import torch

    packed_set(folder, 60)
    said = colours(scaled(torch.from_numpy(np.load(folder / "chips.npy"))))
    other = torch.randn(12, 16, generator=torch.Generator().manual_seed(0))
    np.save(folder / "teacher.npy", chipset.unit((said @ other).numpy()))
    return folder
