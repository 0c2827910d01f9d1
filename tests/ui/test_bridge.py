"""What the camera runs for, also after it failed."""

from __future__ import annotations

from typing import NoReturn

import pytest

from faceapp.config import Settings
from faceapp.errors import CameraNotFound, ModelMissing
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.notices import Notice
from tests.ui.rooms import Room, RoomParts


def missing_camera(_parts: RoomParts, source: str, *, live: bool, far: bool = False) -> NoReturn:
    """Open no camera, in place of `RoomParts.open_camera`."""
    raise CameraNotFound(source=source)


@pytest.fixture
def taking(room: Room) -> Room:
    """A room that begins to take attendance."""
    room.enrol("P01", "Grace Okafor", likeness=0.0)
    room.until(lambda: room.parts.built == 1)  # that of the window itself
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: room.parts.built == 2)
    return room


def told(room: Room) -> dict[str, Notice]:
    """What the banner was told, by its words."""
    return {notice.what: notice for notice in room.told}


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


@pytest.mark.expect_log("a fault of the program|failed|a bug")
def test_the_taking_goes_on_after_two_faults_while_enrolling(
    taking: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = taking.desk.camera
    built: list[Settings] = []
    whole = RoomParts.build_pipeline

    def broken_twice(self: RoomParts, settings: Settings) -> object:
        built.append(settings)
        if len(built) <= 2:
            raise RuntimeError("broken eyes")
        return whole(self, settings)

    monkeypatch.setattr(RoomParts, "build_pipeline", broken_twice)
    live.start(Purpose.ENROLLING)
    taking.until(lambda: words.live.FAULT() in told(taking))
    assert live.purpose is Purpose.TAKING
    with taking.qtbot.waitSignal(live.seen):
        pass
    # It is started again where people are enrolled, and not from any page.
    assert told(taking)[words.live.FAULT()].action is None
    live.stop()
    assert live.purpose is None
    taking.bugs.clear()


def test_without_eyes_neither_enrolling_nor_taking_goes_on(
    taking: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Settings] = []

    def missing(_self: RoomParts, settings: Settings) -> NoReturn:
        built.append(settings)
        raise ModelMissing(path="face.tflite")

    monkeypatch.setattr(RoomParts, "build_pipeline", missing)
    taking.desk.camera.start(Purpose.ENROLLING)
    taking.until(lambda: taking.desk.camera.purpose is None)
    assert len(built) == 2
    assert words.errors.sentence(ModelMissing(path="face.tflite"))[0] in told(taking)


@pytest.mark.expect_log("a fault of the program|failed|a bug")
def test_that_it_was_stopped_is_taken_back_when_it_runs_again(
    taking: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = taking.desk.camera

    def broken(_self: RoomParts, _settings: Settings) -> NoReturn:
        raise RuntimeError("broken eyes")

    live.stop()
    monkeypatch.setattr(RoomParts, "build_pipeline", broken)
    live.start(Purpose.TAKING)
    taking.until(lambda: words.live.FAULT() in told(taking))
    assert taking.window.banner.isVisible()
    monkeypatch.undo()
    live.start(Purpose.TAKING)
    assert not taking.window.banner.isVisible()
    taking.bugs.clear()


@pytest.fixture
def camera_missing(room: Room, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A room in which the last start said that there is no camera; now there is one."""
    monkeypatch.setattr(RoomParts, "open_camera", missing_camera)
    room.desk.camera.start(Purpose.PREVIEW)
    room.until(room.window.banner.isVisible)
    monkeypatch.undo()
    return room


def test_that_the_camera_is_missing_is_taken_back_when_another_one_is_chosen(
    camera_missing: Room,
) -> None:
    assert camera_missing.desk.settings.change("camera", "demo")
    assert not camera_missing.window.banner.isVisible()
    with camera_missing.qtbot.waitSignal(camera_missing.desk.camera.seen):
        pass


def test_that_the_camera_is_missing_is_taken_back_at_the_next_start(camera_missing: Room) -> None:
    live, banner = camera_missing.desk.camera, camera_missing.window.banner
    live.stop()
    assert banner.isVisible()
    live.start(Purpose.PREVIEW)
    assert not banner.isVisible()


def test_another_camera_does_not_hide_that_the_model_is_missing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_self: RoomParts, _settings: Settings) -> NoReturn:
        raise ModelMissing(path="face.tflite")

    live, banner = room.desk.camera, room.window.banner
    monkeypatch.setattr(RoomParts, "build_pipeline", missing)
    live.start(Purpose.PREVIEW)
    room.until(lambda: live.purpose is None)
    assert banner.isVisible()
    assert room.desk.settings.change("camera", "demo")
    assert banner.isVisible()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("camera", "demo"),
        ("range_mode", "far"),
        ("confirm_votes", 2),
        ("confirm_window", 6),
        ("embed_threads", 2),
    ],
)
def test_only_what_the_camera_is_opened_with_opens_it_again_and_at_once(
    room: Room, key: str, value: str | int
) -> None:
    opened = room.parts.cameras
    room.desk.camera.start(Purpose.PREVIEW)
    room.until(lambda: len(opened) == 1)
    for other, wanted in (("stranger_odds", 500), ("cooldown_s", 60), ("theme", "dark")):
        assert room.desk.settings.change(other, wanted)
    with room.qtbot.waitSignal(room.desk.camera.seen):
        pass
    assert len(opened) == 1
    assert room.desk.settings.change(key, value)
    room.until(lambda: len(opened) == 2)
    assert room.parts.far is (value == "far")
