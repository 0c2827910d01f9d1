"""Batches by number: the batch of step *k* depends on the seed and *k* alone.

So a resumed run sees exactly what an uninterrupted one would have seen (`order` decides which
chips). Batches are made in worker processes, while the network is trained.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from faceapp.training.augment import Augmentation, augment
from faceapp.training.chipset import ChipSet
from faceapp.training.framed import framed
from faceapp.training.order import Order, Rows


class Views(NamedTuple):
    """What a student is shown, and which chips of the set it was made from.

    ``chips`` (B, S, S, 3), uint8 or, once they are `scaled`, float32; ``rows`` int64 (B, 2), equal
    if a picture was made from one chip; ``share`` float32 (B,), how much of the picture is the
    first of the two.
    """

    chips: torch.Tensor
    rows: torch.Tensor
    share: torch.Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Which chips are shown in the frame of another face (`training.framed`).

    A ``share`` of the chips of real people, in frames taken from the ``painted`` rows. The first
    ``spared`` chips of each batch are left out.
    """

    share: float
    painted: Rows
    spared: int


class AugmentedBatches(torch.utils.data.Dataset[Views]):
    """``batches[step]`` -> `Views`."""

    def __init__(
        self,
        folder: Path,
        order: Order,
        size_px: int,
        how: Augmentation,
        frames: Frames | None = None,
    ) -> None:
        self._folder, self._order, self._size_px, self._how = folder, order, size_px, how
        self._frames = frames
        self._chips: NDArray[np.uint8] | None = None

    def __getitem__(self, step: int) -> Views:
        if self._chips is None:
            cv2.setNumThreads(0)
            self._chips = ChipSet.load(self._folder).chips
        rows = self._order.rows_of(step)
        chips = [self._chips[row] for row in rows]
        pairs, share = np.stack([rows, rows], axis=1), np.ones(len(rows), np.float32)
        for place, around in self._framed(rows, step):
            rng = np.random.default_rng((self._order.seed, 6, step, place))
            chips[place], share[place] = framed(chips[place], self._chips[around], rng)
            pairs[place, 1] = around
        rng = np.random.default_rng((self._order.seed, 1, step))
        batch = np.stack([augment(chip, self._size_px, self._how, rng) for chip in chips])
        return Views(*map(torch.from_numpy, (batch, pairs, share)))

    def _framed(self, rows: Rows, step: int) -> list[tuple[int, int]]:
        """Which places of a batch are shown in a frame, and the row that each frame is from."""
        if self._frames is None:
            return []
        rng = np.random.default_rng((self._order.seed, 5, step))
        chosen = rng.random(len(rows)) < self._frames.share
        chosen[: self._frames.spared] = False
        around = rng.choice(self._frames.painted, len(rows))
        real = ~np.isin(rows, self._frames.painted)
        return [(int(place), int(around[place])) for place in np.flatnonzero(chosen & real)]


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
