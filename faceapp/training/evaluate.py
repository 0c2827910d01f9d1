"""Measure an embedder on LFW and on held-out people, in the terms of ISO/IEC 19795-1.

A picture without a face (failure to acquire) matches nobody: its cosine is -1 with every other
picture, of its own person or of strangers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition import confidence, metrics, openset
from faceapp.recognition.gallery import Gallery
from faceapp.training.lfw import Pairs, Pictures
from faceapp.types import PersonId
from faceapp.vision.embed import embed_both_sides

FMRS = (1e-3, 1e-4, 1e-5)
OPEN_SET_FPIRS = (0.01, 0.003, 0.001)
TEMPLATES = 3
NOT_ACQUIRED = -1.0

Chips = NDArray[np.uint8]
Vectors = NDArray[np.float32]
People = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """``figures``: plain values for JSON and the card; ``scores``: all pairs, for the curves."""

    figures: dict[str, Any]
    scores: metrics.PairScores


def on_lfw(embed: Callable[[Chips], Vectors], pictures: Pictures, pairs: Pairs) -> Evaluation:
    """Verification by folds, TAR over all pairs and open-set search, all from whole pictures.

    ``embed`` turns chips uint8 (N, 112, 112, 3) into unit rows float32 (N, D). The open set is
    searched twice: with people enrolled from each picture as it is, and from both sides, as the app
    enrols. Raises ValueError if nobody can be enrolled, or nobody is left to be a stranger.
    """
    people, found = pictures.people, pictures.found
    _check_open_set(people)
    vectors = embed(pictures.chips)
    templates = vectors.copy()
    enrollable = np.flatnonzero((np.bincount(people) > TEMPLATES)[people])
    templates[enrollable] = embed_both_sides(embed, pictures.chips[enrollable])
    scores = all_pairs(vectors, people, found)
    one_look, both_sides = (
        open_set(enrolled, vectors, people, found, np.random.default_rng(0))
        for enrolled in (vectors, templates)
    )
    figures = {
        "pictures": len(vectors),
        "not_acquired": int((~found).sum()),
        "verification": verification(vectors, found, pairs),
        "all_pairs": tar_figures(scores),
        "open_set": one_look,
        "open_set_both_sides": both_sides,
    }
    return Evaluation(figures, scores)


def _check_open_set(people: People) -> None:
    several = np.bincount(people, minlength=1) > TEMPLATES
    if several.all() or not several.any():
        raise ValueError(
            f"pictures: expected somebody with {TEMPLATES + 1} or more, to be enrolled,"
            " and somebody with fewer, to be a stranger"
        )


def check_elsewhere(people: People) -> None:
    """Raise ValueError if the people elsewhere make no pair of one person, or none of strangers."""
    if len(np.unique(people)) in (0, 1, len(people)):
        raise ValueError("elsewhere: expected two people or more, one of them with two pictures")


def on_chips(vectors: Vectors, people: People) -> Evaluation:
    """TAR over all pairs of aligned chips: ``vectors`` (N, D) of ``people`` (N,)."""
    scores = all_pairs(vectors, people, np.ones(len(people), bool))
    return Evaluation({"pictures": len(vectors), "all_pairs": tar_figures(scores)}, scores)


def verification(vectors: Vectors, found: NDArray[np.bool_], pairs: Pairs) -> dict[str, Any]:
    """Accuracy by LFW's protocol: each fold at the other folds' best threshold."""
    first, second = pairs.rows.T
    scores = (vectors[first] * vectors[second]).sum(axis=1).astype(np.float64)
    scores[~(found[first] & found[second])] = NOT_ACQUIRED
    by_fold = metrics.fold_accuracy(scores, pairs.same, pairs.folds)
    return {
        "accuracy": by_fold.mean,
        "standard_error": by_fold.standard_error,
        "folds": list(by_fold.folds),
        "pairs": len(pairs.same),
    }


def all_pairs(vectors: Vectors, people: People, found: NDArray[np.bool_]) -> metrics.PairScores:
    """The score of every pair; -1 if one of the two faces was not found."""
    there = metrics.all_pairs(vectors[found], people[found])
    counts_all, counts_found = (np.bincount(p) for p in (people, people[found]))
    lost = _pairs_within(counts_all) - _pairs_within(counts_found)
    missing = np.full(lost, NOT_ACQUIRED, np.float32)
    apart = comparisons_of_strangers(people) - there.impostors
    unmatched = np.full(apart, NOT_ACQUIRED, np.float32)
    return metrics.PairScores.of(
        np.concatenate([missing, there.genuine]), np.concatenate([unmatched, there.impostor])
    )


def comparisons_of_strangers(people: People) -> int:
    """Count the pairs of pictures that show two people; ``people`` (N,) are numbered from 0."""
    return len(people) * (len(people) - 1) // 2 - _pairs_within(np.bincount(people))


def shows(trials: int, rate: float) -> bool:
    """Whether ``trials`` can show an error rate of ``rate``: a single error must not exceed it."""
    return rate * trials >= 1.0 - 1e-9  # the product may fall short by rounding only


def tar_figures(scores: metrics.PairScores) -> dict[str, Any]:
    """TAR and threshold at each of `FMRS` that the scores can show, their number, and the EER."""
    figures: dict[str, Any] = {
        "genuine": len(scores.genuine),
        "impostor": scores.impostors,
        "eer": metrics.equal_error_rate(scores),
    }
    for fmr in (one for one in FMRS if shows(scores.impostors, one)):
        tar, threshold = metrics.tar_at_fmr(scores, fmr)
        figures[f"tar@{fmr:.0e}"] = tar
        figures[f"threshold@{fmr:.0e}"] = threshold
    return figures


def fmrs_elsewhere(
    here: metrics.PairScores, there: metrics.PairScores, fmrs: tuple[float, ...]
) -> dict[float, float]:
    """For each of ``fmrs``: the FMR of ``there`` at the threshold where ``here`` has it.

    An FMR is left out if either has too few scores to show it.
    """
    return {
        fmr: metrics.fmr_at(there, metrics.threshold_at_fmr(here, fmr))
        for fmr in fmrs
        if shows(min(here.impostors, there.impostors), fmr)
    }


def open_set(
    templates: Vectors,
    vectors: Vectors,
    people: People,
    found: NDArray[np.bool_],
    rng: np.random.Generator,
) -> dict[str, Any]:
    """Open-set search: people with more than three pictures are enrolled with three of them.

    Everyone else is a stranger. For each picture, ``templates`` (N, D) is what is enrolled and
    ``vectors`` what is searched with. Leaves out an FPIR that there are too few strangers to show.
    """
    eligible = int((np.bincount(people) > TEMPLATES).sum())
    split = openset.draw_split(people, eligible, TEMPLATES, rng)
    enrolled = split.gallery[found[split.gallery]]
    gallery = Gallery.of(templates[enrolled], [_person(p) for p in people[enrolled]])
    mates = [_person(p) for p in people[split.mated]]
    raw = openset.search_scores(gallery, vectors[split.mated], mates, vectors[split.non_mated])
    scores = openset.SearchScores(
        np.where(found[split.mated], raw.mated, -np.inf),
        np.where(found[split.non_mated], raw.non_mated, -np.inf),
    )
    figures: dict[str, Any] = {
        "people": eligible,
        "mated": len(split.mated),
        "non_mated": len(split.non_mated),
    }
    for fpir in (one for one in OPEN_SET_FPIRS if shows(len(split.non_mated), one)):
        fnir, threshold = openset.fnir_at_fpir(scores, fpir)
        interval = confidence.rate_interval(scores.mated < threshold, people[split.mated], rng)
        figures[f"fnir@{fpir:g}"] = fnir
        figures[f"fnir@{fpir:g}_95"] = list(interval)
        figures[f"threshold@{fpir:g}"] = threshold
    return figures


def _pairs_within(counts: NDArray[np.integer]) -> int:
    return int((counts * (counts - 1) // 2).sum())


def _person(number: int) -> PersonId:
    return PersonId(f"{number:06d}")
