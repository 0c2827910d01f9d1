"""What a run learns from: which chips it sees in each step, how, and what they should teach.

All of it follows from the config, the set and the step number, so a resumed run continues with
exactly what an uninterrupted one would have learned.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from faceapp.training import batches, chipset, live, made_up, onnx_net
from faceapp.training.batches import Views
from faceapp.training.chipset import ChipSet
from faceapp.training.config import Phase, TrainConfig
from faceapp.training.criterion import Batch
from faceapp.training.engine import DEVICE
from faceapp.training.order import MixedOrder, Order, PeopleOrder
from faceapp.training.painted.extend import painted_rows
from faceapp.training.target import Target
from faceapp.training.whole_file import save_array
from faceapp.vision.modelcard import sha256_of


class Lessons:
    """What ``config`` teaches with the set ``chips`` in the folder ``data``.

    ``held_out`` bool (N,) marks the chips that are never trained on. ``rows``: the others, except
    painted ones. ``orders``: for each phase, which chips are in which batch. ``target``: what to
    learn from each chip. ``teacher``: the file of the live teacher, if the config wants one.
    """

    def __init__(
        self,
        config: TrainConfig,
        data: Path,
        chips: ChipSet,
        held_out: NDArray[np.bool_],
        teacher: Path | None,
    ) -> None:
        self._config, self._data = config, data
        self._painted = painted_rows(data)
        self.rows = np.setdiff1d(np.flatnonzero(~held_out), self._painted)
        self.target = Target.of(chips, self.rows, config)
        self._people = _placed(self.target.people)
        self._teacher = None if self.target.teacher is None else _placed(self.target.teacher)
        # All orders now, so that a batch that these people cannot fill fails here, not hours later.
        self.orders = [self._order(number, phase) for number, phase in enumerate(config.phases)]
        self._live = self._live_teacher(teacher, chips) if config.live_teacher else None

    def _order(self, number: int, phase: Phase) -> Order:
        seed = self._config.seed + self._config.views + number
        batch, each = phase.batch, self._config.pictures_per_person
        if phase.painted:
            if not len(self._painted):
                raise ValueError(f"{self._data}: expected people who do not exist (see paint)")
            shape = batch, round(batch * phase.painted)
            return MixedOrder(self.rows, self._painted, shape, seed)
        if each:
            return PeopleOrder(self.rows, self.target.people, (batch, each), seed)
        return Order(self.rows, batch, seed)

    def views(self, number: int) -> batches.AugmentedBatches:
        """The chips of each step of phase ``number``, distorted as shown to the student."""
        phase, frames = self._config.phases[number], None
        if phase.framed:
            spared = int(phase.made_up * phase.batch)
            frames = batches.Frames(phase.framed, self._painted, spared)
        return batches.AugmentedBatches(
            self._data,
            self.orders[number],
            phase.size_px,
            phase.augmentation or self._config.augmentation,
            frames,
        )

    def batch(self, views: Views, number: int, step: int) -> Batch:
        """The batch to learn from at ``step`` of phase ``number``: ``views`` and their labels."""
        # Nothing here may wait for the GPU, which is still busy with the previous step.
        chips, pairs, share = (one.to(DEVICE, non_blocking=True) for one in views)
        chips, rows = batches.scaled(chips), pairs[:, 0]
        people, others, seed = self._people[rows], None, self._config.seed
        if self._teacher is not None:
            rng = np.random.default_rng((seed, 2, number, step))
            crowd = self.rows[rng.integers(0, len(self.rows), self._config.bank_size)]
            others = self._teacher[_sent(crowd)]
        if self._live is None:
            teacher = None if self._teacher is None else self._teacher[rows]
            return Batch(chips, people, teacher, others)
        count = int(self._config.phases[number].made_up * len(chips))
        (chance,) = np.random.SeedSequence((seed, 3, number, step)).generate_state(1)
        rng_there = torch.Generator(DEVICE).manual_seed(int(chance))
        shown = made_up.make_up(Views(chips, pairs, share), count, rng_there)
        people[:count] = chipset.UNKNOWN
        return Batch(shown.chips, people, self._live.answer(shown), others)

    def _live_teacher(self, teacher: Path | None, chips: ChipSet) -> live.LiveTeacher:
        if teacher is None or self._teacher is None:
            raise ValueError(
                f"{self._config.name} asks a teacher: name an .onnx model (--teacher), and use a"
                " set with teacher.npy (see prepare --teacher)"
            )
        net, parts = onnx_net.OnnxNet(teacher, DEVICE, torch.bfloat16), self._config.parts
        path = self._data / f"{chipset.ANSWERS}{sha256_of(teacher)[:12]}.npy"
        clean = live.load_answers(path, len(chips))
        if clean is None:
            rows, at_once = [], self._config.phases[-1].batch // parts
            with tqdm(total=len(chips), desc="asking the teacher", mininterval=5) as bar:
                for answers in live.clean_answers(net, chips.chips, at_once, parts, DEVICE):
                    rows.append(answers)
                    bar.update(len(answers))
            clean = torch.cat(rows).cpu().numpy()
            save_array(path, clean)
        return live.LiveTeacher(net, _placed(clean), self._teacher, _placed(self.rows), parts)


def _sent(rows: np.ndarray) -> torch.Tensor:
    """Start sending ``rows`` to `DEVICE`, without waiting for a GPU."""
    here = torch.from_numpy(rows)
    return (here.pin_memory() if DEVICE.type == "cuda" else here).to(DEVICE, non_blocking=True)


def _placed(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(values).to(DEVICE)
