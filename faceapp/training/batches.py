"""Batches by step number: the batch of step *k* depends only on the seed and *k*.

So a resumed run sees exactly what an uninterrupted one would have seen. `order` decides which chips
a batch holds. Worker processes make the batches while the network trains.
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
    """The pictures shown to a student, and the chips of the set that they were made from.

    ``chips`` (B, S, S, 3): uint8, or float32 once they are `scaled`. ``rows`` int64 (B, 2): the two
    chips of each picture, equal if it was made from one. ``share`` float32 (B,): how much of the
    picture comes from the first of the two.
    """

    chips: torch.Tensor
    rows: torch.Tensor
    share: torch.Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Which chips are shown in the frame of another face (`training.framed`).

    ``share`` is the share of real people's chips that get a frame; frames are taken from the
    ``painted`` rows. The first ``spared`` chips of each batch get none.
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
        """Draw the places of a batch that get a frame, each with the row that the frame is from."""
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
    """Load the batches of steps first..last-1, in order."""
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
