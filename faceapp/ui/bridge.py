"""The running camera, used on the GUI thread: delivers what the camera's threads find.

Pictures may be dropped: the newest wins, and at most one event is in flight however slow painting
is. Facts (entries, states, errors) are queued signals and always arrive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Unpack

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from faceapp.config import Settings
from faceapp.errors import CameraError, FaceAppError, StoreError
from faceapp.runtime.background import wait_for
from faceapp.runtime.recorder import Recorder
from faceapp.types import CameraState
from faceapp.ui.feed import Feed
from faceapp.ui.notices import Action, Notice, Notices, Tone
from faceapp.ui.session_control import SessionControl
from faceapp.ui.words import live as words

if TYPE_CHECKING:
    from faceapp.runtime.background import Background
    from faceapp.runtime.clerk import Clerk
    from faceapp.types import PersonId
    from faceapp.ui.ops import Ops, Then

SPEED_MS = 1_000

# The settings that camera and pipeline are opened with; if one changes, both are reopened.
opened_with = attrgetter("camera", "range_mode", "confirm_votes", "confirm_window", "embed_threads")

# A second fault within a minute of the first is not treated as an accident.
FAULT_MS = 60_000
FAULT_KEY = "camera_fault"


class Purpose(Enum):
    """What the camera runs for. Only TAKING makes entries, only ENROLLING asks for samples."""

    PREVIEW = "preview"
    TAKING = "taking"
    ENROLLING = "enrolling"


@dataclass(frozen=True, slots=True)
class CameraTools:
    """The dependencies of `LiveCamera`; ``control`` is the thread that starts and stops it."""

    sessions: SessionControl
    control: Background
    clerk: Clerk
    ops: Ops
    notices: Notices


class LiveCamera(QObject):
    """Starts and stops the camera, and signals what it sees. Use it on the GUI thread.

    Signals:
        seen(Shown): the newest picture.
        state_changed(CameraState): what the camera is doing.
        purpose_changed(object): a `Purpose`, or None when the camera was asked to stop.
        recorded(Sighting, Recorded): what became of a sighting, after the commit.
        speed_changed(object): a `Speed` once a second, None while no pictures arrive.
    """

    seen = Signal(object)
    state_changed = Signal(object)
    purpose_changed = Signal(object)
    recorded = Signal(object, object)
    speed_changed = Signal(object)
    _pictured = Signal(object)
    _stated = Signal(object, object)
    _failed = Signal(object, object)

    def __init__(self, tools: CameraTools, settings: Settings) -> None:
        super().__init__()
        self._tools = tools
        self._settings = settings
        self._purpose: Purpose | None = None
        self._before: Purpose | None = None
        self._person: PersonId | None = None
        self._state = CameraState.STOPPED
        self._feed: Feed | None = None
        self._recorder = Recorder(
            tools.clerk, self.recorded.emit, lambda error: self._failed.emit(None, error)
        )
        queued = Qt.ConnectionType.QueuedConnection
        self._pictured.connect(self._take, queued)
        self._stated.connect(self._hear_state, queued)
        self._failed.connect(self._hear_failure, queued)
        # The error of camera or model that ended the last run, or kept it from starting.
        self._ended_by: FaceAppError | None = None
        # Codes of the errors that keep sightings from being saved, told already.
        self._unsaved: set[str] = set()
        self.recorded.connect(self._hear_saved)
        self._fault = QElapsedTimer()
        self._meter = QTimer(self, interval=SPEED_MS)
        self._meter.timeout.connect(self._measure)

    @property
    def purpose(self) -> Purpose | None:
        """What the camera runs for; None when it is off."""
        return self._purpose

    @property
    def state(self) -> CameraState:
        """What the camera is doing."""
        return self._state

    def start(self, purpose: Purpose, person: PersonId | None = None) -> None:
        """Run the configured camera for ``purpose``. ENROLLING pauses TAKING.

        ``person`` is the known person to whom ENROLLING adds samples; None for a new person.
        """
        if purpose is self._purpose:
            return
        self._person = person
        self._tools.notices.withdraw(FAULT_KEY)
        self._forget_failure()
        if purpose is Purpose.ENROLLING:
            self._before = self._purpose
        self._run(purpose)

    def restart(self) -> None:
        """Open the camera again for the same purpose: a video starts from its beginning."""
        if self._purpose is not None:
            self._run(self._purpose)

    def stop(self) -> None:
        """End the current purpose; after ENROLLING, resume TAKING if it was paused."""
        before, self._before = self._before, None
        if self._purpose is Purpose.ENROLLING and before is Purpose.TAKING:
            self._run(before)
        elif self._purpose is not None:
            self._end()

    def apply(self, new: Settings, former: Settings) -> None:
        """Apply new settings; restart the camera if they affect it."""
        self._settings = new
        if new.stranger_odds != former.stranger_odds:
            sessions = self._tools.sessions
            self._aside(lambda: sessions.set_odds(new.stranger_odds))
        if opened_with(new) == opened_with(former):
            return
        if isinstance(self._ended_by, CameraError):  # no setting brings a model back
            self._forget_failure()
        if self._purpose:
            self._run(self._purpose)

    @property
    def waiting(self) -> int:
        """Count the sightings that could not be saved yet."""
        return self._recorder.waiting

    def retry_recording(self) -> None:
        """Retry saving the sightings that could not be saved."""
        self._recorder.retry()

    def warm_up(self) -> None:
        """Load in the background what the first start needs."""
        settings, sessions = self._settings, self._tools.sessions
        self._aside(lambda: sessions.warm_up(settings))

    def close(self, given_up: Callable[[], bool]) -> None:
        """Switch the camera off; no signal comes after that.

        Waits for its threads, until ``given_up()`` if the control thread does not return.
        """
        self._feed = None
        self._meter.stop()
        self._purpose = None
        stopped = self._tools.control.submit(self._tools.sessions.stop)
        if wait_for(stopped, given_up):
            stopped.result()

    def _run(self, purpose: Purpose) -> None:
        # Sightings are recorded only while attendance is taken.
        record = self._recorder.record if purpose is Purpose.TAKING else lambda _: None
        feed = Feed(record, self._pictured.emit, self._stated.emit, self._failed.emit)
        self._feed = feed
        # Read here: they may change while the control thread works.
        settings, sessions = self._settings, self._tools.sessions
        samples, person = purpose is Purpose.ENROLLING, self._person
        self._set_purpose(purpose)
        self._set_state(CameraState.OPENING)
        self._meter.start()

        def start() -> None:
            try:
                sessions.start(settings, feed.hooks(), want_samples=samples, person=person)
            except FaceAppError:
                raise
            except Exception as bug:  # noqa: BLE001 - reported like a fault of the running session
                self._failed.emit(feed, bug)

        self._aside(start, failed=lambda error: self._hear_failed_start(feed, error))

    def _end(self) -> None:
        self._feed = None
        self._meter.stop()
        self.speed_changed.emit(None)
        self._set_purpose(None)
        self._set_state(CameraState.STOPPED)
        self._aside(self._tools.sessions.stop)

    def _aside(self, job: Callable[[], None], **then: Unpack[Then[None]]) -> None:
        """Run ``job()`` on the control thread, like `Ops.run`."""
        self._tools.ops.follow(self._tools.control.submit(job), **then)

    def _take(self, feed: Feed) -> None:
        shown = feed.take()
        if shown is not None and feed is self._feed:
            self.seen.emit(shown)

    def _hear_state(self, feed: Feed, state: CameraState) -> None:
        if feed is self._feed and state is not CameraState.STOPPED:
            self._set_state(state)

    def _hear_failed_start(self, feed: Feed, error: FaceAppError) -> None:
        self._tell_failure(error)
        if feed is self._feed:
            self.stop()

    def _tell_failure(self, error: FaceAppError) -> None:
        if not isinstance(error, StoreError):  # which may concern more than the camera
            self._ended_by = error
        self._tools.notices.error(error)

    def _forget_failure(self) -> None:
        """Withdraw what ended the last run: it is tried again, or concerned another camera."""
        if self._ended_by is not None:
            self._tools.notices.withdraw(self._ended_by.code)
            self._ended_by = None

    def _hear_failure(self, feed: Feed | None, error: Exception) -> None:
        if feed is not None and feed is not self._feed:
            return
        if not isinstance(error, FaceAppError):
            self._tools.notices.bug(error)
            if feed is not None:
                self._begin_again()
            return
        if feed is None:
            self._hear_unsaved(error)
            return
        self._tell_failure(error)
        # Without a model the camera is of no use.
        if error.code.startswith("model"):
            self.stop()

    def _hear_unsaved(self, error: FaceAppError) -> None:
        # Each retry fails with the same error; a dismissed notice must not come back.
        if error.code not in self._unsaved:
            self._unsaved.add(error.code)
            self._tools.notices.error(error)

    def _hear_saved(self) -> None:
        self._unsaved.clear()

    def _begin_again(self) -> None:
        """Restart after a fault of our own ended the session; stop if a second one follows soon.

        The window must never claim to take attendance while no session runs.
        """
        purpose, again = self._purpose, self._fault.isValid() and self._fault.elapsed() < FAULT_MS
        self._fault.start()
        if purpose is None:
            return
        if not again:
            self._run(purpose)
            return
        self.stop()
        # Enrolling is started again on its own page.
        restart = Action(words.START_AGAIN(), lambda: self.start(purpose))
        action = restart if self._purpose is None and purpose is not Purpose.ENROLLING else None
        notice = Notice(words.FAULT(), words.FAULT_HINT(), Tone.BAD, action, key=FAULT_KEY)
        self._tools.notices.tell(notice)

    def _measure(self) -> None:
        if self._feed is not None:
            self.speed_changed.emit(self._feed.speed())

    def _set_purpose(self, purpose: Purpose | None) -> None:
        if purpose is not self._purpose:
            self._purpose = purpose
            self.purpose_changed.emit(purpose)

    def _set_state(self, state: CameraState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
