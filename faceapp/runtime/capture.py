"""The capture thread's work: open a camera, read it, pass on the newest frame.

A camera judges its own pictures and reports the result as its state. That state is passed on, also
to other threads. If no frame has come for a long time, the state is LOST, whatever the camera
reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from faceapp.clock import Clock
from faceapp.errors import CameraError
from faceapp.runtime.mailbox import Mailbox
from faceapp.types import CameraState, Frame

if TYPE_CHECKING:
    from faceapp.camera import Camera

SILENT_S = 6.0
"""A camera that reports no fault but delivers nothing for this long is lost. Slow ones take 5 s."""

FRESH_S = 1.0
"""An older frame is not processed, and nobody is recorded from it."""

_SPIN_S = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """A frame, the camera's state and name when it arrived, and that time (monotonic seconds)."""

    frame: Frame
    state: CameraState
    camera: str
    at_s: float


def believed(said: CameraState, frame_s: float, now_s: float) -> CameraState:
    """Return the state that a camera reports, or LOST if the last frame is too old."""
    if said.delivers and now_s - frame_s > SILENT_S:
        return CameraState.LOST
    return said


class Capture:
    """Reads one camera from opening to closing, all on the thread that calls `run`."""

    def __init__(
        self, open_camera: Callable[[], Camera], box: Mailbox[Arrival], clock: Clock
    ) -> None:
        self._open_camera = open_camera
        self._box = box
        self._clock = clock
        # Read from other threads, so each is replaced as a whole.
        self._camera: Camera | None = None
        self._frame_s = clock.monotonic()
        self._without = CameraState.OPENING

    def state(self) -> CameraState:
        """Return the camera's state; from any thread, also while ``read()`` hangs."""
        camera = self._camera
        if camera is None:
            return self._without
        return believed(camera.state, self._frame_s, self._clock.monotonic())

    def run(self, stop: Event) -> None:
        """Read until ``stop`` is set or the source ends. Raises CameraError."""
        camera = None
        try:
            camera = self._open_camera()
            self._frame_s = self._clock.monotonic()
            self._camera = camera
            while not stop.is_set() and camera.state is not CameraState.ENDED:
                self._read(camera, stop)
            self._without = camera.state
        except CameraError as error:
            # Loaded by now. At the top it would load OpenCV, and the window need not wait for it.
            from faceapp.camera.models import state_after  # noqa: PLC0415

            self._without = state_after(error)
            raise
        finally:
            self._camera = None
            if camera is not None:
                camera.close()

    def _read(self, camera: Camera, stop: Event) -> None:
        began_s = self._clock.monotonic()
        frame = camera.read()
        now_s = self._clock.monotonic()
        if frame is not None:
            self._frame_s = now_s
            self._box.put(Arrival(frame, camera.state, camera.name, now_s))
        elif now_s - began_s < _SPIN_S:
            # A source that returns nothing without waiting must not occupy a core.
            stop.wait(_SPIN_S)
