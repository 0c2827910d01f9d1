"""The whole recipe on a GPU: 40 epochs of 112 px with batches of 256.

    python -m faceapp.training train gpu --run runs/gpu --workers 12

Distillation by cosine and bank throughout, ArcFace beside it once the student knows what the
teacher says, as in `further`. Not yet run on a GPU.
"""

from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.network import WIDE_LAYOUT

LABELS_TOO = Weights(distil_cosine=1.0, distil_bank=1.0, arcface=0.2)

CONFIG = TrainConfig(
    name="gpu",
    phases=(
        Phase(size_px=80, steps=4_000, batch=256, rate=3e-2, warmup=500),
        Phase(size_px=112, steps=12_000, batch=256, rate=2e-2, decay=8_000, losses=LABELS_TOO),
    ),
    losses=Weights(distil_cosine=1.0, distil_bank=1.0),
    refine_targets=True,
    layout=WIDE_LAYOUT,
    evaluate_every=1000,
)
