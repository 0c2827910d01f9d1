"""How much a face resembles a person of whom there are several templates. Numpy only.

The score is the mean of two cosines: to the most similar template, and to the mean of all of the
person's templates. The first alone knows every look of a person, but k templates give a stranger k
chances. The second averages out what is accidental in each template, but belongs to no real look.
Their mean makes fewer errors of both kinds than either (docs/adr/035-scored-by-best-and-mean.md).
With one template both are the same cosine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition.cosine import cosines
from faceapp.types import F32


def score(best: F32, to_mean: F32) -> F32:
    """Return the scores for the cosines to the best templates and to the means; same shapes."""
    return (best + to_mean) * np.float32(0.5)


def means_of(vectors: F32, starts: NDArray[np.intp]) -> F32:
    """Return each person's mean template as float32 (P, D), unit rows.

    ``vectors`` (T, D) are the templates, ``starts`` (P,) the first row of each person's. Opposite
    templates have no mean; theirs is zero, which resembles nobody.
    """
    if not len(starts):
        return vectors[:0]
    return _unit(np.add.reduceat(vectors, starts, axis=0))


def scores_of(templates: F32, vectors: F32) -> F32:
    """Score ``vectors`` (N, D) for the person of ``templates`` (K, D), K >= 1: float32 (N,)."""
    mean = means_of(templates, np.zeros(1, np.intp))
    return score(cosines(templates, vectors).max(axis=0), cosines(mean, vectors)[0])


def scores_among(templates: F32) -> F32:
    """Score each of one person's ``templates`` (K, D), K >= 2, against the others: float32 (K,)."""
    alike = cosines(templates, templates)
    np.fill_diagonal(alike, -1.0)
    others = _unit(templates.sum(axis=0) - templates)
    return score(alike.max(axis=1), (others * templates).sum(axis=1))


def chances(templates: int, people: int) -> float:
    """Return how many comparisons of two faces a search is worth to a stranger.

    For k templates of one person, k chances to resemble the best one and one to resemble the mean
    make (k + 1) / 2. Measured were at most 1.4 of 1.5 for two templates, 1.8 of 2 for three, 2.8 of
    3 for five and 3.9 of 4.5 for eight (``python -m benchmarks scores``).
    """
    return (templates + people) / 2.0


def _unit(rows: F32) -> F32:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)
