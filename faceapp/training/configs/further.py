"""The shipped model: it began with the blocks of a larger network and learned on for two hours.

    python -m faceapp.training train further --run runs/further --from models/faceapp.weights.h5
    python -m faceapp.training train further --run runs/further --resume

Distilled like `cpu`. At 80 px the averaged weights gained little any more after 10,000 steps (TAR
at FMR 1e-3 on held-out people 0.65), so the rest goes to 112 px with the rate falling to zero, and
to chips nearly as the app will meet them. Run it again from the shipped weights to prolong it.
"""

from dataclasses import replace

from faceapp.training.augment import MILD
from faceapp.training.config import Phase
from faceapp.training.configs import cpu

CONFIG = replace(
    cpu.CONFIG,
    name="further",
    phases=(
        Phase(size_px=80, steps=13_500, batch=32, rate=1.5e-2, warmup=300),
        Phase(
            size_px=112,
            steps=12_500,
            batch=32,
            rate=1e-2,
            warmup=100,
            decay=11_000,
            augmentation=MILD,
        ),
    ),
)
