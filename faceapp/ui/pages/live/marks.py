"""From what the pipeline says of a frame to what is drawn and said over it. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QRectF

from faceapp.types import Decision, FrameResult, PersonId, SeenFace
from faceapp.ui import words
from faceapp.ui.overlay import Look, Mark, mirrored

LOOKS: dict[Decision, Look] = {
    Decision.WAITING: Look.WAITING,
    Decision.POOR: Look.POOR,
    Decision.SPOOF: Look.SPOOF,
    Decision.UNKNOWN: Look.UNKNOWN,
    Decision.UNSURE: Look.UNSURE,
    Decision.KNOWN: Look.KNOWN,
}


def marks(
    result: FrameResult,
    names: Mapping[PersonId, str],
    unsaved: Collection[PersonId],
    *,
    mirror: bool,
) -> tuple[Mark, ...]:
    """Mark every face. ``unsaved`` people are known, but their entry is not on the disk yet.

    Boxes are in pixels of the picture as it is shown.
    """
    width = float(result.frame.rgb.shape[1])
    made = []
    for seen in result.faces:
        box = QRectF(*seen.face.box)
        text, look = _said(seen, names, unsaved)
        made.append(Mark(seen.track, mirrored(box, width) if mirror else box, text, look))
    return tuple(made)


def coaching(result: FrameResult) -> str:
    """Say what the person nearest to the camera could do better; empty when nothing."""
    if not result.faces:
        return ""
    nearest = max(result.faces, key=lambda seen: seen.face.box.width)
    if nearest.decision is not Decision.POOR or nearest.quality is None:
        return ""
    reason = nearest.quality.reason
    return words.states.COACHING[reason]() if reason is not None else ""


def _said(
    seen: SeenFace, names: Mapping[PersonId, str], unsaved: Collection[PersonId]
) -> tuple[str, Look]:
    look = LOOKS[seen.decision]
    if seen.decision is Decision.KNOWN and seen.person is not None:
        name = words.isolated(words.one_line(names.get(seen.person, seen.person)))
        # The green tick is a promise that the entry is on the disk.
        return name, Look.WAITING if seen.person in unsaved else look
    if seen.decision is Decision.POOR and seen.quality is not None and seen.quality.reason:
        return words.states.COACHING[seen.quality.reason](), look
    return words.states.DECISION[seen.decision](), look
