"""Checks whether samples show the person they are meant for. Pure functions.

Samples of another person, due to a mistyped ID or a wrong folder, would merge two people for good.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from faceapp.errors import AlreadyEnrolled, PersonInvalid
from faceapp.recognition.cosine import cosines
from faceapp.recognition.enrolment import looks_like
from faceapp.runtime.keeper import Snapshot
from faceapp.types import PersonId, Sample


def twin(
    samples: Sequence[Sample], snapshot: Snapshot, but: PersonId | None = None
) -> PersonId | None:
    """Find another person with this face; ``but`` is the person the samples are for."""
    if not samples:
        return None
    vectors = np.stack([sample.vector for sample in samples])
    return looks_like(vectors, snapshot.gallery, snapshot.thresholds, but)


def unlike(samples: Sequence[Sample], snapshot: Snapshot, person: PersonId) -> bool:
    """Return whether no sample resembles any template of ``person``; False if either is missing."""
    own = snapshot.gallery.vectors_of(person)
    if not samples or not len(own):
        return False
    vectors = np.stack([sample.vector for sample in samples])
    return bool(cosines(vectors, own).max() < snapshot.same_face)


def refuse_twin(samples: Sequence[Sample], snapshot: Snapshot, person: PersonId) -> None:
    """Raise AlreadyEnrolled if the samples for ``person`` show somebody else."""
    other = twin(samples, snapshot, person)
    if other is not None:
        raise AlreadyEnrolled(person=person, other=other)


def refuse_unlike(samples: Sequence[Sample], snapshot: Snapshot, person: PersonId) -> None:
    """Raise PersonInvalid if the samples do not show ``person``."""
    if unlike(samples, snapshot, person):
        raise PersonInvalid(field="id", why="another_face")
