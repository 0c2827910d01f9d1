"""A step towards the shipped model: on a GPU, with half of the people not existing.

    python -m faceapp.training paint 74240 cache/painted
        --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train painted --run runs/painted --data cache/painted --workers 15
        --from WEIGHTS --teacher ../shared/teacher/edgeface_s_gamma_05.onnx
    python -m faceapp.training train painted --run runs/painted --data cache/painted --workers 15
        --resume --teacher ../shared/teacher/edgeface_s_gamma_05.onnx

Eleven minutes on an H200. WEIGHTS are the mean of the weights of `asked_again`, `asked_cpu` and
`asked_last`. Half of each batch is painted, because most of the research chips are cut tightly and
have smeared borders, unlike the app's chips (docs/adr/031-people-who-do-not-exist.md).
`painted_last` continues.
"""

from dataclasses import replace

from faceapp.training.augment import MILD
from faceapp.training.config import Phase
from faceapp.training.configs import asked

CONFIG = replace(
    asked.CONFIG,
    name="painted",
    phases=(
        Phase(
            size_px=112, steps=2_871, batch=512, rate=1.5e-2, warmup=300, made_up=0.25, painted=0.5
        ),
        Phase(
            size_px=112,
            steps=5_788,
            batch=512,
            rate=1.5e-2,
            warmup=100,
            decay=5_688,
            augmentation=MILD,
            made_up=0.1,
            painted=0.5,
        ),
    ),
    views=200,
    evaluate_every=3000,
    checkpoint_every=1000,
)
