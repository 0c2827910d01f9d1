"""Functions for losses on the unit sphere."""

from __future__ import annotations

from typing import Any

from keras import ops

Tensor = Any
"""A tensor of the back-end that Keras runs on."""


def unit(embeddings: Tensor) -> Tensor:
    """Rows scaled to L2 norm 1: (N, D) -> (N, D)."""
    squares = ops.sum(ops.square(embeddings), axis=-1, keepdims=True)
    return embeddings * ops.rsqrt(at_least(squares, 1e-12))


def square_distances(units: Tensor) -> Tensor:
    """Squared distances between unit rows (N, D) -> (N, N): 2 - 2 cosine, never below 0."""
    return ops.relu(2.0 - 2.0 * ops.matmul(units, ops.transpose(units)))


def at_least(values: Tensor, lowest: float) -> Tensor:
    """``values``, none below ``lowest``: `ops.maximum` without waiting for a GPU.

    For `ops.maximum` Keras sends the number to the GPU as a tensor, and this waits until everything
    before it is done. That took half of each training step.
    """
    return ops.relu(values - lowest) + lowest
