"""A packed set and people who do not exist -> a set of both, to distil from.

What is to be learned of them only a teacher can say. The one that can be asked need not be the one
whose answers the set holds; a linear map tells those from its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from faceapp.training import chipset, live
from faceapp.training.chipset import ChipSet
from faceapp.training.config import TrainConfig
from faceapp.training.engine import DEVICE

ROWS = "painted.npy"
"""Which chips of a set are painted: row numbers int64."""
AT_ONCE = 128
ASKED = 20_000
"""Chips of the set of which the map is learned: some forty for each number of an answer."""

Paint = Callable[[int], NDArray[np.uint8]]
Progress = Callable[[str, int, int], None]


def painted_rows(folder: Path) -> NDArray[np.int64]:
    """Which chips of the set in ``folder`` are painted; none in most sets."""
    path = folder / ROWS
    return np.load(path) if path.exists() else np.empty(0, np.int64)


def extend(
    base: Path, target: Path, paint: Paint, count: int, net: live.Net, progress: Progress
) -> None:
    """Write the set in ``base`` and ``count`` painted chips into ``target``.

    ``paint`` makes so many chips uint8 (N, 112, 112, 3). ``net`` is the teacher to ask, on the
    device of `engine`, see `live.Live`. ``progress`` hears stage, done, total. Raises ValueError
    where the set has no teacher's answers or is ``target`` itself.
    """
    have = ChipSet.load(base)
    if have.teacher is None:
        raise ValueError(f"{base}: expected teacher.npy (see prepare --teacher)")
    if base.resolve() == target.resolve():
        raise ValueError(f"{target}: expected another folder than that of the set itself")
    chipset.clear(target)
    (target / ROWS).unlink(missing_ok=True)
    fresh = _painted(have, target, paint, count, progress)
    rows = _told_by(have)
    known = _said(net, have.chips[rows], "asking the teacher", progress)
    told = live.linear_map(known, torch.from_numpy(have.teacher[rows]))
    said = _said(net, fresh, "asking about the painted", progress) @ told
    np.save(target / "teacher.npy", np.concatenate([have.teacher, chipset.unit(said.numpy())]))
    np.save(target / ROWS, np.arange(len(have), len(have) + count))
    if (base / chipset.ELSEWHERE).exists():
        shutil.copytree(base / chipset.ELSEWHERE, target / chipset.ELSEWHERE, dirs_exist_ok=True)
    nobody = np.full(count, chipset.UNKNOWN, np.int32)
    np.save(target / "people.npy", np.concatenate([have.people, nobody]))


def _painted(
    have: ChipSet, target: Path, paint: Paint, count: int, progress: Progress
) -> NDArray[np.uint8]:
    """Write all chips; return those painted, mapped from the file."""
    part = target / "chips.part.npy"
    shape = (len(have) + count, *have.chips.shape[1:])
    chips = np.lib.format.open_memmap(part, "w+", np.uint8, shape)
    chips[: len(have)] = have.chips
    for done in range(0, count, AT_ONCE):
        some = min(AT_ONCE, count - done)
        chips[len(have) + done : len(have) + done + some] = paint(some)
        progress("painting", done + some, count)
    chips.flush()
    part.replace(target / "chips.npy")
    return np.load(target / "chips.npy", mmap_mode="r")[len(have) :]


def _told_by(have: ChipSet) -> NDArray[np.intp]:
    """Some chips of ``have`` whose answers are known; those usually held out tell nothing."""
    usual = TrainConfig("usual", ())
    held_out = chipset.hold_out(have.people, usual.held_out_people, usual.seed)
    rows = np.random.default_rng(usual.seed).permutation(np.flatnonzero(~held_out))
    return np.sort(rows[:ASKED])


def _said(net: live.Net, chips: NDArray[np.uint8], stage: str, progress: Progress) -> torch.Tensor:
    done = 0

    def heard(count: int) -> None:
        nonlocal done
        done += count
        progress(stage, done, len(chips))

    return live.clean_answers(net, chips, AT_ONCE, 1, DEVICE, heard).cpu()
