"""Turns a camera into results: a capture thread, a vision thread and one slot between them.

The pipeline decides what a frame shows; the clerk records the sightings.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from faceapp.clock import Clock
from faceapp.errors import CameraError, FaceAppError
from faceapp.runtime.capture import FRESH_S, Arrival, Capture
from faceapp.runtime.mailbox import Mailbox
from faceapp.runtime.pace import Pace
from faceapp.runtime.sightings import sightings_in
from faceapp.types import CameraState, Frame, FrameResult, Sighting

if TYPE_CHECKING:
    from faceapp.camera import Camera
    from faceapp.pipeline import Pipeline
    from faceapp.runtime.keeper import Snapshot

LOOK_UP_S = 0.1
"""How often the vision thread checks the camera's state while no frame comes."""

STOP_S = 3.0
"""How long `Session.stop` waits for its threads before it abandons them."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SessionHooks:
    """The callbacks of a session. All are called on its threads and must return quickly.

    ``on_failure`` gets a `FaceAppError` (the operator can act on it) or any other exception (our
    bug). The session then processes nothing more and waits to be stopped. STOPPED is the last
    state.
    """

    on_result: Callable[[FrameResult], None]
    on_state: Callable[[CameraState], None]
    on_sighting: Callable[[Sighting], None]
    on_failure: Callable[[Exception], None]


class Session:
    """Watches one camera until it is stopped; may be started again.

    The camera is opened, read and closed on the capture thread; the pipeline is built, used and
    closed on the vision thread. Neither is ever used by two threads. While nobody is there, some
    frames are not looked at (`Pace`), but passed on all the same.
    """

    def __init__(
        self,
        open_camera: Callable[[], Camera],
        build_pipeline: Callable[[], Pipeline],
        hooks: SessionHooks,
        clock: Clock,
    ) -> None:
        self._wishes = _Wishes()
        self._new_run = partial(_Run, open_camera, build_pipeline, hooks, clock, self._wishes)
        self._run: _Run | None = None

    @property
    def running(self) -> bool:
        """Whether it was started and has neither been stopped nor failed."""
        return self._run is not None and not self._run.stopping.is_set()

    @property
    def dropped(self) -> int:
        """How many frames of this run came too fast to be processed."""
        return self._run.box.dropped if self._run else 0

    def start(self) -> None:
        """Start both threads. Raises RuntimeError if it was started and not stopped since."""
        if self._run is not None:
            raise RuntimeError("the session was not stopped")
        self._run = self._new_run()
        self._run.start()

    def stop(self, timeout_s: float = STOP_S) -> bool:
        """End both threads; no hook is called after this has returned True.

        Returns False if a thread hangs in a driver. It is abandoned, cannot reach anything any
        more, and closes its camera when it wakes up. Must not be called from a hook.
        """
        run, self._run = self._run, None
        return run.stop(timeout_s) if run else True

    def set_gallery(self, snapshot: Snapshot) -> None:
        """Recognize the people of ``snapshot`` from the next frame on. From any thread."""
        self._wishes.snapshot = snapshot

    def want_samples(self, wanted: bool) -> None:
        """Add enrolment samples to good faces from the next frame on, or stop. From any thread."""
        self._wishes.samples = wanted


@dataclass(slots=True)
class _Wishes:
    """What other threads want from the vision thread; each value is replaced as a whole."""

    snapshot: Snapshot | None = None
    samples: bool = False


class _Run:
    """One start of a session. A hung thread of an old run shares nothing with a new one."""

    def __init__(
        self,
        open_camera: Callable[[], Camera],
        build_pipeline: Callable[[], Pipeline],
        hooks: SessionHooks,
        clock: Clock,
        wishes: _Wishes,
    ) -> None:
        self.stopping = Event()
        self.box: Mailbox[Arrival] = Mailbox()
        self._build_pipeline = build_pipeline
        self._hooks = hooks
        self._clock = clock
        self._wishes = wishes
        self._capture = Capture(open_camera, self.box, clock)
        self._told: CameraState | None = None
        self._snapshot: Snapshot | None = None
        self._pace = Pace()
        self._abandoned = False
        capture = partial(self._capture.run, self.stopping)
        # Daemons, since a driver that never returns must not keep the program alive.
        self._threads = (
            Thread(target=self._guard, args=(capture,), name="capture", daemon=True),
            Thread(target=self._guard, args=(self._see,), name="vision", daemon=True),
        )

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_s: float) -> bool:
        self.stopping.set()
        self.box.close()
        until_s = monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(until_s - monotonic(), 0.0))
        hung = [thread.name for thread in self._threads if thread.is_alive()]
        if hung:
            self._abandoned = True
            log.warning("left behind: %s", ", ".join(hung))
        return not hung

    def _guard(self, work: Callable[[], None]) -> None:
        """Run a thread's work and report the error that ends it, unless the session was stopped."""
        try:
            work()
        except FaceAppError as error:
            log.info("the session ended with %s", error)
            self._fail(error)
        except Exception as error:  # top of a thread: the hook passes it on
            log.exception("the session failed")
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if not self.stopping.is_set():
            self._hooks.on_failure(error)
        if not isinstance(error, CameraError):
            # Without a camera there is still a state to report; without models nothing can be done.
            self.stopping.set()

    def _see(self) -> None:
        self._tell(CameraState.OPENING)
        try:
            with closing(self._build_pipeline()) as pipeline:
                while not self.stopping.is_set():
                    arrival = self.box.take(LOOK_UP_S)
                    self._tell(self._capture.state())
                    if arrival is not None and not self.stopping.is_set():
                        self._look(arrival, pipeline)
        finally:
            self._tell(CameraState.STOPPED)

    def _look(self, arrival: Arrival, pipeline: Pipeline) -> None:
        if self._clock.monotonic() - arrival.at_s > FRESH_S:
            return
        snapshot = self._wishes.snapshot
        if snapshot is not None and snapshot is not self._snapshot:
            pipeline.set_gallery(snapshot.gallery, snapshot.thresholds)
            self._snapshot = snapshot
        result = self._result(arrival.frame, pipeline)
        if self._abandoned:
            return
        if arrival.state.delivers and snapshot is not None:
            for sighting in sightings_in(result, arrival.camera, snapshot.model_id):
                self._hooks.on_sighting(sighting)
        self._hooks.on_result(result)

    def _result(self, frame: Frame, pipeline: Pipeline) -> FrameResult:
        samples = self._wishes.samples
        if not (samples or self._pace.is_due(frame.t_s)):
            return FrameResult(frame, (), None)
        result = pipeline.process(frame, want_samples=samples)
        self._pace.looked(frame.t_s, faces=bool(result.faces))
        return result

    def _tell(self, state: CameraState) -> None:
        if state is not self._told and not self._abandoned:
            self._told = state
            log.info("camera %s", state)
            self._hooks.on_state(state)
