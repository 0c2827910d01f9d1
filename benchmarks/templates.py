"""What it is worth to see a face from both sides when it is enrolled.

All comparisons of a template with another of the `research` chips.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks import research
from benchmarks.measure import Figure
from benchmarks.research import People
from faceapp.recognition import metrics
from faceapp.types import F32
from faceapp.vision.embed import embed_both_sides

FMRS = (1e-3, 1e-4)


def figures() -> Iterator[Figure]:
    """TAR with templates of one look and of both sides; what the same threshold lets through."""
    if not research.is_packed():
        yield research.NOT_PACKED
        return
    embedder = research.opened()
    for name, chips, people in research.sets():
        queries = embedder.embed(chips)
        once = _scores(queries, queries, people)
        both = _scores(embed_both_sides(embedder.embed, chips), queries, people)
        for fmr in FMRS:
            before, threshold = metrics.tar_at_fmr(once, fmr)
            after, _ = metrics.tar_at_fmr(both, fmr)
            passed = metrics.fmr_at(both, threshold)
            yield Figure(
                f"{name}, {len(chips)} chips, FMR {fmr:g}",
                f"TAR {before:.3f} of one look, {after:.3f} of both sides (FMR {passed:.2g} "
                "at the threshold of one look)",
            )


def _scores(templates: F32, queries: F32, people: People) -> metrics.PairScores:
    scores = templates @ queries.T
    same = people[:, None] == people[None, :]
    other_picture = ~np.eye(len(people), dtype=bool)
    return metrics.PairScores.of(scores[same & other_picture], scores[~same])
