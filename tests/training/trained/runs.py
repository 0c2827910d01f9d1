"""Tiny runs, and what they leave in their folders."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from faceapp.training.config import TrainConfig
from faceapp.training.run import Run
from tests.training.trained.tiny import CONFIG


def checkpoint(folder: Path) -> dict[str, Any]:
    import torch

    return dict(torch.load(folder / "checkpoint.pt", weights_only=True))


def metrics(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


def trained(config: TrainConfig, packed: Path, folder: Path, resume: bool = False) -> None:
    Run(config, packed, folder, workers=0).train(resume)


def stopped_after(phases_steps: tuple[int, ...]) -> TrainConfig:
    """The tiny run, ended early: phases may be prolonged."""
    phases = zip(CONFIG.phases, phases_steps, strict=False)
    return replace(CONFIG, phases=tuple(replace(p, steps=steps) for p, steps in phases))


def untimed(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "minutes"}


def same(first: Any, second: Any) -> bool:
    import torch

    if isinstance(first, dict):
        return first.keys() == second.keys() and all(same(first[k], second[k]) for k in first)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(same, first, second))
    return torch.equal(first, second) if torch.is_tensor(first) else bool(first == second)
