"""For pictures from a disk, which can wait: a second, closer look where the first finds nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from faceapp.types import U8, Face

if TYPE_CHECKING:
    from faceapp.vision.detect import Detector

SMALL_PX = 320
"""In a picture no larger than this a face that the first look misses is too small to be of use."""


class PatientDetector:
    """Asks ``first``, which it does not close, and ``second``, opened when it is first needed.

    A person in a photograph of 4000 px is often smaller than the tenth of its width from which the
    near detector sees a face; in front of a camera the person is asked to come closer instead.
    """

    def __init__(self, first: Detector, second: Callable[[], Detector]) -> None:
        self._first = first
        self._open_second = second
        self._second: Detector | None = None

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first. Raises ModelError."""
        found = self._first.detect(rgb)
        if found or max(rgb.shape[:2]) <= SMALL_PX:
            return found
        if self._second is None:
            self._second = self._open_second()
        return self._second.detect(rgb)

    def close(self) -> None:
        """Let the second detector go."""
        if self._second is not None:
            self._second.close()
