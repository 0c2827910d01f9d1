"""Measures searches of a gallery by people who are in it and people who are not (1:N, open set).

FPIR is the share of strangers' searches that return anybody at or above the threshold. FNIR is the
share of enrolled people's searches in which their own record does not come first at or above it.
People whose face could not be acquired count as missed; none are dropped silently. The search is
the app's own `Gallery`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition.gallery import Gallery
from faceapp.recognition.metrics import Floats, Ints
from faceapp.types import F32, PersonId


@dataclass(frozen=True, slots=True, eq=False)
class SearchScores:
    """The scores of searches.

    ``mated`` (M,) holds the score of each mated search, -inf if the first candidate was another
    person; ``non_mated`` (S,) holds the best score of each stranger's search.
    """

    mated: Floats
    non_mated: Floats


@dataclass(frozen=True, slots=True, eq=False)
class OpenSetSplit:
    """Rows of a labelled set: the gallery's templates, its people's searches, and strangers'."""

    gallery: NDArray[np.intp]
    mated: NDArray[np.intp]
    non_mated: NDArray[np.intp]


def draw_split(
    identities: Ints, people: int, templates: int, rng: np.random.Generator
) -> OpenSetSplit:
    """Draw a gallery of ``people`` with ``templates`` pictures each; all other rows are searches.

    ``identities`` (R,) says whose each row is. Only people with more than ``templates`` pictures
    are enrolled, since one must be left to search with; everybody else is a stranger.
    Raises ValueError if there are too few such people.
    """
    names, counts = np.unique(identities, return_counts=True)
    eligible = names[counts > templates]
    if len(eligible) < people:
        raise ValueError(f"people: expected at most {len(eligible)}, got {people}")
    enrolled = rng.choice(eligible, people, replace=False)
    gallery: list[NDArray[np.intp]] = []
    mated: list[NDArray[np.intp]] = []
    for name in enrolled:
        rows = rng.permutation(np.flatnonzero(identities == name))
        gallery.append(rows[:templates])
        mated.append(rows[templates:])
    strangers = np.flatnonzero(~np.isin(identities, enrolled))
    nobody = np.zeros(0, np.intp)
    return OpenSetSplit(
        np.concatenate([nobody, *gallery]), np.concatenate([nobody, *mated]), strangers
    )


def search_scores(
    gallery: Gallery, mated: F32, mates: Sequence[PersonId], non_mated: F32
) -> SearchScores:
    """Search ``gallery`` with ``mated`` float32 (M, D), of ``mates``, and with ``non_mated``."""
    best = gallery.best_two(mated)
    rows = {person: row for row, person in enumerate(gallery.people)}
    right = best.person == np.array([rows.get(mate, -2) for mate in mates], np.intp)
    first = best.first.astype(np.float64)
    return SearchScores(
        np.where(right, first, -np.inf),
        gallery.best_two(non_mated).first.astype(np.float64),
    )


def fnir_at(scores: SearchScores, threshold: float) -> float:
    """Return the share of enrolled people not given their name at ``threshold``."""
    return float(np.mean(scores.mated < threshold))


def threshold_at_fpir(scores: SearchScores, fpir: float) -> float:
    """Return the lowest threshold whose FPIR is at most ``fpir``.

    Raises ValueError without strangers.
    """
    strangers = np.sort(scores.non_mated)[::-1]
    if not len(strangers):
        raise ValueError("scores: expected searches by strangers")
    allowed = int(np.floor(fpir * len(strangers) + 1e-9))
    if allowed >= len(strangers):
        return -1.0
    return float(np.nextafter(strangers[allowed], np.inf))


def fnir_at_fpir(scores: SearchScores, fpir: float) -> tuple[float, float]:
    """Return (FNIR, threshold) at the given FPIR."""
    threshold = threshold_at_fpir(scores, fpir)
    return fnir_at(scores, threshold), threshold
