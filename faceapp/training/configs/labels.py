"""An experiment, not shipped: four times the weight of labels, and the teacher whitened.

    python -m faceapp.training inherit cache/cpu/faceapp.json labels cache/labels.weights.h5
    python -m faceapp.training train labels --run runs/labels --from cache/labels.weights.h5
    python -m faceapp.training train labels --run runs/labels --resume

An hour and a half of two cores. On people of the kind it was trained on better still than the
shipped model (TAR 0.82 at an FMR of 1e-4), and worse before a webcam:
docs/adr/023-labels-beside-the-teacher.md tells what to make of it.
"""

from dataclasses import replace

from faceapp.training.config import Weights
from faceapp.training.configs import wide

CONFIG = replace(
    wide.CONFIG,
    name="labels",
    phases=(replace(wide.CONFIG.phases[0], steps=28_000, decay=27_500),),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0, arcface=0.2),
    whiten_teacher=True,
)
