"""A training run: its folder, its phases, its checkpoints, its progress on the screen.

``runs/<name>/`` holds ``config.json``, ``data.json`` (the set, and who is held out of it),
``revision.txt`` (git revision and diff), ``metrics.jsonl``, ``begins_with.txt`` (the model whose
weights the run began with, if any were given) and ``checkpoint.pt`` (everything needed to
continue, including the averaged weights).
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from faceapp.training import (
    batches,
    chipset,
    live,
    made_up,
    onnx_net,
    origin,
    progress_check,
    torch_file,
)
from faceapp.training.config import Phase, TrainConfig, as_json
from faceapp.training.criterion import Batch
from faceapp.training.engine import DEVICE, Engine, freeze_garbage
from faceapp.training.order import MixedOrder, Order, PeopleOrder
from faceapp.training.origin import CHECKPOINT
from faceapp.training.painted.extend import painted_rows
from faceapp.training.target import Target
from faceapp.vision.modelcard import sha256_of

METRICS = "metrics.jsonl"
COLLAPSED_SPREAD = 0.01
"""Unit vectors spread evenly over the sphere of 192 dimensions have 0.07."""

Sums = dict[str, torch.Tensor]
"""Running averages of the losses and of the spread."""


class Collapsed(RuntimeError):
    """The embeddings of all faces have become the same point, or are no longer numbers."""


class Run:
    """Trains ``config`` on the packed set in ``data``, writing into ``folder``.

    ``held_out`` (M,): whose the chips are that are never trained on. ``rows``: the other chips,
    except painted ones. ``orders``: by phase, which chips are in which batch.
    """

    def __init__(
        self,
        config: TrainConfig,
        data: Path,
        folder: Path,
        workers: int = 1,
        teacher: Path | None = None,
    ) -> None:
        self.config, self.folder, self._data, self._workers = config, folder, data, workers
        chips = chipset.ChipSet.load(data)
        held_out = chipset.hold_out(chips.people, config.held_out_people, config.seed)
        self.held_out = chips.people[held_out]
        if len(np.unique(self.held_out)) < 2:
            raise ValueError(f"{data}: expected two people to hold out and two more to train on")
        self._origin = origin.Data.of(data, chips, held_out)
        self._painted = painted_rows(data)
        self.rows = np.setdiff1d(np.flatnonzero(~held_out), self._painted)
        learned = Target.of(chips, self.rows, config)
        self._teacher = None if learned.teacher is None else _placed(learned.teacher)
        self._people, self._centres = _placed(learned.people), _placed(learned.centres)
        seed = config.seed + config.views
        # All of them now: a batch that these people cannot fill must not come up hours later.
        self.orders = [self._order(phase, seed + n) for n, phase in enumerate(config.phases)]
        self._live = self._live_teacher(teacher, chips) if config.live_teacher else None
        self._exam = progress_check.Exam.of(
            replace(chips, teacher=learned.teacher),
            held_out,
            chipset.elsewhere(data),
        )
        self._began_s = time.monotonic()

    def train(self, resume: bool, start: Path | None = None) -> Engine:
        """Run all phases; with ``resume`` continue at the last checkpoint if there is one.

        A new run begins with the weights ``start`` (a ``.weights.h5``), or with random ones.
        Raises FileExistsError rather than overwrite a run; Collapsed when continuing is pointless;
        ValueError if the run belongs to another config, held out other people, or began with
        weights that are not given now.
        """
        if any(map(has_collapsed, figures(self.folder)[-1:])):
            raise Collapsed(f"{self.folder}: the embeddings are at one point; use another --run")
        if not resume and (self.folder / CHECKPOINT).exists():
            raise FileExistsError(f"{self.folder}: holds a run; --resume continues it")
        saved = self._saved()
        self._check(start, saved)
        number = 0 if saved is None else saved["phase"]
        engine = Engine(self.config, self.config.phases[number], self._centres)
        first, sums = self._begin(engine, start, saved)
        while True:
            freeze_garbage()
            self._train_phase(engine, number, first, sums)
            number, first, sums = number + 1, 0, {}
            if number == len(self.config.phases):
                return engine
            # No name keeps the network before: its memory would be occupied for the whole phase.
            engine = self._next(engine, number)

    def _next(self, engine: Engine, number: int) -> Engine:
        larger = Engine(self.config, self.config.phases[number], self._centres)
        larger.begin_from(engine)
        return larger

    def _begin(
        self, engine: Engine, start: Path | None, saved: dict[str, Any] | None
    ) -> tuple[int, Sums]:
        """Give ``engine`` its first weights and describe the run; return first step and sums."""
        if saved is not None:
            engine.restore(saved["engine"])
            self._describe()
            sums = {k: v.to(DEVICE) for k, v in saved.get("sums", {}).items()}
            self._catch_up(engine, saved["phase"], saved["step"], sums)
            return saved["step"], sums
        if start is not None:
            engine.begin_with(start)
        self._describe()
        self._origin.write(self.folder)
        if start is not None:
            (self.folder / origin.WEIGHTS).write_text(origin.model_of(start), "utf-8")
            self._examine(engine, 0, 0, {})  # what the run has to improve on
        return 0, {}

    def _check(self, start: Path | None, saved: dict[str, Any] | None) -> None:
        """Raise ValueError if this run cannot begin, or continue from ``saved``."""
        began, phase = self.folder / origin.WEIGHTS, 0
        if saved is not None:
            phase = saved["phase"]
            self._check_config(phase)
            origin.check(self.folder, self._origin)
        elif start is None and began.exists():
            raise ValueError(
                f"{self.folder}: begins with {began.read_text('utf-8')}, and there is no checkpoint"
                " yet: name these weights again (--from), or another --run"
            )
        elif start is None and self.config.keep_statistics:
            raise ValueError(
                f"{self.config.name} keeps the statistics of given weights: name them (--from)"
            )
        if phase >= len(self.config.phases):
            raise ValueError(f"{self.config.name}: the config has no phases left to train")

    def _check_config(self, phase: int) -> None:
        """Raise ValueError if the checkpoint, in phase ``phase``, is not one of this config."""
        kept = origin.config_of(self.folder)
        mine = json.loads(json.dumps(as_json(self.config)))
        if any(kept[what] != mine[what] for what in ("name", "layout")):
            raise ValueError(f"{self.folder}: holds a run of another config: {kept['name']}")
        kept_px, mine_px = (
            [one["size_px"] for one in described["phases"][phase : phase + 1]]
            for described in (kept, mine)
        )
        if mine_px and kept_px != mine_px:
            raise ValueError(
                f"{self.folder}: holds a run of another config: {kept['name']} with"
                f" {kept_px[0]} px in phase {phase + 1}, not {mine_px[0]}"
            )

    def _describe(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / "config.tmp"
        try:  # a full disk must not cost a run its config, by which it is resumed
            fresh.write_text(json.dumps(as_json(self.config), indent=1), "utf-8")
            fresh.replace(self.folder / origin.CONFIG)
        finally:
            fresh.unlink(missing_ok=True)
        (self.folder / origin.REVISION).write_text(origin.revision(), "utf-8")

    def _train_phase(self, engine: Engine, number: int, first: int, sums: Sums) -> None:
        phase = engine.phase
        bar = tqdm(total=phase.steps, initial=first, desc=f"{phase.size_px} px", mininterval=5)
        for step, views in enumerate(
            batches.loader(self.views(number), first, phase.steps, self._workers), start=first
        ):
            losses = engine.step(self.batch(views, number, step), phase.rate_at(step))
            sums = {k: torch.lerp(sums.get(k, v), v, 0.02) for k, v in losses.items()}
            bar.update()
            done = step + 1
            if done % 100 == 0:
                per_s = (bar.format_dict["rate"] or 0.0) * phase.batch
                bar.set_postfix(
                    {k: f"{float(v):.4f}" for k, v in sums.items()} | {"chips/s": f"{per_s:.0f}"}
                )
            saving = done % self.config.checkpoint_every == 0 or done == phase.steps
            if saving and not has_collapsed(sums):  # the last good checkpoint stays
                self._save(engine, number, done, sums)
            if self._is_due(phase, done):
                self._examine(engine, number, done, sums)
        bar.close()

    def _is_due(self, phase: Phase, done: int) -> bool:
        return done % self.config.evaluate_every == 0 or done == phase.steps

    def _catch_up(self, engine: Engine, number: int, step: int, sums: Sums) -> None:
        """Examine now if the run was interrupted between a checkpoint and the examination due."""
        done = [(line["phase"], line["step"]) for line in figures(self.folder)]
        if self._is_due(engine.phase, step) and (number, step) not in done:
            self._examine(engine, number, step, sums)

    def _order(self, phase: Phase, seed: int) -> Order:
        batch, each = phase.batch, self.config.pictures_per_person
        if phase.painted:
            if not len(self._painted):
                raise ValueError(f"{self._data}: expected people who do not exist (see paint)")
            shape = batch, round(batch * phase.painted)
            return MixedOrder(self.rows, self._painted, shape, seed)
        if each:
            return PeopleOrder(self.rows, self._people.cpu().numpy(), (batch, each), seed)
        return Order(self.rows, batch, seed)

    def views(self, number: int) -> batches.AugmentedBatches:
        """The chips of each step of phase ``number``, distorted, as the student is shown them."""
        phase, frames = self.config.phases[number], None
        if phase.framed:
            spared = int(phase.made_up * phase.batch)
            frames = batches.Frames(phase.framed, self._painted, spared)
        return batches.AugmentedBatches(
            self._data,
            self.orders[number],
            phase.size_px,
            phase.augmentation or self.config.augmentation,
            frames,
        )

    def batch(self, views: batches.Views, number: int, step: int) -> Batch:
        """What the engine learns from at ``step`` of phase ``number``: views and their labels."""
        # Nothing here may wait for a GPU, which is still busy with the previous step.
        chips, pairs, share = (one.to(DEVICE, non_blocking=True) for one in views)
        chips, rows = batches.scaled(chips), pairs[:, 0]
        people, others = self._people[rows], None
        if self._teacher is not None:
            rng = np.random.default_rng((self.config.seed, 2, number, step))
            crowd = self.rows[rng.integers(0, len(self.rows), self.config.bank_size)]
            others = self._teacher[_sent(crowd)]
        if self._live is None:
            teacher = None if self._teacher is None else self._teacher[rows]
            return Batch(chips, people, teacher, others)
        count = int(self.config.phases[number].made_up * len(chips))
        seed = np.random.SeedSequence((self.config.seed, 3, number, step)).generate_state(1)
        chance = torch.Generator(DEVICE).manual_seed(int(seed[0]))
        shown = made_up.make_up(made_up.Shown(chips, pairs, share), count, chance)
        people[:count] = chipset.UNKNOWN
        return Batch(shown.chips, people, self._live.answer(shown), others)

    def _live_teacher(self, teacher: Path | None, chips: chipset.ChipSet) -> live.LiveTeacher:
        if teacher is None or self._teacher is None:
            raise ValueError(f"{self.config.name} asks a teacher: expected one, and teacher.npy")
        net = onnx_net.OnnxNet(teacher, DEVICE, torch.bfloat16)
        path = self._data / f"{chipset.ANSWERS}{sha256_of(teacher)[:12]}.npy"
        if (clean := live.load_answers(path, len(chips))) is None:
            clean = self._clean_answers(net, chips)
            live.save_answers(path, clean)
        rows, parts = _placed(self.rows), self.config.parts
        return live.LiveTeacher(net, _placed(clean), self._teacher, rows, parts)

    def _clean_answers(self, net: live.Net, chips: chipset.ChipSet) -> np.ndarray:
        parts = self.config.parts
        at_once = self.config.phases[-1].batch // parts
        with tqdm(total=len(chips), desc="asking the teacher", mininterval=5) as bar:
            answers = live.clean_answers(net, chips.chips, at_once, parts, DEVICE, bar.update)
        return answers.cpu().numpy()

    def _examine(self, engine: Engine, number: int, step: int, sums: Sums) -> None:
        losses = {k: float(v) for k, v in sums.items()}
        collapsed = has_collapsed(losses)
        scores = (
            {}
            if collapsed
            else self._exam.take(self.config.layout, engine.averaged(), engine.phase.size_px)
        )
        line = {
            "phase": number,
            "size_px": engine.phase.size_px,
            "step": step,
            "minutes": round((time.monotonic() - self._began_s) / 60, 1),
            **{k: round(v, 5) for k, v in losses.items()},
            **scores,
        }
        with (self.folder / METRICS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        tqdm.write(json.dumps(line))
        if collapsed:
            raise Collapsed("the embeddings are at one point; lower the rate or change the loss")

    def _save(self, engine: Engine, number: int, step: int, sums: Sums) -> None:
        kept = {"phase": number, "step": step, "sums": sums, "engine": engine.state()}
        torch_file.save(kept, self.folder / CHECKPOINT)

    def _saved(self) -> dict[str, Any] | None:
        return origin.checkpoint(self.folder) if (self.folder / CHECKPOINT).exists() else None


def figures(folder: Path) -> list[dict[str, Any]]:
    """The lines that the run in ``folder`` has written about itself, in order.

    Raises ValueError if a line is incomplete, as after a power cut.
    """
    path = folder / METRICS
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    try:
        return [json.loads(line) for line in lines]
    except ValueError as error:
        raise ValueError(f"{path}: expected a line of JSON for each look: {error}") from error


def has_collapsed(measured: dict[str, Any]) -> bool:
    """Whether the spread, if ``measured`` has one, is that of embeddings at one point, or NaN."""
    return "spread" in measured and not measured["spread"] >= COLLAPSED_SPREAD  # true for NaN too


def _sent(rows: np.ndarray) -> torch.Tensor:
    """``rows`` on their way to `DEVICE`."""
    here = torch.from_numpy(rows)
    return (here.pin_memory() if DEVICE.type == "cuda" else here).to(DEVICE, non_blocking=True)


def _placed(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(values).to(DEVICE)
