"""A step towards the shipped model: `asked_again` prolonged on a CPU, at a rate for small batches.

    python -m faceapp.training train asked_cpu --run runs/asked-cpu
        --from cache/asked-again/faceapp.weights.h5
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train asked_cpu --run runs/asked-cpu --resume
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx

An hour and a quarter on two cores, a third of it for the teacher. `asked_last` continues from the
mean of these weights and those of `asked_again` (docs/adr/028-a-teacher-that-is-asked.md).
"""

from dataclasses import replace

from faceapp.training.configs import asked_again

CONFIG = replace(
    asked_again.CONFIG,
    name="asked_cpu",
    phases=(
        replace(
            asked_again.CONFIG.phases[0], steps=5_000, batch=128, rate=4e-3, warmup=100, decay=4_900
        ),
    ),
    parts=2,
    views=80,
    average_decay=0.9995,
    evaluate_every=1000,
    checkpoint_every=250,
)
