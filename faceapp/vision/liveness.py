"""Whether a face is a living person's: the `LivenessCheck` seam.

There is no check yet that keeps its promise on an ordinary webcam, so the only implementation is
`NoLiveness`. With it no face is ever `Decision.SPOOF`: everything that treats that decision waits
for a real check, which goes beside it.
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
