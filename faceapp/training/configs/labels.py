"""An experiment, not shipped: a wider network, and labels beside what the teacher says.

    python -m faceapp.training inherit models/faceapp.json labels cache/labels.weights.h5
    python -m faceapp.training train labels --run runs/labels --from cache/labels.weights.h5
    python -m faceapp.training train labels --run runs/labels --resume

An hour and a half of two cores. Of all runs the best on people of the kind it was trained on (TAR
0.82 at an FMR of 1e-4), and worse before a webcam: docs/adr/023-labels-beside-the-teacher.md tells
what to make of it.
"""

from dataclasses import replace

from faceapp.training.augment import MILD
from faceapp.training.config import Phase, Weights
from faceapp.training.configs import cpu
from faceapp.training.network import WIDE_LAYOUT

CONFIG = replace(
    cpu.CONFIG,
    name="labels",
    layout=WIDE_LAYOUT,
    phases=(
        Phase(
            size_px=112,
            steps=28_000,
            batch=64,
            rate=1e-2,
            warmup=300,
            decay=27_500,
            augmentation=MILD,
        ),
    ),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0, arcface=0.2),
    refine_targets=True,
    parts=2,
    evaluate_every=4000,
)
