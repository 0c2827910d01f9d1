"""A training run: its directory, its phases, its checkpoints, its progress on the screen.

``runs/<name>/`` holds ``config.json``, ``data.json`` (which set, and who is held out of it),
``revision.txt`` (git revision and diff), ``metrics.jsonl``, ``begins_with.txt`` (whose weights were
given, if any) and ``checkpoint.pt`` (everything needed to go on, the averaged weights among it).
"""

from __future__ import annotations

import io
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from faceapp.training import batches, chipset, live, made_up, onnx_net, origin, progress_check
from faceapp.training.config import Phase, TrainConfig, as_json
from faceapp.training.criterion import Batch
from faceapp.training.engine import DEVICE, Engine, leave_garbage_alone
from faceapp.training.order import MixedOrder, Order, PeopleOrder
from faceapp.training.origin import CHECKPOINT
from faceapp.training.painted.extend import painted_rows
from faceapp.training.target import Target
from faceapp.vision.modelcard import sha256_of

METRICS = "metrics.jsonl"
COLLAPSED_SPREAD = 0.01
"""Unit vectors all over the sphere of 192 dimensions have 0.07."""


class Collapsed(RuntimeError):
    """The embeddings of all faces came to lie at one point, or are no numbers any more."""


class Run:
    """Trains ``config`` on the packed set in ``data``, writing into ``folder``."""

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
        if len(np.unique(chips.people[held_out])) < 2:
            raise ValueError(f"{data}: expected two people to hold out and two more to train on")
        self._origin = origin.Data.of(data, chips.people, held_out)
        self._painted = painted_rows(data)
        self._rows = np.setdiff1d(np.flatnonzero(~held_out), self._painted)
        learned = Target.of(chips, self._rows, config)
        self._teacher = None if learned.teacher is None else _placed(learned.teacher)
        self._people, self._centres = _placed(learned.people), _placed(learned.centres)
        seed = config.seed + config.views
        # All at once: what cannot be made of these people must not show after hours.
        self._orders = [self._order(phase, seed + n) for n, phase in enumerate(config.phases)]
        self._live = self._asked(teacher, chips) if config.live_teacher else None
        self._exam = progress_check.Exam.of(
            replace(chips, teacher=learned.teacher),
            held_out,
            chipset.elsewhere(data),
        )
        self._began_s = time.monotonic()

    def train(self, resume: bool, start: Path | None = None) -> Engine:
        """Run all phases; with ``resume`` continue at the last checkpoint if there is one.

        A new run begins with the weights ``start`` (a ``.weights.h5``), or with random ones.
        Raises FileExistsError rather than overwrite a run, Collapsed when there is no use going on,
        ValueError where the run is another config's, held out other people or began with weights
        that are not given.
        """
        if any(map(has_collapsed, figures(self.folder)[-1:])):
            raise Collapsed(f"{self.folder}: the embeddings are at one point; use another --run")
        if not resume and (self.folder / CHECKPOINT).exists():
            raise FileExistsError(f"{self.folder}: holds a run; --resume continues it")
        saved = self._saved()
        self._describe(start, saved is None)
        engine: Engine | None = None
        for number, phase in enumerate(self.config.phases):
            if saved is not None and number < saved["phase"]:
                continue
            before, engine = engine, Engine(self.config, phase, self._centres)
            first = 0
            sums: dict[str, torch.Tensor] = {}
            if saved is not None and number == saved["phase"]:
                engine.restore(saved["engine"])
                first = saved["step"]
                sums = {k: v.to(DEVICE) for k, v in saved.get("sums", {}).items()}
                self._catch_up(engine, number, first, sums)
            elif before is not None:
                engine.begin_from(before)
            elif start is not None:
                engine.begin_with(start)
                self._examine(engine, number, 0, sums)  # what the run has to be better than
            before = None  # else its memory would be held all the while
            leave_garbage_alone()
            self._phase(engine, number, first, sums)
        if engine is None:
            raise ValueError(f"{self.config.name}: the config has no phases left to train")
        return engine

    def _describe(self, start: Path | None, fresh: bool) -> None:
        """Write what the run is and, of one without a checkpoint, where it comes from."""
        began = self.folder / origin.WEIGHTS
        if not fresh:
            self._check_config()
            origin.check(self.folder, self._origin)
        elif start is None and began.exists():
            raise ValueError(
                f"{self.folder}: begins with {began.read_text('utf-8')}, and there is no checkpoint"
                " yet: name these weights again (--from), or another --run"
            )
        elif start is None and self.config.keep_statistics:
            raise ValueError(f"{self.config.name} keeps the statistics of given weights: name them")
        self.folder.mkdir(parents=True, exist_ok=True)
        if fresh:
            self._origin.write(self.folder)
            if start is not None:
                began.write_text(origin.model_of(start), "utf-8")
        (self.folder / "config.json").write_text(json.dumps(as_json(self.config), indent=1))
        (self.folder / origin.REVISION).write_text(origin.revision())

    def _check_config(self) -> None:
        """Raise ValueError where the checkpoint is of another config or network."""
        kept = json.loads((self.folder / "config.json").read_text("utf-8"))
        mine = json.loads(json.dumps(as_json(self.config)))
        if any(kept[what] != mine[what] for what in ("name", "layout")):
            raise ValueError(f"{self.folder}: holds a run of another config: {kept['name']}")

    def _phase(
        self, engine: Engine, number: int, first: int, sums: dict[str, torch.Tensor]
    ) -> None:
        phase = engine.phase
        feed = batches.AugmentedBatches(
            self._data,
            self._orders[number],
            phase.size_px,
            phase.augmentation or self.config.augmentation,
            self._frames(phase),
        )
        bar = tqdm(total=phase.steps, initial=first, desc=f"{phase.size_px} px", mininterval=5)
        for step, views in enumerate(
            batches.loader(feed, first, phase.steps, self._workers), start=first
        ):
            batch = self._batch(views, phase, (number, step))
            said = engine.step(batch, phase.rate_at(step))
            sums = {k: torch.lerp(sums.get(k, v), v, 0.02) for k, v in said.items()}
            bar.update()
            done = step + 1
            if done % 100 == 0:
                per_s = (bar.format_dict["rate"] or 0.0) * phase.batch
                bar.set_postfix(
                    {k: f"{float(v):.4f}" for k, v in sums.items()} | {"img/s": f"{per_s:.0f}"}
                )
            saving = done % self.config.checkpoint_every == 0 or done == phase.steps
            if saving and not has_collapsed(sums):  # what was good stays
                self._save(engine, number, done, sums)
            if self._is_due(phase, done):
                self._examine(engine, number, done, sums)
        bar.close()

    def _is_due(self, phase: Phase, done: int) -> bool:
        return done % self.config.evaluate_every == 0 or done == phase.steps

    def _catch_up(
        self, engine: Engine, number: int, step: int, sums: dict[str, torch.Tensor]
    ) -> None:
        """Examine what was due when the run was interrupted, its checkpoint just written."""
        done = [(line["phase"], line["step"]) for line in figures(self.folder)]
        if self._is_due(engine.phase, step) and (number, step) not in done:
            self._examine(engine, number, step, sums)

    def _order(self, phase: Phase, seed: int) -> Order:
        batch, each = phase.batch, self.config.pictures_per_person
        if phase.painted:
            if not len(self._painted):
                raise ValueError(f"{self._data}: expected people who do not exist (see paint)")
            shape = batch, round(batch * phase.painted)
            return MixedOrder(self._rows, self._painted, shape, seed)
        if each:
            return PeopleOrder(self._rows, self._people.cpu().numpy(), (batch, each), seed)
        return Order(self._rows, batch, seed)

    def _frames(self, phase: Phase) -> batches.Frames | None:
        if not phase.framed:
            return None
        return batches.Frames(phase.framed, self._painted, int(phase.made_up * phase.batch))

    def _batch(self, views: batches.Views, phase: Phase, step: tuple[int, int]) -> Batch:
        # Nothing here may wait for a GPU, which is still busy with the step before.
        chips, pairs, share = (one.to(DEVICE, non_blocking=True) for one in views)
        chips, rows = batches.scaled(chips), pairs[:, 0]
        people, others = self._people[rows], None
        if self._teacher is not None:
            rng = np.random.default_rng((self.config.seed, 2, *step))
            crowd = self._rows[rng.integers(0, len(self._rows), self.config.bank_size)]
            others = self._teacher[_sent(crowd)]
        if self._live is None:
            teacher = None if self._teacher is None else self._teacher[rows]
            return Batch(chips, people, teacher, others)
        count = int(phase.made_up * len(chips))
        seed = np.random.SeedSequence((self.config.seed, 3, *step)).generate_state(1)
        chance = torch.Generator(DEVICE).manual_seed(int(seed[0]))
        shown = made_up.make_up(made_up.Shown(chips, pairs, share), count, chance)
        people[:count] = chipset.UNKNOWN
        return Batch(shown.chips, people, self._live.answer(shown), others)

    def _asked(self, teacher: Path | None, chips: chipset.ChipSet) -> live.Live:
        if teacher is None or self._teacher is None:
            raise ValueError(f"{self.config.name} asks a teacher: expected one, and teacher.npy")
        net = onnx_net.OnnxNet(teacher, DEVICE, torch.bfloat16)
        path = self._data / f"{chipset.ANSWERS}{sha256_of(teacher)[:12]}.npy"
        if (clean := live.kept(path, len(chips))) is None:
            clean = self._clean(net, chips)
            live.keep(path, clean)
        rows, parts = _placed(self._rows), self.config.parts
        return live.Live(net, _placed(clean), self._teacher, rows, parts)

    def _clean(self, net: live.Net, chips: chipset.ChipSet) -> np.ndarray:
        parts = self.config.parts
        at_once = self.config.phases[-1].batch // parts
        with tqdm(total=len(chips), desc="asking the teacher", mininterval=5) as bar:
            said = live.clean_answers(net, chips.chips, at_once, parts, DEVICE, bar.update)
        return said.cpu().numpy()

    def _examine(
        self, engine: Engine, number: int, step: int, sums: dict[str, torch.Tensor]
    ) -> None:
        said = {k: float(v) for k, v in sums.items()}
        collapsed = has_collapsed(said)
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
            **{k: round(v, 5) for k, v in said.items()},
            **scores,
        }
        with (self.folder / METRICS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        tqdm.write(json.dumps(line))
        if collapsed:
            raise Collapsed("the embeddings are at one point; lower the rate or change the loss")

    def _save(self, engine: Engine, number: int, step: int, sums: dict[str, torch.Tensor]) -> None:
        kept = {"phase": number, "step": step, "sums": sums, "engine": engine.state()}
        # Written by PyTorch itself, a file on a full disk is an error that does not say so.
        whole = io.BytesIO()
        torch.save(kept, whole)
        fresh = self.folder / "checkpoint.tmp"
        try:
            fresh.write_bytes(whole.getbuffer())
            fresh.replace(self.folder / CHECKPOINT)
        finally:
            fresh.unlink(missing_ok=True)

    def _saved(self) -> dict[str, Any] | None:
        return origin.checkpoint(self.folder) if (self.folder / CHECKPOINT).exists() else None


def figures(folder: Path) -> list[dict[str, Any]]:
    """What the run in ``folder`` has written of itself, in order.

    Raises ValueError where a line is none, as after a power cut.
    """
    path = folder / METRICS
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    try:
        return [json.loads(line) for line in lines]
    except ValueError as error:
        raise ValueError(f"{path}: expected a line of JSON for each look: {error}") from error


def has_collapsed(said: dict[str, Any]) -> bool:
    """Whether figures are of embeddings at one point. A checkpoint may have held no sums."""
    return "spread" in said and not said["spread"] >= COLLAPSED_SPREAD  # NaN is one too


def _sent(rows: np.ndarray) -> torch.Tensor:
    """``rows`` on their way to `DEVICE`."""
    here = torch.from_numpy(rows)
    return (here.pin_memory() if DEVICE.type == "cuda" else here).to(DEVICE, non_blocking=True)


def _placed(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(values).to(DEVICE)
