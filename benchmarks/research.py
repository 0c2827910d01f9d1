"""Chips of ../shared/faces/train for the tables that compare embeddings, once a run packed them.

They show people held out of training, and people of a source of which nothing is trained on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.measure import Figure
from faceapp.training import chipset
from faceapp.types import U8
from faceapp.vision.embed import Embedder, open_embedder
from faceapp.vision.modelcard import find_card, load_card

ROOT = Path(__file__).resolve().parents[1]
PACKED = ROOT / "cache" / "shared"
MODELS = ROOT / "models"
HELD_OUT, SEED = 400, 1  # those of every config
NOT_PACKED = Figure(f"{PACKED} is not there: train any config for a step", "-")
People = np.ndarray


def is_packed() -> bool:
    """Say whether there is anything to measure."""
    return (PACKED / "people.npy").exists()


def opened() -> Embedder:
    """Open the shipped model."""
    return open_embedder(load_card(find_card(MODELS)), MODELS)


def sets() -> Iterator[tuple[str, U8, People]]:
    """Yield name, chips and people of the two sets."""
    chips = chipset.ChipSet.load(PACKED)
    rows = np.flatnonzero(chipset.hold_out(chips.people, HELD_OUT, SEED))
    yield "held-out people", np.asarray(chips.chips[rows]), chips.people[rows]
    others = chipset.elsewhere(PACKED)
    if others is not None:
        yield "people elsewhere", others.chips, others.people
