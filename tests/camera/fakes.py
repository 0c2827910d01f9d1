"""A camera that does what a script says, and what tests of cameras look at.

The scripted camera is a whole implementation of the seam, so it also stands in the contract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from faceapp.camera import Camera
from faceapp.camera.demo_tour import Figure
from faceapp.errors import CameraError
from faceapp.types import U8, Box, CameraState, Frame
from tests.helpers.clock import HandClock


def read_all(camera: Camera) -> list[Frame]:
    """Read a camera until it has ended or is lost."""
    frames = []
    while camera.state is CameraState.OK:
        if (frame := camera.read()) is not None:
            frames.append(frame)
    return frames


@cache
def picture(number: int, brightness: int = 128, size: tuple[int, int] = (32, 24)) -> U8:
    """A noisy picture; the same number gives the same pixels."""
    random = np.random.default_rng(number)
    noise = random.integers(-6, 7, (size[1], size[0], 3))
    return np.clip(brightness + noise, 0, 255).astype(np.uint8)


def face_box(figure: Figure, size: tuple[int, int]) -> Box:
    """Return roughly where a face detector finds the face in a frame of (width, height) px."""
    width, height = size
    side = 0.55 * figure.side * height
    x = width / 2 + figure.eyes_x * height
    return Box(x - side / 2, figure.eyes_y * height - 0.27 * side, side, side)


@dataclass(frozen=True)
class Step:
    """What one call of `read` does: takes so long, then delivers, gives nothing or raises."""

    rgb: U8 | None = None
    takes_s: float = 1 / 30
    error: CameraError | None = None
    lost: bool = False


def pictures(count: int, first: int = 0, fps: float = 30, brightness: int = 128) -> list[Step]:
    return [Step(picture(first + k, brightness), 1 / fps) for k in range(count)]


class ScriptedCamera:
    """Plays its steps; after the last one it gives nothing, a frame's time at a time."""

    def __init__(
        self,
        clock: HandClock,
        steps: Iterable[Step],
        while_reading: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = "scripted"
        self.closed = 0
        self._clock = clock
        self._steps = iter(steps)
        self._while_reading = while_reading
        self._state = CameraState.OK
        self._index = 0

    @property
    def state(self) -> CameraState:
        return self._state

    def read(self) -> Frame | None:
        if self._state is not CameraState.OK:
            return None
        step = next(self._steps, Step())
        for _ in range(10):  # as another thread would see it
            self._clock.move(step.takes_s / 10)
            self._while_reading()
        if step.error is not None:
            raise step.error
        if step.lost:
            self._state = CameraState.LOST
        if step.rgb is None:
            return None
        self._index += 1
        return Frame(step.rgb.copy(), self._clock.t_s, self._clock.now(), self._index - 1)

    def close(self) -> None:
        self.closed += 1
        self._state = CameraState.STOPPED


@dataclass
class Port:
    """What an opener finds at each try: scripts of cameras, or reasons why there is none."""

    clock: HandClock
    finds: Iterator[list[Step] | CameraError]
    while_reading: Callable[[], None] = lambda: None
    tried_s: list[float] = field(default_factory=list)
    opened: list[ScriptedCamera] = field(default_factory=list)
    takes_s: float = 0.0

    def open(self) -> ScriptedCamera:
        self.tried_s.append(self.clock.t_s)
        self.clock.move(self.takes_s)
        found = next(self.finds)
        if isinstance(found, CameraError):
            raise found
        self.opened.append(ScriptedCamera(self.clock, found, self.while_reading))
        return self.opened[-1]
