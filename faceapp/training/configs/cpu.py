"""A model from random weights in an hour on one core: distilled, on small chips first.

    python -m faceapp.training train cpu --run runs/cpu            # --resume continues it

A chip of 48 px costs a quarter of one of 112 px, so most updates are made on small chips. The
network stays the same; only its global kernel is stretched between phases. The rate is constant
within each phase and decays only in the last one, and the weights are averaged. So the run can be
ended or prolonged at any step.
"""

from faceapp.training.config import Phase, TrainConfig, Weights

CONFIG = TrainConfig(
    name="cpu",
    phases=(
        Phase(size_px=48, steps=9_000, batch=32, rate=2e-2, warmup=150),
        Phase(size_px=80, steps=3_500, batch=32, rate=1.5e-2, warmup=50),
        Phase(size_px=112, steps=2_100, batch=32, rate=1e-2, warmup=30, decay=1_900),
    ),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0),
    evaluate_every=1000,
)
