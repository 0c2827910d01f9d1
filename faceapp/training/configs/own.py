"""The shipped weights, fine-tuned on people of your own. Minutes on one CPU core.

    python -m faceapp.training prepare PICTURES cache/own --teacher models/faceapp.tflite
    python -m faceapp.training train own --from models/faceapp.weights.h5 --data cache/own
        --run runs/own

ArcFace tells your people apart; beside it the network keeps saying of every picture what it said
before (the shipped model is its own teacher), so that it does not forget everybody else. See
docs/training.md for how many people it takes and how to judge the result.
"""

from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.network import LARGE_LAYOUT

CONFIG = TrainConfig(
    name="own",
    layout=LARGE_LAYOUT,
    phases=(Phase(size_px=112, steps=400, batch=32, rate=2e-3, warmup=50, decay=300),),
    losses=Weights(arcface=0.1, distil_cosine=1.0),
    held_out_people=100,
    evaluate_every=100,
    checkpoint_every=100,
    terms="Fine-tuned from the shipped weights, whose terms hold on (non-commercial research), with"
    " pictures of people who agreed to it.",
)
