"""Triplet losses: an anchor should be nearer to its own person than to any other, by a margin.

The loss on squared distances of the unit sphere and semi-hard negatives are FaceNet's (Schroff,
Kalenichenko and Philbin 2015), batch-all and batch-hard are from Hermans, Beyer and Leibe (2017).
Batches hold P people with K pictures each, and triplets are formed within a batch. All three can
fail without an error by putting every face at one point, where the loss is the margin: watch the
spread of the embeddings.
"""

from __future__ import annotations

from keras import ops

from faceapp.training.losses.sphere import Tensor, at_least, square_distances, unit

FAR = 1e9


def batch_all(embeddings: Tensor, people: Tensor, margin: float) -> Tensor:
    """Mean over all triplets (a, p, n) of the batch that still violate the margin, or 0."""
    distances = square_distances(unit(embeddings))
    positive, negative = _masks(people)
    excess = distances[:, :, None] - distances[:, None, :] + margin
    counted = positive[:, :, None] * negative[:, None, :] * ops.cast(excess > 0.0, "float32")
    return ops.sum(excess * counted) / at_least(ops.sum(counted), 1.0)


def batch_semi_hard(embeddings: Tensor, people: Tensor, margin: float) -> Tensor:
    """Mean over all pairs (a, p), each with its nearest negative beyond the positive.

    FaceNet, section 3.2: negatives nearer than the positive collapse the network early in training.
    If no negative lies beyond the positive, the farthest negative is taken.
    """
    distances = square_distances(unit(embeddings))
    positive, negative = _masks(people)
    beyond = (
        ops.cast(distances[:, None, :] > distances[:, :, None], "float32") * negative[:, None, :]
    )
    nearest_beyond = ops.min(ops.where(beyond > 0.0, distances[:, None, :], FAR), axis=2)
    farthest = ops.max(ops.where(negative > 0.0, distances, 0.0), axis=1)
    chosen = ops.where(nearest_beyond < FAR, nearest_beyond, farthest[:, None])
    usable = positive * ops.cast(ops.sum(negative, axis=1, keepdims=True) > 0.0, "float32")
    return _hinge(distances, chosen, usable, margin)


def batch_hard(embeddings: Tensor, people: Tensor, margin: float) -> Tensor:
    """Mean over anchors: the farthest positive against the nearest negative."""
    distances = square_distances(unit(embeddings))
    positive, negative = _masks(people)
    hardest_positive = ops.max(distances * positive, axis=1)
    hardest_negative = ops.min(ops.where(negative > 0.0, distances, FAR), axis=1)
    has_both = (ops.sum(positive, axis=1) > 0.0) & (ops.sum(negative, axis=1) > 0.0)
    usable = ops.cast(has_both, "float32")
    return _hinge(hardest_positive, hardest_negative, usable, margin)


def _hinge(near: Tensor, far: Tensor, usable: Tensor, margin: float) -> Tensor:
    violation = ops.relu(near - far + margin) * usable
    return ops.sum(violation) / at_least(ops.sum(usable), 1.0)


def _masks(people: Tensor) -> tuple[Tensor, Tensor]:
    """Float (N, N): same known person but not the same picture; two different known people."""
    people = ops.cast(people, "int32")
    known = ops.cast(people >= 0, "float32")
    both = known[:, None] * known[None, :]
    same = ops.cast(people[:, None] == people[None, :], "float32")
    return both * same * (1.0 - ops.eye(people.shape[0])), both * (1.0 - same)
