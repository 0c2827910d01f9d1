"""Scripted cameras and engines: small public implementations of the seams, for tests of threads.

They do what a script says instead of looking at anything; the code between the seams is real.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Event

import numpy as np

from faceapp.clock import Clock
from faceapp.pipeline import Engines, Pipeline
from faceapp.recognition.decide import Rules
from faceapp.types import (
    F32,
    U8,
    Box,
    CameraState,
    Chip,
    Face,
    Frame,
    Liveness,
    ModelId,
)
from tests.helpers.clock import MONDAY

MODEL = ModelId("scripted-2d")

WAIT_S = 10.0
"""As long does a test wait for another thread before it fails."""


def a_frame(index: int = 0) -> Frame:
    """Make a frame in which whatever is aligned is bright, rich and sharp enough."""
    rough = np.random.default_rng(0).integers(40, 215, (60, 80, 3), np.uint8)
    at = MONDAY + timedelta(milliseconds=index)
    return Frame(rough.repeat(8, axis=0).repeat(8, axis=1), index / 30, at, index)


Step = Callable[[], Frame | None]
"""One call of ``read()``: a frame, nothing, an exception, or a wait (`Hang`)."""


class ScriptedCamera:
    """Plays its steps, then has nothing more; sets ``drained`` when it is asked beyond the end."""

    def __init__(
        self,
        steps: Sequence[Step],
        state: CameraState = CameraState.OK,
        end: CameraState | None = None,
    ) -> None:
        self.name = "scripted"
        self.drained = Event()
        self.closed = Event()
        self._steps = list(steps)
        self._state = state
        self._end = end

    @property
    def state(self) -> CameraState:
        if self._end is not None and not self._steps:
            return self._end
        return self._state

    def read(self) -> Frame | None:
        if not self._steps:
            self.drained.set()
            self.closed.wait(0.005)
            return None
        return self._steps.pop(0)()

    def close(self) -> None:
        self.closed.set()


class Hang:
    """A call of ``read()`` that hangs from ``begun`` to ``end``, then gives ``frame``."""

    def __init__(self, frame: Frame | None = None) -> None:
        self.begun = Event()
        self.end = Event()
        self._frame = frame

    def __call__(self) -> Frame | None:
        self.begun.set()
        assert self.end.wait(WAIT_S)
        return self._frame


class OneFace:
    """A detector that finds one large face in the middle of a frame, while there is ``anybody``."""

    def __init__(self) -> None:
        self.closed = Event()
        self.anybody = True

    def detect(self, rgb: U8) -> tuple[Face, ...]:
        if not self.anybody:
            return ()
        height, width = rgb.shape[:2]
        x, y = width / 2, height / 2
        marks = [(-35, -20), (35, -20), (0, 20), (0, 55), (-75, -10), (75, -10)]
        landmarks = np.array([(x + dx, y + dy) for dx, dy in marks], np.float32)
        return (Face(Box(x - 100, y - 110, 200, 220), landmarks, 0.99),)

    def close(self) -> None:
        self.closed.set()


class Alive:
    """A liveness check that believes everything."""

    def check(self, frame: Frame, face: Face, chip: Chip) -> Liveness:
        return Liveness(1.0)


class OneVector:
    """An embedder that gives every chip the same unit vector."""

    model_id = MODEL
    dimension = 2

    def embed(self, chips: U8) -> F32:
        return np.tile(np.array([[1.0, 0.0]], np.float32), (len(chips), 1))


def scripted_pipeline(clock: Clock, votes: int = 1, eyes: OneFace | None = None) -> Pipeline:
    eyes = eyes or OneFace()
    return Pipeline(Engines(eyes, eyes, eyes, Alive(), OneVector()), Rules(votes, votes), clock)
