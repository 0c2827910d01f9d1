from __future__ import annotations

from functools import partial

import pytest

from faceapp.errors import CameraLost, CameraNotFound
from faceapp.runtime.capture import FRESH_S, Arrival
from faceapp.runtime.threaded import ThreadedCamera
from faceapp.types import CameraState, Frame
from tests.helpers.clock import HandClock
from tests.helpers.seams import WAIT_S, Hang, ScriptedCamera, a_frame


def frames_of(camera: ThreadedCamera) -> list[int]:
    """Take until the camera has ended; the numbers of the frames."""
    found = []
    while True:
        ended, arrival = camera.ended, camera.take()
        if arrival is not None:
            found.append(arrival.frame.index)
        elif ended:
            return found


def first(camera: ThreadedCamera) -> Arrival:
    while True:
        arrival = camera.take()
        if arrival is not None:
            return arrival


def test_the_newest_is_taken_and_the_last_is_not_lost() -> None:
    steps = [partial(a_frame, index) for index in range(50)]
    scripted = ScriptedCamera(steps, end=CameraState.ENDED)
    with ThreadedCamera(lambda: scripted, HandClock()) as camera:
        assert scripted.closed.wait(WAIT_S)
        assert frames_of(camera) == [49]
        assert camera.state is CameraState.ENDED


def test_what_nobody_took_in_time_is_not_looked_at() -> None:
    clock = HandClock()
    scripted = ScriptedCamera([a_frame])
    with ThreadedCamera(lambda: scripted, clock) as camera:
        assert scripted.drained.wait(WAIT_S)
        clock.sleep(FRESH_S + 0.1)
        assert camera.take() is None
    assert scripted.closed.is_set()


def test_what_ends_the_reading_is_raised_after_what_was_read() -> None:
    def broken() -> Frame | None:
        raise CameraLost(source="scripted")

    scripted = ScriptedCamera([a_frame, broken])
    with ThreadedCamera(lambda: scripted, HandClock()) as camera:
        assert scripted.closed.wait(WAIT_S)
        assert first(camera).camera == "scripted"
        with pytest.raises(CameraLost):
            first(camera)


def test_a_camera_that_cannot_be_opened_is_told() -> None:
    def missing() -> ScriptedCamera:
        raise CameraNotFound(source="7")

    with ThreadedCamera(missing, HandClock()) as camera, pytest.raises(CameraNotFound):
        first(camera)


@pytest.mark.expect_log("left behind: capture")
def test_a_driver_that_hangs_is_left_behind() -> None:
    hang = Hang()
    with ThreadedCamera(lambda: ScriptedCamera([hang]), HandClock()) as camera:
        assert hang.begun.wait(WAIT_S)
    assert not camera.ended
    hang.end.set()
