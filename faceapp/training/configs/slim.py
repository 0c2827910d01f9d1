"""The shipped model with narrower blocks on the last map, by a quarter: smaller, a bit worse.

    python -m faceapp.training prune models/faceapp.json slim cache/slim.weights.h5
    python -m faceapp.training train slim --run runs/slim --from cache/slim.weights.h5
    python -m faceapp.training train slim --run runs/slim --resume

An hour on two cores. Held out: TAR 0.914 at an FMR of 1e-3, 0.849 at 1e-4; without any training
0.910 and 0.840 (docs/adr/033-what-a-quarter-less-costs.md).
"""

from dataclasses import replace

from faceapp.training.configs import framed_last
from faceapp.training.network import SLIM_LAYOUT

CONFIG = replace(framed_last.CONFIG, name="slim", layout=SLIM_LAYOUT, views=440)
