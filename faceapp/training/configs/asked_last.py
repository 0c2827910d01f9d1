"""For the shipped model: it once more on a CPU, with no faces made up, as it will meet them.

    python -m faceapp.training train asked_last --run runs/asked-last
        --from models/faceapp.weights.h5 --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train asked_last --run runs/asked-last --resume
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx

An hour of two cores.
"""

from dataclasses import replace

from faceapp.training.configs import asked_cpu

CONFIG = replace(
    asked_cpu.CONFIG,
    name="asked_last",
    phases=(
        replace(
            asked_cpu.CONFIG.phases[0],
            steps=3_400,
            rate=3e-3,
            warmup=100,
            decay=3_300,
            made_up=0.0,
        ),
    ),
    views=120,
    evaluate_every=850,
)
