"""The seam of this room: the `Camera` protocol and the values for listing and opening cameras.

No implementation lives here; `faceapp.camera` opens cameras.
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
        """What the camera is doing now; also valid while another thread waits in `read`."""
        ...

    def read(self) -> Frame | None:
        """Return the next frame, or None when there is nothing new.

        Waits up to half a second; opening a device or a driver that hangs may take longer. After
        `close` and after the end of a file it always returns None.
        """
        ...

    def close(self) -> None:
        """Release the device; harmless when repeated."""
        ...


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One entry of the camera picker: ``id`` is what `open_camera` takes.

    ``label`` is the device's own name. It is "Camera N" where the system gives none, and "Demo
    camera" for the demo camera; the window may replace these two with its own words.
    """

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Opening:
    """How a camera is opened.

    ``live``: run at the source's own pace and reopen it when it fails. Otherwise each frame comes
    once, as fast as it is read, with the source's own times. ``size`` (width, height) px is a
    request; the device may choose another.
    """

    clock: Clock
    live: bool = True
    size: tuple[int, int] = DEFAULT_SIZE


def state_after(error: CameraError) -> CameraState:
    """Return the state in which ``error`` leaves a camera."""
    if isinstance(error, CameraNotFound):
        return CameraState.MISSING
    return CameraState.BUSY if isinstance(error, CameraBusy) else CameraState.LOST
