"""Carries a session's results to the GUI: the newest picture, ready to paint, and all facts.

The session's threads call the hooks; everything else is called on the GUI thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from faceapp.runtime.session import SessionHooks
from faceapp.types import U8, FrameResult, Sighting


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A picture ready to paint, mirrored, and what was found in it.

    The faces of ``result`` are not mirrored: they are in pixels of ``result.frame``.
    """

    image: QImage
    result: FrameResult


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast pictures come; ``latency_ms`` is the time a look at one takes.

    It is None if none was looked at.
    """

    fps: float
    latency_ms: float | None


class Feed:
    """Carries the results of one session run. Each run has its own feed: nothing old is ever shown.

    ``pictured(feed)`` is called when a picture waits and no earlier call is pending. ``stated``
    and ``failed`` are called for each state and failure. All three must only emit a queued signal.
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
        self._arrivals: deque[tuple[float, float | None]] = deque(maxlen=30)

    def hooks(self) -> SessionHooks:
        """Return the callbacks for the session."""
        return SessionHooks(
            on_result=self._put,
            on_state=partial(self._stated, self),
            on_sighting=self._record,
            on_failure=partial(self._failed, self),
        )

    def take(self) -> Shown | None:
        """Return the newest picture; None if it was taken already. Call it on the GUI thread."""
        # The ticket goes back before the slot is emptied: a picture that arrives in between
        # causes one event too many, never one too few.
        self._tickets.append(None)
        try:
            return self._slot.pop()
        except IndexError:
            return None

    def speed(self) -> Speed | None:
        """Return pictures per second and median latency since the last call; None for too few."""
        arrivals = list(self._arrivals)
        self._arrivals.clear()
        if len(arrivals) < 2:
            return None
        span_s = arrivals[-1][0] - arrivals[0][0]
        latencies = sorted(ms for _, ms in arrivals if ms is not None)
        if span_s <= 0.0:
            return None
        middle_ms = latencies[len(latencies) // 2] if latencies else None
        return Speed((len(arrivals) - 1) / span_s, middle_ms)

    def _put(self, result: FrameResult) -> None:
        self._arrivals.append((result.frame.t_s, result.latency_ms))
        # People expect to see themselves as in a mirror.
        self._slot.append(Shown(picture(result.frame.rgb, mirrored=True), result))
        try:
            self._tickets.pop()
        except IndexError:
            return  # an event is in flight and will take the newest
        self._pictured(self)


def picture(rgb: U8, *, mirrored: bool) -> QImage:
    """Convert ``rgb``, uint8 (H, W, 3), to a 32-bit image, the format that paints fastest."""
    height, width = rgb.shape[:2]
    # The conversion copies: the image does not keep the frame's memory alive.
    image = QImage(rgb.data, width, height, rgb.strides[0], QImage.Format.Format_RGB888)
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return image.flipped(Qt.Orientation.Horizontal) if mirrored else image
