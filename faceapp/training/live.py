"""A teacher that is asked about the very picture a student is shown, not only about its chip.

``teacher.npy`` says once what a clean chip shows; of a distorted or made-up face it says nothing.
Student and teacher should see the same (Beyer et al. 2022, "Knowledge distillation: a good teacher
is patient and consistent"). The teacher that can be asked need not be the one whose answers the set
holds: what counts is how its answer moves.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from faceapp.training.batches import scaled
from faceapp.training.made_up import Shown

Net = Callable[[torch.Tensor], torch.Tensor]
RIDGE = 1e-3


class Live:
    """Answers for views of the chips of one set, in the space of ``teacher`` (N, D), unit rows.

    ``net`` embeds chips float32 (B, S, S, 3) in -1..1 as unit rows (B, E); ``clean`` (N, E) is what
    it says of each chip as it is. ``rows``: those that are trained on, of which the map from its
    space to the teacher's is learned. A batch is answered in ``parts`` equal parts, one on each
    core.
    """

    def __init__(
        self, net: Net, clean: torch.Tensor, teacher: torch.Tensor, rows: torch.Tensor, parts: int
    ) -> None:
        self._net, self._clean, self._teacher, self._parts = net, clean, teacher, parts
        self._pool = ThreadPoolExecutor(parts)
        self._map = linear_map(clean[rows], teacher[rows])

    def answer(self, shown: Shown) -> torch.Tensor:
        """Say what the teacher would: unit rows float32 (B, D).

        The teacher's word on the chips, moved as ``net``'s word moves from them to the view.
        """
        said = torch.cat(list(self._pool.map(self._net, shown.chips.chunk(self._parts))))
        moved = said - _mixed(self._clean, shown)
        return functional.normalize(_mixed(self._teacher, shown) + moved @ self._map, dim=1)


def linear_map(said: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """The map (E, D) from answers (N, E) of one net to those (N, D) of another, least squares."""
    gram = said.T @ said + RIDGE * torch.eye(said.shape[1], device=said.device)
    return torch.linalg.solve(gram, said.T @ wanted)


def clean_answers(
    net: Net,
    chips: NDArray[np.uint8],
    at_once: int,
    parts: int,
    device: torch.device,
    progress: Callable[[int], object],
) -> torch.Tensor:
    """What ``net`` says of ``chips`` (N, S, S, 3) as they are: unit rows float32 (N, E).

    It is always asked about ``at_once`` chips, since it may be compiled for so many.
    """

    def some(start: int) -> torch.Tensor:
        part = np.array(chips[start : start + at_once])
        whole = np.resize(part, (at_once, *part.shape[1:]))
        return net(scaled(torch.from_numpy(whole).to(device)))[: len(part)]

    rows = []
    with ThreadPoolExecutor(parts) as pool:
        for said in pool.map(some, range(0, len(chips), at_once)):
            rows.append(said)
            progress(len(said))
    return torch.cat(rows)


def kept(path: Path, count: int) -> NDArray[np.float32] | None:
    """The answers to ``count`` chips that `keep` wrote, or None where they are not there whole."""
    try:
        rows = np.load(path)
    except (OSError, ValueError, EOFError):
        return None
    return rows if len(rows) == count else None


def keep(path: Path, answers: NDArray[np.float32]) -> None:
    """Write answers, so that they need not be asked for again."""
    fresh = path.with_suffix(".part.npy")
    np.save(fresh, answers)
    fresh.replace(path)


def _mixed(said: torch.Tensor, shown: Shown) -> torch.Tensor:
    first, second = said[shown.rows[:, 0]], said[shown.rows[:, 1]]
    return torch.lerp(second, first, shown.share[:, None])
