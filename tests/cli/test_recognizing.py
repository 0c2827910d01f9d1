"""Who is told while a camera is watched, and how the watching ends."""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from faceapp.cli.recognizing import LOOK_AGAIN_S, Recognizer, StateNews
from faceapp.errors import CameraBusy, CameraLost, CameraNotFound
from faceapp.service import Service
from faceapp.types import CameraState, Frame, ModelId
from tests.cli.watching import PacedCamera, ScriptedParts, Watch, a_sample, frames
from tests.helpers.clock import HandClock
from tests.helpers.data import GRACE, OMAR, service_on
from tests.helpers.seams import a_frame
from tests.helpers.signals import BREAKS, heard


def test_somebody_known_is_told_once_and_at_once(watch: Watch) -> None:
    camera = PacedCamera(frames(30), end=CameraState.ENDED)
    ((line, recorded),) = watch(camera)
    assert (line.person, line.frame, line.source) == (GRACE.id, 1, "0")
    assert recorded is None
    assert camera.closed.is_set()


def test_who_looks_slowly_looks_at_the_newest_frame(watch: Watch) -> None:
    camera = PacedCamera(frames(8), end=CameraState.ENDED)
    camera.looked.release(100)  # it waits for nobody

    def slowly() -> None:
        assert camera.closed.wait(10)  # it has given all it had

    ((line, _),) = watch(camera, {0: slowly})
    assert line.frame == 7


@pytest.mark.parametrize(("anybody", "looks"), [(False, 3), (True, 4)])
def test_an_empty_room_is_looked_at_less(watch: Watch, anybody: bool, looks: int) -> None:
    steps = [partial(replace, a_frame(), t_s=t_s) for t_s in (0.0, 5.0, 10.0, 10.05)]
    camera = PacedCamera(steps, end=CameraState.ENDED)
    camera.anybody = anybody
    looked: list[int] = []
    watch(camera, {number: partial(looked.append, number) for number in range(len(steps))})
    assert looked == list(range(looks))


def test_a_camera_is_watched_for_so_many_seconds(watch: Watch) -> None:
    clock, read = HandClock(), []

    def step() -> Frame:
        clock.sleep(0.1)
        read.append(clock.monotonic())
        return a_frame(len(read))

    watch(PacedCamera([step] * 1000), clock=clock, seconds=2.0)
    assert 18 <= len(read) <= 25


@pytest.mark.parametrize("number", BREAKS)
def test_a_signal_never_interrupts_the_look_at_a_frame(
    watch: Watch, number: signal.Signals
) -> None:
    camera, looked = PacedCamera(frames(30)), []

    def stop() -> None:
        signal.raise_signal(number)
        looked.append(number)

    with heard():
        ((line, _),) = watch(camera, {1: stop})
    assert (line.decision, line.reason) == ("unsure", "too_few_frames")
    assert looked == [number]


def interrupted() -> None:
    raise KeyboardInterrupt


def test_ctrl_c_tells_who_was_still_in_view(watch: Watch) -> None:
    camera = PacedCamera(frames(30))
    ((line, _),) = watch(camera, {1: interrupted})
    assert (line.decision, line.reason) == ("unsure", "too_few_frames")
    assert line.person is None
    assert camera.closed.is_set()


def test_an_id_that_is_given_to_somebody_else_meanwhile_is_not_told_of_the_former(
    watch: Watch, service: Service, data_dir: Path
) -> None:
    clock = HandClock()

    def elsewhere() -> None:
        with service_on(data_dir / "faceapp.db") as window:
            window.forget(GRACE.id)
            window.enrol(replace(OMAR, id=GRACE.id), [a_sample(0.0, 1.0)])
        clock.sleep(LOOK_AGAIN_S)

    steps = [*frames(10), *frames(150)[100:]]
    camera = PacedCamera(steps, end=CameraState.ENDED)
    shown = watch(camera, {9: elsewhere}, log=True, clock=clock)
    assert [line.person for line, _ in shown] == [GRACE.id, None]
    assert len(service.entries()) == 1


@pytest.mark.parametrize(
    ("state", "error"),
    [
        (CameraState.MISSING, CameraNotFound),
        (CameraState.BUSY, CameraBusy),
        (CameraState.OPENING, CameraLost),
        (CameraState.LOST, CameraLost),
    ],
)
def test_a_camera_that_never_gives_a_picture_is_an_error(
    watch: Watch, state: CameraState, error: type[Exception]
) -> None:
    clock = HandClock()

    class Silent(PacedCamera):
        def read(self) -> Frame | None:
            clock.sleep(0.5)
            self.closed.wait(0.005)
            return None

    camera = Silent([], state=state)
    with pytest.raises(error):
        watch(camera, clock=clock)
    assert camera.closed.is_set()


def test_a_camera_that_is_opened_all_night_is_told_of_once() -> None:
    news, ok = StateNews(), CameraState.OK
    trouble = [CameraState.FROZEN, CameraState.OPENING] * 3
    heard = [ok, ok, *trouble, ok, ok, CameraState.FROZEN, CameraState.FROZEN]
    told = [state for state in heard if news.hear(state)]
    assert told == [CameraState.FROZEN, CameraState.OPENING, ok, CameraState.FROZEN]
    assert news.state is CameraState.FROZEN


def test_a_demo_without_its_people_is_a_camera_that_is_not_there(
    service: Service, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(data_dir), raising=False)
    recognizer = Recognizer(ScriptedParts(data_dir), service, lambda *_: None, log=False)
    with pytest.raises(CameraNotFound):
        recognizer.demo()


@pytest.mark.usefixtures("grace")
def test_samples_of_another_model_are_said(
    service: Service, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Recognizer(ScriptedParts(data_dir), service, lambda *_: None, log=False)
    assert capsys.readouterr().err == ""
    service.enrol(OMAR, [a_sample(1.0, 0.0, ModelId("older"))])
    Recognizer(ScriptedParts(data_dir), service, lambda *_: None, log=False)
    assert (
        "Not recognized until new samples are added (their samples belong to another model "
        'or are damaged): P02; see "faceapp doctor".' in capsys.readouterr().err
    )
