"""The seam of this room: what every camera is, and what it is asked for.

No camera lives here; `faceapp.camera` opens them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from faceapp.clock import Clock
from faceapp.errors import CameraBusy, CameraError, CameraNotFound
from faceapp.types import CameraState, Frame

DEFAULT_SIZE = (640, 480)
FAR_SIZE = (1280, 720)


class Camera(Protocol):
    """Delivers frames until closed. Used from one thread; ``state`` may be read from any."""

    @property
    def name(self) -> str:
        """The name of this camera in entries: stable where the system allows, without passwords."""
        ...

    @property
    def state(self) -> CameraState:
        """What it is doing right now, even while another thread waits in `read`."""
        ...

    def read(self) -> Frame | None:
        """Give the next frame, or None when there is nothing new; waits up to half a second.

        After `close` and after the end of a file it gives None for ever.
        """
        ...

    def close(self) -> None:
        """Let go of the device; harmless when repeated."""
        ...


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One entry of the camera picker: ``id`` is what `open_camera` takes.

    ``label`` is the device's own name. Where the system gives none it is "Camera N" and for the
    demo camera "Demo camera": the window may put its own words there.
    """

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Opening:
    """How a camera is opened.

    ``live``: at the source's own pace and reopened when it fails; otherwise as fast as it is read,
    each frame once, with the source's own times. ``size`` (width, height) px is a request; the
    device may give another.
    """

    clock: Clock
    live: bool = True
    size: tuple[int, int] = DEFAULT_SIZE


def state_after(error: CameraError) -> CameraState:
    """Return the state in which ``error`` leaves a camera."""
    if isinstance(error, CameraNotFound):
        return CameraState.MISSING
    return CameraState.BUSY if isinstance(error, CameraBusy) else CameraState.LOST
