"""The whole window on the real models, the demo people and the demo camera.

What is checked is what lies in the database and in the files.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceapp.addresses import is_demo
from faceapp.app import Parts
from faceapp.camera import Camera
from faceapp.camera.demo_tour import VISITOR, Tour, read_cast
from faceapp.config import Settings
from faceapp.errors import ModelError
from faceapp.paths import assets_dir
from faceapp.recognition.capture import Pose
from faceapp.types import CameraState, PersonId
from faceapp.ui.bridge import Purpose
from faceapp.ui.corrections import What
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.correct import CorrectDialog
from faceapp.ui.page import PageKey
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.ranges import Range
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.enrol.samples import reason_text
from faceapp.ui.pages.live import LivePage
from faceapp.ui.words import enrol as words
from faceapp.ui.words import isolated
from faceapp.ui.words import live as live_words
from tests.ui.answers import answering
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import click, drop, press

FOUND_MS = 60_000


@dataclass(frozen=True)
class QuickDemo(Parts):
    """The app's own parts; its demo camera runs in haste. ``sources`` are the cameras opened."""

    sources: list[str] = field(default_factory=list)

    def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:
        self.sources.append(source)
        return Parts.open_camera(self, source, live=live and not is_demo(source), far=far)


@pytest.fixture(scope="module", autouse=True)
def real_models(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where the models are not there: journeys need the real ones."""
    try:
        Parts(tmp_path_factory.mktemp("models")).build_pipeline(Settings()).close()
    except ModelError as error:
        pytest.skip(f"the models are not here: {error}")


@pytest.fixture
def room(qapp: QApplication, qtbot: QtBot, data_dir: Path) -> Iterator[Room]:
    """An open window on an empty data folder and the real models."""
    made = Room(qapp, qtbot, cast("RoomParts", QuickDemo(data_dir)))
    made.desk.settings.change("camera", "demo")
    with qtbot.waitActive(made.window):
        made.shell.open()
    yield made
    made.close()


def first_guests(count: int) -> list[str]:
    """Name the first people of the demo's tour who can be enrolled."""
    visits = Tour(read_cast(assets_dir() / "demo"), 0).visits()
    return [person for person, _, _ in visits if person != VISITOR][:count]


def pictures(demo_people: Path, person: str) -> list[Path]:
    return sorted((demo_people / person).glob("*.jpg"))


def enrol_page(room: Room) -> EnrolPage:
    page = room.open(EnrolPage)
    until(room, lambda: page.gathering.snapshot is not None)
    return page


def until(room: Room, met: Callable[[], bool]) -> None:
    room.qtbot.waitUntil(met, timeout=FOUND_MS)


def fill(page: EnrolPage, code: str, name: str, *groups: str) -> None:
    page.form.name_field.setText(name)
    page.form.id_field.setText(code)
    page.form.groups.choose(groups)
    page.form.consent.setChecked(True)


def save(room: Room, page: EnrolPage, name: str) -> None:
    until(room, page.save_button.isEnabled)
    click(page.save_button)
    until(room, lambda: room.toast == words.SAVED(name=isolated(name)))


def enrol(room: Room, sources: list[Path], code: str, name: str, *groups: str) -> None:
    """Enrol somebody by dropping pictures."""
    page = enrol_page(room)
    assert drop(page, *sources)
    until(room, lambda: not page.strip.busy and bool(page.gathering.samples))
    fill(page, code, name, *groups)
    save(room, page, name)


def check_enrolled(room: Room, code: PersonId) -> None:
    person = room.do(lambda service: service.person(code))
    templates = room.do(lambda service: service.templates(code))
    assert person.groups == ("Guests",)
    assert 4 <= len(templates) <= 7
    assert {one.model_id for one in templates} == {room.parts.card().model_id}
    assert all(abs(float(np.linalg.norm(one.vector)) - 1) < 1e-3 for one in templates)


def check_file(room: Room, file: Path) -> list[dict[str, str]]:
    """See that the file holds every entry of the database as it is; return its rows."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        written = list(csv.DictReader(text))
    stored = {str(entry.id): entry for entry in room.entries()}
    assert {row["entry"] for row in written} == set(stored)
    for row in written:
        entry = stored[row["entry"]]
        named = (entry.person, entry.name, entry.model_id)
        assert (row["person"], row["name"], row["model"]) == named
        assert row["voided"] == (entry.voided_reason or "")
    return written


def test_enrol_from_pictures_recognize_correct_and_export(
    room: Room, demo_people: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    guests = first_guests(2)
    for guest in guests:
        code, name = guest.split(" - ")
        enrol(room, pictures(demo_people, guest), code, name, "Guests")
    codes = {guest.split(" - ")[0] for guest in guests}
    for code in codes:
        check_enrolled(room, PersonId(code))
    live = room.open(LivePage)
    until(room, lambda: live.day.people == 2)
    live.controls.start.click()
    until(room, lambda: {entry.person for entry in room.entries()} == codes)
    room.desk.camera.stop()

    page = room.open(AttendancePage)
    page.filters.range_box.setCurrentIndex(page.filters.range_box.findData(Range.ALL_TIME))
    page.filters.entry_button.click()
    until(room, lambda: page.correct_button.isEnabled() and len(page.entries.rows) >= 2)
    wrong = page.entries.rows[0]
    page.entries.select(wrong.id)

    def strike(dialog: CorrectDialog) -> None:
        dialog.modes[What.STRIKE].setChecked(True)
        dialog.reason_box.setEditText("only passing by")
        dialog.do_button.click()

    with answering(CorrectDialog, strike):
        page.correct_button.click()
    until(room, lambda: any(row.voided_reason for row in page.entries.rows))

    target = tmp_path / "out.csv"
    monkeypatch.setattr(files, "ask_export", lambda *_: target)
    page.export_button.click()
    until(room, lambda: target.exists() and not page.strip.busy)
    written = check_file(room, target)
    assert [row["voided"] for row in written if row["entry"] == str(wrong.id)] == [
        "only passing by"
    ]


def test_the_same_face_under_another_id_is_noticed(room: Room, demo_people: Path) -> None:
    guest = "P03 - Omar Haddad"
    taken = pictures(demo_people, guest)
    enrol(room, taken[::2], "P03", "Omar Haddad")
    page = enrol_page(room)
    assert drop(page, *taken[1::2])
    until(room, page.confirmations.twin_card.isVisible)
    assert "Omar Haddad" in page.confirmations.twin_card.text.text()
    fill(page, "X99", "Somebody Else")
    assert not page.save_button.isEnabled()
    click(page.confirmations.other_button)
    save(room, page, "Somebody Else")
    assert {row.person.id for row in room.people()} == {"P03", "X99"}


def test_what_is_no_picture_of_one_person_says_why_and_the_rest_goes_on(
    room: Room, demo_people: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed" / "deeper"
    folder.mkdir(parents=True)
    good = pictures(demo_people, "P09 - Grace Okafor")
    (folder / "1.jpg").write_bytes(good[0].read_bytes())
    (folder / "2.png").write_bytes(b"")
    (folder / "3.jpg").write_bytes(good[1].read_bytes()[:2_000])
    (folder / "4.jpg").write_bytes(pictures(demo_people, "P03 - Omar Haddad")[0].read_bytes())
    (folder / "5.jpg").write_bytes(good[2].read_bytes())
    (folder / "6.jpg").write_bytes(good[2].read_bytes())
    (folder / "7.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    page = enrol_page(room)
    assert drop(page, tmp_path / "mixed")
    until(room, lambda: not page.strip.busy and bool(page.gathering.samples))
    refused = {
        square.path.name: reason_text(square.reason)
        for square in page.gathering.squares
        if square.path is not None and square.reason is not None
    }
    assert refused["2.png"] == refused["3.jpg"] == words.UNREADABLE()
    assert refused["7.heic"] == words.HEIC()
    assert len(page.gathering.samples) == 2
    assert len(refused) == 5
    assert words.REFUSED_FILE(file="2.png", reason=words.UNREADABLE()) in {
        square.toolTip().removeprefix("<span>").removesuffix("</span>")
        for square in page.samples.squares
    }
    assert not room.window.banner.isVisible()


def sit_down(room: Room) -> EnrolPage:
    """Let the demo camera's next person sit down to be enrolled."""
    page = enrol_page(room)
    page.capture.start()
    assert room.desk.camera.purpose is Purpose.ENROLLING
    return page


def sources(room: Room) -> list[str]:
    return cast("QuickDemo", room.parts).sources


def test_enrol_by_camera_with_guidance(room: Room) -> None:
    page = sit_down(room)
    until(room, page.capture.finish_button.isVisible)
    assert page.capture.video.ring.done >= 1
    assert page.capture.sentence.text() in {text() for text in words.ASK.values()}
    click(page.capture.finish_button)
    fill(page, "P77", "Clara Bennett")
    tried = page.confirmations.trial_card.text
    until(room, lambda: tried.text() == words.TEST_KNOWN(name=isolated("Clara Bennett")))
    samples = page.gathering.samples
    save(room, page, "Clara Bennett")
    templates = room.do(lambda s: s.templates(PersonId("P77")))
    assert len(templates) == len(samples) >= 3
    assert {one.source for one in templates} == {"camera"}
    for template, sample in zip(templates, samples, strict=True):
        assert np.array_equal(template.vector, sample.vector)
    assert room.desk.camera.purpose is None
    assert room.entries() == []


def enrol_who_sits_there(room: Room, code: str, name: str) -> None:
    """Enrol the demo camera's next person, with all poses."""
    page = sit_down(room)
    fill(page, code, name)
    tried = page.confirmations.trial_card.text
    until(room, lambda: tried.text() == words.TEST_KNOWN(name=isolated(name)))
    assert page.capture.video.ring.done == len(Pose)
    save(room, page, name)
    assert code in {row.person.id for row in room.people()}
    until(room, lambda: room.desk.camera.purpose is None)


def test_without_a_camera_one_after_the_other_is_enrolled_with_all_poses(room: Room) -> None:
    enrol_who_sits_there(room, "P01", "Ada")
    enrol_who_sits_there(room, "P02", "Bo")  # who would have to be somebody else were it Ada again
    assert sources(room) == ["demo:P01", "demo:P02"]

    room.desk.navigator.go(PageKey.ENROL, PersonId("P01"))
    page = enrol_page(room)
    until(room, lambda: page.gathering.adding_to == "P01")
    page.capture.start()
    until(room, lambda: len(page.gathering.samples) >= 3)
    assert sources(room)[2:] == ["demo:P01"]
    until(room, page.save_button.isEnabled)
    assert not page.confirmations.unlike_card.isVisible()
    click(page.save_button)
    until(room, lambda: room.desk.camera.purpose is None)
    room.desk.camera.start(Purpose.PREVIEW)
    until(room, lambda: sources(room)[3:] == ["demo"])
    room.desk.camera.stop()


def test_the_demo_camera_that_is_chosen_while_enrolling_shows_one_person(room: Room) -> None:
    room.desk.settings.change("camera", "/dev/video99")
    page = sit_down(room)
    until(room, lambda: room.desk.camera.state is CameraState.MISSING)
    press(page.capture.empty, live_words.USE_DEMO())
    until(room, lambda: bool(page.gathering.samples))
    room.desk.camera.stop()
    assert sources(room) == ["/dev/video99", "demo:P01"]


def test_a_video_is_recognized_like_a_camera(room: Room, demo_people: Path, tmp_path: Path) -> None:
    guest = demo_people / "P09 - Grace Okafor"
    enrol(room, pictures(demo_people, guest.name)[::2], "P09", "Grace Okafor")
    film = tmp_path / "film.avi"
    size = (640, 480)
    writer = cv2.VideoWriter(str(film), cv2.VideoWriter.fourcc(*"MJPG"), 15.0, size)
    with closing(room.parts.open_camera("demo:P09", live=True)) as camera:
        for _ in range(45):
            frame = camera.read()
            assert frame is not None
            writer.write(np.ascontiguousarray(frame.rgb[:, :, ::-1]))
    writer.release()
    room.desk.settings.change("camera", str(film))
    live = room.open(LivePage)
    until(room, lambda: live.day.people == 1)
    live.controls.start.click()
    until(room, lambda: [entry.person for entry in room.entries()] == ["P09"])
    until(room, lambda: room.desk.camera.state is CameraState.ENDED)
    (only,) = room.entries()
    assert only.similarity is not None
    assert only.threshold is not None
    assert only.similarity >= only.threshold
