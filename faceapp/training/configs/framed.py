"""The shipped model continued: on a GPU, with faces in the frames of painted people.

    python -m faceapp.training paint 153600 cache/painted
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train framed --run runs/framed --data cache/painted --workers 12
        --from models/faceapp.weights.h5 --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train framed --run runs/framed --data cache/painted --workers 12
        --resume --teacher ../shared/teacher/edgeface_s_gamma_05.onnx

Six minutes on an H200. Six in ten of the research chips are shown without their smeared borders,
with the hair and background of a painted person. Embeddings are compared with more of the student's
recent ones (docs/adr/032-in-the-frames-of-others.md). `framed_last` continues.
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
            steps=3_650,
            batch=512,
            rate=1.5e-2,
            warmup=300,
            made_up=0.2,
            painted=0.5,
            framed=0.6,
        ),
        Phase(
            size_px=112,
            steps=3_750,
            batch=512,
            rate=1.5e-2,
            warmup=100,
            decay=3_650,
            augmentation=MILD,
            made_up=0.1,
            painted=0.5,
            framed=0.6,
        ),
    ),
    recent_size=32_768,
    views=300,
    evaluate_every=4000,
    checkpoint_every=1000,
)
