"""How many chips per second this machine learns from, for each way of computing a step."""

from __future__ import annotations

import time
from dataclasses import replace

import torch

from faceapp.training.config import TrainConfig
from faceapp.training.criterion import Batch
from faceapp.training.engine import DEVICE, Engine, freeze_garbage
from faceapp.training.losses.sphere import unit
from faceapp.training.traced import Traced

WARM_UP = 3
CLASSES = 9_000


def table(config: TrainConfig, steps: int) -> str:
    """Time ``steps`` steps of the last phase on random chips; returns a Markdown table.

    A part has the same size in every row: the config's batch divided by its ``parts``.
    """
    lines = [
        "| Forward pass | parts | batch | ms a step | chips a second |",
        "|---|---|---|---|---|",
    ]
    centres = torch.randn(CLASSES, config.layout.dimension, device=DEVICE)
    share = config.phases[-1].batch // config.parts
    for parts, traced in ((1, True), (1, False), (2, False)):
        phase = replace(config.phases[-1], batch=share * parts)
        engine = Engine(replace(config, parts=parts, phases=(phase,)), phase, centres)
        if traced:
            engine.forward = Traced(engine.model, config.keep_statistics)
        freeze_garbage()
        seconds = _seconds_a_step(engine, _batch(config, phase.batch, phase.size_px), steps)
        lines.append(
            f"| {engine.forward.name} | {parts} | {phase.batch} | {seconds * 1000:.0f} "
            f"| {phase.batch / seconds:.0f} |"
        )
    return "\n".join(lines)


def _seconds_a_step(engine: Engine, batch: Batch, steps: int) -> float:
    _learn(engine, batch, WARM_UP)
    start_s = time.perf_counter()
    _learn(engine, batch, steps)
    return (time.perf_counter() - start_s) / steps


def _learn(engine: Engine, batch: Batch, steps: int) -> None:
    for _ in range(steps):
        losses = engine.step(batch, rate=1e-4)
    float(losses["spread"])  # waits for a GPU


def _batch(config: TrainConfig, count: int, size_px: int) -> Batch:
    dimension = config.layout.dimension
    with DEVICE:
        return Batch(
            torch.rand(count, size_px, size_px, 3) * 2.0 - 1.0,
            torch.arange(count) // 4,
            unit(torch.randn(count, dimension)),
            unit(torch.randn(config.bank_size, dimension)),
        )
