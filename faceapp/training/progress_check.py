"""A look at held-out training people while a run goes on: the figures to choose by."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from faceapp.training import network
from faceapp.training.chipset import ChipSet, unit
from faceapp.training.network import Layout


@dataclass(frozen=True, slots=True, eq=False)
class Exam:
    """Chips of people that are never trained on: (N, 112, 112, 3), their people, their teacher."""

    chips: NDArray[np.uint8]
    people: NDArray[np.int32]
    teacher: NDArray[np.float32] | None

    @classmethod
    def of(cls, chips: ChipSet, rows: NDArray[np.int64]) -> Exam:
        return cls(
            chips.chips[rows],
            chips.people[rows],
            None if chips.teacher is None else chips.teacher[rows],
        )

    def take(self, layout: Layout, weights: list[np.ndarray], size_px: int) -> dict[str, float]:
        """TAR at FMR 1e-3 and 1e-4 over all pairs, and the mean cosine to the teacher."""
        model = network.build(layout, size_px)
        model.set_weights(weights)
        vectors = embed(model, self.chips, size_px)
        scores = tar_over_pairs(vectors, self.people, (1e-3, 1e-4))
        if self.teacher is not None:
            scores["teacher_cosine"] = round(float((vectors * self.teacher).sum(1).mean()), 4)
        return scores


def embed(model: keras.Model, chips: NDArray[np.uint8], size_px: int) -> NDArray[np.float32]:
    """Unit embeddings float32 (N, D) of chips uint8 (N, 112, 112, 3), seen at ``size_px``."""
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


def tar_over_pairs(
    vectors: NDArray[np.float32], people: NDArray[np.int32], fmrs: tuple[float, ...]
) -> dict[str, float]:
    """Share of same-person pairs above the score that ``fmr`` of the other pairs exceed."""
    first, second = np.triu_indices(len(people), 1)
    scores = (vectors @ vectors.T)[first, second]
    same = people[first] == people[second]
    others = np.sort(scores[~same])
    result = {}
    for fmr in fmrs:
        threshold = others[len(others) - 1 - int(fmr * len(others))]
        result[f"tar@{fmr:g}"] = round(float((scores[same] > threshold).mean()), 4)
    return result
