"""What every camera keeps, whatever delivers its frames."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.camera import OPENERS, Camera, open_camera
from faceapp.camera.opencv import OpenCvCamera
from faceapp.camera.source import SourceKind
from faceapp.camera.steady import SteadyCamera
from faceapp.types import CameraState, Frame
from tests.camera.fakes import ScriptedCamera, pictures
from tests.camera.made import encoded, quarters
from tests.helpers.clock import HandClock

Made = tuple[Camera, HandClock]
Maker = Callable[[Path], Made]


def clip(folder: Path) -> str:
    path = folder / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (64, 48))
    for rgb in (step.rgb for step in pictures(30)):
        assert rgb is not None
        writer.write(cv2.resize(rgb, (64, 48)))
    writer.release()
    return str(path)


def picture_folder(folder: Path) -> str:
    for number in range(5):
        turned = np.roll(quarters(), number, axis=1)
        (folder / f"{number}.png").write_bytes(encoded(turned, "PNG"))
    return str(folder)


def one_picture(folder: Path) -> str:
    return str(Path(picture_folder(folder)) / "0.png")


def opened(source: Callable[[Path], str], *, live: bool) -> Maker:
    def make(folder: Path) -> Made:
        clock = HandClock()
        return open_camera(source(folder), clock=clock, live=live), clock

    return make


def steady(_folder: Path) -> Made:
    clock = HandClock()
    camera = ScriptedCamera(clock, pictures(200))
    return SteadyCamera("0", lambda: camera, clock), clock


def webcam(folder: Path) -> Made:
    """A webcam's camera on the one kind of device that is always there."""
    clock = HandClock()
    return OpenCvCamera(Device(clip(folder), clock), "0", clock), clock


class Device:
    """A video behind a driver that waits for each picture."""

    def __init__(self, path: str, clock: HandClock) -> None:
        self._capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG)
        self._clock = clock

    def read(self) -> tuple[bool, np.ndarray]:
        self._clock.move(1 / 15)
        return self._capture.read()

    def release(self) -> None:
        self._capture.release()


def scripted(_folder: Path) -> Made:
    clock = HandClock()
    return ScriptedCamera(clock, pictures(200)), clock


MAKERS: dict[str, Maker] = {
    "demo": opened(lambda _: "demo", live=False),
    "demo live": opened(lambda _: "demo", live=True),
    "demo of one": opened(lambda _: "demo:P01", live=False),
    "video": opened(clip, live=False),
    "video live": opened(clip, live=True),
    "folder": opened(picture_folder, live=False),
    "folder live": opened(picture_folder, live=True),
    "picture live": opened(one_picture, live=True),
    "webcam": webcam,
    "steady": steady,
    "scripted": scripted,
}


@pytest.fixture(params=MAKERS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    return MAKERS[request.param](tmp_path)


def some_frames(camera: Camera, count: int = 5) -> list[Frame]:
    frames: list[Frame] = []
    for _ in range(200):
        if len(frames) < count and camera.state is not CameraState.ENDED:
            frame = camera.read()
            frames += [frame] if frame is not None else []
    return frames


def test_every_kind_of_source_has_an_opener() -> None:
    assert set(OPENERS) == set(SourceKind)


def test_frames_are_rgb_read_only_and_in_order(made: Made) -> None:
    camera, _ = made
    frames = some_frames(camera)
    camera.close()
    assert len(frames) == 5
    for frame in frames:
        assert frame.rgb.dtype == np.uint8
        assert frame.rgb.ndim == 3
        assert frame.rgb.flags.c_contiguous
        assert not frame.rgb.flags.writeable
    for before, after in pairwise(frames):
        assert after.index > before.index
        assert after.t_s > before.t_s
        assert after.at > before.at


def test_it_has_a_name_and_a_state_while_it_delivers(made: Made) -> None:
    camera, _ = made
    some_frames(camera, 2)
    assert camera.name
    assert camera.state is CameraState.OK
    camera.close()


def test_closed_it_is_stopped_and_gives_nothing(made: Made) -> None:
    camera, clock = made
    some_frames(camera, 1)
    camera.close()
    camera.close()
    assert camera.state is CameraState.STOPPED
    before_s = clock.t_s
    assert camera.read() is None
    assert clock.t_s == before_s


def test_no_read_takes_long(made: Made) -> None:
    camera, clock = made
    for _ in range(60):
        before_s = clock.t_s
        camera.read()
        assert clock.t_s - before_s <= 0.5
    camera.close()


def test_it_may_be_closed_before_anything_is_read(made: Made) -> None:
    camera, _ = made
    camera.close()
    assert camera.state is CameraState.STOPPED
