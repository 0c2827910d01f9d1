"""What it is worth to see a face from both sides when it is enrolled.

Chips of ../shared/faces/train, once packed by a training run: people held out of training, and
people of a source of which nothing is trained on. All comparisons of a template with another chip.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.measure import Figure
from faceapp.recognition import metrics
from faceapp.training import chipset
from faceapp.types import F32, U8
from faceapp.vision.embed import Embedder, embed_both_sides, open_embedder
from faceapp.vision.modelcard import find_card, load_card

ROOT = Path(__file__).resolve().parents[1]
PACKED = ROOT / "cache" / "shared"
MODELS = ROOT / "models"
FMRS = (1e-3, 1e-4)
HELD_OUT, SEED = 400, 1  # those of every config
People = np.ndarray


def figures() -> Iterator[Figure]:
    """TAR with templates of one look and of both sides; what the same threshold lets through."""
    if not (PACKED / "people.npy").exists():
        yield Figure(f"{PACKED} is not there: train any config for a step", "-")
        return
    embedder = opened()
    for name, chips, people in sets(PACKED):
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


def opened() -> Embedder:
    """Open the shipped model."""
    return open_embedder(load_card(find_card(MODELS)), MODELS)


def sets(packed: Path) -> Iterator[tuple[str, U8, People]]:
    """Yield name, chips and people of the two sets."""
    chips = chipset.ChipSet.load(packed)
    rows = np.flatnonzero(chipset.hold_out(chips.people, HELD_OUT, SEED))
    yield "held-out people", np.asarray(chips.chips[rows]), chips.people[rows]
    others = chipset.elsewhere(packed)
    if others is not None:
        yield "people elsewhere", others.chips, others.people


def _scores(templates: F32, queries: F32, people: People) -> metrics.PairScores:
    scores = templates @ queries.T
    same = people[:, None] == people[None, :]
    other_picture = ~np.eye(len(people), dtype=bool)
    return metrics.PairScores.of(scores[same & other_picture], scores[~same])
