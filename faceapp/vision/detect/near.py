"""Faces near the camera: one look at the whole frame."""

from __future__ import annotations

from pathlib import Path

from faceapp.types import U8, Face
from faceapp.vision.detect.blaze import BlazeFace
from faceapp.vision.detect.refine import Refiner


class NearDetector:
    """MediaPipe's short-range detector on the whole frame, points by the landmark model.

    Finds faces from about a tenth of the frame's longer side on, measured between the ears.
    """

    def __init__(self, folder: Path) -> None:
        """Load the models of ``folder``. Raises ModelMissing, ModelCorrupt."""
        # The one with a thread comes last: nothing is left behind where another fails.
        self._refiner = Refiner(folder)
        self._blaze = BlazeFace(folder)

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first."""
        return self._refiner.faces(rgb, self._blaze.find(rgb))

    def close(self) -> None:
        """Let MediaPipe's graph and thread go."""
        self._blaze.close()
