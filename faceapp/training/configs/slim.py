"""The shipped model, a quarter narrower inside the blocks on the last map: smaller, a bit worse.

    python -m faceapp.training prune models/faceapp.json slim cache/slim.weights.h5
    python -m faceapp.training train slim --run runs/slim --from cache/slim.weights.h5
    python -m faceapp.training train slim --run runs/slim --resume

An hour on two cores. From the model shipped then, the held-out TAR is 0.914 at an FMR of 1e-3 and
0.849 at 1e-4 (that model: 0.919 and 0.858); without any training it is 0.910 and 0.840
(docs/adr/033-what-a-quarter-less-costs.md).
"""

from dataclasses import replace

from faceapp.training.configs import framed_last
from faceapp.training.network import SLIM_LAYOUT

CONFIG = replace(framed_last.CONFIG, name="slim", layout=SLIM_LAYOUT, views=440)
