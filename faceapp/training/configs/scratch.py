"""A network from random weights, on your own pictures only: no teacher, no others' weights.

    python -m faceapp.training prepare PICTURES cache/own
    python -m faceapp.training train scratch --data cache/own --run runs/scratch

Small chips come first, as in ``cpu``. NormFace comes first too; ArcFace follows once the network
separates people, because its margin keeps a fresh network from learning anything. It takes
thousands of people before the network becomes useful for people it has not seen. On the labels of
the research chips alone (9,000 people, some of the labels wrong), after about a hundred minutes on
two busy cores without AMX, the held-out TAR at 1e-3 and 1e-4 was 0.551 and 0.374; the shipped model
has 0.916 and 0.850.
"""

from faceapp.training.config import Phase, TrainConfig, Weights

ARCFACE = Weights(arcface=1.0)

CONFIG = TrainConfig(
    name="scratch",
    phases=(
        Phase(size_px=48, steps=9_000, batch=64, rate=2e-2, warmup=300),
        Phase(size_px=80, steps=6_000, batch=64, rate=1.5e-2, warmup=50, losses=ARCFACE),
        Phase(size_px=112, steps=4_000, batch=64, rate=1e-2, decay=3_500, losses=ARCFACE),
    ),
    losses=Weights(normface=1.0),
)
