"""MediaPipe's short-range face detector, with results in pixels.

Normalised coordinates stay in here. MediaPipe shrinks every frame to 128 x 128 with black bars, so
a face must be about a tenth as wide as the frame's longer side.
"""

from __future__ import annotations

import sys
import weakref
from pathlib import Path
from typing import Any

import numpy as np

from faceapp.errors import ModelCorrupt
from faceapp.types import U8, Box
from faceapp.vision.detect.candidates import FLOOR, Candidate
from faceapp.vision.native import native_noise_held_back, read_model

MODEL_FILE = "face_detection_short_range.tflite"

MODEL_SHA256 = "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8"

INPUT_PX = 128

MIN_FRAME_PX = 20
"""Smaller frames are not searched: there is nothing to see."""


class BlazeFace:
    """MediaPipe Tasks' FaceDetector on single pictures; reports scores of at least `FLOOR`."""

    def __init__(self, folder: Path) -> None:
        """Load the model. Raises ModelError."""
        # MediaPipe also imports a sound recorder, which runs ldconfig and gcc several times in
        # search of PortAudio. None makes this import fail, which MediaPipe expects.
        sys.modules.setdefault("sounddevice", None)  # type: ignore[arg-type]
        # Imported here, since it takes 0.2 s and the window need not wait for it.
        import mediapipe  # noqa: PLC0415
        from mediapipe.tasks.python import vision  # noqa: PLC0415

        path = folder / MODEL_FILE
        model = read_model(path, MODEL_SHA256)
        options = vision.FaceDetectorOptions(
            base_options=mediapipe.tasks.BaseOptions(model_asset_buffer=model),
            min_detection_confidence=FLOOR,
        )
        try:
            with native_noise_held_back():
                self._detector: Any = vision.FaceDetector.create_from_options(options)
        except (ValueError, RuntimeError) as error:
            raise ModelCorrupt(path=path, why=str(error)) from error
        self._picture = mediapipe.Image
        self._format = mediapipe.ImageFormat.SRGB
        # Also runs at interpreter exit, where MediaPipe's own clean-up would print a traceback.
        self._let_go = weakref.finalize(self, _let_go, self._detector)

    def find(self, rgb: U8) -> list[Candidate]:
        """Find candidates in ``rgb`` uint8 (H, W, 3), in its pixels, in a single look."""
        height, width = rgb.shape[:2]
        if min(height, width) < MIN_FRAME_PX:
            return []
        picture = self._picture(image_format=self._format, data=np.ascontiguousarray(rgb))
        found = self._detector.detect(picture).detections
        return [_candidate(one, width, height) for one in found]

    def close(self) -> None:
        """Release MediaPipe's graph and its thread."""
        self._let_go()


def _let_go(detector: Any) -> None:  # noqa: ANN401  untyped library
    try:
        detector.close()
    except RuntimeError:
        # The interpreter is exiting and its thread pools are gone; the rest ends with the process.
        detector._handle = None  # noqa: SLF001


def _candidate(found: Any, width: int, height: int) -> Candidate:  # noqa: ANN401  untyped library
    box = found.bounding_box
    # MediaPipe's origin is the picture's edge, ours is the first pixel's centre.
    points = [(point.x * width - 0.5, point.y * height - 0.5) for point in found.keypoints]
    return Candidate(
        Box(box.origin_x - 0.5, box.origin_y - 0.5, float(box.width), float(box.height)),
        np.array(points, np.float32),
        float(found.categories[0].score),
    )
