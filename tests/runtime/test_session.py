from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pytest

from faceapp.camera import Camera
from faceapp.camera.steady import SteadyCamera
from faceapp.errors import CameraNotFound, FaceAppError, ModelMissing
from faceapp.pipeline import Pipeline
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.threshold import Thresholds
from faceapp.runtime.capture import SILENT_S
from faceapp.runtime.keeper import Snapshot
from faceapp.runtime.session import Session, SessionHooks
from faceapp.types import (
    CameraState,
    Decision,
    Frame,
    FrameResult,
    PersonId,
    Sighting,
)
from tests.helpers.clock import HandClock
from tests.helpers.seams import (
    MODEL,
    WAIT_S,
    Hang,
    OneFace,
    ScriptedCamera,
    Step,
    a_frame,
    scripted_pipeline,
)

ADA = PersonId("ada")


def snapshot_of(person: PersonId) -> Snapshot:
    vectors = np.array([[1.0, 0.0]], np.float32)
    thresholds = Thresholds(0.5, 0.4)
    return Snapshot(Gallery.of(vectors, [person]), thresholds, MODEL, lambda *_: thresholds, 0.4)


@dataclass
class Told:
    """All that a session's hooks were told, in order."""

    results: queue.Queue[FrameResult] = field(default_factory=queue.Queue)
    states: queue.Queue[CameraState] = field(default_factory=queue.Queue)
    sightings: queue.Queue[Sighting] = field(default_factory=queue.Queue)
    failures: queue.Queue[Exception] = field(default_factory=queue.Queue)
    looked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def hooks(self) -> SessionHooks:
        return SessionHooks(self._see, self.states.put, self.sightings.put, self.failures.put)

    def _see(self, result: FrameResult) -> None:
        self.results.put(result)
        self.looked.release()

    def wait_for(self, state: CameraState) -> list[CameraState]:
        seen: list[CameraState] = []
        while not seen or seen[-1] is not state:
            seen.append(self.states.get(timeout=WAIT_S))
        return seen


@pytest.fixture
def told() -> Told:
    return Told()


OpenSession = Callable[..., Session]


@pytest.fixture
def clock() -> HandClock:
    """The session's clock: it stands still, so that no frame gets old on a slow machine."""
    return HandClock()


@pytest.fixture
def open_session(told: Told, clock: HandClock) -> Iterator[OpenSession]:
    opened: list[Session] = []

    def make(
        camera: Callable[[], Camera], pipeline: Callable[[], Pipeline] | None = None
    ) -> Session:
        build = pipeline or (lambda: scripted_pipeline(clock))
        session = Session(camera, build, told.hooks(), clock)
        opened.append(session)
        return session

    yield make
    for session in opened:
        session.stop()


def paced(told: Told, count: int) -> list[Step]:
    """Frames that come only after the one before was looked at, so that none is dropped."""

    def step(index: int) -> Step:
        def read() -> Frame:
            assert index == 0 or told.looked.acquire(timeout=WAIT_S)
            return a_frame(index)

        return read

    return [step(index) for index in range(count)]


def test_a_known_face_is_a_result_and_one_sighting(told: Told, open_session: OpenSession) -> None:
    session = open_session(lambda: ScriptedCamera(paced(told, 3)))
    session.set_gallery(snapshot_of(ADA))
    session.start()
    sighting = told.sightings.get(timeout=WAIT_S)
    assert sighting.person == ADA
    assert sighting.at == a_frame(0).at
    assert sighting.camera == "scripted"
    assert sighting.similarity == pytest.approx(1.0)
    assert sighting.threshold == 0.5
    assert sighting.model_id == MODEL
    results = [told.results.get(timeout=WAIT_S) for _ in range(3)]
    assert [result.frame.index for result in results] == [0, 1, 2]
    assert [result.faces[0].decision for result in results] == [Decision.KNOWN] * 3
    assert session.stop()
    assert told.sightings.empty()


def test_nobody_is_seen_without_a_gallery(told: Told, open_session: OpenSession) -> None:
    session = open_session(lambda: ScriptedCamera(paced(told, 3)))
    session.start()
    results = [told.results.get(timeout=WAIT_S) for _ in range(3)]
    assert results[-1].faces[0].decision is Decision.UNKNOWN
    assert session.stop()
    assert told.sightings.empty()


def test_a_new_gallery_counts_from_the_next_frame_on(told: Told, open_session: OpenSession) -> None:
    swapped = threading.Event()

    def second() -> Frame:
        assert swapped.wait(WAIT_S)
        return a_frame(1)

    session = open_session(lambda: ScriptedCamera([lambda: a_frame(0), second]))
    session.set_gallery(snapshot_of(ADA))
    session.start()
    assert told.results.get(timeout=WAIT_S).faces[0].person == ADA
    session.set_gallery(snapshot_of(PersonId("bob")))
    swapped.set()
    assert told.results.get(timeout=WAIT_S).faces[0].person == "bob"


def at_times(told: Told, *times: tuple[float, Callable[[], None]]) -> list[Step]:
    """Return frames of these times in seconds, each after what happens before it."""

    def step(index: int, t_s: float, before: Callable[[], None]) -> Step:
        def read() -> Frame:
            assert index == 0 or told.looked.acquire(timeout=WAIT_S)
            before()
            return replace(a_frame(index), t_s=t_s)

        return read

    return [step(index, *one) for index, one in enumerate(times)]


def nothing() -> None:
    pass


def test_an_empty_room_is_looked_at_less_until_somebody_comes(
    told: Told, open_session: OpenSession, clock: HandClock
) -> None:
    eyes = OneFace()
    eyes.anybody = False

    def somebody_comes() -> None:
        eyes.anybody = True

    steps = at_times(
        told, *((second / 10, nothing) for second in range(0, 110, 5)), (10.54, nothing),
        (10.55, somebody_comes), (10.58, nothing), (10.63, nothing), (10.66, nothing),
    )  # fmt: skip
    session = open_session(lambda: ScriptedCamera(steps), lambda: scripted_pipeline(clock, 1, eyes))
    session.set_gallery(snapshot_of(ADA))
    session.start()
    results = [told.results.get(timeout=WAIT_S) for _ in steps]
    assert [result.frame.index for result in results] == list(range(len(steps)))
    looked = [result.frame.t_s for result in results if result.latency_ms is not None]
    assert looked[-3:] == [10.5, 10.63, 10.66]
    assert [len(result.faces) for result in results[-5:]] == [0, 0, 0, 1, 1]
    assert told.sightings.get(timeout=WAIT_S).person == ADA


def test_whoever_enrols_is_waited_for_with_every_frame(
    told: Told, open_session: OpenSession, clock: HandClock
) -> None:
    eyes = OneFace()
    eyes.anybody = False
    steps = at_times(told, (0.0, nothing), (20.0, nothing), (20.03, nothing), (20.06, nothing))
    session = open_session(lambda: ScriptedCamera(steps), lambda: scripted_pipeline(clock, 1, eyes))
    session.want_samples(True)
    session.start()
    results = [told.results.get(timeout=WAIT_S) for _ in steps]
    assert all(result.latency_ms is not None for result in results)


@pytest.mark.parametrize("state", [CameraState.FROZEN, CameraState.BLACK])
def test_nobody_is_recorded_from_a_picture_that_stands_still(
    told: Told, open_session: OpenSession, state: CameraState
) -> None:
    session = open_session(lambda: ScriptedCamera([a_frame], state=state))
    session.set_gallery(snapshot_of(ADA))
    session.start()
    assert told.results.get(timeout=WAIT_S).faces[0].decision is Decision.KNOWN
    assert session.stop()
    assert told.sightings.empty()


def test_samples_come_when_they_are_wanted(told: Told, open_session: OpenSession) -> None:
    session = open_session(lambda: ScriptedCamera([a_frame]))
    session.want_samples(True)
    session.start()
    sample = told.results.get(timeout=WAIT_S).faces[0].sample
    assert sample is not None
    assert sample.model_id == MODEL


@pytest.mark.expect_log("left behind: capture")
def test_a_hanging_read_is_noticed_and_does_not_hold_up_the_stop(
    told: Told, open_session: OpenSession, clock: HandClock
) -> None:
    hang = Hang(a_frame(1))
    camera = ScriptedCamera([hang])
    session = open_session(lambda: camera)
    session.start()
    assert told.wait_for(CameraState.OK)[0] is CameraState.OPENING
    clock.sleep(SILENT_S + 0.1)
    assert told.wait_for(CameraState.LOST) == [CameraState.LOST]
    assert not session.stop(timeout_s=0.2)
    hang.end.set()
    assert camera.closed.wait(WAIT_S)
    assert told.results.empty()


def test_a_camera_that_hangs_is_called_lost_within_a_second(
    told: Told, open_session: OpenSession, clock: HandClock
) -> None:
    hang = Hang()
    driver = ScriptedCamera([*(partial(a_frame, i) for i in range(5)), hang])
    session = open_session(lambda: SteadyCamera("0", lambda: driver, clock))
    session.start()
    told.wait_for(CameraState.OK)
    assert hang.begun.wait(WAIT_S)
    clock.sleep(1.0)
    assert told.wait_for(CameraState.LOST) == [CameraState.LOST]
    hang.end.set()
    assert session.stop()


@pytest.mark.expect_log("left behind: capture")
def test_an_abandoned_camera_does_not_disturb_the_next_start(
    told: Told, open_session: OpenSession
) -> None:
    hang = Hang(a_frame(99))
    cameras = [ScriptedCamera([hang]), ScriptedCamera([a_frame])]
    waiting = list(cameras)
    session = open_session(lambda: waiting.pop(0))
    session.start()
    told.wait_for(CameraState.OK)
    assert not session.stop(timeout_s=0.2)
    session.start()
    assert told.results.get(timeout=WAIT_S).frame.index == 0
    hang.end.set()
    assert cameras[0].closed.wait(WAIT_S)
    assert session.stop()
    assert told.results.empty()


def test_a_missing_camera_is_told_with_its_state(told: Told, open_session: OpenSession) -> None:
    def open_camera() -> ScriptedCamera:
        raise CameraNotFound(source="9")

    session = open_session(open_camera)
    session.start()
    error = told.failures.get(timeout=WAIT_S)
    assert isinstance(error, CameraNotFound)
    assert told.wait_for(CameraState.MISSING)
    assert session.running


def test_a_missing_model_ends_the_session(told: Told, open_session: OpenSession) -> None:
    def build() -> Pipeline:
        raise ModelMissing(path="m.tflite")

    session = open_session(lambda: ScriptedCamera([a_frame]), build)
    session.start()
    error = told.failures.get(timeout=WAIT_S)
    assert isinstance(error, FaceAppError)
    assert error.code == "model_missing"
    told.wait_for(CameraState.STOPPED)
    assert not session.running


@pytest.mark.expect_log("the session failed")
@pytest.mark.parametrize("where", ["camera", "pipeline"])
def test_a_bug_is_told_and_never_swallowed(
    told: Told, open_session: OpenSession, where: str
) -> None:
    def broken() -> Frame | None:
        raise ZeroDivisionError(where)

    def build() -> Pipeline:
        raise ZeroDivisionError(where)

    if where == "camera":
        session = open_session(lambda: ScriptedCamera([broken]))
    else:
        session = open_session(lambda: ScriptedCamera([a_frame]), build)
    session.start()
    bug = told.failures.get(timeout=WAIT_S)
    assert isinstance(bug, ZeroDivisionError)
    assert bug.args == (where,)
    told.wait_for(CameraState.STOPPED)
    assert not session.running


def test_the_end_of_a_video_is_a_state(told: Told, open_session: OpenSession) -> None:
    session = open_session(lambda: ScriptedCamera([a_frame], end=CameraState.ENDED))
    session.start()
    told.wait_for(CameraState.ENDED)
    assert session.stop()
    assert told.wait_for(CameraState.STOPPED)


def test_a_flood_of_frames_is_dropped_and_counted(told: Told, open_session: OpenSession) -> None:
    first = threading.Event()

    def pipeline() -> Pipeline:
        assert first.wait(WAIT_S)
        return scripted_pipeline(HandClock())

    camera = ScriptedCamera([partial(a_frame, i) for i in range(100)])
    session = open_session(lambda: camera, pipeline)
    session.start()
    assert camera.drained.wait(WAIT_S)
    first.set()
    assert session.dropped == 99


def test_starting_and_stopping_many_times_leaves_nothing(
    told: Told, open_session: OpenSession
) -> None:
    before = threading.active_count()
    session = open_session(lambda: ScriptedCamera([a_frame]))
    for _ in range(50):
        session.start()
        told.results.get(timeout=WAIT_S)
        assert session.stop()
        assert threading.active_count() == before
    assert not session.running


def test_a_running_session_cannot_be_started_again(told: Told, open_session: OpenSession) -> None:
    session = open_session(lambda: ScriptedCamera([a_frame]))
    session.start()
    with pytest.raises(RuntimeError, match="not stopped"):
        session.start()
    assert session.stop()
    assert session.stop()
