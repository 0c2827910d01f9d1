"""A step towards the shipped model: a wider network, with a little weight on labels.

    python -m faceapp.training inherit cache/cpu/faceapp.json wide cache/wide.weights.h5
    python -m faceapp.training train wide --run runs/wide --from cache/wide.weights.h5
    python -m faceapp.training train wide --run runs/wide --resume

An hour and three quarters on two cores, at full size, with chips much as in the app. The rate falls
linearly to zero almost from the start, because what a constant rate gains shows only once it falls.
ArcFace has a twentieth of the weight of each distillation loss. It uses only labels that the
teacher supports (docs/adr/025-wider-with-a-little-of-the-labels.md). `hardest` continues.
"""

from dataclasses import replace

from faceapp.training.augment import MILD
from faceapp.training.config import Phase, Weights
from faceapp.training.configs import cpu
from faceapp.training.network import WIDE_LAYOUT

CONFIG = replace(
    cpu.CONFIG,
    name="wide",
    layout=WIDE_LAYOUT,
    phases=(
        Phase(
            size_px=112,
            steps=27_000,
            batch=64,
            rate=1e-2,
            warmup=300,
            decay=26_500,
            augmentation=MILD,
        ),
    ),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0, arcface=0.05),
    refine_targets=True,
    parts=2,
    evaluate_every=4000,
)
