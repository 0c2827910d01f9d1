"""Selects a person's templates among samples from pictures: their own face, good and different.

Values in, values out. The samples' thumbnails, the only pixels here, are not used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition.cosine import cosines
from faceapp.types import F32, Quality, Sample

MAX_SAMPLES = 8
"""More templates per person add comparisons, and so raise the threshold, but add little recall."""

COPY_COSINE = 0.985
"""Two pictures this similar are one picture, saved twice or taken a moment apart."""


class Refusal(Enum):
    """Why a sample was not chosen."""

    OTHER_FACE = "other_face"
    FACES_DIFFER = "faces_differ"
    TOO_SIMILAR = "too_similar"
    SURPLUS = "surplus"


@dataclass(frozen=True, slots=True)
class Selection:
    """The choice of `select_samples`: rows of its input, and why each other row was refused."""

    taken: tuple[int, ...]
    refused: tuple[tuple[int, Refusal], ...]


def select_samples(
    samples: Sequence[Sample],
    score: Callable[[Quality], float],
    same_face: float,
    known: Sequence[F32] = (),
) -> Selection:
    """Choose up to `MAX_SAMPLES` good and different samples of one person from pictures.

    ``score`` rates a quality 0..1; ``known`` are the person's templates (D,), if enrolled. Samples
    of somebody else are refused as another face. If neither the templates nor a majority of the
    samples says who is meant, all are refused as faces that differ. Copies are refused as too
    similar. The rest is chosen by what each adds: its difference from those taken, weighted by its
    quality.
    """
    if not samples:
        return Selection((), ())
    vectors = np.stack([sample.vector for sample in samples])
    alike = cosines(vectors, vectors)
    scores = np.array([score(sample.quality) for sample in samples])
    to_known = cosines(vectors, np.stack(known)).max(axis=1) if len(known) else None
    meant = _meant(alike, to_known, same_face)
    why = Refusal.OTHER_FACE if meant.any() else Refusal.FACES_DIFFER
    refused = {row: why for row in range(len(samples)) if not meant[row]}
    left = [row for row in range(len(samples)) if row not in refused]
    taken: list[int] = []
    while left:
        # While nothing is taken, all are equally far away, so the best one comes first.
        nearest = alike[:, taken].max(axis=1, initial=-1.0)
        refused |= {row: Refusal.TOO_SIMILAR for row in left if nearest[row] >= COPY_COSINE}
        left = [row for row in left if row not in refused]
        if len(taken) == MAX_SAMPLES:
            refused |= dict.fromkeys(left, Refusal.SURPLUS)
            break
        if left:
            best = max(left, key=lambda row: ((1.0 - nearest[row]) * scores[row], -row))
            taken.append(best)
            left.remove(best)
    return Selection(tuple(taken), tuple(sorted(refused.items())))


def _meant(alike: F32, to_known: F32 | None, same_face: float) -> NDArray[np.bool_]:
    """Return which samples show the person who is meant, bool (N,); none if that is unclear.

    ``alike`` (N, N) compares the samples with each other, ``to_known`` (N,) with the person's
    templates. Who is meant is shown by the sample most similar to a template, or else by the one
    most similar to all others if a majority resembles it.
    """
    same = alike >= same_face
    like: NDArray[np.bool_]
    if to_known is not None and to_known.max() >= same_face:
        like = same[np.argmax(to_known)] | (to_known >= same_face)
        return like
    like = same[np.argmax(alike.mean(axis=1))]
    return like if 2 * np.count_nonzero(like) > len(like) else np.zeros_like(like)
