"""Classify the training people by a last layer on top of the embedding.

It has one row of weights per person and is thrown away after training. Plain softmax is DeepFace's
(Taigman et al. 2014). NormFace (Wang et al. 2017) compares directions only, times a scale. ArcFace
(Deng et al. 2019) also demands an angular margin.
"""

from __future__ import annotations

import math

from keras import ops

from faceapp.training.losses.sphere import Tensor, at_least, unit


def softmax(embeddings: Tensor, weights: Tensor, people: Tensor) -> Tensor:
    """Cross-entropy of plain logits: embeddings (N, D), weights (C, D), people (N,)."""
    return _cross_entropy(ops.matmul(embeddings, ops.transpose(weights)), people)


def normface(embeddings: Tensor, weights: Tensor, people: Tensor, scale: float) -> Tensor:
    """Cross-entropy of ``scale`` times the cosines to unit weights.

    Without the scale, the narrow range of cosines bounds the loss from below (proposition 2).
    """
    return _cross_entropy(scale * _cosines(embeddings, weights), people)


def arcface(
    embeddings: Tensor, weights: Tensor, people: Tensor, scale: float, margin_rad: float
) -> Tensor:
    """NormFace with ``margin_rad`` added to the angle between a face and its own person's weights.

    Beyond an angle of pi - margin the cosine would rise again, so a straight line replaces it.
    """
    cosines = _cosines(embeddings, weights)
    inside = 1.0 - 1e-6  # at 1 and -1 the sine has no slope
    own = -at_least(-at_least(_own(cosines, people), -inside), -inside)
    sine = ops.sqrt(1.0 - own * own)
    moved = own * math.cos(margin_rad) - sine * math.sin(margin_rad)  # cos(angle + margin)
    straight = own - margin_rad * math.sin(margin_rad)
    moved = ops.where(own > math.cos(math.pi - margin_rad), moved, straight)
    places = ops.stack([ops.arange(len(people)), _class(people)], axis=1)
    return _cross_entropy(scale * ops.scatter_update(cosines, places, moved), people)


def _cosines(embeddings: Tensor, weights: Tensor) -> Tensor:
    products = ops.matmul(unit(embeddings), ops.transpose(weights))
    # Scale the products: on small batches there are fewer of them than weights.
    return products * ops.rsqrt(at_least(ops.sum(ops.square(weights), axis=1), 1e-12))


def _class(people: Tensor) -> Tensor:
    """Class numbers (N,); arbitrary for the unknown, whom `_cross_entropy` leaves out."""
    return ops.relu(ops.cast(people, "int32"))


def _own(values: Tensor, people: Tensor) -> Tensor:
    """Pick from each row of ``values`` (N, C) the value of the row's own person: (N,)."""
    return ops.take_along_axis(values, _class(people)[:, None], axis=1)[:, 0]


def _cross_entropy(logits: Tensor, people: Tensor) -> Tensor:
    known = ops.cast(people >= 0, logits.dtype)
    losses = ops.logsumexp(logits, axis=1) - _own(logits, people)
    return ops.sum(known * losses) / at_least(ops.sum(known), 1.0)
