"""Add people who do not exist to a packed set, to distil from.

A teacher says what to learn from them. It need not be the one whose embeddings the set holds: a
linear map estimates those from its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray

from faceapp.training import chipset, live
from faceapp.training.chipset import ChipSet
from faceapp.training.config import TrainConfig
from faceapp.training.engine import DEVICE
from faceapp.training.whole_file import save_array

AT_ONCE = 128
ASKED = 20_000
"""Chips of the set that the map is fitted to: about forty for each number of an embedding."""

Paint = Callable[[int], NDArray[np.uint8]]
Progress = Callable[[str, int, int], None]


def painted_rows(folder: Path) -> NDArray[np.int64]:
    """The rows of the painted chips of the set in ``folder``; none in most sets."""
    path = folder / chipset.PAINTED
    return np.load(path) if path.exists() else np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """The set in ``folder`` with its teacher's answers, to be copied into ``target``."""

    folder: Path
    target: Path
    chips: ChipSet
    teacher: NDArray[np.float32]

    @classmethod
    def open(cls, folder: Path, target: Path) -> Self:
        """Open the set in ``folder``.

        Raises FileNotFoundError if there is none. Raises ValueError if it has no teacher.npy, if it
        is ``target`` itself, or if ``target`` holds a prepared set without painted people.
        """
        chips = ChipSet.load(folder)
        if chips.teacher is None:
            raise ValueError(f"{folder}: expected teacher.npy (see prepare --teacher)")
        if folder.resolve() == target.resolve():
            raise ValueError(f"{target}: expected another folder than that of the set itself")
        if chipset.is_own(target) and not len(painted_rows(target)):
            raise ValueError(f"{target}: holds a set that was prepared; choose another folder")
        return cls(folder, target, chips, chips.teacher)


def extend(base: Base, paint: Paint, count: int, net: live.Net, progress: Progress) -> None:
    """Write the set ``base`` and ``count`` painted chips into its target.

    ``paint(n)`` makes n chips uint8 (n, 112, 112, 3). ``net`` is the teacher (see
    `live.LiveTeacher`), on the device of `engine`. ``progress`` gets stage, done, total.
    """
    have, target = base.chips, base.target
    chipset.clear(target)
    fresh = _painted(have, target, paint, count, progress)
    rows = _rows_to_map(have)
    known = _answers(net, have.chips[rows], "asking the teacher", progress)
    to_teacher = live.linear_map(known, torch.from_numpy(base.teacher[rows]))
    answers = _answers(net, fresh, "asking about the painted", progress) @ to_teacher
    both = np.concatenate([base.teacher, chipset.unit(answers.numpy())])
    save_array(target / "teacher.npy", both)
    painted = np.arange(len(have), len(have) + count)
    save_array(target / chipset.PAINTED, np.concatenate([painted_rows(base.folder), painted]))
    _take_along(base.folder / chipset.ELSEWHERE, target / chipset.ELSEWHERE)
    nobody = np.full(count, chipset.UNKNOWN, np.int32)
    save_array(target / "people.npy", np.concatenate([have.people, nobody]))


def _painted(
    have: ChipSet, target: Path, paint: Paint, count: int, progress: Progress
) -> NDArray[np.uint8]:
    """Write all chips of both; return the painted ones, mapped from the file."""
    with chipset.new_chips(target, len(have) + count) as chips:
        chips[: len(have)] = have.chips
        for done in range(0, count, AT_ONCE):
            some = min(AT_ONCE, count - done)
            chips[len(have) + done : len(have) + done + some] = paint(some)
            progress("painting", done + some, count)
    return np.load(target / "chips.npy", mmap_mode="r")[len(have) :]


def _take_along(elsewhere: Path, target: Path) -> None:
    """Copy the people elsewhere, replacing those of an earlier set, who may now be trained on."""
    shutil.rmtree(target, ignore_errors=True)
    if (elsewhere / "people.npy").exists():
        shutil.copytree(elsewhere, target)


def _rows_to_map(have: ChipSet) -> NDArray[np.intp]:
    """Draw chips of ``have`` to fit the map to, none of the people usually held out."""
    usual = TrainConfig("usual", ())
    held_out = chipset.hold_out(have.people, usual.held_out_people, usual.seed)
    rows = np.random.default_rng(usual.seed).permutation(np.flatnonzero(~held_out))
    return np.sort(rows[:ASKED])


def _answers(
    net: live.Net, chips: NDArray[np.uint8], stage: str, progress: Progress
) -> torch.Tensor:
    rows: list[torch.Tensor] = []
    for answers in live.clean_answers(net, chips, AT_ONCE, 1, DEVICE):
        rows.append(answers)
        progress(stage, sum(map(len, rows)), len(chips))
    return torch.cat(rows).cpu()
