"""The shipped model as two CPU cores can make it: distillation from the teacher, small chips first.

    python -m faceapp.training train cpu --run runs/cpu            # --resume continues it

A chip of 48 px costs a fifth of one of 112 px, so most updates are bought there; the network is
the same, only the global kernel is stretched between phases. The learning rate stays constant and
the weights are averaged, so that the run can be ended or prolonged at any step.
"""

from faceapp.training.config import Phase, TrainConfig

CONFIG = TrainConfig(
    name="cpu",
    phases=(
        Phase(size_px=48, steps=14_000, batch=32, rate=3e-3, warmup=300),
        Phase(size_px=80, steps=6_000, batch=32, rate=2.5e-3),
        Phase(size_px=112, steps=3_000, batch=32, rate=2.0e-3, decay=2_500),
    ),
    evaluate_every=1000,
)
