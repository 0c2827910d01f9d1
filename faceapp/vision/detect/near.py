"""Finds faces near the camera: one look at the whole frame."""

from __future__ import annotations

from pathlib import Path

from faceapp.types import U8, Face
from faceapp.vision.detect.blaze import BlazeFace
from faceapp.vision.detect.refine import Refiner


class NearDetector:
    """MediaPipe's short-range detector on the whole frame, with the landmark model's points.

    Finds faces that measure at least about a tenth of the frame's longer side between the ears.
    """

    def __init__(self, folder: Path) -> None:
        """Load the models of ``folder``. Raises ModelError."""
        # The one with a thread comes last, so that no thread is left behind if another fails.
        self._refiner = Refiner(folder)
        self._blaze = BlazeFace(folder)

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        """Find the faces in ``rgb`` uint8 (H, W, 3), the largest first."""
        return self._refiner.faces(rgb, self._blaze.find(rgb))

    def close(self) -> None:
        """Release MediaPipe's graph and its thread."""
        self._blaze.close()
