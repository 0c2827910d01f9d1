"""From a session's threads towards the GUI: the newest picture, ready to paint, and all facts.

Runs on the session's threads; `Feed.take` alone is called on the GUI thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from faceapp.runtime.session import SessionHooks
from faceapp.types import U8, CameraState, FrameResult, Sighting

# People expect to see themselves as in a mirror. Overlays are mirrored with the picture.
MIRRORED = True


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A picture ready to paint, and what was found in it.

    ``image`` is mirrored when ``mirrored`` says so; the faces of ``result`` never are: they are in
    pixels of ``result.frame``.
    """

    image: QImage
    result: FrameResult
    mirrored: bool


class Feed:
    """Carries the results of one run of a session. Each run has its own: nothing old is ever shown.

    ``pictured(feed)`` is called when a picture waits and no such call is under way; ``stated`` and
    ``failed`` are called for each state and failure. All three must only emit a queued signal.
    """

    def __init__(
        self,
        record: Callable[[Sighting], None],
        pictured: Callable[[object], None],
        stated: Callable[[object, object], None],
        failed: Callable[[object, object], None],
    ) -> None:
        self._record = record
        self._pictured = pictured
        self._stated = stated
        self._failed = failed
        # One slot and one ticket. `append` and `pop` of a deque are atomic.
        self._slot: deque[Shown] = deque(maxlen=1)
        self._tickets: deque[None] = deque([None])
        self._arrivals: deque[tuple[float, float]] = deque(maxlen=30)

    def hooks(self) -> SessionHooks:
        """Return what the session calls."""
        return SessionHooks(
            on_result=self._put,
            on_state=self._tell_state,
            on_sighting=self._record,
            on_failure=self._tell_failure,
        )

    def take(self) -> Shown | None:
        """Return the newest picture, None when it was taken already. On the GUI thread."""
        # The ticket goes back before the slot is emptied: a picture that arrives in between
        # causes one event too many, never one too few.
        self._tickets.append(None)
        try:
            return self._slot.pop()
        except IndexError:
            return None

    def speed(self) -> tuple[float, float]:
        """Return pictures a second and the median latency in ms of the last ones; 0 for none."""
        arrivals = list(self._arrivals)
        self._arrivals.clear()
        if len(arrivals) < 2:
            return 0.0, 0.0
        span_s = arrivals[-1][0] - arrivals[0][0]
        latencies = sorted(latency_ms for _, latency_ms in arrivals)
        fps = (len(arrivals) - 1) / span_s if span_s > 0 else 0.0
        return fps, latencies[len(latencies) // 2]

    def _put(self, result: FrameResult) -> None:
        self._arrivals.append((result.frame.t_s, result.latency_ms))
        self._slot.append(Shown(picture(result.frame.rgb, MIRRORED), result, MIRRORED))
        try:
            self._tickets.pop()
        except IndexError:
            return  # an event is under way and will find the newest
        self._pictured(self)

    def _tell_state(self, state: CameraState) -> None:
        self._stated(self, state)

    def _tell_failure(self, error: Exception) -> None:
        self._failed(self, error)


def picture(rgb: U8, mirrored: bool = False) -> QImage:
    """Make a 32-bit image, the format that paints fastest, of ``rgb`` uint8 (H, W, 3)."""
    height, width = rgb.shape[:2]
    # Conversion copies: the image does not keep the frame's memory.
    image = QImage(rgb.data, width, height, rgb.strides[0], QImage.Format.Format_RGB888)
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return image.flipped(Qt.Orientation.Horizontal) if mirrored else image
