"""How well a run recognizes held-out people so far: the figures for choosing between runs."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import keras
import numpy as np
import torch
from numpy.typing import NDArray

from faceapp.recognition import metrics
from faceapp.training import evaluate, network
from faceapp.training.chipset import UNKNOWN, ChipSet, unit
from faceapp.training.network import Layout

FMRS = (1e-3, 1e-4)


@dataclass(frozen=True, slots=True, eq=False)
class Exam:
    """Chips (N, 112, 112, 3) of people never trained on, who they are, the teacher's embeddings.

    ``trained_on``: as many people who are trained on. What the network can do only for them, it has
    memorised. ``elsewhere``: people photographed in another way, see `chipset`.
    """

    chips: NDArray[np.uint8]
    people: NDArray[np.int32]
    teacher: NDArray[np.float32] | None
    trained_on: ChipSet
    elsewhere: ChipSet | None

    @classmethod
    def of(cls, chips: ChipSet, held_out: NDArray[np.bool_], elsewhere: ChipSet | None) -> Exam:
        """Select the chips; ``held_out`` (N,) marks those never trained on.

        Raises ValueError if the people ``elsewhere`` make no pair of one person, or none of
        strangers.
        """
        if elsewhere is not None:
            evaluate.check_elsewhere(elsewhere.people)
        others = np.isin(chips.people, _as_many_others(chips.people, held_out))
        return cls(
            chips.chips[held_out],
            chips.people[held_out],
            None if chips.teacher is None else chips.teacher[held_out],
            ChipSet(chips.chips[others], chips.people[others], None),
            elsewhere,
        )

    def take(self, layout: Layout, weights: list[np.ndarray], size_px: int) -> dict[str, float]:
        """Measure TAR at each of `FMRS` over all pairs, and the mean cosine to the teacher.

        Also, for people trained on, the TAR at these FMRs; for the people elsewhere, the FMR at the
        held-out people's thresholds, and the TAR at thresholds of their own. Leaves out an FMR if
        there are too few comparisons to show it.
        """
        model = network.build(layout, size_px)
        model.set_weights(weights)
        vectors = embed(model, self.chips, size_px)
        scores = metrics.all_pairs(vectors, self.people)
        known = embed(model, self.trained_on.chips, size_px)
        learned = metrics.all_pairs(known, self.trained_on.people)
        figures = _tars("tar", scores) | _tars("trained_tar", learned)
        if self.teacher is not None:
            figures["teacher_cosine"] = float((vectors * self.teacher).sum(1).mean())
        if self.elsewhere is not None:
            others = embed(model, self.elsewhere.chips, size_px)
            figures |= _elsewhere(scores, metrics.all_pairs(others, self.elsewhere.people))
        return {name: float(f"{value:.4g}") for name, value in figures.items()}


def _as_many_others(people: NDArray[np.int32], held_out: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Draw people with several chips who are not held out: as many as are, if possible."""
    rest = people[~held_out & (people != UNKNOWN)]
    known, counts = np.unique(rest, return_counts=True)
    wanted = len(np.unique(people[held_out]))
    return np.random.default_rng(0).permutation(known[counts > 1])[:wanted]


def _tars(name: str, scores: metrics.PairScores) -> dict[str, float]:
    seen = (fmr for fmr in FMRS if evaluate.shows(scores.impostors, fmr))
    return {f"{name}@{fmr:g}": metrics.tar_at_fmr(scores, fmr)[0] for fmr in seen}


def _elsewhere(here: metrics.PairScores, there: metrics.PairScores) -> dict[str, float]:
    fmrs = evaluate.fmrs_elsewhere(here, there, FMRS)
    named = {f"elsewhere_fmr@{fmr:g}": found for fmr, found in fmrs.items()}
    return named | _tars("elsewhere_tar", there)


@torch.no_grad()  # feature maps kept for gradients would fill gigabytes
def embed(model: keras.Model, chips: NDArray[np.uint8], size_px: int) -> NDArray[np.float32]:
    """Embed chips uint8 (N, 112, 112, 3), shown at ``size_px``: unit rows float32 (N, D)."""
    rows = []
    for start in range(0, len(chips), 64):
        part = chips[start : start + 64]
        if size_px != part.shape[1]:
            part = np.stack(
                [cv2.resize(c, (size_px, size_px), interpolation=cv2.INTER_AREA) for c in part]
            )
        out = model(part.astype(np.float32) / 127.5 - 1.0, training=False)
        rows.append(keras.ops.convert_to_numpy(out))
    return unit(np.concatenate(rows).astype(np.float32))
