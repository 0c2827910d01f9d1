"""An experiment, not shipped: four times the weight on labels, and a whitened teacher.

    python -m faceapp.training inherit cache/cpu/faceapp.json labels cache/labels.weights.h5
    python -m faceapp.training train labels --run runs/labels --from cache/labels.weights.h5
    python -m faceapp.training train labels --run runs/labels --resume

An hour and a half on two cores. On people like those it was trained on, its TAR at an FMR of 1e-4
is 0.82, better than that of the model shipped then; in front of a webcam it is worse
(docs/adr/023-labels-beside-the-teacher.md).
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
