"""A live teacher: it embeds each picture as the student sees it, not only the clean chip.

``teacher.npy`` has one answer (embedding) for each clean chip, and none for a distorted or made-up
face. Student and teacher should see the same picture (Beyer et al. 2022, "Knowledge distillation: a
good teacher is patient and consistent"). The live teacher need not be the one whose answers the set
holds: only the change of its answers from chip to view is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from faceapp.training.batches import Views, scaled

Net = Callable[[torch.Tensor], torch.Tensor]
RIDGE = 1e-3


class LiveTeacher:
    """Answers for views of the chips of one set, in the space of ``teacher`` (N, D), unit rows.

    ``net`` embeds chips float32 (B, S, S, 3) in -1..1 as unit rows (B, E); ``clean`` (N, E) are its
    answers to the undistorted chips. ``rows``: the chips trained on; they determine the map from
    the net's space to the teacher's. A batch is answered in ``parts`` equal parts, one per core.
    """

    def __init__(
        self, net: Net, clean: torch.Tensor, teacher: torch.Tensor, rows: torch.Tensor, parts: int
    ) -> None:
        self._net, self._clean, self._teacher, self._parts = net, clean, teacher, parts
        self._pool = ThreadPoolExecutor(parts)
        self._map = linear_map(clean[rows], teacher[rows])

    def answer(self, views: Views) -> torch.Tensor:
        """Estimate the teacher's answers: unit rows float32 (B, D).

        These are its answers to the chips, moved as those of ``net`` move from chips to views.
        """
        answers = torch.cat(list(self._pool.map(self._net, views.chips.chunk(self._parts))))
        moved = answers - _mixed(self._clean, views)
        return functional.normalize(_mixed(self._teacher, views) + moved @ self._map, dim=1)


def linear_map(answers: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Fit a map (E, D) from one net's answers (N, E) to another's (N, D), by ridge regression."""
    gram = answers.T @ answers + RIDGE * torch.eye(answers.shape[1], device=answers.device)
    return torch.linalg.solve(gram, answers.T @ wanted)


def clean_answers(
    net: Net,
    chips: NDArray[np.uint8],
    at_once: int,
    parts: int,
    device: torch.device,
) -> Iterator[torch.Tensor]:
    """Yield the answers of ``net`` to the undistorted ``chips`` (N, S, S, 3), batch by batch.

    Each is unit rows float32 (``at_once``, E), the last one shorter. ``net`` always gets exactly
    ``at_once`` chips, since it may be compiled for that number.
    """

    def some(start: int) -> torch.Tensor:
        part = np.array(chips[start : start + at_once])
        whole = np.resize(part, (at_once, *part.shape[1:]))
        return net(scaled(torch.from_numpy(whole).to(device)))[: len(part)]

    with ThreadPoolExecutor(parts) as pool:
        yield from pool.map(some, range(0, len(chips), at_once))


def load_answers(path: Path, count: int) -> NDArray[np.float32] | None:
    """Load the kept answers about ``count`` chips; None if missing or incomplete."""
    try:
        rows = np.load(path)
    except (OSError, ValueError, EOFError):
        return None
    return rows if len(rows) == count else None


def _mixed(answers: torch.Tensor, views: Views) -> torch.Tensor:
    first, second = answers[views.rows[:, 0]], answers[views.rows[:, 1]]
    return torch.lerp(second, first, views.share[:, None])
