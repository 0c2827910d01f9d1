"""What the camera gives the enrol page: poses, a test, and more samples where it fails."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from faceapp.addresses import DEMO
from faceapp.recognition.capture import Offered, Pose
from faceapp.runtime.intake import Looked
from faceapp.types import CameraState, Decision, FrameResult, Sample, SeenFace, TrackId
from faceapp.ui.bridge import Purpose
from faceapp.ui.feed import Shown, picture
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.settings import SettingsPage
from faceapp.ui.words import enrol as words
from faceapp.ui.words import isolated
from faceapp.ui.words import live as live_words
from tests.helpers.seams import MODEL, OneFace, a_frame
from tests.ui.pages.enrol import ready
from tests.ui.rooms import QUALITY, Room
from tests.ui.seen import press, texts

pytestmark = pytest.mark.usefixtures("noon")

POSES = ((0.0, 0.0), (20.0, 0.0), (-20.0, 0.0), (0.0, 15.0), (0.0, -15.0))


def look(
    t_s: float, angle_deg: float = 0.0, pose: tuple[float, float] = (0, 0), *, sharp: float = 40.0
) -> FrameResult:
    """A frame with one face: its vector turned by an angle, the head to its left and up."""
    frame = replace(a_frame(), t_s=t_s)
    quality = replace(QUALITY, yaw_deg=pose[0], pitch_deg=pose[1], sharpness=sharp)
    vector = np.array([cos(radians(angle_deg)), sin(radians(angle_deg))], np.float32)
    sample = Sample(vector, quality, MODEL, "camera", np.zeros((112, 112, 3), np.uint8))
    (face,) = OneFace().detect(frame.rgb)
    seen = SeenFace(
        face, TrackId(1), Decision.UNKNOWN, quality, None, None, None, False, 0.5, sample
    )
    return FrameResult(frame, (seen,), 1.0)


def pictured(name: str, angle_deg: float = 0.0) -> Looked:
    """A picture of the same face."""
    (seen,) = look(0.0, angle_deg).faces
    assert seen.sample is not None
    return Looked(Path(name), (seen.sample,), None)


@pytest.fixture
def page(room: Room) -> EnrolPage:
    """The page when it knows who there is."""
    return ready(room)


def capture_all(page: EnrolPage) -> float:
    """Let every pose be taken; gives the moment of the last one."""
    for at, pose in enumerate(POSES):
        page.gathering.see(look(float(at), (0, 15, 30, -15, -30)[at], pose))
    assert page.gathering.finished
    assert len(page.gathering.samples) == len(POSES)
    return len(POSES) - 1.0


def tried(room: Room, page: EnrolPage, t_s: float, angle_deg: float) -> None:
    """Let a look of the camera be tried."""
    with room.qtbot.waitSignal(page.gathering.tried):
        page.gathering.see(look(t_s, angle_deg))


def test_a_sample_that_takes_anothers_place_is_seen_and_compared(
    room: Room, page: EnrolPage
) -> None:
    page.gathering.add([pictured("a.png")])
    before = page.gathering.samples
    with room.qtbot.waitSignal(page.gathering.twin_found):
        page.gathering.see(look(1.0, sharp=400.0))
    assert len(page.gathering.samples) == len(before) == 1
    assert page.gathering.samples != before
    assert [one.square for one in page.samples.squares] == list(page.gathering.squares)


def test_a_removed_picture_does_not_come_back(page: EnrolPage) -> None:
    removed = pictured("a.png")
    page.gathering.add([removed])
    page.gathering.remove(removed.samples[0])
    assert page.samples.squares == []
    page.gathering.add([pictured("b.png", 30.0)])
    assert [square.path for square in page.gathering.squares] == [Path("b.png")]


def test_who_is_not_recognized_gives_more_samples_by_camera(room: Room, page: EnrolPage) -> None:
    end_s = capture_all(page)
    tried(room, page, end_s + 1, 90.0)
    assert page.gathering.finished  # one poor look says nothing yet
    tried(room, page, end_s + 4, 90.0)
    assert not page.gathering.finished
    assert page.confirmations.trial_card.text.text() == words.TEST_UNKNOWN()
    page.gathering.see(look(end_s + 5, -3.0))
    assert page.capture.sentence.text() == words.ASK[Pose.DOWN]()
    page.gathering.see(look(end_s + 6, -45.0, POSES[-1]))
    assert page.gathering.finished
    assert len(page.gathering.samples) == len(POSES) + 2
    tried(room, page, end_s + 8, -45.0)
    assert page.gathering.known


def test_a_finished_capture_goes_on_by_camera(room: Room, page: EnrolPage) -> None:
    room.parts.state = CameraState.OPENING
    end_s = capture_all(page)
    page.capture.start()
    assert not page.gathering.finished
    page.gathering.see(look(end_s + 1, -45.0, POSES[-1]))
    assert len(page.gathering.samples) == 6
    for sample in page.gathering.samples:
        page.gathering.remove(sample)
    assert page.gathering.squares == ()


def test_another_cameras_time_may_begin_anew(page: EnrolPage) -> None:
    page.gathering.see(look(5_000.0))
    page.gathering.see(look(0.0, 15.0, POSES[1]))
    page.gathering.see(look(0.4, 15.0, POSES[1]))
    assert len(page.gathering.samples) == 2


def test_what_was_said_of_a_test_never_outlives_it(room: Room, page: EnrolPage) -> None:
    room.parts.state = CameraState.OPENING
    room.desk.camera.start(Purpose.ENROLLING)
    room.until(lambda: bool(room.parts.cameras))

    def show(result: FrameResult) -> None:
        room.desk.camera.seen.emit(Shown(picture(result.frame.rgb, mirrored=True), result))

    card, sentence = page.confirmations.trial_card, page.capture.sentence
    end_s = capture_all(page)
    assert card.text.text() == words.TEST_WAITING()
    show(look(end_s + 0.1))
    assert sentence.text() == words.TEST_WAITING()
    with room.qtbot.waitSignal(page.gathering.tried):
        show(look(end_s + 1))
    assert card.text.text() == words.TEST_KNOWN(name=isolated("P01"))
    show(look(end_s + 2))
    assert sentence.text() == words.COACH[Offered.FINISHED]()
    page.samples.squares[0].click()
    assert not card.isVisible()
    show(look(end_s + 3, 90.0))
    assert sentence.text() == words.COACH[Offered.OTHER_FACE]()


def test_who_was_recognized_is_called_as_the_form_says_in_the_end(
    room: Room, page: EnrolPage
) -> None:
    page.form.name_field.setFocus()
    room.qtbot.keyClicks(page.form.name_field, "An")
    tried(room, page, capture_all(page) + 1, 0.0)
    room.qtbot.keyClicks(page.form.name_field, "na")
    room.qtbot.keyClick(page.form.name_field, Qt.Key.Key_Tab)
    said = page.confirmations.trial_card.text.text()
    assert said == words.TEST_KNOWN(name=isolated("Anna"))


def test_a_video_that_is_over_can_be_seen_once_more(room: Room, page: EnrolPage) -> None:
    room.enrol("P01", "Grace", likeness=0.0)
    room.desk.camera.start(Purpose.TAKING)
    page.capture.start()
    room.until(lambda: bool(page.gathering.samples))
    room.parts.cameras[-1].state = CameraState.ENDED
    title, _ = live_words.TROUBLE[CameraState.ENDED]
    room.until(lambda: title() in texts(page.capture.empty))
    opened_before = len(room.parts.cameras)
    press(page.capture.empty)
    assert room.desk.camera.purpose is Purpose.ENROLLING
    room.until(lambda: page.capture.video.has_picture)
    assert len(room.parts.cameras) == opened_before + 1
    room.desk.camera.stop()
    assert room.desk.camera.purpose is Purpose.TAKING
    room.desk.camera.stop()


def test_a_double_click_removes_one_sample(room: Room, page: EnrolPage) -> None:
    capture_all(page)
    room.until(page.samples.squares[0].isVisible)
    for area in page.findChildren(QScrollArea):
        area.ensureWidgetVisible(page.samples.squares[0])
    room.double_click(page.samples.squares[0])
    assert len(page.gathering.samples) == len(POSES) - 1


def test_the_keys_remove_one_sample_after_the_other(room: Room, page: EnrolPage) -> None:
    capture_all(page)
    room.until(page.samples.squares[3].isVisible)
    page.samples.squares[3].setFocus()
    room.qtbot.keyClick(page.samples.squares[3], Qt.Key.Key_Delete)
    assert len(page.samples.squares) == 4
    assert page.samples.squares[3].hasFocus()
    room.qtbot.keyClick(page.samples.squares[3], Qt.Key.Key_Delete)
    assert page.drop.pictures_button.hasFocus()


def test_where_no_camera_is_found_both_ways_out_are_offered(room: Room, page: EnrolPage) -> None:
    room.parts.state = CameraState.MISSING
    page.capture.start()
    title, _ = live_words.TROUBLE[CameraState.MISSING]
    room.until(lambda: page.capture.empty.accessibleName() == title())
    assert title() in texts(page.capture.empty)
    page.form.name_field.setText("Grace")
    press(page.capture.empty, words.OTHER_CAMERA())
    assert room.page(SettingsPage).camera.camera_box.hasFocus()
    assert room.desk.camera.purpose is None
    assert room.open(EnrolPage) is page
    assert page.form.name_field.text() == "Grace"
    page.capture.start()
    room.until(lambda: page.capture.empty.accessibleName() == title())
    press(page.capture.empty, live_words.USE_DEMO())
    assert room.desk.settings.value.camera == DEMO


def test_what_the_demo_camera_does_is_said(room: Room, page: EnrolPage) -> None:
    assert words.BY_CAMERA_HINT() in texts(page.capture)
    room.desk.settings.change("camera", DEMO)
    assert words.BY_DEMO_HINT() in texts(page.capture)


def test_the_camera_is_only_on_while_it_is_wanted(room: Room) -> None:
    room.enrol("P01", "Grace")
    room.desk.camera.start(Purpose.TAKING)
    page = ready(room)
    assert room.desk.camera.purpose is Purpose.TAKING
    press(page.capture.empty)
    assert room.desk.camera.purpose is Purpose.ENROLLING
    assert room.toast == words.PAUSED()
    room.until(lambda: page.capture.video.has_picture)
    room.until(lambda: bool(page.capture.sentence.text()))
    room.window.open(PageKey.PEOPLE)
    assert room.desk.camera.purpose is Purpose.TAKING
    room.desk.camera.stop()
