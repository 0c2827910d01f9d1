"""Finds the faces in a frame: the `Detector` seam and its implementations.

`near` looks at the whole frame, `far` also at tiles of it, and `pictures` uses both for picture
files, which can wait. They find candidates with MediaPipe's short-range detector (`blaze`), and
`refine` looks closely at each. `vision.align` aligns the faces.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from faceapp.types import U8, Face, RangeMode
from faceapp.vision.detect.far import FarDetector
from faceapp.vision.detect.near import NearDetector
from faceapp.vision.detect.pictures import EverybodyDetector, LateDetector, PatientDetector

MEDIAPIPE_FOLDER = "mediapipe"

MOST_IN_A_PICTURE = 500
"""A photograph of a whole school may take longer than a frame, but must not take for ever."""


class Detector(Protocol):
    """Finds faces. Used by one thread at a time."""

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first; () if there are none."""
        ...

    def close(self) -> None:
        """Release native memory and helper threads. Closing twice is harmless."""
        ...


OPENERS: dict[RangeMode, Callable[[Path], Detector]] = {
    RangeMode.NEAR: NearDetector,
    RangeMode.FAR: FarDetector,
}


def open_detector(mode: RangeMode, models_dir: Path) -> Detector:
    """Open the detector for ``mode`` on the models of ``models_dir``/mediapipe.

    Raises ModelError.
    """
    return OPENERS[mode](models_dir / MEDIAPIPE_FOLDER)


def for_pictures(mode: RangeMode, detector: Detector, models_dir: Path) -> Detector:
    """Return the detector for pictures of one person; ``detector``, of ``mode``, is for frames.

    Close the result before ``detector``.
    """
    if mode is RangeMode.FAR:
        return detector
    far = LateDetector(lambda: open_detector(RangeMode.FAR, models_dir))
    return PatientDetector(detector, far)


def for_everybody(mode: RangeMode, detector: Detector, models_dir: Path) -> Detector:
    """Return the detector for pictures of any number of people, near and far.

    Close the result before ``detector``.
    """
    far = LateDetector(lambda: FarDetector(models_dir / MEDIAPIPE_FOLDER, MOST_IN_A_PICTURE))
    return far if mode is RangeMode.FAR else EverybodyDetector(detector, far)
