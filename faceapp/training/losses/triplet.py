"""Triplet losses: an anchor should be nearer to its own person than to any other, by a margin.

The loss on squared distances of the unit sphere and semi-hard negatives are FaceNet's (Schroff,
Kalenichenko and Philbin 2015); batch-all and batch-hard are from Hermans, Beyer and Leibe (2017).
Batches hold P people with K pictures each, and triplets are formed within a batch. All three can
fail silently by mapping every face to one point, where the loss is the margin: watch the spread of
the embeddings.
"""

from __future__ import annotations

from keras import ops

from faceapp.training.losses.sphere import Tensor, at_least, square_distances, unit

FAR = 1e9


def batch_all(embeddings: Tensor, people: Tensor, margin: float) -> Tensor:
    """Mean over all triplets (a, p, n) of the batch that still violate the margin, or 0."""
    distances = square_distances(unit(embeddings))
    positive, negative = _pairs(people)
    excess = distances[:, :, None] - distances[:, None, :] + margin
    violating = positive[:, :, None] & negative[:, None, :] & (excess > 0.0)
    return _mean(excess, violating)


def batch_semi_hard(embeddings: Tensor, people: Tensor, margin: float) -> Tensor:
    """Mean over all pairs (a, p), each with its nearest negative beyond the positive.

    FaceNet, section 3.2: negatives nearer than the positive collapse the network early in training.
    If no negative lies beyond the positive, the farthest negative is taken.
    """
    distances = square_distances(unit(embeddings))
    positive, negative = _pairs(people)
    beyond = negative[:, None, :] & (distances[:, None, :] > distances[:, :, None])
    nearest_beyond = ops.min(ops.where(beyond, distances[:, None, :], FAR), axis=2)
    farthest = ops.max(ops.where(negative, distances, 0.0), axis=1, keepdims=True)
    chosen = ops.where(nearest_beyond < FAR, nearest_beyond, farthest)
    usable = positive & ops.any(negative, axis=1, keepdims=True)
    return _mean(ops.relu(distances - chosen + margin), usable)


def batch_hard(embeddings: Tensor, people: Tensor, margin: float) -> Tensor:
    """Mean over anchors: the farthest positive against the nearest negative."""
    distances = square_distances(unit(embeddings))
    positive, negative = _pairs(people)
    farthest_positive = ops.max(ops.where(positive, distances, 0.0), axis=1)
    nearest_negative = ops.min(ops.where(negative, distances, FAR), axis=1)
    usable = ops.any(positive, axis=1) & ops.any(negative, axis=1)
    return _mean(ops.relu(farthest_positive - nearest_negative + margin), usable)


def _pairs(people: Tensor) -> tuple[Tensor, Tensor]:
    """Bool (N, N): two pictures of one known person, and pictures of two known people."""
    known, same = people >= 0, people[:, None] == people[None, :]
    both = known[:, None] & known[None, :]
    oneself = ops.eye(people.shape[0], dtype="bool")
    return both & same & ~oneself, both & ~same


def _mean(losses: Tensor, counted: Tensor) -> Tensor:
    """The mean of the ``losses`` that are ``counted``, or 0 if none is."""
    counted = ops.cast(counted, "float32")
    return ops.sum(losses * counted) / at_least(ops.sum(counted), 1.0)
