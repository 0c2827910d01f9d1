"""Compares new samples with the enrolled people: whom they show, and whom they do not. Numpy only.

Samples of another person, due to a mistyped ID or a wrong folder, would merge two people for good.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from faceapp.recognition.cosine import cosines
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.threshold import Thresholds
from faceapp.types import PersonId, Sample


def looks_like(
    samples: Sequence[Sample],
    gallery: Gallery,
    thresholds: Thresholds,
    but: PersonId | None = None,
) -> PersonId | None:
    """Return the enrolled person whom the new ``samples`` show, if any.

    A person's score is the mean over the better half of the samples, so that one unlucky sample
    raises no false alarm and one turned face hides no duplicate. ``but``, the person to whom the
    samples are added, is left out.
    """
    if not samples:
        return None
    vectors = np.stack([sample.vector for sample in samples])
    scores = np.sort(gallery.person_scores(vectors), axis=0)[len(vectors) // 2 :].mean(axis=0)
    found = [
        (float(score), person)
        for person, score in zip(gallery.people, scores, strict=True)
        if person != but and score >= thresholds.accept
    ]
    return max(found)[1] if found else None


def unlike(samples: Sequence[Sample], gallery: Gallery, same_face: float, person: PersonId) -> bool:
    """Return whether no sample resembles any template of ``person``; False if either is missing.

    ``same_face`` is the cosine below which two pictures do not show the same person.
    """
    own = gallery.vectors_of(person)
    if not samples or not len(own):
        return False
    vectors = np.stack([sample.vector for sample in samples])
    return bool(cosines(vectors, own).max() < same_face)
