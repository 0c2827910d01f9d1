"""Turns the pipeline's result for a frame into what is drawn and said over it. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QRectF

from faceapp.types import Decision, FrameResult, PersonId, SeenFace
from faceapp.ui import words
from faceapp.ui.overlay import Look, Mark, mirrored


def marks(
    result: FrameResult, names: Mapping[PersonId, str], unsaved: Collection[PersonId]
) -> tuple[Mark, ...]:
    """Mark every face. ``unsaved`` people are known, but their entry is not on disk yet.

    Boxes are in pixels of the picture as shown, mirrored.
    """
    width = float(result.frame.rgb.shape[1])
    made = []
    for seen in result.faces:
        box = mirrored(QRectF(*seen.face.box), width)
        made.append(Mark(seen.track, box, *_said(seen, names, unsaved)))
    return tuple(made)


def coaching(result: FrameResult) -> str:
    """Say what the person nearest to the camera could do better; empty when nothing."""
    if not result.faces:
        return ""
    return _advice(max(result.faces, key=lambda seen: seen.face.box.width))


def _said(
    seen: SeenFace, names: Mapping[PersonId, str], unsaved: Collection[PersonId]
) -> tuple[str, Look]:
    look = Look[seen.decision.name]
    if seen.decision is Decision.KNOWN and seen.person is not None:
        name = words.isolated(words.one_line(names.get(seen.person, seen.person)))
        # The green tick promises that the entry is on disk.
        return name, Look.WAITING if seen.person in unsaved else look
    return _advice(seen) or words.states.DECISION[seen.decision](), look


def _advice(seen: SeenFace) -> str:
    """Say why a face is poor and what helps; empty when it is not."""
    if seen.decision is not Decision.POOR or seen.quality is None or seen.quality.reason is None:
        return ""
    return words.states.COACHING[seen.quality.reason]()
