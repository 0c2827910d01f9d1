from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication

from faceapp.addresses import is_device
from faceapp.camera.devices import list_webcams
from faceapp.camera.models import CameraInfo
from faceapp.camera.source import SourceKind, kind_of
from faceapp.types import CameraState
from faceapp.ui.cameras import name_of, source_of, trouble_words
from faceapp.ui.translation import Language

LISTED = (
    CameraInfo("/dev/v4l/by-id/usb-046d_C920-video-index0", "HD Pro Webcam C920"),
    CameraInfo("demo", "Demo camera"),
)
ADDRESS, FILE = "rtsp://10.0.0.7/1", "/films/hall.mp4"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (LISTED[0].id, "HD Pro Webcam C920"),
        ("/dev/v4l/by-id/usb-unplugged-video-index0", "usb-unplugged-video-index0"),
        ("0", "First camera"),
        ("2", "Camera 3"),
        ("demo", "Demo camera"),
        ("demo:7", "Demo camera"),
        ("rtsp://ann:secret@10.0.0.4/main?x=1", "rtsp://10.0.0.4/main?x=1"),
        ("ann:sec/ret@10.0.0.4", "10.0.0.4"),
        ("/home/ann/a film.mp4", "a film.mp4"),
        ("", ""),
    ],
)
def test_cameras_are_named_for_people(source: str, expected: str) -> None:
    assert name_of(source, LISTED) == expected


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("file:///home/ann/a%20film.mp4", "/home/ann/a film.mp4"),
        (" /home/ann/a film.mp4 ", "/home/ann/a film.mp4"),
        ("/home/ann/100%20.mp4", "/home/ann/100%20.mp4"),
        ("rtsp://ann:s%20t@10.0.0.4/main?x=1", "rtsp://ann:s%20t@10.0.0.4/main?x=1"),
        ("0", "0"),
        ("", ""),
    ],
)
def test_a_file_may_be_pasted_as_an_address(typed: str, source: str) -> None:
    assert source_of(typed) == source


def test_cameras_without_a_name_are_counted_in_the_windows_language(qapp: QApplication) -> None:
    unnamed = list_webcams("Windows")
    language = Language(qapp, "de")
    shown = [name_of(one, unnamed) for one in (*(info.id for info in unnamed), "2")]
    language.stop()
    assert shown == ["Kamera 1", "Kamera 2", "Kamera 3"]


@pytest.mark.parametrize("source", ["0", "7", "/dev/video0", "demo", "demo:1", "rtsp://host/x"])
def test_devices_are_what_the_camera_room_opens_as_such(source: str) -> None:
    assert is_device(source) == (kind_of(source) is SourceKind.WEBCAM)


@pytest.mark.parametrize("state", [CameraState.LOST, CameraState.MISSING])
def test_only_a_camera_of_this_machine_has_a_plug_or_cable(state: CameraState) -> None:
    webcam, stream, file = (
        " ".join(trouble_words(source, state)).lower() for source in ("0", ADDRESS, FILE)
    )
    assert re.search("plug|cable", webcam)
    assert "network camera" in stream
    assert "the file" in file
    assert not re.search("plug|cable", stream + file)
    assert "network" not in webcam + file


@pytest.mark.parametrize("source", ["0", "demo", ADDRESS, FILE])
def test_what_every_source_can_have_is_said_alike(source: str) -> None:
    for state in (CameraState.BLACK, CameraState.ENDED):
        assert trouble_words(source, state) == trouble_words("0", state)
