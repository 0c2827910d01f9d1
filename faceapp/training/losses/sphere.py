"""What every loss on the unit sphere needs."""

from __future__ import annotations

from typing import Any

from keras import ops

Tensor = Any
"""A tensor of whichever back-end Keras runs on."""


def unit(embeddings: Tensor) -> Tensor:
    """Rows scaled to L2 norm 1: (N, D) -> (N, D)."""
    squares = ops.sum(ops.square(embeddings), axis=-1, keepdims=True)
    return embeddings * ops.rsqrt(ops.maximum(squares, 1e-12))


def square_distances(units: Tensor) -> Tensor:
    """Squared distances between unit rows (N, D) -> (N, N): 2 - 2 cosine, never below 0."""
    return ops.maximum(2.0 - 2.0 * ops.matmul(units, ops.transpose(units)), 0.0)
