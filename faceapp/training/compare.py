"""The methods of the papers side by side, and their networks: one budget, one subset.

    python -m faceapp.training compare --run runs/compare
    python -m faceapp.training compare --networks --run runs/networks --steps 600

Small on purpose (48 px, a few minutes each on a CPU core): it shows which method learns fastest,
not what each reaches in the end. Judged on held-out training people, never on LFW.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from tqdm import tqdm

from faceapp.training import network
from faceapp.training.backbones import Stock
from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.network import FACE_LAYOUT, Layout
from faceapp.training.run import Collapsed, Run

SIZE_PX = 48
DISTILLED = Weights(distil_cosine=1.0, distil_bank=1.0)

METHODS: dict[str, tuple[Weights, Weights]] = {
    "softmax": (Weights(softmax=1.0), Weights(softmax=1.0)),
    "NormFace": (Weights(normface=1.0), Weights(normface=1.0)),
    "ArcFace": (Weights(arcface=1.0), Weights(arcface=1.0)),
    "triplet, batch-all": (Weights(triplet_batch_all=1.0), Weights(triplet_batch_all=1.0)),
    "triplet, semi-hard": (Weights(triplet_semi_hard=1.0), Weights(triplet_semi_hard=1.0)),
    "triplet, batch-hard": (Weights(triplet_batch_hard=1.0), Weights(triplet_batch_hard=1.0)),
    "distillation, cosine": (Weights(distil_cosine=1.0), Weights(distil_cosine=1.0)),
    "distillation, relations": (Weights(distil_relations=1.0), Weights(distil_relations=1.0)),
    "distillation, cosine and bank": (DISTILLED, DISTILLED),
    "distillation, then ArcFace": (DISTILLED, Weights(arcface=1.0)),
    "distillation, then triplet": (DISTILLED, Weights(triplet_semi_hard=1.0)),
}


NETWORKS: dict[str, Layout] = {
    "`FACE_LAYOUT`": FACE_LAYOUT,
    "the same, 128 numbers": replace(FACE_LAYOUT, dimension=128),
    "the same, 256 numbers": replace(FACE_LAYOUT, dimension=256),
    '`Stock("mobilenet_v2")`': Stock("mobilenet_v2"),
    '`Stock("resnet50")`': Stock("resnet50"),
}


@dataclass(frozen=True, slots=True)
class Budget:
    """What each run gets: ``steps`` batches of 64 (16 people x 4) out of ``data``."""

    data: Path
    folder: Path
    steps: int
    workers: int


def methods(budget: Budget) -> str:
    """Train `FACE_LAYOUT` by every method; finished runs are kept. Returns a Markdown table."""
    rows = [
        _trained(name, _config(name, losses, budget.steps), budget)
        for name, losses in METHODS.items()
    ]
    return table("Method", rows)


def networks(budget: Budget) -> str:
    """Distil into every network, like `methods`."""
    rows = []
    for name, layout in NETWORKS.items():
        config = replace(_config(name, (DISTILLED, DISTILLED), budget.steps), layout=layout)
        parameters = network.build(layout, SIZE_PX).count_params()
        row = _trained(name, config, budget)
        rows.append(row | {"name": f"{name}, {parameters / 1e6:.1f} M parameters"})
    return table("Network", rows)


def table(what: str, rows: list[dict[str, object]]) -> str:
    """Markdown, one line a run."""
    head = [f"| {what} | TAR at FMR 1e-3 | TAR at FMR 1e-4 | spread |", "|---|---|---|---|"]
    lines = (
        f"| {row['name']} | {row['tar@0.001']:.3f} | {row['tar@0.0001']:.3f} "
        f"| {row['spread']:.4f} |"
        for row in rows
    )
    return "\n".join([*head, *lines])


def _trained(name: str, config: TrainConfig, budget: Budget) -> dict[str, object]:
    """Train one of them, unless that is done, and give its last line of figures."""
    run_dir = budget.folder / re.sub(r"\W+", "-", name).strip("-")
    try:
        Run(config, budget.data, run_dir, budget.workers).train(resume=True)
    except Collapsed as error:  # a result too: the spread in its row tells
        tqdm.write(f"{name}: {error}")
    last = (run_dir / "metrics.jsonl").read_text("utf-8").splitlines()[-1]
    return {"name": name} | json.loads(last)


def _config(name: str, losses: tuple[Weights, Weights], steps: int) -> TrainConfig:
    """Half of the steps with the first losses, half with the second."""
    half = steps // 2
    first, second = losses
    phase = Phase(size_px=SIZE_PX, steps=half, batch=64, rate=1e-2, warmup=100, losses=first)
    return TrainConfig(
        name=name,
        phases=(phase, replace(phase, steps=steps - half, decay=steps // 4, losses=second)),
        pictures_per_person=4,
        evaluate_every=steps,
        checkpoint_every=200,
    )
