"""Towards the shipped model: on a GPU, faces in the frames of people who do not exist.

python -m faceapp.training paint 220000 cache/painted
    --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
python -m faceapp.training train framed --run runs/framed --data cache/painted --workers 12
    --from WEIGHTS --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
"""

from dataclasses import replace

from faceapp.training.augment import MILD
from faceapp.training.config import Phase
from faceapp.training.configs import painted

CONFIG = replace(
    painted.CONFIG,
    name="framed",
    phases=(
        Phase(
            size_px=112,
            steps=6_000,
            batch=512,
            rate=1.5e-2,
            warmup=300,
            made_up=0.2,
            painted=0.5,
            framed=0.6,
        ),
        Phase(
            size_px=112,
            steps=10_000,
            batch=512,
            rate=1.5e-2,
            warmup=100,
            decay=9_900,
            augmentation=MILD,
            made_up=0.1,
            painted=0.5,
            framed=0.6,
        ),
    ),
    recent_size=32_768,
    views=300,
    evaluate_every=100_000,
    checkpoint_every=1000,
)
