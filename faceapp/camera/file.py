"""Cameras that read files: a video, a picture, a folder of pictures.

Live, they run at their own pace, for a window. Otherwise every frame comes once, as fast as it is
read, with the source's own times, which start at 0. `pictures` decides which pictures are allowed,
`source` what a video is.

A camera's name is a fixed word, never the file's name: entries store it, and files are often named
after people.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from math import isfinite
from pathlib import Path

import cv2

from faceapp.camera.models import Opening
from faceapp.camera.opencv import as_rgb, named_for_opencv
from faceapp.camera.pictures import MAX_PIXELS, MAX_SIDE_PX, iter_pictures, read_picture
from faceapp.errors import ImportError_, SourceUnreadable
from faceapp.types import U8, CameraState, Frame

PICTURE = "picture"
VIDEO = "video"
SHOWN_S = 2.0
SHOWN_FPS = 10
_LONGEST_WAIT_S = 0.5
_LONGEST_GAP_S = 5.0
_USUAL_FPS = 25.0
# Some containers give absurd times, or any number of frames because they do not know it.
_LONGEST_VIDEO_S = 7 * 24 * 3600


class VideoFile:
    """A video.

    Live, it skips frames whose time has passed, so that it never falls behind, and waits at most
    five seconds for the next one: recorders leave out hours in which nothing moves. Otherwise its
    frames are dated as if it had just ended or, if the file does not give its length, as if it had
    just begun, but never in the future.
    """

    def __init__(self, capture: cv2.VideoCapture, opening: Opening) -> None:
        self._capture = capture
        self._clock = opening.clock
        self._live = opening.live
        fps = capture.get(cv2.CAP_PROP_FPS)
        self._interval_s = 1 / (fps if isfinite(fps) and 1 <= fps <= 1000 else _USUAL_FPS)
        length_s = capture.get(cv2.CAP_PROP_FRAME_COUNT) * self._interval_s
        known = isfinite(length_s) and 0 < length_s < _LONGEST_VIDEO_S
        self._start_s: float | None = None
        self._start_at = opening.clock.now() - timedelta(seconds=length_s if known else 0.0)
        self._state = CameraState.OK
        self._index = -1
        self._position_s = 0.0
        self._due = False
        self._advance()

    @property
    def name(self) -> str:
        """Always "video"."""
        return VIDEO

    @property
    def state(self) -> CameraState:
        """OK, ENDED (at once if no frame can be decoded) or STOPPED."""
        return self._state

    def read(self) -> Frame | None:
        """Return the next frame; None at the end and, live, until it is due.

        ``index`` counts the file's frames, so skipped frames leave gaps.
        """
        if self._state is not CameraState.OK or not (self._due or self._advance()):
            return None
        if self._live and not self._wait_until_due():
            return None
        self._due = False
        delivered, picture = self._capture.retrieve()
        rgb = as_rgb(picture) if delivered else None
        if rgb is None:
            self._state = CameraState.ENDED
            return None
        if self._live:
            return Frame(rgb, self._clock.monotonic(), self._clock.now(), self._index)
        at = min(self._start_at + timedelta(seconds=self._position_s), self._clock.now())
        return Frame(rgb, self._position_s, at, self._index)

    def close(self) -> None:
        """Close the file."""
        if self._state is not CameraState.STOPPED:
            self._state = CameraState.STOPPED
            self._capture.release()

    def _advance(self) -> bool:
        """Advance by one frame; return False at the end."""
        if not self._capture.grab():
            self._state = CameraState.ENDED
            return False
        self._index += 1
        told_s = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        guessed_s = self._position_s + self._interval_s if self._index else 0.0
        goes_back = self._index > 0 and told_s <= self._position_s
        # Written so that NaN counts as wrong too.
        told_wrong = goes_back or not 0.0 <= told_s < _LONGEST_VIDEO_S
        self._position_s = guessed_s if told_wrong else told_s
        self._due = True
        return True

    def _wait_until_due(self) -> bool:
        """Wait until the frame is due, or skip to the frame that is due; return whether one is."""
        now_s = self._clock.monotonic()
        if self._start_s is None:
            self._start_s = now_s - self._position_s
        ahead_s = self._start_s + self._position_s - now_s
        if ahead_s > _LONGEST_GAP_S:
            self._start_s -= ahead_s - _LONGEST_GAP_S
            ahead_s = _LONGEST_GAP_S
        if ahead_s > 0:
            self._clock.sleep(min(ahead_s, _LONGEST_WAIT_S))
            return ahead_s <= _LONGEST_WAIT_S
        while self._start_s + self._position_s + self._interval_s < now_s:
            if not self._advance():
                return False
        return True


class PictureFiles:
    """Shows pictures one after another; leaves out those that cannot be read.

    Live, each is shown for two seconds, about as long as a person stands in front of a camera.
    """

    def __init__(self, paths: Sequence[Path], opening: Opening) -> None:
        self._paths = iter(paths)
        self._clock = opening.clock
        self._live = opening.live
        # One second each; like a video's, their times are never in the future.
        self._start_at = opening.clock.now() - timedelta(seconds=len(paths) - 1.0)
        self._state = CameraState.OK
        self._index = 0
        self._picture: U8 | None = None
        self._shown = 0
        self._due_s: float | None = None

    @property
    def name(self) -> str:
        """Always "picture"."""
        return PICTURE

    @property
    def state(self) -> CameraState:
        """OK, ENDED or STOPPED."""
        return self._state

    def read(self) -> Frame | None:
        """Return the next frame; None at the end, and for a file that cannot be read."""
        if self._state is not CameraState.OK:
            return None
        shows = round(SHOWN_S * SHOWN_FPS) if self._live else 1
        if self._picture is None or self._shown >= shows:
            self._turn_over()
        if self._picture is None:
            return None
        index = self._index
        self._shown += 1
        self._index += 1
        if self._live:
            self._keep_pace()
            return Frame(self._picture, self._clock.monotonic(), self._clock.now(), index)
        at = self._start_at + timedelta(seconds=index)
        return Frame(self._picture, float(index), at, index)

    def close(self) -> None:
        """Forget the picture."""
        self._state = CameraState.STOPPED
        self._picture = None

    def _turn_over(self) -> None:
        """Read the next file; only one per call, so that a folder of bad files does not block."""
        self._picture, self._shown = None, 0
        path = next(self._paths, None)
        if path is None:
            self._state = CameraState.ENDED
            return
        with suppress(ImportError_):
            self._picture = read_picture(path)

    def _keep_pace(self) -> None:
        now_s = self._clock.monotonic()
        due_s = now_s if self._due_s is None else self._due_s
        self._clock.sleep(due_s - now_s)
        self._due_s = max(due_s, now_s) + 1 / SHOWN_FPS


def open_video(source: str, opening: Opening) -> VideoFile:
    """Open a video file.

    Raises: SourceUnreadable (``why``: "damaged", "name", "codec" if not even the first frame can be
        decoded, or "too_large" above 40 megapixels or 32,000 px).
    """
    try:
        # Absolute, since FFmpeg takes the part before the colon of "10:30.avi" for a protocol.
        name = named_for_opencv(str(Path(source).absolute()))
    except UnicodeError as error:
        raise SourceUnreadable(source=source, why="name") from error
    capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
    width = height = 0.0
    if capture.isOpened():
        width = capture.get(cv2.CAP_PROP_FRAME_WIDTH)
        height = capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    why = "too_large" if width * height > 0 else "damaged"
    if 0 < width * height <= MAX_PIXELS and max(width, height) <= MAX_SIDE_PX:
        video = VideoFile(capture, opening)
        if video.state is CameraState.OK:
            return video
        why = "codec"
    capture.release()
    raise SourceUnreadable(source=source, why=why)


def open_picture(source: str, opening: Opening) -> PictureFiles:
    """Open one picture as a camera. It is read at once, so that errors are raised here.

    Raises: SourceUnreadable.
    """
    path = Path(source)
    try:
        read_picture(path)
    except ImportError_ as error:
        raise _unreadable(source, error) from error
    return PictureFiles((path,), opening)


def open_folder(source: str, opening: Opening) -> PictureFiles:
    """Open the pictures in and below a folder as a camera.

    Raises: SourceUnreadable (the folder cannot be listed or has no pictures).
    """
    folder = Path(source)
    try:
        paths = tuple(iter_pictures(folder))
    except ImportError_ as error:
        raise _unreadable(source, error) from error
    if not paths:
        raise SourceUnreadable(source=source, why="no_pictures")
    return PictureFiles(paths, opening)


def _unreadable(source: str, error: ImportError_) -> SourceUnreadable:
    return SourceUnreadable(source=source, why=error.details.get("why", "too_large"))
