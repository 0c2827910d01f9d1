"""Tests whether a person who is about to be saved would be recognized. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from faceapp.recognition.score import scores_among, scores_of
from faceapp.runtime.keeper import Snapshot
from faceapp.types import PersonId, Sample


class Outcome(Enum):
    """The outcome of a trial."""

    KNOWN = "known"
    OTHER = "other"
    UNKNOWN = "unknown"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Trial:
    """``known`` of ``tried`` pictures were recognized, or ``other`` was recognized instead."""

    outcome: Outcome
    known: int = 0
    tried: int = 0
    other: PersonId | None = None


def live_trial(
    seen: Sample, samples: Sequence[Sample], snapshot: Snapshot, but: PersonId | None = None
) -> Trial:
    """Test a new look of the camera against the samples and everybody except ``but``.

    It is as strict as recognition will be with the gallery enlarged by the samples of a new person.
    Samples for ``but`` are tried alone too: their older ones must not hide that the new are poor.
    """
    vector = seen.vector[np.newaxis]
    own = float(scores_of(np.stack([sample.vector for sample in samples]), vector)[0])
    scores = snapshot.gallery.person_scores(vector)[0]
    others = zip(scores.tolist(), snapshot.gallery.people, strict=True)
    score, other = max((one for one in others if one[1] != but), default=(-1.0, None))
    accept = snapshot.thresholds_with(len(samples)).accept
    if other is not None and score >= accept and score > own:
        return Trial(Outcome.OTHER, tried=1, other=other)
    return Trial(Outcome.KNOWN, 1, 1) if own >= accept else Trial(Outcome.UNKNOWN, tried=1)


def picture_trial(samples: Sequence[Sample], snapshot: Snapshot) -> Trial:
    """Test each sample against all the others."""
    if len(samples) < 2:
        return Trial(Outcome.TOO_FEW)
    scores = scores_among(np.stack([sample.vector for sample in samples]))
    accept = snapshot.thresholds_with(len(samples)).accept
    known = int((scores >= accept).sum())
    outcome = Outcome.KNOWN if known else Outcome.UNKNOWN
    return Trial(outcome, known, len(samples))
