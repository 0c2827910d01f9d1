from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from faceapp.camera import CameraInfo
from faceapp.config import Settings
from faceapp.errors import CameraLost
from faceapp.service import Service
from faceapp.types import (
    CameraState,
    EntryPolicy,
    PersonId,
)
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.dialogs import files
from faceapp.ui.memory import FILE
from faceapp.ui.overlay import Look
from faceapp.ui.page import PageKey
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live import day as day_module
from faceapp.ui.pages.live.picture import Scene
from faceapp.ui.pages.live.side import View
from faceapp.ui.pages.live.side_list import Row, RowLook
from tests.ui.pages.conftest import here, names, seconds
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import buttons, click, press, texts, turn_wheel

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


@pytest.fixture
def again(room: Room) -> LivePage:
    """The page after somebody was seen twice."""
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
    for _ in range(2):
        room.desk.camera.start(Purpose.TAKING)
        with room.qtbot.waitSignal(room.desk.camera.recorded):
            pass
        room.desk.camera.stop()
        room.parts.clock.sleep(2.0)
    room.until(lambda: [text[:7] for text in seconds(page)] == ["already", "in"])
    return page


def test_somebody_seen_again_is_already_in(room: Room, again: LivePage) -> None:
    assert seconds(again)[1] == "in"
    assert len(room.entries()) == 1


def test_who_is_forgotten_was_not_seen_again(room: Room, again: LivePage) -> None:
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: again.day.people == 0)
    assert seconds(again) == ["in"]
    assert "Grace Okafor" not in names(again)


def test_a_struck_entry_of_somebody_forgotten_says_so(room: Room, again: LivePage) -> None:
    (entry,) = room.entries()
    room.do(lambda service: service.void_entry(entry.id, "her twin"))
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: seconds(again) == ["struck: forgotten person"])
    assert names(again) == ["forgotten person"]


def test_who_got_another_name_is_seen_again_under_it(room: Room, again: LivePage) -> None:
    room.do(lambda service: service.rename(PersonId("P01"), "Grace Haddad"))
    room.until(lambda: names(again) == ["Grace Haddad"] * 2)


def test_a_struck_entry_does_not_stand_already(room: Room, again: LivePage) -> None:
    (entry,) = room.entries()
    room.do(lambda service: service.void_entry(entry.id, "wrong"))
    room.until(lambda: seconds(again) == ["struck: wrong"])


def test_a_double_click_does_not_end_what_it_begins(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
    room.until(lambda: page.day.people == 1)
    for pressed, purpose in (
        (page.controls.preview, Purpose.PREVIEW),
        (page.controls.start, Purpose.TAKING),
        (page.controls.start, None),
    ):
        room.double_click(pressed)
        assert room.desk.camera.purpose is purpose


def test_a_preview_records_nobody(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
    click(page.controls.preview)
    room.until(lambda: page.picture.video.accessibleDescription().endswith("Okafor\u2069"))
    click(page.controls.preview)
    assert room.desk.camera.purpose is None
    assert room.entries() == []


def test_camera_trouble_replaces_the_picture(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
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


@pytest.mark.expect_log("a fault of the program|failed|a bug")
def test_a_fault_while_looking_begins_again_once_and_then_says_that_it_stopped(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
    built: list[Settings] = []

    def broken(_self: RoomParts, settings: Settings) -> NoReturn:
        built.append(settings)
        raise RuntimeError("broken eyes")

    room.until(lambda: room.parts.built == 1)  # that of the window itself
    monkeypatch.setattr(RoomParts, "build_pipeline", broken)
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
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
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


def test_without_a_camera_the_demo_camera_is_offered(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
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
    def lost(_self: RoomParts) -> NoReturn:
        raise CameraLost(source="usb")

    page = room.page(LivePage)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
    room.until(page.controls.refresh.isEnabled)
    monkeypatch.setattr(RoomParts, "list_cameras", lost)
    click(page.controls.refresh)
    room.until(room.window.banner.isVisible)
    assert page.controls.refresh.isEnabled()


def test_looking_for_cameras_by_key_leaves_the_focus_where_it_is(room: Room) -> None:
    page = room.page(LivePage)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
    refresh = page.controls.refresh
    refresh.setFocus()
    room.qtbot.keyClick(refresh, Qt.Key.Key_Space)
    room.until(refresh.isEnabled)
    assert room.window.focusWidget() is refresh


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_what_is_clicked_in_the_list_of_cameras_is_what_was_read_there(room: Room) -> None:
    page = room.page(LivePage)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
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
    page = room.page(LivePage)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
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


@pytest.mark.expect_log("a fault of the program|a job failed")
def test_a_bug_while_today_is_read_does_not_end_the_reading(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_service: Service, _group: str | None) -> NoReturn:
        raise RuntimeError("a fault of our own")

    page = room.page(LivePage)
    room.until(lambda: page.day.board is not None)
    with monkeypatch.context() as broken:
        broken.setattr(day_module, "read_board", fails)
        page.day.read()
        room.until(lambda: bool(room.bugs))
    room.bugs.clear()
    assert room.window.bug_box is not None
    room.window.bug_box.close()
    room.enrol("P01", "Grace Okafor")
    room.until(lambda: page.day.people == 1)


def test_of_thousands_who_are_missing_no_list_is_made_until_it_is_wanted(room: Room) -> None:
    side = room.page(LivePage).side
    made: list[View] = []

    def rows(view: View) -> list[Row]:
        made.append(view)
        return [Row(RowLook.MISSING, view.name, "", "", "")]

    side.show_rows({view: partial(rows, view) for view in View})
    assert made == [View.ENTRIES]
    press(side, words.live.MISSING())
    assert made == [View.ENTRIES, View.MISSING]
    assert names(room.page(LivePage)) == ["MISSING"]


def test_the_day_of_one_group_is_told_and_remembered(
    open_room: Callable[[], Room], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = open_room()
    for code, name, group in (("P1", "Ann", "7a"), ("P2", "Ben", "7b"), ("P3", "Cem", "7b")):
        first.add(code, name, group)
    first.see("P1", here(18, 8))
    first.see("P2", here(18, 9))
    page = first.page(LivePage)
    first.until(lambda: page.side.counts.text() == "2 here · 1 missing")
    first.until(page.side.group.isVisible)
    page.side.group.setCurrentIndex(2)
    page.side.group.activated.emit(2)
    first.until(lambda: page.side.counts.text() == "1 here · 1 missing")
    assert names(page) == ["Ben"]
    target = tmp_path / "7b.csv"
    monkeypatch.setattr(files, "ask_export", lambda *_: target)
    page.side.export.click()
    first.until(target.exists)
    assert "Ann" not in target.read_text("utf-8-sig")
    first.close()
    again = open_room()
    page = again.page(LivePage)
    again.until(lambda: page.side.counts.text() == "1 here · 1 missing")
    assert page.side.group.currentText() == "7b"
    # A group that is gone leaves no trace, not even in what the window remembers.
    for code in ("P2", "P3"):
        again.do(lambda service, who=code: service.forget(PersonId(who)))  # type: ignore[misc]
    again.until(lambda: page.side.counts.text() == "1 here · 0 missing")
    assert page.side.group.currentIndex() == 0
    again.close()
    assert "7b" not in (again.parts.data_dir / FILE).read_text("utf-8")


def test_a_video_that_is_over_is_started_again(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
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


def test_the_wheel_chooses_no_camera_in_passing(room: Room) -> None:
    page = room.page(LivePage)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
    before = room.desk.settings.value
    for box in (page.controls.camera, page.controls.range):
        assert box.count() > 1
        for turned in (-120, 120):
            turn_wheel(box, turned)
            assert room.desk.settings.value == before


def test_the_row_that_the_keys_have_chosen_stays_when_somebody_arrives(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.enrol("P02", "Omar Haddad")
    room.see("P01", here(18, 12))
    page = room.page(LivePage)
    shown = page.side.list
    room.until(lambda: names(page) == ["Grace Okafor"])
    shown.setFocus()
    shown.setCurrentIndex(shown.shown_rows.index(0, 0))
    room.see("P02", here(18, 12))
    room.until(lambda: len(names(page)) == 2)
    assert shown.currentIndex().isValid()
    assert shown.shown_rows.row(shown.currentIndex()).first == "Grace Okafor"


def test_the_newest_row_stays_in_sight_whichever_is_chosen(room: Room) -> None:
    page = room.page(LivePage)
    room.until(lambda: page.day.board is not None)
    page.side.show_rows({View.ENTRIES: lambda: [Row(RowLook.RECORDED, "P", "", "", "")]})
    shown = page.side.list
    many = [Row(RowLook.RECORDED, f"P{n}", "09:00", "in", f"P{n}") for n in range(60)]
    shown.shown_rows.show(many[1:])
    room.until(lambda: shown.isVisible() and shown.verticalScrollBar().maximum() > 0)
    shown.setCurrentIndex(shown.shown_rows.index(50, 0))
    shown.verticalScrollBar().setValue(0)
    shown.shown_rows.show(many)
    assert shown.currentIndex().row() == 51
    assert shown.indexAt(shown.viewport().rect().topLeft()).row() == 0


def test_forgetting_somebody_empties_the_lists(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
    room.until(lambda: page.side.counts.text() == "0 here · 1 missing")
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: page.side.counts.text() == "0 here · 0 missing")


def test_who_is_here_follows_the_rules_of_coming_and_going(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.see("P01", here(18, 8), here(18, 9))
    page = room.page(LivePage)
    room.until(lambda: page.side.counts.text() == "1 here · 0 missing")
    room.window.open(PageKey.SETTINGS)
    room.desk.settings.change("policy", EntryPolicy.ALTERNATING.value)
    room.window.open(PageKey.LIVE)
    room.until(lambda: page.side.counts.text() == "0 here · 1 left · 0 missing")


def test_nothing_is_exported_before_there_is_an_entry(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
    room.until(lambda: page.day.people == 1)
    assert not page.side.export.isEnabled()
    room.see("P01", here(18, 8))
    room.until(page.side.export.isEnabled)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_todays_entries_are_exported(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: names(page) == ["Grace Okafor"])
    target = tmp_path / f"today{suffix}"
    # The system's own dialog cannot be worked from here.
    monkeypatch.setattr(files, "ask_export", lambda *_: target)
    click(page.side.export)
    room.until(room.window.toast.isVisible)
    assert room.toast == words.live.EXPORTED(file=target.name)
    if suffix == ".csv":
        assert "Grace Okafor" in target.read_text(encoding="utf-8-sig")
    else:
        sheet = load_workbook(target).active
        assert sheet is not None
        assert sheet["C2"].value == "Grace Okafor"


def test_what_cannot_be_saved_waits_and_is_said(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
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
