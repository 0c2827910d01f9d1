"""Classification of the training people: the embedding is what the last layer makes it.

One row of weights per person. Plain softmax as DeepFace trained (Taigman et al. 2014); NormFace
(Wang et al. 2017) compares directions only, with a scale; ArcFace (Deng et al. 2019) asks for an
angular margin on top. After training the weights are thrown away.
"""

from __future__ import annotations

import math

from keras import ops

from faceapp.training.losses.sphere import Tensor, unit


def softmax(embeddings: Tensor, weights: Tensor, people: Tensor) -> Tensor:
    """Cross-entropy of plain logits: embeddings (N, D), weights (C, D), people (N,)."""
    return _cross_entropy(ops.matmul(embeddings, ops.transpose(weights)), people)


def normface(embeddings: Tensor, weights: Tensor, people: Tensor, scale: float) -> Tensor:
    """Cross-entropy of ``scale`` times the cosines to unit weights.

    Without a scale the cosines' narrow range bounds the loss from below (NormFace, proposition 2).
    """
    return _cross_entropy(scale * _cosines(embeddings, weights), people)


def arcface(
    embeddings: Tensor, weights: Tensor, people: Tensor, scale: float, margin_rad: float
) -> Tensor:
    """NormFace with ``margin_rad`` added to the angle between a face and its own person's weights.

    Beyond pi - margin the cosine would rise again; there it is continued as a straight line.
    """
    cosines = _cosines(embeddings, weights)
    own = _own_place(people, weights.shape[0])
    safe = ops.clip(cosines, -1.0 + 1e-6, 1.0 - 1e-6)
    moved = safe * math.cos(margin_rad) - ops.sqrt(1.0 - safe * safe) * math.sin(margin_rad)
    straight = safe - margin_rad * math.sin(margin_rad)
    moved = ops.where(safe > math.cos(math.pi - margin_rad), moved, straight)
    return _cross_entropy(scale * (own * moved + (1.0 - own) * cosines), people)


def _cosines(embeddings: Tensor, weights: Tensor) -> Tensor:
    return ops.matmul(unit(embeddings), ops.transpose(unit(weights)))


def _own_place(people: Tensor, classes: int) -> Tensor:
    """Float (N, C): 1 at each face's own person; a row of zeros for the unknown."""
    return ops.cast(ops.cast(people, "int32")[:, None] == ops.arange(classes)[None, :], "float32")


def _cross_entropy(logits: Tensor, people: Tensor) -> Tensor:
    own = _own_place(people, logits.shape[1])
    known = ops.sum(own, axis=1)
    losses = -ops.sum(own * ops.log_softmax(logits, axis=1), axis=1)
    return ops.sum(losses) / ops.maximum(ops.sum(known), 1.0)
