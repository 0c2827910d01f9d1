"""The picture of the live page: what stands in its place, who is in it, and what is recorded."""

from __future__ import annotations

from typing import NoReturn

import pytest

from faceapp.config import Settings
from faceapp.types import CameraState
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.overlay import Look
from faceapp.ui.page import PageKey
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live.picture import Scene
from tests.ui.pages.live import names, with_grace
from tests.ui.rooms import Room
from tests.ui.seen import buttons, click, press, texts

pytestmark = pytest.mark.usefixtures("noon")


def test_without_people_it_offers_the_first_step(room: Room) -> None:
    page = room.page(LivePage)
    room.until(lambda: page.picture.scene is Scene.NOBODY)
    assert page.picture.empty.accessibleName() == words.live.NOBODY_TITLE()


def test_who_is_sent_to_enrolling_is_told_why(room: Room) -> None:
    page = room.page(LivePage)
    room.until(lambda: page.picture.scene is Scene.NOBODY)
    click(page.controls.start)
    assert room.window.page.accessibleName() == words.shell.ENROL()
    assert words.live.NOBODY() in texts(room.window.toast)


def test_taking_attendance_records_who_is_seen_and_says_so(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.enrol("P02", "Omar Haddad", likeness=0.0)
    page = room.page(LivePage)
    room.until(lambda: page.side.counts.text() == "0 here · 2 missing")
    assert page.picture.scene is Scene.OFF

    click(page.controls.start)
    room.until(lambda: page.side.counts.text() == "1 here · 1 missing")

    assert page.picture.scene is Scene.VIDEO
    assert page.greeting.isVisible()
    assert page.greeting.accessibleName().startswith("Grace Okafor, in · ")
    assert names(page) == ["Grace Okafor"]
    press(page.side, words.live.HERE())
    assert names(page) == ["Grace Okafor"]
    press(page.side, words.live.MISSING())
    assert names(page) == ["Omar Haddad"]
    assert [(one.person, one.camera) for one in room.entries()] == [("P01", "standing")]

    click(page.controls.start)
    assert page.picture.scene is Scene.OFF
    assert not page.picture.video.has_picture
    room.until(lambda: room.parts.cameras[-1].read() is None)


def test_a_double_click_does_not_end_what_it_begins(room: Room) -> None:
    page = with_grace(room)
    room.until(lambda: page.day.people == 1)
    for pressed, purpose in (
        (page.controls.preview, Purpose.PREVIEW),
        (page.controls.start, Purpose.TAKING),
        (page.controls.start, None),
    ):
        room.double_click(pressed)
        assert room.desk.camera.purpose is purpose


def test_a_preview_records_nobody(room: Room) -> None:
    page = with_grace(room)
    click(page.controls.preview)
    room.until(lambda: page.picture.video.accessibleDescription().endswith("Okafor\u2069"))
    click(page.controls.preview)
    assert room.desk.camera.purpose is None
    assert room.entries() == []


def test_the_preview_says_why_it_is_disabled(room: Room) -> None:
    controls = with_grace(room).controls
    told = []
    for change in (controls.start, controls.start):
        click(change)
        told.append((controls.preview.isEnabled(), controls.preview.toolTip()))
    assert told == [(False, words.live.PREVIEW_NOT_NOW()), (True, words.live.PREVIEW_TIP())]


def test_camera_trouble_replaces_the_picture(room: Room) -> None:
    page = with_grace(room)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: page.picture.scene is Scene.VIDEO)
    for state in (CameraState.LOST, CameraState.BLACK, CameraState.FROZEN, CameraState.BUSY):
        room.parts.cameras[-1].state = state
        with room.qtbot.waitSignal(room.desk.camera.state_changed):
            pass
        assert page.picture.scene is Scene.TROUBLE
        assert page.picture.empty.accessibleName() == words.live.TROUBLE[state][0]()
        assert not page.picture.video.has_picture
    room.parts.cameras[-1].state = CameraState.OK
    room.until(lambda: page.picture.scene is Scene.VIDEO)


def test_a_video_that_is_over_is_started_again(room: Room) -> None:
    page = with_grace(room)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: page.picture.scene is Scene.VIDEO)
    room.parts.cameras[-1].state = CameraState.ENDED
    room.until(lambda: page.picture.scene is Scene.TROUBLE)
    assert buttons(page.picture.empty) == [words.live.START_AGAIN()]
    opened_before = len(room.parts.cameras)
    press(page.picture.empty, words.live.START_AGAIN())
    room.until(lambda: page.picture.scene is Scene.VIDEO)
    assert len(room.parts.cameras) == opened_before + 1
    assert room.desk.camera.purpose is Purpose.TAKING


@pytest.mark.expect_log("a fault of the program|failed|a bug")
def test_a_fault_while_looking_begins_again_once_and_then_says_that_it_stopped(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = with_grace(room)
    built: list[Settings] = []

    def broken(settings: Settings) -> NoReturn:
        built.append(settings)
        raise RuntimeError("broken eyes")

    room.until(lambda: room.parts.built == 1)  # that of the window itself
    monkeypatch.setattr(room.parts, "build_pipeline", broken)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: words.live.FAULT() in [notice.what for notice in room.told])
    assert len(built) == 2
    assert room.desk.camera.purpose is None
    room.until(lambda: page.picture.scene is Scene.OFF)
    monkeypatch.undo()
    (anew,) = (notice.action for notice in room.told if notice.what == words.live.FAULT())
    assert anew is not None
    anew.run()
    room.until(lambda: page.picture.scene is Scene.VIDEO)
    room.bugs.clear()


def test_leaving_the_page_leaves_no_picture_in_memory(room: Room) -> None:
    page = with_grace(room)
    video = page.picture.video
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: "Grace Okafor" in video.accessibleDescription())
    room.window.open(PageKey.PEOPLE)
    assert not video.has_picture
    assert "Grace Okafor" not in video.accessibleDescription()
    room.window.open(PageKey.LIVE)
    assert page.picture.scene is Scene.OPENING
    room.until(lambda: page.picture.scene is Scene.VIDEO)


def test_leaving_the_page_ends_a_preview_but_not_the_taking(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.desk.camera.start(Purpose.PREVIEW)
    room.window.open(PageKey.PEOPLE)
    assert room.desk.camera.purpose is None
    room.desk.camera.start(Purpose.TAKING)
    room.window.open(PageKey.LIVE)
    room.window.open(PageKey.PEOPLE)
    assert room.desk.camera.purpose is Purpose.TAKING
    room.until(lambda: len(room.entries()) == 1)


def test_what_cannot_be_saved_waits_and_is_said(room: Room) -> None:
    page = with_grace(room)
    with room.locked():
        room.desk.camera.start(Purpose.TAKING)
        room.until(lambda: room.desk.camera.waiting > 0)
        room.until(room.window.banner.isVisible)
        assert not page.greeting.isVisible()
        assert "Grace Okafor" in page.picture.video.accessibleDescription()
        assert [mark.look for mark in page.picture.video.marks] == [Look.WAITING]
    room.until(page.greeting.isVisible)
    assert room.desk.camera.waiting == 0
    room.until(lambda: not room.window.banner.isVisible())
    assert len(room.entries()) == 1


def test_a_second_visit_is_not_ticked_before_it_is_saved(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.desk.settings.change("cooldown_s", 0)
    page = room.page(LivePage)
    video = page.picture.video
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: [mark.look for mark in video.marks] == [Look.KNOWN])
    looks: list[Look] = []
    room.desk.camera.seen.connect(lambda _: looks.extend(mark.look for mark in video.marks))
    with room.locked():
        # So much later in the camera's time that it is another visit.
        room.parts.cameras[-1].skip(3000)
        room.until(lambda: room.desk.camera.waiting > 0)
        looks.clear()
        room.until(lambda: len(looks) > 20)
        assert set(looks) == {Look.WAITING}
    room.until(lambda: [mark.look for mark in video.marks] == [Look.KNOWN])
