from __future__ import annotations

from threading import Event

import pytest

from faceapp.errors import CameraBusy, CameraError, CameraLost, CameraNotFound
from faceapp.runtime.capture import SILENT_S, Arrival, Capture, believed
from faceapp.runtime.mailbox import Mailbox
from faceapp.types import CameraState, Frame
from tests.helpers.clock import HandClock
from tests.helpers.seams import ScriptedCamera, a_frame


@pytest.mark.parametrize("said", CameraState)
def test_a_camera_is_believed_unless_it_was_silent_for_long(said: CameraState) -> None:
    assert believed(said, frame_s=0.0, now_s=SILENT_S) is said
    later = CameraState.LOST if said.delivers else said
    assert believed(said, frame_s=0.0, now_s=SILENT_S + 0.01) is later


def test_frames_are_handed_over_until_the_source_ends() -> None:
    clock, box = HandClock(), Mailbox[Arrival]()
    camera = ScriptedCamera([lambda: a_frame(0), lambda: a_frame(1)], end=CameraState.ENDED)
    capture = Capture(lambda: camera, box, clock)
    assert capture.state() is CameraState.OPENING
    capture.run(Event())
    arrival = box.take(0)
    assert arrival is not None
    assert arrival.frame.index == 1
    assert arrival.camera == "scripted"
    assert arrival.at_s == clock.monotonic()
    assert capture.state() is CameraState.ENDED
    assert camera.closed.is_set()


def test_the_state_is_told_while_a_read_is_under_way() -> None:
    clock, stop = HandClock(), Event()
    told: list[CameraState] = []

    def reading() -> Frame | None:
        told.append(capture.state())
        clock.sleep(SILENT_S + 0.1)
        told.append(capture.state())
        stop.set()
        return None

    capture = Capture(lambda: ScriptedCamera([reading]), Mailbox[Arrival](), clock)
    capture.run(stop)
    assert told == [CameraState.OK, CameraState.LOST]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (CameraNotFound(source="7"), CameraState.MISSING),
        (CameraBusy(source="7"), CameraState.BUSY),
        (CameraLost(source="7"), CameraState.LOST),
    ],
)
def test_a_camera_that_cannot_be_opened_leaves_its_state(
    error: CameraError, state: CameraState
) -> None:
    def open_camera() -> ScriptedCamera:
        raise error

    capture = Capture(open_camera, Mailbox[Arrival](), HandClock())
    with pytest.raises(type(error)):
        capture.run(Event())
    assert capture.state() is state


def test_a_camera_is_closed_when_reading_fails() -> None:
    def broken() -> Frame | None:
        raise CameraLost(source="scripted")

    camera = ScriptedCamera([broken])
    capture = Capture(lambda: camera, Mailbox[Arrival](), HandClock())
    with pytest.raises(CameraLost):
        capture.run(Event())
    assert camera.closed.is_set()
    assert capture.state() is CameraState.LOST
