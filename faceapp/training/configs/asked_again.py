"""A step towards the shipped model: the last phase of `asked` again, shorter, at half the rate.

    python -m faceapp.training train asked_again --run runs/asked-again --workers 15
        --from cache/asked/faceapp.weights.h5 --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train asked_again --run runs/asked-again --workers 15 --resume
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx

Two minutes on an H200. `asked_cpu` continues.
"""

from dataclasses import replace

from faceapp.training.configs import asked

CONFIG = replace(
    asked.CONFIG,
    name="asked_again",
    phases=(replace(asked.CONFIG.phases[1], steps=1_350, rate=8e-3, warmup=50, decay=1_300),),
    views=60,
    evaluate_every=5000,
    checkpoint_every=450,
)
