"""MediaPipe's face landmark model (468 points) in LiteRT.

It is run directly and not in a MediaPipe task, where the bare model silently returns wrong points.
It looks at an upright square around a face that has already been found.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from faceapp.types import F32, U8, Box, Landmark
from faceapp.vision.geometry import apply, invert, warp
from faceapp.vision.native import open_interpreter

MODEL_FILE = "face_landmark.tflite"

MODEL_SHA256 = "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814"

INPUT_PX = 192

POINTS = 468

CROP_SIDE = 1.5
"""The crop's side, in sides of the box, as in MediaPipe's own graph."""

# Point indices of MediaPipe's canonical face mesh. Each landmark is the mean of its points.
LANDMARK_POINTS: dict[Landmark, tuple[int, ...]] = {
    Landmark.RIGHT_EYE: (33, 160, 158, 133, 153, 144),
    Landmark.LEFT_EYE: (362, 385, 387, 263, 373, 380),
    Landmark.NOSE_TIP: (1,),
    Landmark.MOUTH_CENTRE: (61, 291),
    Landmark.RIGHT_EAR: (234,),
    Landmark.LEFT_EAR: (454,),
}


class Shape(NamedTuple):
    """What the model sees: box of all its points, landmarks float32 (6, 2) px, presence 0..1."""

    box: Box
    landmarks: F32
    presence: float


class FaceMesh:
    """The landmark model on one thread."""

    def __init__(self, folder: Path) -> None:
        """Load the model. Raises ModelError."""
        self._interpreter = open_interpreter(folder / MODEL_FILE, 1, MODEL_SHA256)
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = {int(np.prod(d["shape"])): d for d in self._interpreter.get_output_details()}
        self._points = outputs[POINTS * 3]["index"]
        self._presence = outputs[1]["index"]

    def fit(self, rgb: U8, box: Box, eye_line: F32) -> Shape | None:
        """Fit the mesh to the face in ``box`` of ``rgb`` uint8 (H, W, 3).

        ``eye_line`` float32 (2,) points from the right to the left eye and turns the crop upright.
        Returns None if the box is too small or the model's answer is not finite.
        """
        side = CROP_SIDE * max(box.width, box.height)
        if side < 1.0:
            return None
        to_crop = _upright(box, side, float(np.arctan2(eye_line[1], eye_line[0])))
        crop = warp(rgb, to_crop, INPUT_PX)
        self._interpreter.set_tensor(self._input, crop[None].astype(np.float32) / 255.0)
        self._interpreter.invoke()
        raw: F32 = self._interpreter.get_tensor(self._points).reshape(POINTS, 3)
        logit = float(self._interpreter.get_tensor(self._presence).reshape(-1)[0])
        if not (np.isfinite(raw).all() and np.isfinite(logit)):
            return None
        # The model's origin is the crop's edge, ours is the first pixel's centre.
        plane = apply(invert(to_crop), raw[:, :2] - 0.5)
        return Shape(_box_of(plane), landmarks_of(plane), _sigmoid(logit))


def landmarks_of(plane: F32) -> F32:
    """Reduce mesh points (468, 2) to landmarks float32 (6, 2)."""
    return np.array(
        [plane[list(LANDMARK_POINTS[landmark])].mean(axis=0) for landmark in Landmark], np.float32
    )


def _upright(box: Box, side: float, angle: float) -> NDArray[np.float64]:
    """Map the square of ``side`` around the box, rotated by ``-angle``, to the model's input."""
    scale = INPUT_PX / side
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    turn = np.array([[cos, sin], [-sin, cos]])
    return np.hstack([turn, ((INPUT_PX - 1) / 2.0 - turn @ np.array(box.centre))[:, None]])


def _box_of(plane: F32) -> Box:
    (left, top), (right, bottom) = plane.min(axis=0).tolist(), plane.max(axis=0).tolist()
    return Box(left, top, right - left, bottom - top)


def _sigmoid(logit: float) -> float:
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -50.0, 50.0))))
