"""A step towards the shipped model: once more on a CPU, with real faces only, as in the app.

    python -m faceapp.training train asked_last --run runs/asked-last --from WEIGHTS
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train asked_last --run runs/asked-last --resume
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx

An hour on two cores. WEIGHTS are the mean of the weights of `asked_again` and `asked_cpu`;
`painted` continues from the mean of all three (docs/adr/029-only-faces-that-exist.md).
"""

from dataclasses import replace

from faceapp.training.configs import asked_cpu

CONFIG = replace(
    asked_cpu.CONFIG,
    name="asked_last",
    phases=(
        replace(
            asked_cpu.CONFIG.phases[0], steps=3_400, rate=3e-3, warmup=100, decay=3_300, made_up=0.0
        ),
    ),
    views=120,
    evaluate_every=850,
)
