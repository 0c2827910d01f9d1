"""The smallest run that has everything a real one has."""

from __future__ import annotations

from faceapp.training.augment import Augmentation
from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.network import Backbone, Stage

LAYOUT = Backbone(stem=8, stages=(Stage(1, 8, 1, 1), Stage(2, 16, 2, 2)), head=32, dimension=16)
ALL_LOSSES = Weights(
    distil_cosine=1.0, distil_bank=1.0, distil_hardest=1.0, arcface=0.1, triplet_semi_hard=0.1
)
CONFIG = TrainConfig(
    name="tiny",
    phases=(
        Phase(size_px=32, steps=4, batch=8, rate=1e-2, warmup=2),
        Phase(size_px=48, steps=4, batch=8, rate=1e-2, warmup=2, decay=2),
    ),
    losses=ALL_LOSSES,
    bank_size=16,
    layout=LAYOUT,
    augmentation=Augmentation(),
    evaluate_every=2,
    checkpoint_every=1,
    terms="Tiny.",
)
