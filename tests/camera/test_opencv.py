from __future__ import annotations

import platform
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from faceapp.camera import open_camera
from faceapp.camera.opencv import OpenCvCamera, as_rgb
from faceapp.clock import SystemClock
from faceapp.errors import CameraNotFound
from faceapp.types import CameraState
from tests.camera.fakes import read_all
from tests.camera.made import encoded, quarters
from tests.helpers.clock import HandClock

RGB = quarters(240, 320)


class ScriptedCapture:
    """Gives what it is told to, as OpenCV's captures do."""

    def __init__(self, clock: HandClock, given: list[np.ndarray | cv2.error | None]) -> None:
        self.released = 0
        self._clock = clock
        self._given = given

    def read(self) -> tuple[bool, np.ndarray]:
        self._clock.move(0.1)
        picture = self._given.pop(0) if self._given else None
        if isinstance(picture, cv2.error):
            raise picture
        nothing = np.empty((0, 0, 3), np.uint8)
        return picture is not None, nothing if picture is None else picture

    def release(self) -> None:
        self.released += 1


def test_blue_green_red_becomes_red_green_blue() -> None:
    bgr = np.ascontiguousarray(RGB[..., ::-1])
    rgb = as_rgb(bgr)
    assert rgb is not None
    assert np.array_equal(rgb, RGB)
    assert not np.shares_memory(rgb, bgr)


def test_grey_becomes_rgb() -> None:
    rgb = as_rgb(np.full((4, 6), 7, np.uint8))
    assert rgb is not None
    assert rgb.shape == (4, 6, 3)
    assert set(rgb.ravel().tolist()) == {7}


@pytest.mark.parametrize(
    "picture",
    [
        None,
        np.empty((0, 0, 3), np.uint8),
        np.zeros((4, 4, 2), np.uint8),
        np.zeros((4, 4, 3), np.uint16),
        np.zeros(12, np.uint8),
    ],
    ids=["none", "empty", "two channels", "16 bit", "flat"],
)
def test_what_is_no_picture_is_none(picture: np.ndarray | None) -> None:
    assert as_rgb(picture) is None


def test_a_driver_that_stops_is_lost_after_a_moment() -> None:
    clock = HandClock()
    capture = ScriptedCapture(clock, [RGB, None, RGB, None])
    camera = OpenCvCamera(capture, "0", clock)
    assert camera.read() is not None
    assert camera.read() is None
    assert camera.state is CameraState.OK
    assert camera.read() is not None
    for _ in range(3):
        assert camera.read() is None
    assert camera.state is CameraState.LOST
    camera.close()
    camera.close()
    assert capture.released == 1


def test_a_driver_that_raises_or_gives_nonsense_is_a_driver_that_stopped() -> None:
    clock = HandClock()
    error = cv2.error("driver")
    camera = OpenCvCamera(ScriptedCapture(clock, [RGB, error, RGB[:0], error, error]), "0", clock)
    read = [camera.read() for _ in range(5)]
    assert [frame is not None for frame in read] == [True, False, False, False, False]
    assert camera.state is CameraState.LOST


def test_a_camera_that_takes_its_time_to_start_is_not_lost() -> None:
    clock = HandClock()
    camera = OpenCvCamera(ScriptedCapture(clock, [*[None] * 15, RGB]), "0", clock)
    frames = [frame for _ in range(16) if (frame := camera.read())]
    assert len(frames) == 1
    assert frames[0].t_s == clock.t_s
    assert camera.state is CameraState.OK


class MjpegHandler(BaseHTTPRequestHandler):
    """Thirty pictures as an old network camera sends them, then the end."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        for number in range(30):
            jpeg = encoded(np.roll(RGB, number, axis=1), "JPEG", quality=95)
            head = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            try:
                self.wfile.write(head.encode() + jpeg + b"\r\n")
            except OSError:
                return  # the app has hung up

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def network_camera(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), MjpegHandler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://user:s3cret@127.0.0.1:{server.server_port}/video.mjpg"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_stream_is_read_until_it_ends(
    network_camera: str, capfd: pytest.CaptureFixture[str]
) -> None:
    camera = open_camera(network_camera, clock=SystemClock(), live=False)
    frames = read_all(camera)
    camera.close()
    assert "s3cret" not in camera.name
    assert camera.name.startswith("http://127.0.0.1:")
    assert len(frames) >= 25
    assert frames[0].rgb.shape == (240, 320, 3)
    assert np.abs(frames[0].rgb[50:60, 50:60].astype(int) - [255, 0, 0]).max() < 20
    assert capfd.readouterr().err == ""


def test_a_live_stream_is_opened_by_its_first_read(network_camera: str) -> None:
    camera = open_camera(network_camera, clock=SystemClock())
    assert camera.state is CameraState.OPENING
    frame = camera.read()
    assert frame is not None
    assert camera.state is CameraState.OK
    camera.close()
    assert camera.state is CameraState.STOPPED


def test_a_stream_that_is_not_there_is_told_without_its_password(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(CameraNotFound) as caught:
        open_camera("rtsp://user:s3cret@127.0.0.1:9/x", clock=SystemClock(), live=False)
    assert "s3cret" not in str(caught.value)
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(platform.system() != "Linux", reason="paths of Linux")
def test_a_webcam_that_is_not_there_is_missing(capfd: pytest.CaptureFixture[str]) -> None:
    source = "/dev/v4l/by-id/usb-Nobody_has_this-video-index0"
    with pytest.raises(CameraNotFound):
        open_camera(source, clock=SystemClock(), live=False)
    live = open_camera(source, clock=HandClock())
    assert live.read() is None
    assert live.state is CameraState.MISSING
    live.close()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("source", ["999999999", "1" + "0" * 12, "9" * 5000, "demo:" + "9" * 5000])
def test_no_camera_has_so_high_a_number(
    source: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for system in ("Linux", "elsewhere"):
        monkeypatch.setattr(platform, "system", lambda system=system: system)
        with pytest.raises(CameraNotFound):
            open_camera(source, clock=HandClock(), live=False)
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(platform.system() != "Linux", reason="paths of Linux")
def test_a_device_that_gives_no_pictures_is_no_busy_camera() -> None:
    with pytest.raises(CameraNotFound):
        open_camera("/dev/null", clock=SystemClock(), live=False)


@pytest.mark.skipif(platform.system() != "Linux", reason="names are bytes on Linux only")
def test_an_address_that_is_no_text_is_refused() -> None:
    with pytest.raises(CameraNotFound):
        open_camera("rtsp://127.0.0.1/\udcff", clock=SystemClock(), live=False)
