"""A live camera that recovers: it reopens after failures and never passes on a stale frame.

It works on the thread that reads it and starts none. `watch` judges the pictures; the opener that
is passed in opens the camera.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from faceapp.camera.models import Camera, state_after
from faceapp.camera.watch import FROZEN_S, CameraWatch
from faceapp.clock import Clock
from faceapp.errors import CameraError
from faceapp.types import CameraState, Frame

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 8.0
PROVEN_AFTER_S = 2.0
STALE_CALL_S = 2.0
LONGEST_START_S = 10.0
"""Some cameras take seconds to deliver their first picture; that picture is not stale."""
SLEPT_S = 5.0
_GIVE_UP_SILENCE_S = 2.0
_NAP_S = 0.1


@dataclass(frozen=True, slots=True)
class _Opened:
    """One successful opening; replaced as a whole, since `state` is read from other threads."""

    camera: Camera
    watch: CameraWatch
    at_s: float


class SteadyCamera:
    """Wraps the camera that ``opener`` opens at the first `read`, on the reading thread."""

    def __init__(
        self,
        name: str,
        opener: Callable[[], Camera],
        clock: Clock,
        frozen_after_s: float = FROZEN_S,
    ) -> None:
        self._name = name
        self._opener = opener
        self._clock = clock
        self._frozen_after_s = frozen_after_s
        self._opened: _Opened | None = None
        self._last_watch: CameraWatch | None = None
        self._trouble = CameraState.OPENING
        self._closed = False
        self._wait_s = FIRST_WAIT_S
        self._retry_at_s = clock.monotonic()
        self._lost_since_s: float | None = None
        self._seen_mono_s = clock.monotonic()
        self._seen_wall = clock.now()
        self._index = 0

    @property
    def name(self) -> str:
        """The name of this camera in entries."""
        return self._name

    @property
    def state(self) -> CameraState:
        """What the camera is doing; correct even while `read` hangs in the driver."""
        opened = self._opened
        if self._closed:
            return CameraState.STOPPED
        if opened is None:
            return self._trouble
        return opened.watch.state(self._clock.monotonic())

    def read(self) -> Frame | None:
        """Return the next fresh frame; None while there is none, also while reconnecting."""
        if self._closed:
            return None
        if self._slept():
            self._drop(CameraState.OPENING, wait=False)
        opened = self._opened or self._reopen()
        return self._next_frame(opened) if opened is not None else None

    def close(self) -> None:
        """Release the device."""
        self._closed = True
        self._let_go()

    def _reopen(self) -> _Opened | None:
        """Open the camera if a retry is due; otherwise wait a little."""
        wait_s = self._retry_at_s - self._clock.monotonic()
        if wait_s > 0:
            self._clock.sleep(min(wait_s, _NAP_S))
            return None
        try:
            camera = self._opener()
        except CameraError as error:
            self._drop(state_after(error), wait=True)
            return None
        now_s = self._clock.monotonic()
        self._seen_mono_s, self._seen_wall = now_s, self._clock.now()  # opening is not sleep
        before = self._last_watch.last_picture if self._last_watch else None
        watch = CameraWatch(now_s, before, self._frozen_after_s)
        self._opened = _Opened(camera, watch, now_s)
        return self._opened

    def _next_frame(self, opened: _Opened) -> Frame | None:
        started_s = self._clock.monotonic()
        try:
            frame = opened.camera.read()
        except CameraError as error:
            self._drop(state_after(error), wait=True)
            return None
        now_s = self._clock.monotonic()
        delivered = opened.watch.delivered
        if now_s - started_s > (STALE_CALL_S if delivered else LONGEST_START_S):
            # A frame that comes after a hang is stale. A camera that hangs at its start may hang
            # again.
            self._drop(CameraState.LOST, wait=not delivered)
            return None
        if not delivered:
            self._seen_mono_s, self._seen_wall = now_s, self._clock.now()  # nor is start-up
        fresh = frame is not None and opened.watch.saw(frame.rgb, now_s)
        if self._given_up(opened, now_s) or frame is None or not fresh:
            return None
        if now_s - opened.at_s >= PROVEN_AFTER_S:
            self._wait_s = FIRST_WAIT_S
        self._index += 1
        return replace(frame, index=self._index - 1)

    def _given_up(self, opened: _Opened, now_s: float) -> bool:
        """Drop a camera that says it is lost, is frozen, or has been silent for too long."""
        judged = opened.watch.state(now_s)
        frozen = judged is CameraState.FROZEN
        if frozen or opened.camera.state is not CameraState.OK:
            self._drop(CameraState.FROZEN if frozen else CameraState.LOST, wait=True)
            return True
        if judged is not CameraState.LOST:
            self._lost_since_s = None
            return False
        if self._lost_since_s is None:
            self._lost_since_s = now_s
        if now_s - self._lost_since_s < _GIVE_UP_SILENCE_S:
            return False
        self._drop(CameraState.LOST, wait=True)
        return True

    def _drop(self, trouble: CameraState, *, wait: bool) -> None:
        """Close what is open and set when to try again; each failure doubles the wait."""
        self._trouble = trouble
        self._lost_since_s = None
        self._let_go()
        self._retry_at_s = self._clock.monotonic()
        if wait:
            self._retry_at_s += self._wait_s
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)

    def _let_go(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            self._last_watch = opened.watch
            opened.camera.close()

    def _slept(self) -> bool:
        """Return whether the machine slept since the last read, so that the buffers are stale.

        Either clock may stop during sleep, so both are checked. Setting the system's clock looks
        the same and costs a harmless reopening.
        """
        mono_s, wall = self._clock.monotonic(), self._clock.now()
        passed_s = max(mono_s - self._seen_mono_s, abs((wall - self._seen_wall).total_seconds()))
        self._seen_mono_s, self._seen_wall = mono_s, wall
        return self._opened is not None and passed_s > SLEPT_S
