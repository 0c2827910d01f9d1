"""The shipped weights, fine-tuned on your own people. Takes minutes on one CPU core.

    python -m faceapp.training prepare PICTURES cache/own --teacher models/faceapp.tflite
    python -m faceapp.training train own --from models/faceapp.weights.h5 --data cache/own
        --run runs/own

ArcFace teaches the network to tell your people apart. At the same time the network learns to keep
the shipped model's embedding of each picture (the shipped model is its own teacher), so that it
does not forget everybody else. Feature maps are normalised by the old statistics, since a few
hundred people are not like all faces: new statistics alone cost more than training gained. Expect
no gain with hundreds of people (measured: docs/training.md).
"""

from faceapp.training.augment import MILD
from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.network import LARGE_LAYOUT

CONFIG = TrainConfig(
    name="own",
    layout=LARGE_LAYOUT,
    phases=(Phase(size_px=112, steps=400, batch=32, rate=5e-4, warmup=50, decay=300),),
    losses=Weights(arcface=0.05, distil_cosine=1.0),
    augmentation=MILD,
    keep_statistics=True,
    held_out_people=100,
    evaluate_every=100,
    checkpoint_every=100,
    terms="Fine-tuned from the shipped weights, whose terms still apply (non-commercial research);"
    " nobody has stated those of the pictures.",
)
