"""A camera is chosen from a list or given by its address, which is never lost while it is typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from faceapp.addresses import DEMO
from faceapp.camera import CameraInfo
from faceapp.types import CameraState, RangeMode
from faceapp.ui.cameras import trouble_words
from faceapp.ui.page import PageKey
from faceapp.ui.pages.settings import SettingsPage
from faceapp.ui.pages.settings.camera import OTHER, CameraSection
from faceapp.ui.widgets.labels import plain_tip
from faceapp.ui.words import live
from faceapp.ui.words import settings as words
from tests.ui.kept import kept_when_closed, saved
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import choose

pytestmark = pytest.mark.usefixtures("noon")


def test_the_distance_is_said_in_words(room: Room) -> None:
    box = room.open(SettingsPage).camera.range_box
    box.setFocus()
    room.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert saved(room).range_mode == "far"
    said = room.toast
    assert said == f"{words.RANGE()}: {words.RANGE_CHOICE[RangeMode.FAR]()}"


def test_a_camera_is_chosen_or_given_by_its_address(room: Room, parts: RoomParts) -> None:
    parts.listed = (CameraInfo("usb-1", "Front door <b>"), CameraInfo(DEMO, "Demo"))
    section = room.open(SettingsPage).camera
    room.until(lambda: section.camera_box.findData("usb-1") >= 0)
    choose(section.camera_box, "usb-1")
    assert saved(room).camera == "usb-1"
    typed(room, " rtsp://hall/1 ")
    assert section.address.isVisible()
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "rtsp://hall/1"
    assert section.camera_box.currentData() == "rtsp://hall/1"
    assert not section.address.isVisible()
    assert section.camera_box.hasFocus()


def test_a_file_pasted_from_a_file_manager_is_no_network_camera(room: Room) -> None:
    section = typed(room, "file:///films/the%20hall.mp4")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "/films/the hall.mp4"
    assert section.camera_box.currentText() == "the hall.mp4"
    trouble, _ = trouble_words(saved(room).camera, CameraState.MISSING)
    assert trouble == live.FILE_TROUBLE[CameraState.MISSING][0]()


def typed(room: Room, address: str) -> CameraSection:
    """An address that is typed and not yet taken."""
    section = room.open(SettingsPage).camera
    choose(section.camera_box, OTHER)
    room.qtbot.keyClicks(section.address, address)
    return section


def test_an_address_is_taken_when_the_page_is_left(room: Room) -> None:
    typed(room, "rtsp://hall/1")
    room.window.open(PageKey.LIVE)
    assert saved(room).camera == "rtsp://hall/1"


def test_an_address_is_taken_when_the_window_closes(room: Room) -> None:
    typed(room, "rtsp://hall/1")
    assert kept_when_closed(room).camera == "rtsp://hall/1"


def test_the_address_in_force_can_be_typed_again(room: Room) -> None:
    room.desk.settings.change("camera", "rtsp://hall/1")
    section = typed(room, "rtsp://hall/1")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert not section.address.isVisible()
    assert section.camera_box.currentData() == "rtsp://hall/1"


def test_an_address_is_not_closed_by_another_setting(room: Room) -> None:
    section = typed(room, "rtsp://ha")
    room.desk.settings.change("embed_threads", 2)
    room.qtbot.keyClicks(section.address, "ll/1")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "rtsp://hall/1"


def test_cameras_that_are_found_meanwhile_do_not_close_the_address(
    room: Room, parts: RoomParts
) -> None:
    section = typed(room, "rtsp://ha")
    parts.listed = (CameraInfo("usb-1", "Front door"), CameraInfo(DEMO, "Demo"))
    section.look()
    room.until(section.refresh_button.isEnabled)
    room.qtbot.keyClicks(section.address, "ll/1")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "rtsp://hall/1"
    room.until(lambda: section.camera_box.findData("usb-1") >= 0)


def test_a_long_address_can_be_read_whole(room: Room) -> None:
    long = "rtsp://hall.example.org/a/stream/that/has/no/room"
    room.desk.settings.change("camera", f"{long}<1>")
    assert room.open(SettingsPage).camera.camera_box.toolTip() == plain_tip(f"{long}<1>")


def test_a_login_in_an_address_is_not_shown_when_it_is_saved(room: Room) -> None:
    section = typed(room, "rtsp://ann:secret@hall/1")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "rtsp://ann:secret@hall/1"
    assert "hall/1" in room.toast
    assert "secret" not in room.toast
