"""A training run: its phases, its checkpoints, its progress on the screen."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from faceapp.training import batches, chipset, progress_check, run_folder, torch_file, weights_file
from faceapp.training.config import Phase, TrainConfig, as_json
from faceapp.training.engine import DEVICE, Engine, freeze_garbage
from faceapp.training.lessons import Lessons
from faceapp.training.run_folder import CHECKPOINT, figures

COLLAPSED_SPREAD = 0.01
"""Unit vectors spread evenly over the sphere of 192 dimensions have 0.07."""

Sums = dict[str, torch.Tensor]
"""Running averages of the losses and of the spread."""


class Collapsed(RuntimeError):
    """The embeddings of all faces have become one point, or are no longer numbers."""


class Run:
    """Trains ``config`` on the packed set in ``data``, writing into ``folder`` (see `run_folder`).

    ``held_out`` (M,): the people of the chips that are never trained on.
    """

    def __init__(
        self,
        config: TrainConfig,
        data: Path,
        folder: Path,
        workers: int = 1,
        teacher: Path | None = None,
    ) -> None:
        self.config, self.folder, self._workers = config, folder, workers
        chips = chipset.ChipSet.load(data)
        held_out = chipset.hold_out(chips.people, config.held_out_people, config.seed)
        self.held_out = chips.people[held_out]
        if len(np.unique(self.held_out)) < 2:
            raise ValueError(
                f"{data}: expected two people to hold out and two more to train on, each with two"
                " pictures or more"
            )
        self._data = run_folder.Data.of(data, chips, held_out)
        self.lessons = Lessons(config, data, chips, held_out, teacher)
        self._centres = torch.from_numpy(self.lessons.target.centres).to(DEVICE)
        self._exam = progress_check.Exam.of(
            replace(chips, teacher=self.lessons.target.teacher), held_out, chipset.elsewhere(data)
        )
        self._began_s = time.monotonic()

    def train(self, resume: bool, start: Path | None = None) -> Engine:
        """Run all phases; with ``resume``, continue at the last checkpoint if there is one.

        A new run begins with the weights ``start`` (a ``.weights.h5``), or with random ones.

        Raises FileExistsError rather than overwrite a run; Collapsed if continuing is pointless.
        Raises ValueError if the run belongs to another config, held out other people, needs or
        began with weights that are not given now, has a checkpoint and is given weights, or has no
        phase left to train.
        """
        if any(map(has_collapsed, figures(self.folder)[-1:])):
            raise Collapsed(f"{self.folder}: the embeddings are at one point; use another --run")
        if not resume and (self.folder / CHECKPOINT).exists():
            raise FileExistsError(f"{self.folder}: holds a run; --resume continues it")
        saved = self._saved()
        self._check(start, saved)
        number = 0 if saved is None else saved["phase"]
        engine = Engine(self.config, self.config.phases[number], self._centres)
        first, sums = self._begin(engine, start) if saved is None else self._go_on(engine, saved)
        while True:
            freeze_garbage()
            self._train_phase(engine, number, first, sums)
            number, first, sums = number + 1, 0, {}
            if number == len(self.config.phases):
                return engine
            # Keep no name for the previous network: it would occupy memory for the whole phase.
            engine = self._next(engine, number)

    def _next(self, engine: Engine, number: int) -> Engine:
        larger = Engine(self.config, self.config.phases[number], self._centres)
        larger.begin_from(engine)
        return larger

    def _begin(self, engine: Engine, start: Path | None) -> tuple[int, Sums]:
        """Give ``engine`` its initial weights and describe the run; return first step and sums."""
        if start is not None:
            engine.begin_with(start)
        run_folder.describe(self.folder, as_json(self.config))
        self._data.write(self.folder)
        # A run that ended before its first checkpoint may have begun with other weights.
        (self.folder / run_folder.METRICS).unlink(missing_ok=True)
        if start is not None:
            model = weights_file.model_of(start)
            (self.folder / run_folder.BEGINS_WITH).write_text(model, "utf-8")
            self._examine(engine, 0, 0, {})  # the figures that the run has to improve
        return 0, {}

    def _go_on(self, engine: Engine, saved: dict[str, Any]) -> tuple[int, Sums]:
        """Restore ``engine`` from the checkpoint ``saved``; return the next step and the sums."""
        number, step = saved["phase"], saved["step"]
        engine.restore(saved["engine"])
        self._began_s -= saved.get("minutes", 0.0) * 60  # earlier versions did not save them
        run_folder.describe(self.folder, as_json(self.config))
        sums = {k: v.to(DEVICE) for k, v in saved.get("sums", {}).items()}
        told = run_folder.forget_after(self.folder, (number, step))
        if self._is_due(engine.phase, step) and (number, step) not in told:
            self._examine(engine, number, step, sums)  # the run was interrupted just before this
        return step, sums

    def _check(self, start: Path | None, saved: dict[str, Any] | None) -> None:
        """Raise ValueError if this run cannot begin, or continue from ``saved``."""
        phase = 0 if saved is None else saved["phase"]
        if saved is not None:
            run_folder.check_config(self.folder, as_json(self.config), phase)
            run_folder.check_data(self.folder, self._data)
            if start is not None:
                raise ValueError(
                    f"{self.folder}: continues at its checkpoint, not with {start}: leave out"
                    " --from, or name another --run"
                )
        elif start is None and (began := run_folder.begins_with(self.folder)):
            raise ValueError(
                f"{self.folder}: begins with {began}, and there is no checkpoint yet: name these"
                " weights again (--from), or another --run"
            )
        elif start is None and self.config.keep_statistics:
            raise ValueError(
                f"{self.config.name} keeps the statistics of given weights: name them (--from)"
            )
        if phase >= len(self.config.phases):
            raise ValueError(f"{self.config.name}: the config has no phases left to train")

    def _train_phase(self, engine: Engine, number: int, first: int, sums: Sums) -> None:
        phase = engine.phase
        views = batches.loader(self.lessons.views(number), first, phase.steps, self._workers)
        name = f"{phase.size_px} px"
        with tqdm(total=phase.steps, initial=first, desc=name, mininterval=5) as bar:
            for step, shown in enumerate(views, start=first):
                losses = engine.step(self.lessons.batch(shown, number, step), phase.rate_at(step))
                sums = {k: torch.lerp(sums.get(k, v), v, 0.02) for k, v in losses.items()}
                bar.update()
                done = step + 1
                if done % 100 == 0:
                    _show(bar, sums, phase.batch)
                saving = done % self.config.checkpoint_every == 0 or done == phase.steps
                if saving and not has_collapsed(sums):  # the last good checkpoint stays
                    self._save(engine, number, done, sums)
                if self._is_due(phase, done):
                    self._examine(engine, number, done, sums)

    def _is_due(self, phase: Phase, done: int) -> bool:
        return done % self.config.evaluate_every == 0 or done == phase.steps

    def _examine(self, engine: Engine, number: int, step: int, sums: Sums) -> None:
        losses = {k: float(v) for k, v in sums.items()}
        collapsed = has_collapsed(losses)
        line = {
            "phase": number,
            "size_px": engine.phase.size_px,
            "step": step,
            "minutes": round(self._minutes(), 1),
            **{k: round(v, 5) for k, v in losses.items()},
        }
        if not collapsed:
            weights, size_px = engine.averaged(), engine.phase.size_px
            line |= self._exam.take(self.config.layout, weights, size_px)
        with (self.folder / run_folder.METRICS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        tqdm.write(json.dumps(line))
        if collapsed:
            raise Collapsed("the embeddings are at one point; lower the rate or change the loss")

    def _minutes(self) -> float:
        """Minutes that the run has taken, including those before its checkpoint if resumed."""
        return (time.monotonic() - self._began_s) / 60

    def _save(self, engine: Engine, number: int, step: int, sums: Sums) -> None:
        kept = {"phase": number, "step": step, "minutes": self._minutes(), "sums": sums}
        torch_file.save(kept | {"engine": engine.state()}, self.folder / CHECKPOINT)

    def _saved(self) -> dict[str, Any] | None:
        exists = (self.folder / CHECKPOINT).exists()
        return run_folder.checkpoint(self.folder) if exists else None


def _show(bar: tqdm[Any], sums: Sums, batch: int) -> None:
    """Show running averages and the speed beside the progress bar."""
    per_s = (bar.format_dict["rate"] or 0.0) * batch
    bar.set_postfix({k: f"{float(v):.4f}" for k, v in sums.items()} | {"chips/s": f"{per_s:.0f}"})


def has_collapsed(measured: dict[str, Any]) -> bool:
    """Whether the spread, if ``measured`` has one, is NaN or that of embeddings at one point."""
    return "spread" in measured and not measured["spread"] >= COLLAPSED_SPREAD  # true for NaN too
