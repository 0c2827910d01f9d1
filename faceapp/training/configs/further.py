"""The shipped model: the one before it, widened, prolonged for an hour and a half of two cores.

    python -m faceapp.training inherit models/faceapp.json further cache/further.weights.h5
    python -m faceapp.training train further --run runs/further --from cache/further.weights.h5
    python -m faceapp.training train further --run runs/further --resume

Distilled like `cpu`, at full size, with chips nearly as the app will meet them; ArcFace beside it,
since what the teacher says of one chip does not ask for a margin between people. The rate falls
linearly to zero from the start: what a constant rate gains shows only once it falls. Run it again
from the shipped weights to prolong it once more.
"""

from dataclasses import replace

from faceapp.training.augment import MILD
from faceapp.training.config import Phase, Weights
from faceapp.training.configs import cpu
from faceapp.training.network import WIDE_LAYOUT

CONFIG = replace(
    cpu.CONFIG,
    name="further",
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
