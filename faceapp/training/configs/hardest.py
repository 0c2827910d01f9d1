"""An experiment, not shipped: one block more, and the student answers for whom it takes for whom.

    python -m faceapp.training inherit models/faceapp.json hardest cache/hardest.weights.h5
    python -m faceapp.training train hardest --run runs/hardest --from cache/hardest.weights.h5
    python -m faceapp.training train hardest --run runs/hardest --resume
    python -m faceapp.training export runs/hardest --models cache/hardest

Two hours of two cores. It knows more people again at a low false match rate than the shipped model,
and is right in fewer of LFW's pairs: docs/adr/026-one-block-more.md tells what to make of it.
"""

from dataclasses import replace

from faceapp.training.config import Weights
from faceapp.training.configs import wide
from faceapp.training.network import FACE_LAYOUT, Stage

CONFIG = replace(
    wide.CONFIG,
    name="hardest",
    layout=replace(FACE_LAYOUT, stages=(*FACE_LAYOUT.stages[:-1], Stage(4, 192, 4, 1)), head=1024),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0, distil_hardest=40.0, arcface=0.05),
)
