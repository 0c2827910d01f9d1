"""Compare the papers' methods, their networks, and ours with parts of theirs.

    python -m faceapp.training compare methods --run runs/methods
    python -m faceapp.training compare variants --run runs/variants --steps 2400
    python -m faceapp.training compare networks --run runs/networks --steps 400

All get the same chips and the same budget, a small one on purpose (minutes on two cores; half an
hour for the largest networks). So this shows which learns fastest, not what each reaches in the
end. They are judged on held-out people, never on LFW.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from faceapp.training import network, run_folder
from faceapp.training.backbones import Stock
from faceapp.training.config import Phase, TrainConfig, Weights, as_json
from faceapp.training.network import FACE_LAYOUT, Layout, Stage, Variant
from faceapp.training.run import Collapsed, Run
from faceapp.training.run_folder import figures

SMALL_PX = 48
NETWORKS_PX = 80
"""The smallest of our chip sizes that Inception-ResNet accepts."""
DISTILLED = Weights(distil_cosine=1.0, distil_bank=1.0)

METHODS: dict[str, tuple[Weights, ...]] = {
    "softmax": (Weights(softmax=1.0),),
    "NormFace": (Weights(normface=1.0),),
    "ArcFace": (Weights(arcface=1.0),),
    "triplet, batch-all": (Weights(triplet_batch_all=1.0),),
    "triplet, semi-hard": (Weights(triplet_semi_hard=1.0),),
    "triplet, batch-hard": (Weights(triplet_batch_hard=1.0),),
    "distillation, cosine": (Weights(distil_cosine=1.0),),
    "distillation, relations": (Weights(distil_relations=1.0),),
    "distillation, cosine and bank": (DISTILLED,),
    "distillation, then ArcFace": (DISTILLED, Weights(arcface=1.0)),
    "distillation, then triplet": (DISTILLED, Weights(triplet_semi_hard=1.0)),
}
"""The losses of the whole run, or of its first and second half."""

VARIANTS: dict[str, Layout] = {
    "`FACE_LAYOUT`": FACE_LAYOUT,
    "the same, 128 numbers": replace(FACE_LAYOUT, dimension=128),
    "the same, 256 numbers": replace(FACE_LAYOUT, dimension=256),
    "the same, average pooling": Variant(FACE_LAYOUT, average=True),
    "the same, PReLU": Variant(FACE_LAYOUT, activation="prelu"),
}

_STAGES = FACE_LAYOUT.stages
NETWORKS: dict[str, Layout] = {
    "`FACE_LAYOUT`": FACE_LAYOUT,
    "the same, one more stride": replace(
        FACE_LAYOUT, stages=(_STAGES[0], Stage(2, 64, 1, 2), *_STAGES[2:])
    ),
    '`Stock("mobilenet_v2")`': Stock("mobilenet_v2"),
    '`Stock("resnet50")`': Stock("resnet50"),
    '`Stock("inception_resnet_v2")`': Stock("inception_resnet_v2"),
}


@dataclass(frozen=True, slots=True)
class Budget:
    """What each run gets: ``steps`` batches of 64 chips (16 people x 4) from ``data``."""

    data: Path
    folder: Path
    steps: int
    workers: int


def methods(budget: Budget) -> str:
    """Train `FACE_LAYOUT` by every method and return a Markdown table. Finished runs are kept.

    Raises ValueError if the folder holds a run with another budget.
    """
    configs = [halves(name, losses, budget.steps, SMALL_PX) for name, losses in METHODS.items()]
    return table("Method", _all(configs, budget))


def variants(budget: Budget) -> str:
    """Like `methods`, but distil into `FACE_LAYOUT` and variants that each change one part."""
    return _distilled(VARIANTS, SMALL_PX, budget)


def networks(budget: Budget) -> str:
    """Like `methods`, but distil into well-known networks."""
    return _distilled(NETWORKS, NETWORKS_PX, budget)


TABLES: dict[str, Callable[[Budget], str]] = {
    "methods": methods,
    "variants": variants,
    "networks": networks,
}


def _distilled(layouts: dict[str, Layout], size_px: int, budget: Budget) -> str:
    usual = halves("", (DISTILLED,), budget.steps, size_px)
    configs = [replace(usual, name=name, layout=layout) for name, layout in layouts.items()]
    rows = _all(configs, budget)
    for row, layout in zip(rows, layouts.values(), strict=True):
        parameters = network.build(layout, size_px).count_params()
        row["name"] = f"{row['name']}, {parameters / 1e6:.1f} M parameters"
    return table("Network", rows)


def table(what: str, rows: list[dict[str, Any]]) -> str:
    """A Markdown table, one line per run; a dash where nothing was measured (a collapsed run)."""
    head = [f"| {what} | TAR at FMR 1e-3 | TAR at FMR 1e-4 | spread |", "|---|---|---|---|"]
    lines = (
        f"| {row['name']} | {_tar(row, 'tar@0.001')} | {_tar(row, 'tar@0.0001')} "
        f"| {row['spread']:.4f} |"
        for row in rows
    )
    return "\n".join([*head, *lines])


def _tar(row: dict[str, Any], name: str) -> str:
    return f"{row[name]:.3f}" if name in row else "–"


def _all(configs: list[TrainConfig], budget: Budget) -> list[dict[str, Any]]:
    folders = [budget.folder / re.sub(r"\W+", "-", one.name).strip("-") for one in configs]
    for config, folder in zip(configs, folders, strict=True):
        if (folder / run_folder.CHECKPOINT).exists() or figures(folder):
            check_same(config, folder)
    return [train(config, folder, budget) for config, folder in zip(configs, folders, strict=True)]


def check_same(config: TrainConfig, folder: Path) -> None:
    """Raise ValueError if the run in ``folder`` has another config: its result does not count."""
    if run_folder.config_of(folder) != as_json(config):
        raise ValueError(f"{folder}: holds a run of another budget or config; name another --run")


def train(config: TrainConfig, folder: Path, budget: Budget) -> dict[str, Any]:
    """Train by ``config`` unless that is done; return its name and its last figures."""
    try:
        Run(config, budget.data, folder, budget.workers).train(resume=True)
    except Collapsed as error:  # also a result: its row shows it by the spread
        tqdm.write(f"{config.name}: {error}")
    return {"name": config.name} | figures(folder)[-1]


def halves(name: str, losses: tuple[Weights, ...], steps: int, size_px: int) -> TrainConfig:
    """A config that trains half of the steps by the first of ``losses``, half by the last."""
    half = steps // 2
    phase = Phase(size_px=size_px, steps=half, batch=64, rate=1e-2, warmup=100, losses=losses[0])
    return TrainConfig(
        name=name,
        phases=(phase, replace(phase, steps=steps - half, decay=steps // 4, losses=losses[-1])),
        pictures_per_person=4,
        evaluate_every=steps,
        checkpoint_every=200,
    )
