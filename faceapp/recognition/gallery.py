"""The gallery in memory: all templates, read once, immutable, searched exhaustively.

It is replaced as a whole when people change. The store keeps the templates on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from faceapp.recognition.cosine import cosines
from faceapp.recognition.match import BestTwo, as_matches, best_two, merge_best, no_best
from faceapp.recognition.score import chances, means_of, score
from faceapp.types import F32, Match, PersonId, check_and_freeze, unit_rows

BLOCK_ROWS = 4_096
"""Templates searched at a time, so that a block's scores stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """Templates grouped by person: ``vectors`` float32 (T, D) contiguous unit rows.

    ``people`` are in the order of their first templates; ``starts`` intp (P,) holds the first row
    of each, ``means`` float32 (P, D) their mean templates, unit rows. Made by `Gallery.of` or
    `Gallery.empty`.
    """

    vectors: F32
    people: tuple[PersonId, ...]
    starts: NDArray[np.intp] = field(repr=False)
    means: F32 = field(init=False, repr=False)

    def __post_init__(self) -> None:
        check_and_freeze("vectors", self.vectors, (None, None), np.float32)
        check_and_freeze("starts", self.starts, (len(self.people),), np.intp)
        object.__setattr__(self, "means", means_of(self.vectors, self.starts))
        check_and_freeze("means", self.means, (len(self.people), self.dimension), np.float32)

    @classmethod
    def empty(cls, dimension: int) -> Gallery:
        """Return a gallery without anybody."""
        return cls(np.zeros((0, dimension), np.float32), (), np.zeros(0, np.intp))

    @classmethod
    def of(cls, vectors: F32, owners: Sequence[PersonId]) -> Gallery:
        """Build the gallery of ``vectors`` float32 (T, D); ``owners`` has the person of each row.

        Raises ValueError if their numbers differ or a row does not have length 1.
        """
        if len(vectors) != len(owners):
            raise ValueError(f"owners: expected {len(vectors)}, got {len(owners)}")
        if not unit_rows(vectors).all():
            raise ValueError("vectors: expected rows of length 1")
        ranks: dict[PersonId, int] = {}
        rank_of = np.array([ranks.setdefault(owner, len(ranks)) for owner in owners], np.intp)
        order = np.argsort(rank_of, kind="stable")
        starts = np.searchsorted(rank_of[order], np.arange(len(ranks)))
        return cls(np.ascontiguousarray(vectors[order]), tuple(ranks), starts.astype(np.intp))

    @property
    def dimension(self) -> int:
        """How many values a vector has."""
        return int(self.vectors.shape[1])

    @property
    def templates(self) -> int:
        """How many templates there are."""
        return len(self.vectors)

    @property
    def chances(self) -> float:
        """How many comparisons of two faces a search is worth to a stranger."""
        return chances(self.templates, len(self.people))

    def search(self, vectors: F32) -> tuple[Match, ...]:
        """Find the best person for each of ``vectors`` float32 (N, D), unit rows.

        Every template is compared; `score` says what counts. Raises ValueError for a wrong
        dimension or values that are not finite.
        """
        return as_matches(self.best_two(vectors), self.people)

    def person_scores(self, vectors: F32) -> F32:
        """Return the score of each of ``vectors`` (N, D) for each person: float32 (N, P)."""
        blocks = [scores for _, scores in self._blocks(vectors)]
        return np.concatenate([np.zeros((len(vectors), 0), np.float32), *blocks], axis=1)

    def best_two(self, vectors: F32) -> BestTwo:
        """Search like `search`, but return rows of ``people`` and scores as arrays."""
        best = no_best(len(vectors))
        for first_person, scores in self._blocks(vectors):
            best = merge_best(best, best_two(scores, first_person))
        return best

    def vectors_of(self, person: PersonId) -> F32:
        """Return the templates of ``person`` float32 (K, D); none if not enrolled."""
        if person not in self.people:
            return self.vectors[:0]
        row = self.people.index(person)
        ends = np.append(self.starts, len(self.vectors))
        return self.vectors[ends[row] : ends[row + 1]]

    def _blocks(self, vectors: F32) -> Iterator[tuple[int, F32]]:
        """Yield (first person, scores float32 (N, people in the block)); blocks split nobody."""
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            raise ValueError(f"vectors: expected (N, {self.dimension}), got {vectors.shape}")
        if not np.all(np.isfinite(vectors)):
            raise ValueError("vectors: expected finite values")
        ends = np.append(self.starts[1:], len(self.vectors))
        person = 0
        while person < len(self.people):
            row = self.starts[person]
            # At least one person, however many templates they have.
            stop = max(int(np.searchsorted(ends, row + BLOCK_ROWS, side="right")), person + 1)
            # This order of factors lets BLAS stream the templates once for all searches.
            scores = cosines(self.vectors[row : ends[stop - 1]], vectors)
            if len(scores) > stop - person:
                best = np.maximum.reduceat(scores, self.starts[person:stop] - row, axis=0)
                scores = score(best, cosines(self.means[person:stop], vectors))
            yield person, np.ascontiguousarray(scores.T)
            person = stop
