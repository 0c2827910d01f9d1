"""The list of cameras on the live page: looked for again, chosen, and never changed in passing."""

from __future__ import annotations

from typing import NoReturn

import pytest
from PySide6.QtCore import Qt

from faceapp.camera import CameraInfo
from faceapp.errors import CameraLost
from faceapp.ui import words
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live.picture import Scene
from tests.ui.pages.live import with_grace
from tests.ui.rooms import Room
from tests.ui.seen import click, press, turn_wheel

pytestmark = pytest.mark.usefixtures("noon")


def cameras_listed(room: Room) -> LivePage:
    """Wait until the page has found the cameras."""
    page = room.page(LivePage)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
    return page


def test_without_a_camera_the_demo_camera_is_offered(room: Room) -> None:
    page = with_grace(room)
    room.parts.listed = room.parts.listed[1:]
    click(page.controls.refresh)
    room.until(lambda: page.picture.scene is Scene.NO_CAMERA)
    press(page.picture.empty, words.live.USE_DEMO())
    assert room.desk.settings.value.camera == "demo"
    assert page.controls.camera.currentData() == "demo"
    assert page.picture.scene is Scene.OFF


def test_cameras_can_be_looked_for_again_after_that_failed(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> NoReturn:
        raise CameraLost(source="usb")

    page = cameras_listed(room)
    room.until(page.controls.refresh.isEnabled)
    monkeypatch.setattr(room.parts, "list_cameras", lost)
    click(page.controls.refresh)
    room.until(room.window.banner.isVisible)
    assert page.controls.refresh.isEnabled()


def test_looking_for_cameras_by_key_leaves_the_focus_where_it_is(room: Room) -> None:
    page = cameras_listed(room)
    refresh = page.controls.refresh
    refresh.setFocus()
    room.qtbot.keyClick(refresh, Qt.Key.Key_Space)
    room.until(refresh.isEnabled)
    assert room.window.focusWidget() is refresh


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_what_is_clicked_in_the_list_of_cameras_is_what_was_read_there(room: Room) -> None:
    page = cameras_listed(room)
    box = page.controls.camera
    first, *others = room.parts.listed
    gone, door = CameraInfo("usb-8", "Hall"), CameraInfo("usb-9", "Door")
    room.parts.listed = (first, gone, door, *others)
    page.controls.refresh.click()
    room.until(lambda: box.findData("usb-9") >= 0)
    box.showPopup()
    room.until(box.view().isVisible)
    row = box.view().model().index(box.findData("usb-9"), 0)
    place = box.view().visualRect(row).center()
    room.parts.listed = (first, door, *others)
    page.controls.refresh.click()
    room.until(page.controls.refresh.isEnabled)
    room.qtbot.mouseClick(box.view().viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert room.desk.settings.value.camera == "usb-9"
    room.until(lambda: box.findData("usb-8") < 0)
    assert box.currentData() == "usb-9"


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_cameras_found_while_the_list_was_open_are_in_it_the_next_time(room: Room) -> None:
    page = cameras_listed(room)
    box = page.controls.camera
    box.showPopup()
    room.until(box.view().isVisible)
    room.parts.listed = (CameraInfo("usb-9", "Plugged in just now"), *room.parts.listed)
    page.controls.refresh.click()
    room.until(page.controls.refresh.isEnabled)
    chosen = box.currentData()
    room.qtbot.keyClick(box.view(), Qt.Key.Key_Escape)
    room.until(lambda: box.findData("usb-9") >= 0)
    assert box.currentData() == chosen


def test_the_wheel_chooses_no_camera_in_passing(room: Room) -> None:
    page = cameras_listed(room)
    before = room.desk.settings.value
    for box in (page.controls.camera, page.controls.range):
        assert box.count() > 1
        for turned in (-120, 120):
            turn_wheel(box, turned)
            assert room.desk.settings.value == before
