"""A step towards the shipped model: one more block, and a loss on faces the student confuses.

    python -m faceapp.training inherit cache/wide/faceapp.json hardest cache/hardest.weights.h5
    python -m faceapp.training train hardest --run runs/hardest --from cache/hardest.weights.h5
    python -m faceapp.training train hardest --run runs/hardest --resume
    python -m faceapp.training export runs/hardest --models cache/hardest

Two hours on two cores. At a low false match rate it recognizes more people than the model it began
with, but it gets fewer of LFW's pairs right (docs/adr/026-one-block-more.md). `prolonged`
continues.
"""

from dataclasses import replace

from faceapp.training.config import Weights
from faceapp.training.configs import wide
from faceapp.training.network import LARGE_LAYOUT

CONFIG = replace(
    wide.CONFIG,
    name="hardest",
    layout=LARGE_LAYOUT,
    losses=Weights(distil_cosine=1.0, distil_bank=1.0, distil_hardest=40.0, arcface=0.05),
)
