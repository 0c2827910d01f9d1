"""A wider network out of the one before it, distilled, with a little of the labels.

    python -m faceapp.training inherit models/faceapp.json wide cache/wide.weights.h5
    python -m faceapp.training train wide --run runs/wide --from cache/wide.weights.h5
    python -m faceapp.training train wide --run runs/wide --resume

An hour and three quarters of two cores. ArcFace at a twentieth of the weight of what the teacher
says, on labels that it supports.
"""

from dataclasses import replace

from faceapp.training.config import Weights
from faceapp.training.configs import further
from faceapp.training.network import WIDE_LAYOUT

CONFIG = replace(
    further.CONFIG,
    name="wide",
    layout=WIDE_LAYOUT,
    phases=(replace(further.CONFIG.phases[0], steps=27_000, rate=1e-2, decay=26_500),),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0, arcface=0.05),
    refine_targets=True,
)
