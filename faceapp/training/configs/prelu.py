"""An experiment, not shipped: the shipped weights with PReLU instead of ReLU6.

    python -m faceapp.training inherit models/faceapp.json prelu cache/prelu.weights.h5
    python -m faceapp.training train prelu --run runs/prelu --from cache/prelu.weights.h5
    python -m faceapp.training export runs/prelu --models cache/prelu

A quarter of an hour on two cores. The int8 file loses 1.1 points of held-out TAR at 1e-4 against
its float32 weights, since unbounded maps quantize badly; with ReLU6 it loses 0.3 (docs/papers.md).
"""

from dataclasses import replace

from faceapp.training.configs import prolonged
from faceapp.training.network import LARGE_LAYOUT, Variant

CONFIG = replace(
    prolonged.CONFIG,
    name="prelu",
    phases=(replace(prolonged.CONFIG.phases[0], steps=600, rate=5e-3, warmup=60, decay=500),),
    layout=Variant(LARGE_LAYOUT, activation="prelu"),
    views=33,
)
