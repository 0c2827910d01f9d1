from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from faceapp.camera import CameraInfo
from faceapp.config import Settings
from faceapp.errors import CameraLost
from faceapp.service import Service
from faceapp.types import (
    Box,
    CameraState,
    Confirmation,
    Decision,
    EntryFilter,
    EntryKind,
    EntryPolicy,
    Face,
    Frame,
    FrameResult,
    Person,
    PersonId,
    SeenFace,
    TrackId,
)
from faceapp.ui import words
from faceapp.ui.bridge import Purpose, Shown
from faceapp.ui.dialogs import files
from faceapp.ui.feed import picture
from faceapp.ui.memory import FILE
from faceapp.ui.notices import Notice
from faceapp.ui.overlay import Look
from faceapp.ui.page import PageKey
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live import day as day_module
from faceapp.ui.pages.live.picture import Scene
from faceapp.ui.pages.live.side import View
from faceapp.ui.pages.live.side_list import Row, RowLook
from tests.ui.pages.conftest import here, see
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import buttons, press, texts

pytestmark = pytest.mark.usefixtures("noon")


def live_page(room: Room) -> LivePage:
    page = room.window.page
    assert isinstance(page, LivePage)
    return page


def names(page: LivePage) -> list[str]:
    model = page.side.list.shown_rows
    return [model.row(model.index(row, 0)).first for row in range(model.rowCount())]


def seconds(page: LivePage) -> list[str]:
    model = page.side.list.shown_rows
    return [model.row(model.index(row, 0)).second for row in range(model.rowCount())]


def test_without_people_it_offers_the_first_step(room: Room) -> None:
    page = live_page(room)
    room.until(lambda: page.picture.scene is Scene.NOBODY)
    assert page.picture.empty.accessibleName() == words.live.NOBODY_TITLE()


def test_who_is_sent_to_enrolling_is_told_why(room: Room) -> None:
    page = live_page(room)
    room.until(lambda: page.picture.scene is Scene.NOBODY)
    room.qtbot.mouseClick(page.controls.start, Qt.MouseButton.LeftButton)
    assert room.window.page.accessibleName() == words.shell.ENROL()
    assert words.live.NOBODY() in texts(room.window.toast)


def test_taking_attendance_records_who_is_seen_and_says_so(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.enrol("P02", "Omar Haddad", likeness=0.0)
    page = live_page(room)
    room.until(lambda: page.side.counts.text() == "0 here · 2 missing")
    assert page.picture.scene is Scene.OFF

    room.qtbot.mouseClick(page.controls.start, Qt.MouseButton.LeftButton)
    room.until(lambda: page.side.counts.text() == "1 here · 1 missing")

    assert page.picture.scene is Scene.VIDEO
    assert page.greeting.isVisible()
    assert page.greeting.accessibleName().startswith("Grace Okafor, in · ")
    assert names(page) == ["Grace Okafor"]
    press(room.qtbot, page.side, words.live.HERE())
    assert names(page) == ["Grace Okafor"]
    press(room.qtbot, page.side, words.live.MISSING())
    assert names(page) == ["Omar Haddad"]
    entries = room.do(lambda service: service.entries(EntryFilter()))
    assert [(entry.person, entry.camera) for entry in entries] == [("P01", "standing")]

    room.qtbot.mouseClick(page.controls.start, Qt.MouseButton.LeftButton)
    assert page.picture.scene is Scene.OFF
    assert not page.picture.video.has_picture
    room.until(lambda: room.parts.cameras[-1].read() is None)


@pytest.fixture
def again(room: Room) -> LivePage:
    """The page after somebody was seen twice."""
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    for _ in range(2):
        room.desk.camera.start(Purpose.TAKING)
        with room.qtbot.waitSignal(room.desk.camera.recorded):
            pass
        room.desk.camera.stop()
        room.parts.clock.sleep(2.0)
    room.until(lambda: [text[:7] for text in seconds(page)] == ["already", "in"])
    return page


def test_somebody_seen_again_is_already_in(room: Room, again: LivePage) -> None:
    assert [text[:7] for text in seconds(again)] == ["already", "in"]
    assert len(room.do(lambda service: service.entries())) == 1


def test_who_is_forgotten_was_not_seen_again(room: Room, again: LivePage) -> None:
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: again.day.people == 0)
    assert seconds(again) == ["in"]
    assert "Grace Okafor" not in names(again)


def test_a_struck_entry_of_somebody_forgotten_says_so(room: Room, again: LivePage) -> None:
    (entry,) = room.do(lambda service: service.entries())
    room.do(lambda service: service.void_entry(entry.id, "her twin"))
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: seconds(again) == ["struck: forgotten person"])
    assert names(again) == ["forgotten person"]


def test_who_got_another_name_is_seen_again_under_it(room: Room, again: LivePage) -> None:
    room.do(lambda service: service.rename(PersonId("P01"), "Grace Haddad"))
    room.until(lambda: names(again) == ["Grace Haddad"] * 2)


def test_a_struck_entry_does_not_stand_already(room: Room, again: LivePage) -> None:
    (entry,) = room.do(lambda service: service.entries())
    room.do(lambda service: service.void_entry(entry.id, "wrong"))
    room.until(lambda: seconds(again) == ["struck: wrong"])


def test_a_double_click_does_not_end_what_it_begins(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
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
    page = live_page(room)
    room.qtbot.mouseClick(page.controls.preview, Qt.MouseButton.LeftButton)
    room.until(lambda: page.picture.video.accessibleDescription().endswith("Okafor\u2069"))
    room.qtbot.mouseClick(page.controls.preview, Qt.MouseButton.LeftButton)
    assert room.desk.camera.purpose is None
    assert room.do(lambda service: service.entries()) == []


def test_camera_trouble_replaces_the_picture(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
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
    page = live_page(room)
    built: list[Settings] = []

    def broken(_self: RoomParts, settings: Settings) -> NoReturn:
        built.append(settings)
        raise RuntimeError("broken eyes")

    told: dict[str, Notice] = {}
    room.desk.notices.told.connect(lambda notice: told.update({notice.what: notice}))
    room.until(lambda: room.parts.built == 1)  # that of the window itself
    monkeypatch.setattr(RoomParts, "build_pipeline", broken)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: words.live.FAULT() in told)
    assert len(built) == 2
    assert room.desk.camera.purpose is None
    room.until(lambda: page.picture.scene is Scene.OFF)
    monkeypatch.undo()
    anew = told[words.live.FAULT()].action
    assert anew is not None
    anew.run()
    room.until(lambda: page.picture.scene is Scene.VIDEO)
    room.bugs.clear()


def test_leaving_the_page_leaves_no_picture_in_memory(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
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
    room.until(lambda: len(room.do(lambda service: service.entries())) == 1)


def test_enrolling_pauses_the_taking(room: Room) -> None:
    room.enrol("P01", "Grace Okafor", likeness=0.0)
    live = room.desk.camera
    live.start(Purpose.TAKING)
    live.start(Purpose.ENROLLING)
    with room.qtbot.waitSignal(
        live.seen, check_params_cb=lambda shown: shown.result.faces[0].sample is not None
    ):
        pass
    live.stop()
    assert live.purpose is Purpose.TAKING
    live.stop()
    assert live.purpose is None


def test_without_a_camera_the_demo_camera_is_offered(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    room.parts.listed = room.parts.listed[1:]
    room.qtbot.mouseClick(page.controls.refresh, Qt.MouseButton.LeftButton)
    room.until(lambda: page.picture.scene is Scene.NO_CAMERA)
    offered = page.picture.empty.findChildren(QPushButton)[0]
    room.qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert room.desk.settings.value.camera == "demo"
    assert page.controls.camera.currentData() == "demo"
    assert page.picture.scene is Scene.OFF


def test_cameras_can_be_looked_for_again_after_that_failed(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_self: RoomParts) -> NoReturn:
        raise CameraLost(source="usb")

    page = live_page(room)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
    room.until(page.controls.refresh.isEnabled)
    monkeypatch.setattr(RoomParts, "list_cameras", lost)
    room.qtbot.mouseClick(page.controls.refresh, Qt.MouseButton.LeftButton)
    room.until(room.window.banner.isVisible)
    assert page.controls.refresh.isEnabled()


def test_looking_for_cameras_by_key_leaves_the_focus_where_it_is(room: Room) -> None:
    page = live_page(room)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
    refresh = page.controls.refresh
    refresh.setFocus()
    room.qtbot.keyClick(refresh, Qt.Key.Key_Space)
    room.until(refresh.isEnabled)
    assert room.window.focusWidget() is refresh


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_what_is_clicked_in_the_list_of_cameras_is_what_was_read_there(room: Room) -> None:
    page = live_page(room)
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
    page = live_page(room)
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

    page = live_page(room)
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
    side = live_page(room).side
    made: list[View] = []

    def rows(view: View) -> list[Row]:
        made.append(view)
        return [Row(RowLook.MISSING, view.name, "", "", "")]

    side.show_rows({view: partial(rows, view) for view in View})
    assert made == [View.ENTRIES]
    press(room.qtbot, side, words.live.MISSING())
    assert made == [View.ENTRIES, View.MISSING]
    assert names(live_page(room)) == ["MISSING"]


def test_the_day_of_one_group_is_told_and_remembered(
    qapp: QApplication, qtbot: QtBot, parts: RoomParts, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    first = Room(qapp, qtbot, parts)
    for code, name, group in (("P1", "Ann", "7a"), ("P2", "Ben", "7b"), ("P3", "Cem", "7b")):
        person = Person(PersonId(code), name, (group,))
        first.do(lambda service, who=person: service.add_person(who))  # type: ignore[misc]
    see(first, "P1", here(18, 8))
    see(first, "P2", here(18, 9))
    first.shell.open()
    page = live_page(first)
    first.until(lambda: page.side.counts.text() == "2 here · 1 missing")
    assert page.side.group.isVisible()
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
    again = Room(qapp, qtbot, parts)
    again.shell.open()
    page = live_page(again)
    again.until(lambda: page.side.counts.text() == "1 here · 1 missing")
    assert page.side.group.currentText() == "7b"
    # A group that is gone leaves no trace, not even in what the window remembers.
    for code in ("P2", "P3"):
        again.do(lambda service, who=code: service.forget(PersonId(who)))  # type: ignore[misc]
    again.until(lambda: page.side.counts.text() == "1 here · 0 missing")
    assert page.side.group.currentIndex() == 0
    again.close()
    assert "7b" not in (parts.data_dir / FILE).read_text("utf-8")


def test_a_far_view_opens_the_camera_anew_with_more_pixels(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    live_page(room)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: len(room.parts.cameras) == 1)
    assert not room.parts.far
    room.desk.settings.change("range_mode", "far")
    room.until(lambda: len(room.parts.cameras) == 2)
    assert room.parts.far


def test_a_video_that_is_over_is_started_again(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: page.picture.scene is Scene.VIDEO)
    room.parts.cameras[-1].state = CameraState.ENDED
    room.until(lambda: page.picture.scene is Scene.TROUBLE)
    assert buttons(page.picture.empty) == [words.live.START_AGAIN()]
    opened_before = len(room.parts.cameras)
    press(room.qtbot, page.picture.empty, words.live.START_AGAIN())
    room.until(lambda: page.picture.scene is Scene.VIDEO)
    assert len(room.parts.cameras) == opened_before + 1
    assert room.desk.camera.purpose is Purpose.TAKING


def test_another_camera_is_used_at_once_and_kept(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: len(room.parts.cameras) == 1)
    room.desk.settings.change("camera", "demo")
    room.until(lambda: len(room.parts.cameras) == 2)
    room.until(lambda: page.picture.scene is Scene.VIDEO)
    room.do(lambda service: service.people())
    assert room.parts.settings.camera == "demo"


def test_the_wheel_chooses_no_camera_in_passing(room: Room) -> None:
    page = live_page(room)
    room.until(lambda: page.controls.camera.count() == len(room.parts.listed))
    before = room.desk.settings.value
    for box in (page.controls.camera, page.controls.range):
        assert box.count() > 1
        for turned in (QPoint(0, -120), QPoint(0, 120)):
            at = QPointF(box.rect().center())
            wheel = QWheelEvent(
                at, QPointF(box.mapToGlobal(at)), QPoint(), turned, Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(box, wheel)
            assert room.desk.settings.value == before


def test_the_row_that_the_keys_have_chosen_stays_when_somebody_arrives(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.enrol("P02", "Omar Haddad")
    see(room, "P01", here(18, 12))
    page = live_page(room)
    rows = page.side.list
    room.until(lambda: names(page) == ["Grace Okafor"])
    rows.setFocus()
    rows.setCurrentIndex(rows.shown_rows.index(0, 0))
    see(room, "P02", here(18, 12))
    room.until(lambda: len(names(page)) == 2)
    assert rows.currentIndex().isValid()
    assert rows.shown_rows.row(rows.currentIndex()).first == "Grace Okafor"


def test_the_newest_row_stays_in_sight_whichever_is_chosen(room: Room) -> None:
    page = live_page(room)
    room.until(lambda: page.day.board is not None)
    page.side.show_rows({View.ENTRIES: lambda: [Row(RowLook.RECORDED, "P", "", "", "")]})
    rows = page.side.list
    many = [Row(RowLook.RECORDED, f"P{n}", "09:00", "in", f"P{n}") for n in range(60)]
    rows.shown_rows.show(many[1:])
    room.until(lambda: rows.isVisible() and rows.verticalScrollBar().maximum() > 0)
    rows.setCurrentIndex(rows.shown_rows.index(50, 0))
    rows.verticalScrollBar().setValue(0)
    rows.shown_rows.show(many)
    assert rows.currentIndex().row() == 51
    assert rows.indexAt(rows.viewport().rect().topLeft()).row() == 0


def test_forgetting_somebody_empties_the_lists(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    room.until(lambda: page.side.counts.text() == "0 here · 1 missing")
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: page.side.counts.text() == "0 here · 0 missing")


def test_the_status_line_names_the_camera(room: Room) -> None:
    line = room.window.status_line
    assert words.shell.NO_CAMERA() in texts(line)
    room.desk.camera.start(Purpose.PREVIEW)
    room.until(lambda: "Camera 1: ready" in texts(line))
    room.until(lambda: any(text.endswith("fps") for text in texts(line)))
    room.desk.camera.stop()
    assert words.shell.NO_CAMERA() in texts(line)
    assert not any(text.endswith("fps") for text in texts(line))


@pytest.fixture
def asked(room: Room) -> LivePage:
    """The page with one open question: the visitor may be Grace, who is not sure to be."""
    room.enrol("P01", "Grace Okafor", likeness=0.55)
    room.enrol("P02", "Omar <b>Haddad</b>", likeness=-1.0)
    page = live_page(room)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: words.live.RESOLVE() in seconds(page))
    room.desk.camera.stop()
    first = page.side.list.visualRect(page.side.list.shown_rows.index(0, 0)).center()
    room.qtbot.mouseClick(page.side.list.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert page.questions.dialog is not None
    assert page.questions.dialog.isVisible()
    return page


def unsure(t_s: float) -> Shown:
    """A frame with two faces that may be P01 and P02."""
    frame = Frame(np.zeros((480, 640, 3), np.uint8), t_s, here(18, 12), 1)
    faces = tuple(
        SeenFace(
            Face(Box(200 * number, 50, 100, 100), np.zeros((6, 2), np.float32), 0.9),
            TrackId(number), Decision.UNSURE, None, None, None, PersonId(f"P0{number}"), False, 0.5,
        )
        for number in (1, 2)
    )  # fmt: skip
    return Shown(picture(frame.rgb, mirrored=True), FrameResult(frame, faces, 1.0))


def test_each_of_two_faces_unsure_in_one_frame_can_be_asked_about(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.enrol("P02", "Omar Haddad", likeness=0.0)
    page = live_page(room)
    room.until(lambda: page.day.people == 2)
    for t_s in (0.0, 2.0):
        page.questions.look(unsure(t_s))
    assert seconds(page) == [words.live.RESOLVE()] * 2
    for row in range(2):
        place = page.side.list.visualRect(page.side.list.shown_rows.index(row, 0)).center()
        room.qtbot.mouseClick(page.side.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        dialog = page.questions.dialog
        assert dialog is not None
        room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_somebody_enrolled_while_another_page_is_in_front_is_asked_about(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    room.until(lambda: page.day.people == 1)
    room.window.open(PageKey.ENROL)
    room.enrol("P02", "Omar Haddad", likeness=0.0)
    for t_s in (0.0, 2.0, 4.0):
        page.questions.look(unsure(t_s))
    assert [item.person for item in page.questions.items] == ["P01", "P02"]
    page.day.changed.emit()  # as when somebody is seen again
    assert len(page.questions.items) == 2
    room.window.open(PageKey.LIVE)
    room.until(lambda: page.day.people == 2)
    assert len(page.questions.items) == 2


def test_forgetting_somebody_closes_the_question_about_them(room: Room, asked: LivePage) -> None:
    assert asked.questions.dialog is not None
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: asked.questions.dialog is None)
    assert asked.questions.items == ()
    assert seconds(asked) == []


def test_no_face_of_somebody_forgotten_waits_for_the_way_back(room: Room, asked: LivePage) -> None:
    room.qtbot.keyClick(asked.questions.dialog, Qt.Key.Key_Escape)
    room.window.open(PageKey.PEOPLE)
    room.do(lambda service: service.forget(PersonId("P01")))
    room.until(lambda: asked.questions.items == ())
    assert asked.questions.kept_faces == 0


def test_a_question_that_the_camera_answers_meanwhile_is_withdrawn(
    room: Room, asked: LivePage
) -> None:
    (item,) = asked.questions.items
    first = asked.questions.dialog
    assert asked.day.board is not None
    asked.questions.ask(item.key, asked.day.board)  # a second click
    assert asked.questions.dialog is first
    asked.questions.settle(PersonId("P01"))
    room.until(lambda: asked.questions.dialog is None)
    assert room.do(lambda service: service.entries()) == []


def test_an_unsure_face_is_who_it_seems(room: Room, asked: LivePage) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    room.qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    room.until(lambda: seconds(asked) == ["in · by hand"])
    (entry,) = room.do(lambda service: service.entries())
    assert (entry.person, entry.kind, entry.confirmation) == (
        "P01", EntryKind.IN, Confirmation.MANUAL,
    )  # fmt: skip
    assert entry.correction_reason == words.live.RESOLVE_REASON()
    assert room.window.toast.isVisible()


def test_an_unsure_face_is_somebody_else(room: Room, asked: LivePage) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    assert [dialog.other.itemData(row) for row in range(dialog.other.count())] == [None, "P02"]
    assert dialog.other.currentData() is None
    assert not dialog.record.isEnabled()  # nobody is recorded whom the operator did not choose
    dialog.other.setCurrentIndex(1)
    room.qtbot.mouseClick(dialog.record, Qt.MouseButton.LeftButton)
    room.until(lambda: seconds(asked) == ["in · by hand"])
    assert names(asked) == ["Omar <b>Haddad</b>"]


@pytest.mark.parametrize("policy", EntryPolicy)
def test_an_unsure_face_that_is_recorded_already_makes_no_second_entry(
    room: Room, asked: LivePage, policy: EntryPolicy
) -> None:
    room.desk.settings.change("policy", policy.value)
    see(room, "P01", here(18, 11, 58))
    dialog = asked.questions.dialog
    assert dialog is not None
    room.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    said = words.live.RESOLVED_ALREADY(
        name=words.isolated("Grace Okafor"), kind=words.states.KIND[EntryKind.IN](), when="11:58"
    )
    room.until(lambda: room.window.toast.accessibleName() == said)
    assert asked.questions.items == ()
    assert len(room.do(lambda service: service.entries())) == 1


def test_the_direction_is_that_of_whoever_it_is(room: Room, asked: LivePage) -> None:
    room.qtbot.keyClick(asked.questions.dialog, Qt.Key.Key_Escape)
    see(room, "P01", here(18, 9))
    room.until(lambda: asked.side.counts.text() == "1 here · 1 missing")
    (item,) = asked.questions.items
    assert asked.day.board is not None
    asked.questions.ask(item.key, asked.day.board)
    dialog = asked.questions.dialog
    assert dialog is not None
    dialog.other.setCurrentIndex(1)  # Omar, who comes only now
    room.qtbot.mouseClick(dialog.record, Qt.MouseButton.LeftButton)
    room.until(lambda: asked.questions.items == ())
    entries = room.do(lambda service: service.entries())
    assert [(one.person, one.kind) for one in entries] == [
        ("P01", EntryKind.IN), ("P02", EntryKind.IN),
    ]  # fmt: skip


def test_the_operator_may_know_the_direction_better(room: Room, asked: LivePage) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    dialog.kinds[EntryKind.OUT].click()
    room.qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    room.until(lambda: seconds(asked) == ["out · by hand"])


def test_a_question_of_yesterday_says_so_and_is_answered_for_that_day(
    room: Room, asked: LivePage
) -> None:
    room.qtbot.keyClick(asked.questions.dialog, Qt.Key.Key_Escape)
    see(room, "P01", here(18, 9))
    room.parts.clock.sleep(20 * 3600)
    asked.day.read()
    room.until(lambda: asked.side.counts.text() == "0 here · 2 missing")
    feed = asked.side.list.shown_rows
    assert feed.row(feed.index(0, 0)).time == "yesterday 12:00"
    (item,) = asked.questions.items
    assert asked.day.board is not None
    asked.questions.ask(item.key, asked.day.board)
    dialog = asked.questions.dialog
    assert dialog is not None
    assert any("yesterday 12:00" in one.text() for one in dialog.findChildren(QLabel))
    room.qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    room.until(lambda: asked.questions.items == ())
    entries = room.do(lambda service: service.entries())
    assert [(one.local_date, one.kind) for one in entries] == [
        (date(2026, 11, 18), EntryKind.IN), (date(2026, 11, 18), EntryKind.OUT),
    ]  # fmt: skip


def test_who_is_here_follows_the_rules_of_coming_and_going(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    see(room, "P01", here(18, 8), here(18, 9))
    page = live_page(room)
    room.until(lambda: page.side.counts.text() == "1 here · 0 missing")
    room.window.open(PageKey.SETTINGS)
    room.desk.settings.change("policy", EntryPolicy.ALTERNATING.value)
    room.window.open(PageKey.LIVE)
    room.until(lambda: page.side.counts.text() == "0 here · 1 left · 0 missing")


@pytest.mark.parametrize(
    ("name", "recorded"), [("nobody", []), ("cancel", []), ("record", ["P02"])]
)
def test_enter_answers_with_the_button_that_has_the_focus(
    room: Room, asked: LivePage, name: str, recorded: list[str]
) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    pressed = getattr(dialog, name)
    dialog.other.setCurrentIndex(1)
    pressed.setFocus()
    room.qtbot.keyClick(pressed, Qt.Key.Key_Return)
    room.until(lambda: len(room.do(lambda service: service.entries())) == len(recorded))
    assert [entry.person for entry in room.do(lambda service: service.entries())] == recorded


def test_enter_records_whom_the_field_names(room: Room, asked: LivePage) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    dialog.other.setFocus()
    room.qtbot.keyClick(dialog.other, Qt.Key.Key_Down)
    assert dialog.other.currentData() == "P02"
    room.qtbot.keyClick(dialog.other, Qt.Key.Key_Return)
    room.until(lambda: asked.questions.items == ())
    assert [entry.person for entry in room.do(lambda service: service.entries())] == ["P02"]


# The offscreen platform has no keyboard to grab for the proposals.
@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("keys", ["haddad", "P02"])
def test_somebody_else_is_found_by_typing(room: Room, asked: LivePage, keys: str) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    room.qtbot.mouseClick(dialog.other.field, Qt.MouseButton.LeftButton)
    room.until(dialog.other.field.hasSelectedText)  # what stands there is typed over
    room.qtbot.keyClicks(dialog.other.field, keys)
    room.qtbot.keyClick(dialog.other.field, Qt.Key.Key_Return)
    room.until(lambda: asked.questions.items == ())
    assert [entry.person for entry in room.do(lambda service: service.entries())] == ["P02"]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("chosen", [False, True])
def test_a_name_that_nobody_has_records_nobody(room: Room, asked: LivePage, chosen: bool) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    if chosen:
        dialog.other.choose(PersonId("P02"))
    dialog.other.field.selectAll()
    room.qtbot.keyClicks(dialog.other.field, "Nobody at all")
    room.qtbot.keyClick(dialog.other.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.record.isEnabled()
    assert room.do(lambda service: service.entries()) == []


def test_namesakes_are_told_apart_by_their_ids(room: Room, asked: LivePage) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    assert any("(P01)" in one.text() for one in dialog.findChildren(QLabel))
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    see(room, "P01", here(18, 9))
    room.until(lambda: seconds(asked)[-1] == "in")
    room.enrol("P03", "Grace Okafor", likeness=-1.0)
    room.until(lambda: seconds(asked)[-1] == "P01 · in")
    press(room.qtbot, asked.side, words.live.HERE())
    assert seconds(asked) == ["P01 · since 09:00"]
    press(room.qtbot, asked.side, words.live.MISSING())
    assert sorted(seconds(asked)) == ["", "P03"]  # Omar is the only one of his name


def test_an_unsure_face_is_nobody_of_these(room: Room, asked: LivePage) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    room.qtbot.mouseClick(dialog.nobody, Qt.MouseButton.LeftButton)
    assert asked.questions.items == ()
    assert seconds(asked) == []
    assert room.do(lambda service: service.entries()) == []


def test_a_question_that_is_not_answered_stays(room: Room, asked: LivePage) -> None:
    dialog = asked.questions.dialog
    assert dialog is not None
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(asked.questions.items) == 1


def test_nothing_is_exported_before_there_is_an_entry(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    room.until(lambda: page.day.people == 1)
    assert not page.side.export.isEnabled()
    see(room, "P01", here(18, 8))
    room.until(page.side.export.isEnabled)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_todays_entries_are_exported(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: names(page) == ["Grace Okafor"])
    target = tmp_path / f"today{suffix}"
    # The system's own dialog cannot be worked from here.
    monkeypatch.setattr(files, "ask_export", lambda *_: target)
    room.qtbot.mouseClick(page.side.export, Qt.MouseButton.LeftButton)
    room.until(room.window.toast.isVisible)
    assert room.window.toast.accessibleName() == words.live.EXPORTED(file=target.name)
    if suffix == ".csv":
        assert "Grace Okafor" in target.read_text(encoding="utf-8-sig")
    else:
        sheet = load_workbook(target).active
        assert sheet is not None
        assert sheet["C2"].value == "Grace Okafor"


def test_what_cannot_be_saved_waits_and_is_said(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    page = live_page(room)
    with room.locked():
        room.desk.camera.start(Purpose.TAKING)
        room.until(lambda: room.desk.camera.waiting > 0)
        room.qtbot.waitUntil(room.window.banner.isVisible, timeout=30_000)
        assert not page.greeting.isVisible()
        described = page.picture.video.accessibleDescription()
        assert "Grace Okafor" in described
        assert [mark.look for mark in page.picture.video.marks] == [Look.WAITING]
    room.qtbot.waitUntil(page.greeting.isVisible, timeout=30_000)
    assert room.desk.camera.waiting == 0
    room.until(lambda: not room.window.banner.isVisible())
    assert len(room.do(lambda service: service.entries())) == 1


def test_a_second_visit_is_not_ticked_before_it_is_saved(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.desk.settings.change("cooldown_s", 0)
    page = live_page(room)
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
