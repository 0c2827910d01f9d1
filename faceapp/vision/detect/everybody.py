"""For pictures in which everybody counts: a closer look also where the first finds somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from faceapp.types import U8, Face
from faceapp.vision.detect.candidates import same_place
from faceapp.vision.detect.patient import SMALL_PX

if TYPE_CHECKING:
    from faceapp.vision.detect import Detector

MOST_IN_A_PICTURE = 500
"""A photograph of a whole school may take longer than a frame, but not for ever."""


class EverybodyDetector:
    """Adds the faces that ``second``, opened when first needed, finds to those of ``first``.

    One large face in front leaves a near detector blind to the row behind it. ``first`` is not
    closed; it is None where ``second`` alone finds everything that ``first`` would.
    """

    def __init__(self, first: Detector | None, second: Callable[[], Detector]) -> None:
        self._first = first
        self._open_second = second
        self._second: Detector | None = None

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first. Raises ModelError."""
        found = () if self._first is None else self._first.detect(rgb)
        if self._first is not None and max(rgb.shape[:2]) <= SMALL_PX:
            return found
        if self._second is None:
            self._second = self._open_second()
        more = self._second.detect(rgb)
        new = [f for f in more if not any(same_place(f.box, one.box) for one in found)]
        return tuple(sorted([*found, *new], key=lambda one: -one.box.area))

    def close(self) -> None:
        """Let the second detector go."""
        if self._second is not None:
            self._second.close()
