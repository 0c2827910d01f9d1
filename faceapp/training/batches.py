"""Batches by number: the batch of step *k* depends on the seed and *k* alone, so a resumed run sees
exactly what an uninterrupted one would have seen. Made in worker processes beside the training.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from faceapp.training.augment import Augmentation, augment
from faceapp.training.chipset import ChipSet


class AugmentedBatches(torch.utils.data.Dataset[tuple[torch.Tensor, torch.Tensor]]):
    """``batches[step]`` -> chips float32 (B, S, S, 3) in -1..1 and their rows int64 (B,).

    The set is passed over in a new random order each epoch.
    """

    def __init__(
        self, folder: Path, rows: NDArray[np.int64], shape: tuple[int, int], how: Augmentation, seed: int
    ) -> None:
        self._folder, self._rows, self._how, self._seed = folder, rows, how, seed
        self._batch, self._size_px = shape
        self._chips: NDArray[np.uint8] | None = None

    def __getitem__(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        if self._chips is None:
            cv2.setNumThreads(0)
            self._chips = ChipSet.load(self._folder).chips
        rows = self._draw(step)
        rng = np.random.default_rng((self._seed, 1, step))
        batch = np.stack([augment(self._chips[r], self._size_px, self._how, rng) for r in rows])
        return torch.from_numpy(batch.astype(np.float32) / 127.5 - 1.0), torch.from_numpy(rows)

    def _draw(self, step: int) -> NDArray[np.int64]:
        places = np.arange(step * self._batch, (step + 1) * self._batch)
        epochs, places = np.divmod(places, len(self._rows))
        drawn = np.empty(self._batch, np.int64)
        for epoch in np.unique(epochs):
            order = np.random.default_rng((self._seed, 0, int(epoch))).permutation(len(self._rows))
            here = epochs == epoch
            drawn[here] = self._rows[order[places[here]]]
        return drawn


def loader(batches: AugmentedBatches, first: int, last: int, workers: int) -> torch.utils.data.DataLoader:
    """Batches of the steps first..last-1 in order."""
    return torch.utils.data.DataLoader(
        batches,
        batch_size=None,
        sampler=range(first, last),
        num_workers=workers,
        prefetch_factor=8 if workers else None,
    )
