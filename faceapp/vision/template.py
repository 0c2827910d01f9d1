"""Where a face's points lie in every chip. It needs no pixels: the model card is read by it too.

The detector gives no mouth corners, so the usual five-point template does not apply as it is: four
points (eyes, nose tip, mouth centre) are brought onto `TEMPLATE` by a similarity transform.
Changing anything here changes every embedding: then `ALIGNMENT` changes too, and the model card
no longer fits.
"""

from __future__ import annotations

import numpy as np

from faceapp.types import F32, Landmark

ALIGNMENT = "mesh4-similarity-112-v1"

POINTS = (Landmark.RIGHT_EYE, Landmark.LEFT_EYE, Landmark.NOSE_TIP, Landmark.MOUTH_CENTRE)

# Where these points lie in chips that were aligned by YuNet's five points onto ArcFace's template,
# as the training chips are: medians over them and their mirror images, by
# benchmarks/align_template.py. Under a strong face model chips cut this way are worth as much as
# the training chips themselves, for faces of every size.
TEMPLATE: F32 = np.array([[36.53, 52.64], [74.47, 52.64], [55.5, 76.86], [55.5, 90.51]], np.float32)
TEMPLATE.flags.writeable = False

# The nose tip wanders most when the head turns; with half its weight chips keep their place better.
WEIGHTS = (1.0, 1.0, 0.5, 1.0)
