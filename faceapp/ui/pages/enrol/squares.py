"""What was looked at for one person, and what of it to save. No Qt, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from faceapp.errors import FaceAppError
from faceapp.recognition.selection import MAX_SAMPLES, Refusal, Selection, select_samples
from faceapp.types import F32, Sample
from faceapp.vision.quality import score

if TYPE_CHECKING:
    from faceapp.runtime.intake import Looked

# Of more, the weakest are left out: the time to compare them grows quadratically.
MOST_PICTURES = 300

Reason = Refusal | FaceAppError


@dataclass(frozen=True, slots=True, eq=False)
class Square:
    """One thing that was looked at: taken if it has no ``reason``.

    ``path`` is None for the camera's samples; ``sample`` is None if no usable face was found.
    """

    path: Path | None
    sample: Sample | None = None
    reason: Reason | None = None

    @property
    def taken(self) -> bool:
        """Whether to save it."""
        return self.reason is None

    @property
    def removable(self) -> bool:
        """Whether removing it changes what is saved."""
        return self.taken or self.reason is Refusal.FACES_DIFFER


def choose(
    camera: Sequence[Sample],
    looked: Sequence[Looked],
    same_face: float,
    known: Sequence[F32] = (),
) -> tuple[Square, ...]:
    """Choose what to save; return the taken squares first, then the refused ones.

    ``looked`` holds the results of pictures and videos; ``same_face`` and ``known`` are as in
    `select_samples`. Samples of the ``camera`` alone are all taken unless there are more than
    `MAX_SAMPLES`.
    """
    pictures = [(one.path, sample) for one in looked for sample in one.samples]
    if len(pictures) > MOST_PICTURES:
        pictures.sort(key=lambda one: score(one[1].quality), reverse=True)
    found = [*((None, sample) for sample in camera), *pictures[:MOST_PICTURES]]
    chosen = Selection(tuple(range(len(found))), ())
    if pictures or len(camera) > MAX_SAMPLES:
        chosen = select_samples([sample for _, sample in found], score, same_face, known)
    # The operator chose a video, not its frames: frames of it that were not needed are left out.
    used = {found[row][0] for row in chosen.taken} - {None}
    return (
        *(Square(*found[row]) for row in chosen.taken),
        *(Square(*found[row], why) for row, why in chosen.refused if found[row][0] not in used),
        *(Square(one.path, reason=one.refusal) for one in looked if one.refusal is not None),
    )
