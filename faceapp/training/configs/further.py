"""Prolong the shipped model where the CPU run stopped: some four hours on one core.

    python -m faceapp.training train further --run runs/further --from models/faceapp.weights.h5
    python -m faceapp.training train further --run runs/further --resume

The same losses and rates as `cpu`, whose curve was still rising steeply when it ended: on held-out
people TAR at FMR 1e-3 went from 0.44 to 0.61 within 3,500 steps of 80 px. Not yet run to its end.
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
