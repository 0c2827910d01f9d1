"""Checks whether a face is that of a living person: the `LivenessCheck` seam.

No check works reliably on an ordinary webcam yet, so the only implementation is `NoLiveness`. With
it, no face is ever `Decision.SPOOF`; the code that handles that decision awaits a real check, whose
place is here.
"""

from __future__ import annotations

from typing import Protocol

from faceapp.types import Chip, Face, Frame, Liveness


class LivenessCheck(Protocol):
    """Rates how alive a face looks. Used by one thread at a time."""

    def check(self, frame: Frame, face: Face, chip: Chip) -> Liveness:
        """Look at one good face and its surroundings."""
        ...


class NoLiveness:
    """Checks nothing: a photograph held in front of the camera passes for its person."""

    def check(self, frame: Frame, face: Face, chip: Chip) -> Liveness:  # noqa: ARG002
        """Let everything pass."""
        return Liveness(1.0)
