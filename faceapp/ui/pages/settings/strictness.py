"""What a target for wrong names costs: how many enrolled samples would still be recognized.

Measured on the enrolled people, since their cameras and light decide. Pure functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from faceapp.recognition.gallery import Gallery
from faceapp.recognition.score import scores_among
from faceapp.recognition.threshold import threshold_for
from faceapp.types import FmrRow
from faceapp.ui.words import Text
from faceapp.ui.words import settings as words

STEPS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000, 1_000_000)

# Shares of the samples that are still recognized, and the picture that a visit then needs.
_NEEDS: tuple[tuple[float, Text], ...] = (
    (0.98, words.ANY_PICTURE),
    (0.90, words.GOOD_PICTURE),
    (0.70, words.VERY_GOOD_PICTURE),
    (0.0, words.HARD_PICTURE),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """``recognized`` is the share (0..1) of ``samples`` that match another of their person's."""

    people: int
    samples: int
    recognized: float

    @property
    def needs(self) -> Text | None:
        """Say what picture a visit needs; None if there is nothing to measure it on."""
        if not self.samples:
            return None
        return next(text for share, text in _NEEDS if self.recognized >= share)


def cost_of(gallery: Gallery, table: Sequence[FmrRow], odds: int) -> Cost:
    """Test every sample of the gallery against the others of its person at these odds."""
    accept = threshold_for(table, odds, gallery.chances).accept
    ends = np.append(gallery.starts, gallery.templates)[1:]
    tried = known = 0
    for start, end in zip(gallery.starts.tolist(), ends.tolist(), strict=True):
        if end - start < 2:
            continue
        tried += end - start
        known += int((scores_among(gallery.vectors[start:end]) >= accept).sum())
    return Cost(len(gallery.people), tried, known / tried if tried else 0.0)


def step_of(odds: int) -> int:
    """Find the slider's step that is nearest to ``odds``."""
    return min(range(len(STEPS)), key=lambda at: abs(np.log(STEPS[at] / odds)))
