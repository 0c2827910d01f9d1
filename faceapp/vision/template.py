"""Where a face's points lie in every chip. Uses no pixels, since `modelcard` needs it too.

The detector finds no mouth corners, so the usual five-point template does not apply. Instead, a
similarity transform maps four points (eyes, nose tip, mouth centre) onto `TEMPLATE`. Any change
here changes every embedding, so `ALIGNMENT` must change with it; the model card then no longer
matches.
"""

from __future__ import annotations

import numpy as np

from faceapp.types import F32, Landmark

ALIGNMENT = "mesh4-similarity-112-v1"

POINTS = (Landmark.RIGHT_EYE, Landmark.LEFT_EYE, Landmark.NOSE_TIP, Landmark.MOUTH_CENTRE)

# Where these points lie in chips that were aligned by YuNet's five points to ArcFace's template, as
# the training chips were: medians over the chips and their mirror images, computed by
# `python -m benchmarks alignment`. To a strong face model, chips cut this way are as good as the
# training chips, for faces of every size.
TEMPLATE: F32 = np.array([[36.53, 52.64], [74.47, 52.64], [55.5, 76.86], [55.5, 90.51]], np.float32)
TEMPLATE.flags.writeable = False

# The nose tip moves most when the head turns; half its weight makes chips more stable.
WEIGHTS = (1.0, 1.0, 0.5, 1.0)
