"""What was gathered for one person so far, by camera and from pictures. No Qt, nothing stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faceapp.errors import FaceAppError
from faceapp.recognition.enrolment import (
    MAX_SAMPLES,
    EnrolmentSession,
    Offered,
    Progress,
    select_samples,
)
from faceapp.types import U8, Quality, Sample, SeenFace

if TYPE_CHECKING:
    from faceapp.runtime.intake import Looked

# Beyond that the weakest are not compared any more: comparing takes time with the square.
MOST_PICTURES = 300

Reason = Offered | FaceAppError


@dataclass(frozen=True, slots=True, eq=False)
class Square:
    """One thing that was looked at: taken when there is no ``reason``.

    ``thumbnail`` uint8 (112, 112, 3) is None where no face was found. ``sample`` lets it be
    removed.
    """

    name: str
    reason: Reason | None = None
    sample: Sample | None = None

    @property
    def thumbnail(self) -> U8 | None:
        """The face, as it will be compared."""
        return None if self.sample is None else self.sample.thumbnail


class Draft:
    """One person's samples before they are saved.

    ``same_face`` and ``score`` are what recognition needs to choose (see `select_samples`).
    """

    def __init__(self, same_face: float, score: Callable[[Quality], float]) -> None:
        self._same_face = same_face
        self._score = score
        self._session = EnrolmentSession(same_face)
        self._looked: list[Looked] = []
        self._dropped: set[int] = set()
        self._squares: tuple[Square, ...] = ()

    def fresh(self) -> Draft:
        """Return an empty draft, for somebody else."""
        return Draft(self._same_face, self._score)

    @property
    def squares(self) -> tuple[Square, ...]:
        """Return what was taken first, then what was refused and why."""
        return self._squares

    @property
    def samples(self) -> tuple[Sample, ...]:
        """Return what would be saved now."""
        return tuple(
            square.sample
            for square in self._squares
            if square.sample is not None and square.reason is None
        )

    @property
    def empty(self) -> bool:
        """Whether nothing was gathered at all."""
        return not self._squares

    @property
    def by_camera(self) -> bool:
        """Whether the camera gave samples."""
        return bool(self._camera())

    def offer(self, faces: Sequence[SeenFace], t_s: float) -> Progress:
        """Look at a frame of the camera; see `EnrolmentSession.offer`."""
        progress = self._session.offer(faces, t_s)
        if progress.outcome is Offered.TAKEN:
            self._choose()
        return progress

    def finish(self) -> Progress:
        """End the capture by camera, if there is enough."""
        return self._session.finish()

    def reopen(self) -> None:
        """Let a finished capture go on; among more samples than are kept the best are chosen."""
        self._session.reopen()

    def add(self, looked: Sequence[Looked]) -> None:
        """Add what was found in pictures and videos."""
        self._looked.extend(looked)
        self._choose()

    def remove(self, sample: Sample) -> None:
        """Give a sample back."""
        at = next((n for n, one in enumerate(self._session.samples) if one is sample), None)
        if at is None:
            self._dropped.add(id(sample))
        else:
            self._session.discard(at)
        self._choose()

    def _choose(self) -> None:
        """Choose again among all there is; the samples of the camera are chosen already."""
        camera, pictures = self._camera(), self._pictures()
        failed = [
            Square(one.path.name, one.refusal) for one in self._looked if one.refusal is not None
        ]
        if not pictures and len(camera) <= MAX_SAMPLES:
            self._squares = (*camera, *failed)
            return
        found = [*camera, *pictures]
        samples = [one.sample for one in found if one.sample is not None]
        chosen = select_samples(samples, self._score, self._same_face)
        taken = [found[row] for row in chosen.taken]
        refused = [
            Square(found[row].name, reason, found[row].sample) for row, reason in chosen.refused
        ]
        self._squares = (*taken, *_told(refused, taken), *failed)

    def _camera(self) -> list[Square]:
        return [Square("", sample=sample) for sample in self._session.samples]

    def _pictures(self) -> list[Square]:
        found = [
            Square(one.path.name, sample=sample)
            for one in self._looked
            for sample in one.samples
            if id(sample) not in self._dropped
        ]
        if len(found) <= MOST_PICTURES:
            return found
        return sorted(found, key=self._weight, reverse=True)[:MOST_PICTURES]

    def _weight(self, square: Square) -> float:
        return 0.0 if square.sample is None else self._score(square.sample.quality)


def _told(refused: Sequence[Square], taken: Sequence[Square]) -> list[Square]:
    """Leave out frames of a video that were not needed: the operator chose the video, not them."""
    names = {square.name for square in taken if square.name}
    return [square for square in refused if square.name not in names]
