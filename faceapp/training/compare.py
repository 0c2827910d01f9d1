"""The methods of the papers side by side: one network, one budget, one subset, other losses.

    python -m faceapp.training compare --run runs/compare

Small on purpose (48 px, a few minutes each on a CPU core): it shows which method learns fastest,
not what each reaches in the end. Judged on held-out training people, never on LFW.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.run import Collapsed, Run

DISTILLED = Weights(distil_cosine=1.0, distil_bank=1.0)

METHODS: dict[str, tuple[Weights, Weights]] = {
    "softmax": (Weights(softmax=1.0), Weights(softmax=1.0)),
    "NormFace": (Weights(normface=1.0), Weights(normface=1.0)),
    "ArcFace": (Weights(arcface=1.0), Weights(arcface=1.0)),
    "triplet, batch-all": (Weights(triplet_batch_all=1.0), Weights(triplet_batch_all=1.0)),
    "triplet, semi-hard": (Weights(triplet_semi_hard=1.0), Weights(triplet_semi_hard=1.0)),
    "triplet, batch-hard": (Weights(triplet_batch_hard=1.0), Weights(triplet_batch_hard=1.0)),
    "distillation, cosine": (Weights(distil_cosine=1.0), Weights(distil_cosine=1.0)),
    "distillation, cosine and bank": (DISTILLED, DISTILLED),
    "distillation, then ArcFace": (DISTILLED, Weights(arcface=1.0)),
    "distillation, then triplet": (DISTILLED, Weights(triplet_semi_hard=1.0)),
}


def compare(data: Path, folder: Path, steps: int, workers: int) -> list[dict[str, object]]:
    """Train every method for ``steps`` batches of 64 (16 people x 4); finished ones are kept."""
    rows: list[dict[str, object]] = []
    for name, (first, second) in METHODS.items():
        run_dir = folder / name.replace(",", "").replace(" ", "-")
        try:
            Run(_config(name, first, second, steps), data, run_dir, workers).train(resume=True)
        except Collapsed as error:  # a result too: the spread in its row tells
            tqdm.write(f"{name}: {error}")
        last = (run_dir / "metrics.jsonl").read_text("utf-8").splitlines()[-1]
        rows.append({"method": name} | json.loads(last))
    return rows


def table(rows: list[dict[str, object]]) -> str:
    """Markdown, one line a method."""
    head = ["| Method | TAR at FMR 1e-3 | TAR at FMR 1e-4 | spread |", "|---|---|---|---|"]
    lines = (
        f"| {row['method']} | {row['tar@0.001']:.3f} | {row['tar@0.0001']:.3f} "
        f"| {row['spread']:.4f} |"
        for row in rows
    )
    return "\n".join([*head, *lines])


def _config(name: str, first: Weights, second: Weights, steps: int) -> TrainConfig:
    half = steps // 2
    phase = Phase(size_px=48, steps=half, batch=64, rate=1e-2, warmup=100, losses=first)
    return TrainConfig(
        name=name,
        phases=(phase, replace(phase, steps=steps - half, decay=steps // 4, losses=second)),
        pictures_per_person=4,
        evaluate_every=steps,
        checkpoint_every=200,
    )
