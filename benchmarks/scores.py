"""How to score a face for a person of whom there are several templates.

Everybody of the `research` chips with enough of them is enrolled from both sides with a few drawn
ones; all other chips are compared with everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks import research
from benchmarks.measure import Figure
from benchmarks.research import People
from faceapp.recognition import metrics
from faceapp.recognition.cosine import cosines
from faceapp.recognition.score import chances, means_of, scores_of
from faceapp.types import F32
from faceapp.vision.embed import embed_both_sides

COUNTS = (2, 3, 5, 8)
DRAWS = 16
FMR = 1e-4
Rule = Callable[[F32, F32], F32]


def _best(templates: F32, looks: F32) -> F32:
    best: F32 = cosines(templates, looks).max(axis=0)
    return best


def _mean(templates: F32, looks: F32) -> F32:
    to_mean: F32 = cosines(means_of(templates, np.zeros(1, np.intp)), looks)[0]
    return to_mean


RULES: dict[str, Rule] = {"the best template": _best, "their mean": _mean, "both": scores_of}


def figures() -> Iterator[Figure]:
    """TAR by each rule, and how many comparisons of two faces the app's is worth to a stranger."""
    if not research.is_packed():
        yield research.NOT_PACKED
        return
    embedder = research.opened()
    for name, chips, people in research.sets():
        looks, templates = embedder.embed(chips), embed_both_sides(embedder.embed, chips)
        single = _strangers(templates @ looks.T, people[:, None] != people[None, :])
        for count in COUNTS:
            found = {rule: _tried(RULES[rule], looks, templates, people, count) for rule in RULES}
            tars = ", ".join(f"{_mean_tar(found[rule]):.3f} by {rule}" for rule in RULES)
            worth = np.mean([metrics.fmr_at(one, single) / FMR for one in found["both"]])
            yield Figure(
                f"{name}, {count} templates each, FMR {FMR:g}",
                f"TAR {tars}; worth {worth:.2f} comparisons",
                f"{chances(count, 1):g} comparisons",
            )


def _strangers(scores: F32, apart: np.ndarray) -> float:
    """The threshold at which one comparison of two faces has the FMR."""
    return metrics.threshold_at_fmr(metrics.PairScores.of(scores[~apart], scores[apart]), FMR)


def _mean_tar(found: list[metrics.PairScores]) -> float:
    return float(np.mean([metrics.tar_at_fmr(one, FMR)[0] for one in found]))


def _tried(
    rule: Rule, looks: F32, templates: F32, people: People, count: int
) -> list[metrics.PairScores]:
    return [
        _scores(rule, looks, templates, people, count, np.random.default_rng(draw))
        for draw in range(DRAWS)
    ]


def _scores(
    rule: Rule,
    looks: F32,
    templates: F32,
    people: People,
    count: int,
    rng: np.random.Generator,
) -> metrics.PairScores:
    names, chips = np.unique(people, return_counts=True)
    enrolled = {
        name: rng.permutation(np.flatnonzero(people == name))[:count]
        for name in names[chips > count]
    }
    free = np.ones(len(people), bool)
    free[np.concatenate(list(enrolled.values()))] = False
    scores = np.stack([rule(templates[rows], looks[free]) for rows in enrolled.values()])
    same = np.array(list(enrolled))[:, None] == people[free][None, :]
    return metrics.PairScores.of(scores[same], scores[~same])
