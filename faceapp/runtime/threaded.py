"""A live camera that is read on its own thread; the calling thread takes the frames."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from faceapp.clock import Clock
from faceapp.runtime.capture import FRESH_S, Arrival, Capture
from faceapp.runtime.mailbox import Mailbox
from faceapp.runtime.session import LOOK_UP_S, STOP_S
from faceapp.types import CameraState

if TYPE_CHECKING:
    from faceapp.camera import Camera

log = logging.getLogger(__name__)


class ThreadedCamera:
    """Reads a camera while the ``with`` block lasts; frames that come too fast are dropped.

    If one thread both read and processed frames, it would fall farther and farther behind, since
    drivers and streams buffer what nobody has fetched.
    """

    def __init__(self, open_camera: Callable[[], Camera], clock: Clock) -> None:
        self._clock = clock
        self._box: Mailbox[Arrival] = Mailbox()
        self._capture = Capture(open_camera, self._box, clock)
        self._stop = Event()
        self._error: Exception | None = None
        # A daemon, since a driver that never returns must not keep the program alive.
        self._thread = Thread(target=self._read, name="capture", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._box.close()
        self._thread.join(STOP_S)
        if self._thread.is_alive():
            log.warning("left behind: %s", self._thread.name)

    @property
    def state(self) -> CameraState:
        """The camera's state, also while its driver hangs."""
        return self._capture.state()

    @property
    def ended(self) -> bool:
        """Whether reading has ended; the last frame can still be taken."""
        return not self._thread.is_alive()

    def take(self) -> Arrival | None:
        """Wait a moment for the newest frame; return None if no fresh one came.

        Once nothing is left to take, raises the error that ended the reading: CameraError.
        """
        ended = self.ended
        arrival = self._box.take(0.0 if ended else LOOK_UP_S)
        if arrival is None and ended and self._error is not None:
            raise self._error
        if arrival is not None and self._clock.monotonic() - arrival.at_s > FRESH_S:
            return None
        return arrival

    def _read(self) -> None:
        try:
            self._capture.run(self._stop)
        except Exception as error:  # noqa: BLE001  top of a thread: `take` raises it
            self._error = error
