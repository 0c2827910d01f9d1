"""Measures how well scores distinguish people in single comparisons (1:1), exactly, on many pairs.

Terms of ISO/IEC 19795-1: FMR is the share of impostor comparisons at or above a threshold, FNMR the
share of genuine ones below it, TAR = 1 - FNMR. A score equal to the threshold is accepted, here and
in the app. `openset` measures searches of a gallery (1:N), `confidence` uncertainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition.cosine import cosines
from faceapp.types import F32, MIN_ERRORS, FmrRow

BLOCK_ROWS = 1_024

Ints = NDArray[np.integer]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PairScores:
    """Scores of pairs of pictures, both float32 and ascending."""

    genuine: F32
    impostor: F32

    @classmethod
    def of(cls, genuine: F32, impostor: F32) -> PairScores:
        """Make it from the scores in any order."""
        return cls(np.sort(genuine), np.sort(impostor))

    @property
    def impostors(self) -> int:
        """The number of comparisons of two people."""
        return len(self.impostor)


def all_pairs(vectors: F32, identities: Ints) -> PairScores:
    """Compare each of ``vectors`` float32 (N, D), unit rows, with every other one.

    ``identities`` (N,) says whose each vector is. Needs memory for one float32 per pair. Raises
    ValueError for values that are not finite.
    """
    genuine: list[F32] = [np.zeros(0, np.float32)]
    impostor: list[F32] = [np.zeros(0, np.float32)]
    for start in range(0, len(vectors), BLOCK_ROWS):
        rows = np.arange(start, min(start + BLOCK_ROWS, len(vectors)))
        scores = cosines(vectors[rows], vectors[start:])
        later = np.arange(start, len(vectors))[None, :] > rows[:, None]
        same = identities[rows][:, None] == identities[None, start:]
        genuine.append(scores[later & same])
        impostor.append(scores[later & ~same])
    return PairScores.of(np.concatenate(genuine), np.concatenate(impostor))


def fmr_at(scores: PairScores, threshold: float) -> float:
    """Return the share of impostor comparisons at or above ``threshold``."""
    return _false_matches(scores, threshold) / scores.impostors


def _false_matches(scores: PairScores, threshold: float) -> int:
    return scores.impostors - int(np.searchsorted(scores.impostor, threshold, "left"))


def tar_at(scores: PairScores, threshold: float) -> float:
    """Return the share of genuine comparisons at or above ``threshold``."""
    above = len(scores.genuine) - int(np.searchsorted(scores.genuine, threshold, "left"))
    return above / len(scores.genuine)


def threshold_at_fmr(scores: PairScores, fmr: float) -> float:
    """Return the lowest float32 threshold whose FMR is at most ``fmr``.

    Raises ValueError if there are no impostor comparisons.
    """
    if not scores.impostors:
        raise ValueError("scores: expected impostor comparisons")
    # The product may fall short of a whole number by rounding only.
    allowed = int(np.floor(fmr * scores.impostors + 1e-9))
    if allowed >= scores.impostors:
        return -1.0
    first_refused = scores.impostor[-1 - allowed]
    return float(np.nextafter(first_refused, np.float32(np.inf)))


def tar_at_fmr(scores: PairScores, fmr: float) -> tuple[float, float]:
    """Return (TAR, threshold) at the given FMR."""
    threshold = threshold_at_fmr(scores, fmr)
    return tar_at(scores, threshold), threshold


@dataclass(frozen=True, slots=True, eq=False)
class Roc:
    """Operating points by falling threshold: ``fmr`` and ``tar`` rise from 0 to 1. All (P,)."""

    fmr: Floats
    tar: Floats
    threshold: Floats


def roc(scores: PairScores) -> Roc:
    """Return the exact curve: one point for each distinct score, and (0, 0) before the first."""
    distinct = np.unique(np.concatenate([scores.genuine, scores.impostor]))[::-1]
    below_impostor = np.searchsorted(scores.impostor, distinct, "left")
    below_genuine = np.searchsorted(scores.genuine, distinct, "left")
    fmr = 1.0 - below_impostor / scores.impostors
    tar = 1.0 - below_genuine / len(scores.genuine)
    return Roc(
        np.concatenate([[0.0], fmr]),
        np.concatenate([[0.0], tar]),
        np.concatenate([[np.inf], distinct.astype(np.float64)]),
    )


def equal_error_rate(scores: PairScores) -> float:
    """Return the error at which FMR and FNMR meet, interpolated between operating points."""
    curve = roc(scores)
    gap = curve.fmr - (1.0 - curve.tar)
    after = int(np.argmax(gap >= 0.0))
    if gap[after] == 0.0 or after == 0:
        return float(curve.fmr[after])
    share = -gap[after - 1] / (gap[after] - gap[after - 1])
    return float(curve.fmr[after - 1] + share * (curve.fmr[after] - curve.fmr[after - 1]))


def fmr_table(
    scores: PairScores, fmrs: Sequence[float], elsewhere: PairScores | None = None
) -> tuple[FmrRow, ...]:
    """Return the model card's table with the measured FMRs, from loose to strict.

    Scores rise and FMRs fall from row to row. A row without any false match, or one that repeats
    the row before, measures nothing and is left out.

    ``elsewhere`` are the scores of another kind of pictures. If they are enough for `MIN_ERRORS`
    false matches at the wanted FMR, the row takes the higher of both thresholds. The row's FMR is
    the higher of both at its score; for this, `MIN_ERRORS` false matches at that score suffice too.
    """
    rows: list[FmrRow] = []
    for wanted in sorted(fmrs, reverse=True):
        sets = [scores]
        if elsewhere is not None and wanted * elsewhere.impostors >= MIN_ERRORS:
            sets.append(elsewhere)
        threshold = max(threshold_at_fmr(one, wanted) for one in sets)
        if elsewhere is not None and _false_matches(elsewhere, threshold) >= MIN_ERRORS:
            sets.append(elsewhere)
        fmr, comparisons = max((fmr_at(one, threshold), one.impostors) for one in sets)
        if fmr > 0.0 and (not rows or (threshold > rows[-1].score and fmr < rows[-1].fmr)):
            rows.append(FmrRow(threshold, fmr, comparisons))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class FoldAccuracy:
    """Verification accuracy over folds: mean, standard error of the mean, and each fold's."""

    mean: float
    standard_error: float
    folds: tuple[float, ...]


def fold_accuracy(scores: Floats, same: NDArray[np.bool_], folds: Ints) -> FoldAccuracy:
    """Measure accuracy by LFW's protocol: each fold with the other folds' best threshold.

    For each of P pairs, ``scores`` holds its score, ``same`` whether both are one person, and
    ``folds`` its fold. Raises ValueError for fewer than two folds.
    """
    names = np.unique(folds)
    if len(names) < 2:
        raise ValueError(f"folds: expected two or more, got {len(names)}")
    accuracies = []
    for name in names:
        held_out = folds == name
        threshold = best_threshold(scores[~held_out], same[~held_out])
        accuracies.append(float(np.mean((scores[held_out] >= threshold) == same[held_out])))
    spread = float(np.std(accuracies, ddof=1)) / len(names) ** 0.5
    return FoldAccuracy(float(np.mean(accuracies)), spread, tuple(accuracies))


def best_threshold(scores: Floats, same: NDArray[np.bool_]) -> float:
    """Return the threshold with the most correct answers.

    It lies midway between two neighbouring scores; of equally good ones, the middle one is taken.
    """
    order = np.argsort(scores)
    ranked, hits = scores[order].astype(np.float64), same[order].astype(np.int64)
    # With the threshold just below row i, impostors before it and genuine pairs from it on are
    # correct.
    right = np.concatenate([[0], np.cumsum(1 - hits)]) + np.concatenate(
        [np.cumsum(hits[::-1])[::-1], [0]]
    )
    cuts = np.concatenate([[-np.inf], (ranked[1:] + ranked[:-1]) / 2, [np.inf]])
    # No threshold separates two equal scores.
    possible = np.concatenate([[True], ranked[1:] > ranked[:-1], [True]])
    best = np.flatnonzero(possible & (right == right[possible].max()))
    return float(cuts[best[len(best) // 2]])
