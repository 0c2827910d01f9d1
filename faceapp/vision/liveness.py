"""Whether a face is a living person's: the `LivenessCheck` seam.

There is no check yet that keeps its promise on an ordinary webcam, so the only implementation says
so by its name. A real one goes beside it and into `OPENERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from faceapp.types import Chip, Face, Frame, Liveness


class LivenessCheck(Protocol):
    """Says how alive a face looks. Used by one thread at a time."""

    def check(self, frame: Frame, face: Face, chip: Chip) -> Liveness:
        """Look at one good face and its surroundings."""
        ...


class NoLiveness:
    """Checks nothing: a photograph held before the camera passes like its person."""

    def check(self, frame: Frame, face: Face, chip: Chip) -> Liveness:  # noqa: ARG002
        """Let everything pass."""
        return Liveness(1.0)


OPENERS: dict[str, Callable[[], LivenessCheck]] = {"off": NoLiveness}


def open_liveness(name: str) -> LivenessCheck:
    """Open the check called ``name``. Raises KeyError for one that there is not."""
    return OPENERS[name]()
