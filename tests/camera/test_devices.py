from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from faceapp.camera import CameraInfo, list_cameras
from faceapp.camera.devices import LinuxDevices, delivers_pictures, list_webcams


@pytest.fixture
def devices(tmp_path: Path) -> LinuxDevices:
    """Two webcams of the same make with two nodes each, one without a stable name."""
    dev, sys = tmp_path / "dev", tmp_path / "sys"
    names = {0: "Cheap Cam:  Cheap\n", 1: "Cheap Cam: Cheap\n", 2: "Cheap Cam: Cheap", 10: "Wide"}
    for number, name in names.items():
        (sys / f"video{number}").mkdir(parents=True)
        (sys / f"video{number}" / "name").write_text(name)
    by_id = dev / "v4l" / "by-id"
    by_id.mkdir(parents=True)
    for number in [*names, 3]:
        (dev / f"video{number}").touch()
    (dev / "videodev").touch()
    (by_id / "usb-Cheap_Cam_0001-video-index0").symlink_to("../../video0")
    (by_id / "usb-Wide_7-video-index0").symlink_to("../../video10")
    return LinuxDevices(dev, sys, even)


def even(node: Path) -> bool:
    return int(node.name.removeprefix("video")) % 2 == 0


def test_webcams_have_stable_ids_and_their_own_names(devices: LinuxDevices) -> None:
    by_id = devices.dev / "v4l" / "by-id"
    assert devices.listed() == [
        CameraInfo(str(by_id / "usb-Cheap_Cam_0001-video-index0"), "Cheap Cam: Cheap"),
        CameraInfo(str(devices.dev / "video2"), "Cheap Cam: Cheap (2)"),
        CameraInfo(str(by_id / "usb-Wide_7-video-index0"), "Wide"),
    ]


def test_a_node_without_a_name_is_called_after_itself(devices: LinuxDevices) -> None:
    third = replace(devices, delivers=lambda node: node.name == "video3")
    assert third.listed()[0].label == "video3"


@pytest.mark.parametrize(
    ("source", "node"), [("0", "video0"), ("2", "video2"), ("7", None), ("010", "video10")]
)
def test_a_number_means_the_node_with_that_number(
    devices: LinuxDevices, source: str, node: str | None
) -> None:
    assert devices.find(source) == (devices.dev / node if node else None)


def test_number_0_means_the_first_camera_there_is(devices: LinuxDevices) -> None:
    (devices.dev / "video0").unlink()
    assert devices.find("0") == devices.dev / "video2"
    assert replace(devices, delivers=lambda node: not node.exists()).find("0") is None


def test_stable_names_mean_themselves_while_they_are_there(devices: LinuxDevices) -> None:
    link = devices.dev / "v4l" / "by-id" / "usb-Wide_7-video-index0"
    assert devices.find(str(link)) == link
    (devices.dev / "video10").unlink()
    assert devices.find(str(link)) is None


def test_without_any_device_there_is_none(tmp_path: Path) -> None:
    nothing = LinuxDevices(tmp_path / "dev", tmp_path / "sys")
    assert nothing.listed() == []
    assert nothing.find("0") is None


def test_a_file_that_is_no_video_device_delivers_nothing(tmp_path: Path) -> None:
    (tmp_path / "video0").touch()
    assert not delivers_pictures(tmp_path / "video0")


def test_a_device_that_may_not_be_opened_is_listed(tmp_path: Path) -> None:
    assert delivers_pictures(tmp_path / "gone")


@pytest.mark.parametrize("system", ["Windows", "Darwin"])
def test_elsewhere_cameras_have_numbers(system: str) -> None:
    assert list_webcams(system)[0] == CameraInfo("0", "Camera 1")


def test_the_demo_camera_is_always_offered_and_looking_says_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert list_cameras()[-1] == CameraInfo("demo", "Demo camera")
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")
