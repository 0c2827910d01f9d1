"""One line per face: the JSON object of ``recognize --json``, or the same in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faceapp.messages import WHYS, reason_words
from faceapp.recognition.decide import Rules
from faceapp.types import Decision, PersonId, SeenFace

if TYPE_CHECKING:
    from faceapp.errors import FaceAppError

NO_FACE = "none"
ERROR = "error"
TOO_FEW_FRAMES = "too_few_frames"
AMBIGUOUS = "ambiguous"
WEAK = "weak"

_WORDS = {
    NO_FACE: "no face found",
    ERROR: "error",
    Decision.POOR.value: "too poor",
    Decision.SPOOF.value: "not a live face",
    TOO_FEW_FRAMES: "seen too briefly",
    AMBIGUOUS: "two people look alike",
    WEAK: "not similar enough",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a face was seen: the source, the frame's number, and seconds since the first frame."""

    source: str
    frame: int = 0
    t_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """What ``recognize`` prints about one face: the keys of the JSON object, in order."""

    source: str
    frame: int = 0
    t_s: float = 0.0
    track: int | None = None
    box: list[float] | None = None
    decision: str = NO_FACE
    person: PersonId | None = None
    name: str | None = None
    similarity: float | None = None
    reason: str | None = None

    def as_words(self) -> str:
        """Return the same as a sentence."""
        where = self.source if self.track is None else f"{self.source} at {self.t_s:.1f} s"
        decision = _WORDS.get(self.decision, self.decision)
        who = f": {self.name} ({self.person})" if self.person else ""
        why = f" ({self._reason_words(self.reason)})" if self.reason else ""
        return f"{where}: {decision}{who}{why}"

    def _reason_words(self, code: str) -> str:
        """Return the reason in words; some codes mean different things for a face and a file."""
        return (WHYS if self.decision == ERROR else _WORDS).get(code) or reason_words(code)


def face_line(
    place: Place,
    seen: SeenFace,
    names: Mapping[PersonId, str],
    *,
    track: int | None = None,
    unsure_from: float = 1.0,
) -> Line:
    """Describe one face. Only a known face gets a name; the similarity is always given.

    A track that ended undecided counts as unsure if its cosine is at least ``unsure_from``, and as
    unknown otherwise.
    """
    decision, reason = _decided(seen, unsure_from)
    person = seen.person if decision is Decision.KNOWN else None
    return Line(
        source=place.source,
        frame=place.frame,
        t_s=round(place.t_s, 3),
        track=track,
        box=[round(float(edge), 1) for edge in seen.face.box],
        decision=decision.value,
        person=person,
        name=names.get(person, person) if person is not None else None,
        similarity=_similarity(seen),
        reason=reason,
    )


def no_face(source: str) -> Line:
    """Describe a picture or video in which nobody was found."""
    return Line(source, decision=NO_FACE)


def unreadable(source: str, error: FaceAppError) -> Line:
    """Describe a file that could not be read."""
    return Line(source, decision=ERROR, reason=str(error.details.get("why") or error.code))


def _decided(seen: SeenFace, unsure_from: float) -> tuple[Decision, str | None]:
    if seen.decision is Decision.POOR and seen.quality and seen.quality.reason:
        return seen.decision, seen.quality.reason.value
    if seen.decision is Decision.SPOOF and seen.liveness and seen.liveness.reasons:
        return seen.decision, ", ".join(seen.liveness.reasons)
    if seen.decision is Decision.UNSURE:
        return seen.decision, AMBIGUOUS if _like_two(seen) else WEAK
    if seen.decision is Decision.WAITING:
        near = seen.match is not None and seen.match.score >= unsure_from
        return Decision.UNSURE if near else Decision.UNKNOWN, TOO_FEW_FRAMES
    return seen.decision, None


def _like_two(seen: SeenFace) -> bool:
    """Return whether the last look gave no name only because two people were too similar."""
    match = seen.match
    if match is None or match.person is None:
        return False
    return match.score >= seen.threshold and match.margin < Rules().min_margin


def _similarity(seen: SeenFace) -> float | None:
    if seen.match is None or seen.match.person is None:
        return None
    return round(seen.match.score, 4)
