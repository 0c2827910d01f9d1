"""Which chips are in which batch: a function of seed and step alone.

So a resumed run sees exactly what an uninterrupted one would have seen. This module needs no
PyTorch; `batches` turns the rows into pictures.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


class Order:
    """The whole set in a new random order each epoch, cut into batches."""

    def __init__(self, rows: Rows, batch: int, seed: int) -> None:
        if not len(rows):
            raise ValueError("rows: expected one or more chips to train on, got none")
        self._rows, self.batch, self.seed = rows, batch, seed

    def rows_of(self, step: int) -> Rows:
        """Rows (batch,) of step ``step``; a batch may end one epoch and begin the next."""
        places = np.arange(step * self.batch, (step + 1) * self.batch)
        epochs, places = np.divmod(places, len(self._rows))
        drawn = np.empty(self.batch, np.int64)
        for epoch in np.unique(epochs):
            order = np.random.default_rng((self.seed, 0, int(epoch))).permutation(len(self._rows))
            here = epochs == epoch
            drawn[here] = self._rows[order[places[here]]]
        return drawn


class MixedOrder(Order):
    """Batches of two kinds of chips in a fixed proportion, each kind in its own random order.

    ``shape`` is (chips in a batch, how many of them are from ``others``).
    """

    def __init__(self, rows: Rows, others: Rows, shape: tuple[int, int], seed: int) -> None:
        batch, share = shape
        super().__init__(rows, batch, seed)
        self._kinds = Order(rows, batch - share, seed), Order(others, share, seed)

    def rows_of(self, step: int) -> Rows:
        drawn = np.concatenate([kind.rows_of(step) for kind in self._kinds])
        return np.random.default_rng((self.seed, 4, step)).permutation(drawn)


class PeopleOrder(Order):
    """Batches of P random people with K chips each, for triplets.

    A person with fewer than K chips contributes all of them, and some of them again. People with a
    single chip are left out. ``shape`` is (P x K, K). Raises ValueError if K does not divide the
    batch, or if fewer than P people have two chips.
    """

    def __init__(
        self, rows: Rows, people: NDArray[np.integer], shape: tuple[int, int], seed: int
    ) -> None:
        batch, self._pictures = shape
        super().__init__(rows, batch, seed)
        known = rows[people[rows] >= 0]
        known = known[np.argsort(people[known], kind="stable")]
        starts = np.flatnonzero(np.diff(people[known], prepend=-1))
        self._chips_of = [c for c in np.split(known, starts[1:]) if len(c) >= 2]
        if batch % self._pictures:
            raise ValueError(f"batch: {batch} is no multiple of {self._pictures} chips per person")
        if len(self._chips_of) < batch // self._pictures:
            raise ValueError(
                f"people: a batch needs {batch // self._pictures} with two chips or more,"
                f" there are {len(self._chips_of)}"
            )

    def rows_of(self, step: int) -> Rows:
        rng = np.random.default_rng((self.seed, 0, step))
        drawn = rng.choice(len(self._chips_of), self.batch // self._pictures, replace=False)
        chosen = [np.resize(rng.permutation(self._chips_of[p]), self._pictures) for p in drawn]
        return np.concatenate(chosen)
