"""Batches by number: the batch of step *k* depends on the seed and *k* alone.

So a resumed run sees exactly what an uninterrupted one would have seen (`order` says which chips).
Made in worker processes beside the training.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from faceapp.training.augment import Augmentation, augment
from faceapp.training.chipset import ChipSet
from faceapp.training.order import Order


class AugmentedBatches(torch.utils.data.Dataset[tuple[torch.Tensor, torch.Tensor]]):
    """``batches[step]`` -> chips uint8 (B, S, S, 3) and their rows int64 (B,)."""

    def __init__(self, folder: Path, order: Order, size_px: int, how: Augmentation) -> None:
        self._folder, self._order, self._size_px, self._how = folder, order, size_px, how
        self._chips: NDArray[np.uint8] | None = None

    def __getitem__(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        if self._chips is None:
            cv2.setNumThreads(0)
            self._chips = ChipSet.load(self._folder).chips
        rows = self._order.rows_of(step)
        rng = np.random.default_rng((self._order.seed, 1, step))
        batch = np.stack([augment(self._chips[r], self._size_px, self._how, rng) for r in rows])
        return torch.from_numpy(batch), torch.from_numpy(rows)


def loader(
    batches: AugmentedBatches, first: int, last: int, workers: int
) -> torch.utils.data.DataLoader:
    """Batches of the steps first..last-1 in order."""
    return torch.utils.data.DataLoader(
        batches,
        batch_size=None,
        sampler=range(first, last),
        num_workers=workers,
        prefetch_factor=8 if workers else None,
        pin_memory=torch.cuda.is_available(),
    )


def scaled(chips: torch.Tensor) -> torch.Tensor:
    """Bytes (N, S, S, 3) as float32 in -1..1."""
    return chips.float() / 127.5 - 1.0
