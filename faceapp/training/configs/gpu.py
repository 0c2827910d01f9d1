"""The whole recipe on a GPU: 40 epochs with batches of 256, the first ten of 80 px.

    python -m faceapp.training train gpu --run runs/gpu --workers 12

Distillation by cosine and bank throughout; the last phase adds ArcFace on the labelled people, at
a weight that leaves the teacher the last word where a label is wrong. Not yet run on a GPU.
"""

from faceapp.training.config import Phase, TrainConfig, Weights

DISTILLED = Weights(distil_cosine=1.0, distil_bank=1.0)

CONFIG = TrainConfig(
    name="gpu",
    phases=(
        Phase(size_px=80, steps=4_000, batch=256, rate=3e-2, warmup=500),
        Phase(size_px=112, steps=8_000, batch=256, rate=2e-2, warmup=200),
        Phase(
            size_px=112,
            steps=4_000,
            batch=256,
            rate=1e-2,
            warmup=100,
            decay=4_000,
            losses=Weights(distil_cosine=1.0, distil_bank=1.0, arcface=0.05),
        ),
    ),
    losses=DISTILLED,
    evaluate_every=1000,
)
