"""An experiment, not shipped: a wider network, and labels beside what the teacher says.

    python -m faceapp.training inherit models/faceapp.json labels cache/labels.weights.h5
    python -m faceapp.training train labels --run runs/labels --from cache/labels.weights.h5
    python -m faceapp.training train labels --run runs/labels --resume

An hour and a half of two cores. Of all runs the best on people of the kind it was trained on (TAR
0.82 at an FMR of 1e-4), and worse before a webcam: docs/adr/023-labels-beside-the-teacher.md tells
what to make of it.
"""

from dataclasses import replace

from faceapp.training.config import Weights
from faceapp.training.configs import further
from faceapp.training.network import WIDE_LAYOUT

CONFIG = replace(
    further.CONFIG,
    name="labels",
    layout=WIDE_LAYOUT,
    phases=(replace(further.CONFIG.phases[0], steps=28_000, rate=1e-2, decay=27_500),),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0, arcface=0.2),
    refine_targets=True,
    whiten_teacher=True,
)
