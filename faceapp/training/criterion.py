"""The weighted sum of losses of a config, on one batch."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from faceapp.training.config import TrainConfig, Weights
from faceapp.training.losses import classify, distil, triplet


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """``chips`` float32 (B, S, S, 3) in -1..1; ``people`` int64 (B,), class numbers, -1: unknown.

    ``teacher`` (B, D) and ``others`` (M, D): unit embeddings of these chips and of a random crowd,
    or None where the set has no teacher.
    """

    chips: torch.Tensor
    people: torch.Tensor
    teacher: torch.Tensor | None
    others: torch.Tensor | None

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return Batch(
            self.chips.to(device),
            self.people.to(device),
            None if self.teacher is None else self.teacher.to(device),
            None if self.others is None else self.others.to(device),
        )


class Criterion:
    """Holds the weights of the classification head, where the config has one.

    It begins with ``centres`` (C, D): the directions in which the people's faces lie, or random.
    """

    def __init__(
        self, config: TrainConfig, weights: Weights, centres: torch.Tensor, device: torch.device
    ) -> None:
        self._config, self._weights = config, weights
        self.head: torch.Tensor | None = None
        if weights.softmax or weights.normface or weights.arcface:
            self.head = centres.clone().to(device).requires_grad_()

    def parts(self, embeddings: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
        """Each loss that counts, already weighted, by its name in the config."""
        config = self._config
        scale, margin = config.class_scale, config.triplet_margin
        people, head = batch.people, self.head
        losses = {
            "distil_cosine": lambda: distil.cosine(embeddings, batch.teacher),
            "distil_relations": lambda: distil.relations(embeddings, batch.teacher),
            "distil_bank": lambda: distil.bank(
                embeddings, batch.teacher, batch.others, config.bank_temperature
            ),
            "softmax": lambda: classify.softmax(embeddings, head, people),
            "normface": lambda: classify.normface(embeddings, head, people, scale),
            "arcface": lambda: classify.arcface(
                embeddings, head, people, scale, config.class_margin_rad
            ),
            "triplet_batch_all": lambda: triplet.batch_all(embeddings, people, margin),
            "triplet_semi_hard": lambda: triplet.batch_semi_hard(embeddings, people, margin),
            "triplet_batch_hard": lambda: triplet.batch_hard(embeddings, people, margin),
        }
        return {
            name: getattr(self._weights, name) * loss()
            for name, loss in losses.items()
            if getattr(self._weights, name)
        }
