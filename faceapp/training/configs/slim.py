"""For the shipped model: the one before with a quarter less work on the last map, prolonged.

    python -m faceapp.training prune CARD slim cache/slim.weights.h5
    python -m faceapp.training train slim --run runs/slim --from cache/slim.weights.h5
    python -m faceapp.training train slim --run runs/slim --resume

CARD is that of the model before (docs/adr/033-a-quarter-less-on-the-last-map.md). An hour of two
cores. To prolong it, begin with the shipped weights and choose another number for ``views``.
"""

from dataclasses import replace

from faceapp.training.configs import framed_last
from faceapp.training.network import SLIM_LAYOUT

CONFIG = replace(framed_last.CONFIG, name="slim", layout=SLIM_LAYOUT, views=440)
