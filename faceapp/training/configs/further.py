"""The shipped model: the one before it, prolonged for an hour and a half of two cores.

    python -m faceapp.training train further --run runs/further --from models/faceapp.weights.h5
    python -m faceapp.training train further --run runs/further --resume

Distilled like `cpu`, at full size, with chips nearly as the app will meet them. The rate falls
linearly to zero from the start: what a constant rate gains shows only once it falls. Run it again
from the shipped weights to prolong it once more.
"""

from dataclasses import replace

from faceapp.training.augment import MILD
from faceapp.training.config import Phase
from faceapp.training.configs import cpu

CONFIG = replace(
    cpu.CONFIG,
    name="further",
    phases=(
        Phase(
            size_px=112,
            steps=31_000,
            batch=64,
            rate=1.2e-2,
            warmup=300,
            decay=30_000,
            augmentation=MILD,
        ),
    ),
    parts=2,
    evaluate_every=4000,
)
