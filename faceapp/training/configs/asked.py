"""A step towards the shipped model: on a GPU, with a live teacher and many made-up faces.

    python -m faceapp.training train asked --run runs/asked --workers 15
        --from cache/prolonged/faceapp.weights.h5
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train asked --run runs/asked --workers 15 --resume
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx

Six minutes on an H200. In the first phase half of the faces are made up and distortions are strong,
since the student has seen the real faces often (docs/adr/028-a-teacher-that-is-asked.md).
`asked_again` continues.
"""

from dataclasses import replace

from faceapp.training.augment import MILD
from faceapp.training.config import Phase
from faceapp.training.configs import prolonged

CONFIG = replace(
    prolonged.CONFIG,
    name="asked",
    phases=(
        Phase(size_px=112, steps=1_600, batch=512, rate=1.5e-2, warmup=300, made_up=0.5),
        Phase(
            size_px=112,
            steps=3_400,
            batch=512,
            rate=1.5e-2,
            warmup=100,
            decay=3_300,
            augmentation=MILD,
            made_up=0.25,
        ),
    ),
    live_teacher=True,
    parts=1,
    views=40,
    average_decay=0.999,
    evaluate_every=2500,
    checkpoint_every=500,
)
