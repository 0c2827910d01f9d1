"""A close look at one candidate: is it a face, and where exactly are its eyes, nose and mouth?

The short-range detector's own points are as coarse as its 128 pixels: for a face a seventh as wide
as the frame, they are off by a third of the distance between the eyes. So small and doubtful
candidates get a second look on a crop, and a face's points come from MediaPipe's 468-point landmark
model in LiteRT (1.2 ms per face). With these points, chips of faces of any size are as good for the
embedder as the training chips (docs/adr/007-where-the-face-is.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from faceapp.types import U8, Box, Face
from faceapp.vision.detect.blaze import INPUT_PX
from faceapp.vision.detect.candidates import Candidate, best_of_each_place
from faceapp.vision.detect.patch import PatchDetector
from faceapp.vision.geometry import invert, warp
from faceapp.vision.mesh import FaceMesh, Shape

SURE_SCORE = 0.6
"""A large candidate with at least this score needs no second look."""

SURE_SHARE = 0.33
"""A box of this share of the frame's longer side is a good enough start for the landmark model."""

SECOND_LOOK_SCORE = 0.5
"""The score that a candidate must reach on its own crop."""

SECOND_LOOK_SIDE = 2.0
"""The crop's side, in sides of the box."""

SECOND_LOOK_SHIFT = 0.2
"""How far the face may be from the crop's middle, in sides of the crop."""

UPSIDE_DOWN_SHIFT = 0.3
"""The same for a face that is upside down: its box has the forehead where the chin was seen."""

MIN_PRESENCE = 0.5
"""The presence that the landmark model must report for a face."""


PROFILE_SCORE = 0.75
"""A candidate with at least this score is kept, with the detector's own points, even if the
landmark model, which does not know profiles, finds no face: the person is asked to turn."""

UPRIGHT_SCORE = 0.85
"""A face with a lower score may be upside down. Both models then often see an upright face where
there is none. Embeddings of such faces resemble each other, whoever they are."""

UPSIDE_DOWN_PRESENCE = 0.99
"""The presence that the landmark model must report for a face upside down. It tells a forehead from
a mask, which the detector does not."""

MAX_CANDIDATES = 60
"""Limit for one frame: a frame full of faces, real or not, must not take for ever."""


class Refiner:
    """Turns candidates into faces."""

    def __init__(self, folder: Path, most: int = MAX_CANDIDATES) -> None:
        """Load the models; look at ``most`` candidates. Raises ModelError."""
        self._most = most
        self._patches = PatchDetector(folder, SECOND_LOOK_SCORE)
        self._mesh = FaceMesh(folder)

    def faces(self, rgb: U8, candidates: Iterable[Candidate]) -> tuple[Face, ...]:
        """Look closely at the best ``candidates`` in ``rgb``; each face once, the largest first."""
        found = (self.refine(rgb, one) for one in best_of_each_place(candidates)[: self._most])
        faces = best_of_each_place(filter(None, found))
        return tuple(sorted(faces, key=lambda one: -one.box.area))

    def refine(self, rgb: U8, candidate: Candidate) -> Face | None:
        """Look closely at ``candidate`` in ``rgb`` uint8 (H, W, 3); None if it is not a face."""
        face = self._look(rgb, candidate)
        if face is None or face.score >= UPRIGHT_SCORE:
            return face
        turned = self._second_look(rgb, face.box, upside_down=True)
        if turned is None or turned.score <= face.score:
            return face
        shape = self._fitted(rgb, turned, UPSIDE_DOWN_PRESENCE)
        return face if shape is None else Face(shape.box, shape.landmarks, turned.score)

    def _look(self, rgb: U8, candidate: Candidate) -> Face | None:
        side = max(candidate.box.width, candidate.box.height)
        if side >= SURE_SHARE * max(rgb.shape[:2]) and candidate.score >= SURE_SCORE:
            shape = self._fitted(rgb, candidate)
            if shape is not None:
                return Face(shape.box, shape.landmarks, candidate.score)
        looked = self._second_look(rgb, candidate.box)
        return None if looked is None else self._as_face(rgb, looked)

    def _as_face(self, rgb: U8, looked: Candidate) -> Face | None:
        shape = self._fitted(rgb, looked)
        if shape is not None:
            return Face(shape.box, shape.landmarks, looked.score)
        if looked.score >= PROFILE_SCORE:
            return Face(looked.box, looked.points, looked.score)
        return None

    def _fitted(
        self, rgb: U8, candidate: Candidate, presence: float = MIN_PRESENCE
    ) -> Shape | None:
        right_eye, left_eye = candidate.points[:2]
        shape = self._mesh.fit(rgb, candidate.box, left_eye - right_eye)
        return shape if shape is not None and shape.presence >= presence else None

    def _second_look(self, rgb: U8, box: Box, *, upside_down: bool = False) -> Candidate | None:
        side = SECOND_LOOK_SIDE * max(box.width, box.height)
        scale = INPUT_PX / side * (-1.0 if upside_down else 1.0)
        middle = (INPUT_PX - 1) / 2.0
        x, y = box.centre
        to_crop = np.array(
            [[scale, 0.0, middle - scale * x], [0.0, scale, middle - scale * y]], np.float32
        )
        found = self._patches.find(warp(rgb, to_crop, INPUT_PX))
        reach = UPSIDE_DOWN_SHIFT if upside_down else SECOND_LOOK_SHIFT
        near = [(off, one) for one in found if (off := _off_middle(one)) < reach]
        if not near:
            return None
        return min(near, key=lambda pair: pair[0])[1].moved(invert(to_crop))


def _off_middle(candidate: Candidate) -> float:
    middle = (INPUT_PX - 1) / 2.0
    x, y = candidate.box.centre
    return float(np.hypot(x - middle, y - middle)) / INPUT_PX
