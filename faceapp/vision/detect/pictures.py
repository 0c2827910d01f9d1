"""A second, closer look at picture files, which can wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from faceapp.types import U8, Face
from faceapp.vision.detect.candidates import same_place

if TYPE_CHECKING:
    from faceapp.vision.detect import Detector

SMALL_PX = 320
"""In a picture no larger than this, a face that the first look misses is too small to use."""


class LateDetector:
    """Opens its detector on first use."""

    def __init__(self, opener: Callable[[], Detector]) -> None:
        self._opener = opener
        self._opened: Detector | None = None

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first. Raises ModelError."""
        if self._opened is None:
            self._opened = self._opener()
        return self._opened.detect(rgb)

    def close(self) -> None:
        """Release the detector if it was opened."""
        if self._opened is not None:
            self._opened.close()


class PatientDetector:
    """Asks ``second`` if ``first`` finds nobody. Does not close ``first``.

    In a photograph 4000 px wide, a face is often smaller than the tenth of the width that the near
    detector needs. In front of a camera the person is asked to come closer instead.
    """

    def __init__(self, first: Detector, second: Detector) -> None:
        self._first = first
        self._second = second

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first. Raises ModelError."""
        found = self._first.detect(rgb)
        return found if found or max(rgb.shape[:2]) <= SMALL_PX else self._second.detect(rgb)

    def close(self) -> None:
        """Release the second detector."""
        self._second.close()


class EverybodyDetector(PatientDetector):
    """Adds the faces that ``second`` finds to those of ``first``. Does not close ``first``.

    One large face in front makes a near detector miss the row behind it.
    """

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first. Raises ModelError."""
        found = self._first.detect(rgb)
        if max(rgb.shape[:2]) <= SMALL_PX:
            return found
        more = self._second.detect(rgb)
        new = [f for f in more if not any(same_place(f.box, one.box) for one in found)]
        return tuple(sorted([*found, *new], key=lambda one: -one.box.area))
