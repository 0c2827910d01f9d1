"""A scripted camera, and the app's parts but for that and what looks at its pixels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Semaphore
from types import MappingProxyType

import numpy as np

from faceapp.app import Parts
from faceapp.camera import Camera
from faceapp.cli.lines import Line
from faceapp.config import Settings
from faceapp.pipeline import Pipeline
from faceapp.types import U8, CameraState, Face, Frame, ModelId, Recorded, Sample
from faceapp.vision.modelcard import ModelCard
from tests.helpers.clock import HandClock
from tests.helpers.data import GOOD, made_card
from tests.helpers.seams import MODEL, OneFace, ScriptedCamera, Step, a_frame, scripted_pipeline

Happens = Mapping[int, Callable[[], object]]
"""What is to happen, on the thread that looks, before it looks at a frame."""


NOTHING: Happens = MappingProxyType({})


class PacedCamera(ScriptedCamera):
    """Gives the next frame when the one before is looked at, so that none is dropped."""

    def __init__(self, steps: Sequence[Step], **states: CameraState) -> None:
        super().__init__(steps, **states)
        self.looked = Semaphore(1)
        self.anybody = True

    def read(self) -> Frame | None:
        return super().read() if self.looked.acquire(timeout=0.05) else None


class Eyes(OneFace):
    """Looks at what a paced camera gives."""

    def __init__(self, camera: PacedCamera, happens: Happens) -> None:
        super().__init__()
        self._camera = camera
        self._happens = happens
        self._frames = 0

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        self._happens.get(self._frames, lambda: None)()
        self._frames += 1
        self._camera.looked.release()
        self.anybody = self._camera.anybody
        return super().detect(rgb)


@dataclass(frozen=True, slots=True)
class ScriptedParts(Parts):
    """The app's parts, but for the camera and what looks at pixels."""

    camera: PacedCamera = field(default_factory=lambda: PacedCamera([]))
    happens: Happens = field(default_factory=dict)

    def card(self) -> ModelCard:
        return made_card(MODEL, 2)

    def build_pipeline(self, settings: Settings) -> Pipeline:
        return scripted_pipeline(HandClock(), votes=2, eyes=Eyes(self.camera, self.happens))

    def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:
        return self.camera


Shown = list[tuple[Line, Recorded | None]]


Watch = Callable[..., Shown]


def a_sample(x: float, y: float, model: ModelId = MODEL) -> Sample:
    picture = np.zeros((112, 112, 3), np.uint8)
    return Sample(np.array([x, y], np.float32), GOOD, model, "a.jpg", picture)


def frames(count: int) -> list[Step]:
    return [lambda index=index: a_frame(index) for index in range(count)]  # type: ignore[misc]
