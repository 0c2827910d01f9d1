"""The last step to the shipped model: with nothing but the likeness to the teacher.

    python -m faceapp.training train plain_last --run runs/plain-last --from WEIGHTS
    python -m faceapp.training train plain_last --run runs/plain-last --resume

Some 45 minutes on two cores. WEIGHTS are those of the model shipped before. `export --with` its
card takes the mean of both, which ships (docs/adr/036-nothing-but-likeness.md): trained alike but
for the losses, the two err differently.
"""

from dataclasses import replace

from faceapp.training.config import Weights
from faceapp.training.configs import framed_last

CONFIG = replace(
    framed_last.CONFIG,
    name="plain_last",
    phases=(
        replace(
            framed_last.CONFIG.phases[0],
            steps=3_000,
            decay=2_900,
            losses=Weights(distil_cosine=1.0),
        ),
    ),
    views=420,
    evaluate_every=1000,
)
