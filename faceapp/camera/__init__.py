"""Where frames come from: webcam, stream, video, pictures and the demo camera.

`open_camera` is the entry point. `pictures` reads single picture files for the rest of the app.
Nothing here decides what is done with frames, or on which thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from faceapp.addresses import DEMO, public_address
from faceapp.camera import demo, devices, file, opencv
from faceapp.camera.devices import find_webcam
from faceapp.camera.models import DEFAULT_SIZE, FAR_SIZE, Camera, CameraInfo, Opening
from faceapp.camera.source import SourceKind, kind_of
from faceapp.camera.steady import SteadyCamera
from faceapp.camera.watch import FROZEN_S
from faceapp.clock import Clock

__all__ = [
    "DEFAULT_SIZE",
    "FAR_SIZE",
    "OPENERS",
    "Camera",
    "CameraInfo",
    "Opening",
    "find_webcam",
    "list_cameras",
    "open_camera",
]

opencv.silence()

OPENERS: dict[SourceKind, Callable[[str, Opening], Camera]] = {
    SourceKind.DEMO: demo.open_demo,
    SourceKind.WEBCAM: opencv.open_webcam,
    SourceKind.STREAM: opencv.open_stream,
    SourceKind.VIDEO: file.open_video,
    SourceKind.PICTURE: file.open_picture,
    SourceKind.FOLDER: file.open_folder,
}

# Cameras that can go away and come back, and how long they may repeat one picture before they count
# as frozen.
_REOPENED = {SourceKind.WEBCAM: FROZEN_S, SourceKind.STREAM: opencv.STREAM_FROZEN_S}


def open_camera(
    source: str, *, clock: Clock, live: bool = True, size: tuple[int, int] = DEFAULT_SIZE
) -> Camera:
    """Open what ``source`` names: number, device, address, file, folder or "demo[:seed or ID]".

    A live webcam or stream is opened by its first `read` and reopened for ever: its state says
    whether it is missing or busy. Anything else is opened at once.

    Raises: CameraError; live webcams and streams only when the source can never work.
    """
    kind = kind_of(source)
    opener = partial(OPENERS[kind], source, Opening(clock, live, size))
    if live and kind in _REOPENED:
        return SteadyCamera(public_address(source), opener, clock, _REOPENED[kind])
    return opener()


def list_cameras() -> list[CameraInfo]:
    """List the cameras to choose from, the demo camera last; opens none of them."""
    return [*devices.list_webcams(), CameraInfo(DEMO, "Demo camera")]
