"""Webcams and network streams through OpenCV.

BGR, OpenCV's back-ends and their habits stay in here. Reopening is done in `steady`, judging the
pictures in `watch`; files are read in `file`.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from faceapp.addresses import public_address
from faceapp.camera.devices import LinuxDevices, delivers_pictures
from faceapp.camera.models import DEFAULT_SIZE, Opening
from faceapp.clock import Clock
from faceapp.errors import CameraBusy, CameraNotFound
from faceapp.types import U8, CameraState, Frame

STREAM_FROZEN_S = 20.0  # a compressed still scene repeats exactly until the next key frame
_STREAM_OPEN_MS, _STREAM_READ_MS = 5000, 3000
_GIVE_UP_S = 0.3
_GIVE_UP_FIRST_S = 3.0
_NAP_S = 0.05
_MOST_DIGITS = 9  # OpenCV takes a device's number as 32 bits

_BACKENDS: dict[str, tuple[int, ...]] = {
    "Linux": (cv2.CAP_V4L2,),
    "Windows": (cv2.CAP_MSMF, cv2.CAP_DSHOW),
    "Darwin": (cv2.CAP_AVFOUNDATION,),
}


class Capture(Protocol):
    """What is used of `cv2.VideoCapture`."""

    def read(self) -> tuple[bool, np.ndarray]:
        """Give success and a BGR picture."""
        ...

    def release(self) -> None:
        """Let go of the device."""
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
        """Wait for the driver's next picture; None when none came in time."""
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
        """Let go of the device."""
        if self._state is not CameraState.STOPPED:
            self._state = CameraState.STOPPED
            self._capture.release()

    def _failed(self, asked_s: float) -> None:
        """Give up after a moment; a camera that has just been opened is given longer."""
        if self._failing_since_s is None:
            self._failing_since_s = asked_s
        patience_s = _GIVE_UP_S if self._index else _GIVE_UP_FIRST_S
        if self._clock.monotonic() - self._failing_since_s >= patience_s:
            self._state = CameraState.LOST
        else:
            self._clock.sleep(_NAP_S)


def open_webcam(source: str, opening: Opening) -> OpenCvCamera:
    """Open a webcam by number or by the name the system gives it; may take seconds.

    Raises: CameraNotFound, CameraBusy (``why`` is "permission" when that is the reason).
    """
    # Seconds a V4L2 read waits for a picture; by default ten.
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1")
    if source.isdecimal() and len(source) > _MOST_DIGITS:
        raise CameraNotFound(source=source)
    system = platform.system()
    node: Path | None = None
    device: str | int = int(source) if source.isdecimal() else source
    if system == "Linux":
        node = LinuxDevices().find(source)
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
    """Open an RTSP or HTTP stream; waits up to five seconds for the other side.

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
    """Turn off the log of OpenCV, whose switch moved in OpenCV 5, and that of its FFmpeg.

    It goes to stderr and bypasses ours; what it warns of is raised here, or is a camera's state.
    The switches are the whole process's and work only before a back-end is first used.
    """
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    if hasattr(cv2.utils, "logging"):
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    else:
        vars(cv2)["setLogLevel"](0)


def named_for_opencv(source: str) -> str:
    """Return a path or address as OpenCV reads it: any other ends the process.

    Python in a locale without UTF-8 has other letters for the same bytes.
    Raises: UnicodeError (it is no UTF-8).
    """
    return os.fsencode(source).decode("utf-8")


def as_rgb(picture: np.ndarray | None) -> U8 | None:
    """Turn what a driver delivered into uint8 (H, W, 3) RGB of its own memory.

    None for what is no picture: empty, or of a kind no camera should give.
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
    """Ask for a size; a driver that does not have it gives another.

    Above 640x480 USB is too narrow for raw pictures at 30 a second, so JPEG comes first; at that
    size raw pictures are better, and drivers start with them.
    """
    width, height = size
    if width * height > DEFAULT_SIZE[0] * DEFAULT_SIZE[1]:
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    now = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    if now != (width, height):
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
