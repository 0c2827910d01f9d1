"""The weighted losses of a config, on one batch."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from faceapp.training.config import TrainConfig, Weights
from faceapp.training.losses import classify, distil, triplet
from faceapp.training.losses.sphere import unit


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """``chips`` float32 (B, S, S, 3) in -1..1; ``people`` int64 (B,), class numbers, -1: unknown.

    ``teacher`` (B, D) and ``others`` (M, D): the teacher's unit embeddings of these chips and of
    randomly drawn others, or None if the set has no teacher.
    """

    chips: torch.Tensor
    people: torch.Tensor
    teacher: torch.Tensor | None
    others: torch.Tensor | None


class Criterion:
    """The losses and their state: the weights of a classification head, recent embeddings.

    ``head`` (C, D) starts as ``centres``: the mean direction of each person's faces, or random
    ones. ``recent`` (2, M, D): the embeddings of the last M faces by student and by teacher, zeros
    at first. Each is None if no loss needs it.
    """

    def __init__(self, config: TrainConfig, weights: Weights, centres: torch.Tensor) -> None:
        self._config, self._weights = config, weights
        self.head: torch.Tensor | None = None
        if weights.softmax or weights.normface or weights.arcface:
            self.head = centres.clone().requires_grad_()
        self.recent: torch.Tensor | None = None
        if weights.distil_hardest:
            shape = (2, config.recent_size, config.layout.dimension)
            self.recent = torch.zeros(shape, device=centres.device)

    def losses(self, embeddings: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
        """Compute each loss that has a weight, multiplied by it, by its name in the config.

        Also adds the embeddings to the ``recent`` ones.
        """
        config = self._config
        scale, margin = config.class_scale, config.triplet_margin
        people, head, recent = batch.people, self.head, self.recent
        functions = {
            "distil_cosine": lambda: distil.cosine(embeddings, batch.teacher),
            "distil_relations": lambda: distil.relations(embeddings, batch.teacher),
            "distil_bank": lambda: distil.bank(
                embeddings, batch.teacher, batch.others, config.bank_temperature
            ),
            "distil_hardest": lambda: distil.hardest(embeddings, batch.teacher, recent),
            "softmax": lambda: classify.softmax(embeddings, head, people),
            "normface": lambda: classify.normface(embeddings, head, people, scale),
            "arcface": lambda: classify.arcface(
                embeddings, head, people, scale, config.class_margin_rad
            ),
            "triplet_batch_all": lambda: triplet.batch_all(embeddings, people, margin),
            "triplet_semi_hard": lambda: triplet.batch_semi_hard(embeddings, people, margin),
            "triplet_batch_hard": lambda: triplet.batch_hard(embeddings, people, margin),
        }
        losses = {
            name: getattr(self._weights, name) * function()
            for name, function in functions.items()
            if getattr(self._weights, name)
        }
        self._remember(embeddings.detach(), batch.teacher)
        return losses

    def state(self) -> dict[str, torch.Tensor | None]:
        """The state that `restore` needs to continue exactly."""
        return {"head": self.head, "recent": self.recent}

    @torch.no_grad()
    def restore(self, state: dict[str, torch.Tensor | None]) -> None:
        """Continue from `state` of a criterion of the same config."""
        for name, mine in self.state().items():
            if mine is not None and state[name] is not None:
                mine.copy_(state[name])

    def _remember(self, embeddings: torch.Tensor, teacher: torch.Tensor | None) -> None:
        if self.recent is not None:
            both = torch.stack([unit(embeddings), teacher])
            self.recent = torch.cat([self.recent, both], dim=1)[:, len(embeddings) :]
