"""What to learn from each chip: whose it is, and a teacher's embedding of it.

Embeddings are unit rows float32 (N, D); people are numbered 0..C-1, -1 for the unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faceapp.training import chipset
from faceapp.training.chipset import ChipSet, unit
from faceapp.training.config import TrainConfig

Rows = NDArray[np.float32]
Numbers = NDArray[np.integer]
LEAST_LIKENESS = 0.25
"""A label counts as wrong if the teacher's embedding has a lower cosine than this to the mean
direction of the person's other pictures. This applies to 3 % of the research chips."""


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """For a set of N chips: ``teacher`` (N, D) or None, ``people`` (N,), ``centres`` (C, D).

    Centres are the initial weights of a classification head.
    """

    teacher: Rows | None
    people: Numbers
    centres: Rows

    @classmethod
    def of(cls, chips: ChipSet, rows: Numbers, config: TrainConfig) -> Target:
        """What ``config`` learns from ``chips``, of which ``rows`` are trained on.

        Raises ValueError if it needs a teacher's embeddings and the set has none.
        """
        used = [config.losses, *(phase.losses for phase in config.phases if phase.losses)]
        wanted = config.refine_targets or any(weights.needs_teacher for weights in used)
        people, teacher = numbered(chips.people, rows), chips.teacher
        if teacher is None:
            if wanted:
                raise ValueError("distillation needs teacher.npy (see prepare --teacher)")
            return cls(None, people, _random_centres(people, config))
        teacher = fitted(teacher, config.layout.dimension)
        if not config.refine_targets:
            return cls(teacher, people, _random_centres(people, config))
        people = numbered(supported(teacher, people), rows)
        if config.whiten_teacher:
            teacher = whitened(teacher, rows, people)
        return cls(teacher, people, centres(teacher, people))


def numbered(people: Numbers, rows: Numbers) -> Numbers:
    """Number ``people`` (N,) 0..C-1 if they are among ``rows``; -1 for all others."""
    known = np.unique(people[rows][people[rows] != chipset.UNKNOWN])
    place = np.clip(np.searchsorted(known, people), 0, max(len(known) - 1, 0))
    return np.where(np.isin(people, known), place, chipset.UNKNOWN).astype(np.int64)


def fitted(teacher: Rows, dimension: int) -> Rows:
    """Fit a teacher's embeddings into ``dimension`` numbers: unit rows (N, dimension).

    Cosines between rows change as little as a linear map allows (projection onto the main
    directions), so a student of any dimension can learn the embeddings themselves.
    """
    if teacher.shape[1] <= dimension:
        return np.pad(teacher, ((0, 0), (0, dimension - teacher.shape[1])))
    _, directions = np.linalg.eigh(teacher.T @ teacher)
    return unit(teacher @ directions[:, -dimension:])


def supported(teacher: Rows, people: Numbers) -> Numbers:
    """``people`` (N,), with -1 for each picture that does not resemble its person's others.

    This leaves out wrong labels. It also leaves out people with a single picture, who do not teach
    what the pictures of one person have in common.
    """
    known = np.flatnonzero(people != chipset.UNKNOWN)
    own = people[known]
    others = unit(_sums(teacher[known], own)[own] - teacher[known])
    wrong = (others * teacher[known]).sum(axis=1) < LEAST_LIKENESS
    cleaned = people.copy()
    cleaned[known[wrong]] = chipset.UNKNOWN
    return cleaned


def whitened(teacher: Rows, rows: Numbers, people: Numbers) -> Rows:
    """Move and stretch a teacher's embeddings so that pictures of one person agree more.

    The mean of ``rows`` becomes the origin, and `stretch` is computed from ``rows``. Raises
    ValueError if nobody has two pictures.
    """
    away = teacher - teacher[rows].mean(axis=0)
    return unit(away @ stretch(teacher[rows], people[rows]))


def stretch(vectors: Rows, people: Numbers) -> Rows:
    """The map (D, D) that shrinks directions in which pictures of one person differ.

    Within-class covariance normalisation (Hatch et al. 2006). The mean variance is added to each
    variance, so that directions of little variance are not magnified. The mean scale is 1. Raises
    ValueError if nobody has two pictures.
    """
    known = people != chipset.UNKNOWN
    seen, own = vectors[known], people[known]
    counts = np.bincount(own, minlength=1)
    freedom = len(seen) - np.count_nonzero(counts)
    if freedom < 1:
        raise ValueError("people: expected somebody with two pictures, to see how they differ")
    apart = seen - (_sums(seen, own) / np.maximum(counts, 1)[:, None])[own]
    variances, directions = np.linalg.eigh(apart.T @ apart / freedom)
    spread = np.maximum(variances + variances.mean(), 1e-12)  # 0 if people's rows are all equal
    scales = spread**-0.5
    return np.asarray(directions * (scales / scales.mean()) @ directions.T, np.float32)


def centres(teacher: Rows, people: Numbers) -> Rows:
    """The mean direction of the teacher's embeddings of each person: unit rows (C, D)."""
    known = np.flatnonzero(people != chipset.UNKNOWN)
    return unit(_sums(teacher[known], people[known]))


def _random_centres(people: Numbers, config: TrainConfig) -> Rows:
    """Random rows (C, D) of length about 1, for a head that has learned nothing yet."""
    shape = (int(people.max(initial=-1)) + 1, config.layout.dimension)
    rng = np.random.default_rng(config.seed)
    return rng.normal(0.0, shape[1] ** -0.5, shape).astype(np.float32)


def _sums(rows: Rows, classes: Numbers) -> Rows:
    """The sum of the rows of each class 0..C-1: float32 (C, D)."""
    sums = np.zeros((int(classes.max(initial=-1)) + 1, rows.shape[1]), np.float32)
    np.add.at(sums, classes, rows)
    return sums
