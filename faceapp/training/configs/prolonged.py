"""A step towards the shipped model: `hardest` prolonged, with less weight on the hardest faces.

    python -m faceapp.training train prolonged --run runs/prolonged
        --from cache/hardest/faceapp.weights.h5
    python -m faceapp.training train prolonged --run runs/prolonged --resume

An hour and three quarters on two cores. The rate is lower, since the network is trained already,
and the views of each chip differ from those of the runs before
(docs/adr/027-what-it-has-not-seen.md). `asked` continues.
"""

from dataclasses import replace

from faceapp.training.config import Weights
from faceapp.training.configs import hardest

CONFIG = replace(
    hardest.CONFIG,
    name="prolonged",
    phases=(replace(hardest.CONFIG.phases[0], steps=22_000, rate=7e-3, decay=21_700),),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0, distil_hardest=12.0, arcface=0.05),
    views=10,
)
