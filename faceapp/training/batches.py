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

Rows = NDArray[np.int64]


class Order:
    """Which chips are in which batch: the whole set in a new random order each epoch."""

    def __init__(self, rows: Rows, batch: int, seed: int) -> None:
        self._rows, self.batch, self.seed = rows, batch, seed

    def rows_of(self, step: int) -> Rows:
        """Rows (batch,) of step ``step``."""
        places = np.arange(step * self.batch, (step + 1) * self.batch)
        epochs, places = np.divmod(places, len(self._rows))
        drawn = np.empty(self.batch, np.int64)
        for epoch in np.unique(epochs):
            order = np.random.default_rng((self.seed, 0, int(epoch))).permutation(len(self._rows))
            here = epochs == epoch
            drawn[here] = self._rows[order[places[here]]]
        return drawn


class PeopleOrder(Order):
    """Batches of P random people with K chips each, for triplets (drawn with repetition if fewer)."""

    def __init__(self, rows: Rows, people: Rows, shape: tuple[int, int], seed: int) -> None:
        super().__init__(rows, shape[0], seed)
        known = rows[people[rows] >= 0]
        known = known[np.argsort(people[known], kind="stable")]
        starts = np.flatnonzero(np.diff(people[known], prepend=-1))
        self._chips_of = [c for c in np.split(known, starts[1:]) if len(c) >= 2]
        self._pictures = shape[1]

    def rows_of(self, step: int) -> Rows:
        rng = np.random.default_rng((self.seed, 0, step))
        drawn = rng.choice(len(self._chips_of), self.batch // self._pictures, replace=False)
        chosen = [
            rng.choice(c, self._pictures, replace=len(c) < self._pictures)
            for c in (self._chips_of[person] for person in drawn)
        ]
        return np.concatenate(chosen)


class AugmentedBatches(torch.utils.data.Dataset[tuple[torch.Tensor, torch.Tensor]]):
    """``batches[step]`` -> chips float32 (B, S, S, 3) in -1..1 and their rows int64 (B,)."""

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
        return torch.from_numpy(batch.astype(np.float32) / 127.5 - 1.0), torch.from_numpy(rows)


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
    )
