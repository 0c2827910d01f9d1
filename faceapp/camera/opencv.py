"""Webcams and network streams through OpenCV.

BGR, OpenCV's back-ends and their quirks stay in here. `steady` reopens cameras, `watch` judges
their pictures, `file` reads files.
"""

from __future__ import annotations

import os
import platform
from typing import Protocol

import cv2
import numpy as np

from faceapp.addresses import public_address
from faceapp.camera.devices import delivers_pictures, find_webcam
from faceapp.camera.models import DEFAULT_SIZE, Opening
from faceapp.clock import Clock
from faceapp.errors import CameraBusy, CameraNotFound
from faceapp.types import U8, CameraState, Frame

STREAM_FROZEN_S = 20.0  # a compressed still scene repeats exactly until the next key frame
_STREAM_OPEN_MS, _STREAM_READ_MS = 5000, 3000
_GIVE_UP_S = 0.3
_GIVE_UP_FIRST_S = 3.0
_NAP_S = 0.05
_MOST_DIGITS = 9  # OpenCV takes a device number of 32 bits

_BACKENDS: dict[str, tuple[int, ...]] = {
    "Linux": (cv2.CAP_V4L2,),
    "Windows": (cv2.CAP_MSMF, cv2.CAP_DSHOW),
    "Darwin": (cv2.CAP_AVFOUNDATION,),
}


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that is used here."""

    def read(self) -> tuple[bool, np.ndarray]:
        """Return success and a BGR picture."""
        ...

    def release(self) -> None:
        """Release the device."""
        ...


class OpenCvCamera:
    """An opened webcam or stream. Becomes LOST when the driver stops giving pictures."""

    def __init__(self, capture: Capture, name: str, clock: Clock) -> None:
        self._capture = capture
        self._name = name
        self._clock = clock
        self._state = CameraState.OK
        self._index = 0
        self._failing_since_s: float | None = None

    @property
    def name(self) -> str:
        """The device's stable name, or the stream's address without its password."""
        return self._name

    @property
    def state(self) -> CameraState:
        """OK, LOST or STOPPED."""
        return self._state

    def read(self) -> Frame | None:
        """Wait for the driver's next picture; return None if none came in time."""
        if self._state is not CameraState.OK:
            return None
        asked_s = self._clock.monotonic()
        try:
            delivered, picture = self._capture.read()
        except cv2.error:
            delivered = False
        rgb = as_rgb(picture) if delivered else None
        if rgb is None:
            self._failed(asked_s)
            return None
        self._failing_since_s = None
        self._index += 1
        return Frame(rgb, self._clock.monotonic(), self._clock.now(), self._index - 1)

    def close(self) -> None:
        """Release the device."""
        if self._state is not CameraState.STOPPED:
            self._state = CameraState.STOPPED
            self._capture.release()

    def _failed(self, asked_s: float) -> None:
        """Become LOST if reads have failed for a while, longer before the first picture."""
        if self._failing_since_s is None:
            self._failing_since_s = asked_s
        patience_s = _GIVE_UP_S if self._index else _GIVE_UP_FIRST_S
        if self._clock.monotonic() - self._failing_since_s >= patience_s:
            self._state = CameraState.LOST
        else:
            self._clock.sleep(_NAP_S)


def open_webcam(source: str, opening: Opening) -> OpenCvCamera:
    """Open a webcam by number or system name; may take seconds.

    Raises: CameraNotFound, CameraBusy (``why`` is "permission" when that is the reason).
    """
    # Seconds a V4L2 read waits for a picture; the default is ten.
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1")
    if source.isdecimal() and len(source) > _MOST_DIGITS:
        raise CameraNotFound(source=source)
    system = platform.system()
    node = find_webcam(source)
    device: str | int = int(source) if source.isdecimal() else source
    if system == "Linux":
        if node is None:
            raise CameraNotFound(source=source)
        device = _known_name(str(node))
    for backend in _BACKENDS.get(system, (cv2.CAP_ANY,)):
        capture = cv2.VideoCapture(device, backend)
        if capture.isOpened():
            _request_size(capture, opening.size)
            return OpenCvCamera(capture, source, opening.clock)
        capture.release()
    # Only on Linux can a missing camera be distinguished from one in use; half of a webcam's
    # nodes there carry only metadata.
    if node is None or not delivers_pictures(node):
        raise CameraNotFound(source=source)
    allowed = os.access(node, os.R_OK | os.W_OK)
    raise CameraBusy(source=source, why="in_use" if allowed else "permission")


def open_stream(source: str, opening: Opening) -> OpenCvCamera:
    """Open an RTSP or HTTP stream; waits up to five seconds for the server.

    Raises: CameraNotFound.
    """
    limits = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _STREAM_OPEN_MS),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, _STREAM_READ_MS),
    ]
    capture = cv2.VideoCapture(_known_name(source), cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        capture.release()
        raise CameraNotFound(source=public_address(source))
    return OpenCvCamera(capture, public_address(source), opening.clock)


def silence() -> None:
    """Turn off the logs of OpenCV and of its FFmpeg.

    They go to stderr and bypass our log; what they warn of is raised here or becomes a camera's
    state. The switches apply to the whole process and work only before a back-end is first used.
    OpenCV 5 moved its switch.
    """
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    if hasattr(cv2.utils, "logging"):
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    else:
        vars(cv2)["setLogLevel"](0)


def named_for_opencv(source: str) -> str:
    """Return a path or address as the UTF-8 text that OpenCV expects; other text ends the process.

    In a locale without UTF-8, Python decodes the same bytes to other characters.
    Raises: UnicodeError (not UTF-8).
    """
    return os.fsencode(source).decode("utf-8")


def as_rgb(picture: np.ndarray | None) -> U8 | None:
    """Convert a driver's picture to uint8 (H, W, 3) RGB in memory of its own.

    Returns None if it is empty or of a type or shape that no camera should deliver.
    """
    if picture is None or picture.size == 0 or picture.dtype != np.uint8:
        return None
    if picture.ndim == 2 or (picture.ndim == 3 and picture.shape[2] == 1):
        rgb = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB)
    elif picture.ndim == 3 and picture.shape[2] == 3:
        rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    else:
        return None
    return rgb.astype(np.uint8, copy=False)


def _known_name(source: str) -> str:
    try:
        return named_for_opencv(source)
    except UnicodeError as error:
        raise CameraNotFound(source=public_address(source)) from error


def _request_size(capture: cv2.VideoCapture, size: tuple[int, int]) -> None:
    """Request a size; a driver that does not support it chooses another.

    Above 640x480, USB is too slow for raw pictures at 30 fps, so JPEG is requested first. At
    640x480 raw pictures are better, and drivers start with them.
    """
    width, height = size
    if width * height > DEFAULT_SIZE[0] * DEFAULT_SIZE[1]:
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    now = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    if now != (width, height):
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
