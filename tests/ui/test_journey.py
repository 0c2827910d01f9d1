"""The whole window on the real models, the demo people and the demo camera.

What is checked is what lies in the database and in the files.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceapp.app import Parts
from faceapp.camera import Camera
from faceapp.camera.demo import DemoCamera
from faceapp.camera.pictures import read_picture
from faceapp.config import Settings
from faceapp.errors import ModelError
from faceapp.types import U8, CameraState, Entry, EntryFilter, Frame, PersonId
from faceapp.ui.bridge import Purpose
from faceapp.ui.dialogs.correct import CorrectDialog, What
from faceapp.ui.dialogs.files import Files
from faceapp.ui.page import PageKey
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.ranges import Range
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.enrol.samples import reason_text
from faceapp.ui.pages.live import LivePage
from faceapp.ui.words import enrol as words
from faceapp.ui.words import isolated
from tests.helpers.seams import EPOCH
from tests.ui.answers import answering
from tests.ui.rooms import Room, RoomParts

FOUND_MS = 60_000


class Sitter:
    """A camera before which somebody sits and looks about a little; its seconds pass in haste."""

    name = "sitter"
    state = CameraState.OK

    def __init__(self, folder: Path) -> None:
        self._looks = [_framed(read_picture(path)) for path in sorted(folder.glob("*.jpg"))]
        self._index = 0

    def read(self) -> Frame:
        self._index += 1
        look = self._looks[self._index // 10 % len(self._looks)]
        at = EPOCH + timedelta(seconds=self._index / 30)
        # A camera's pictures are never twice the same.
        rgb = np.roll(look, self._index % 5 - 2, axis=1)
        return Frame(rgb, self._index / 30, at, self._index)

    def close(self) -> None:
        self._looks.clear()


def _framed(rgb: U8) -> U8:
    """Put a square picture into the middle of a frame of 640 x 480."""
    side = rgb.shape[0]
    every = max(round(side / 400), 1)
    small = rgb[::every, ::every][:480]
    frame = np.full((480, 640, 3), 128, np.uint8)
    top, left = (480 - small.shape[0]) // 2, (640 - small.shape[1]) // 2
    frame[top : top + small.shape[0], left : left + small.shape[1]] = small
    return frame


@dataclass(frozen=True)
class QuickDemo(Parts):
    """The app's own parts; its demo camera runs in haste, or shows who sits before it."""

    sitters: list[Path] = field(default_factory=list)

    def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:
        if source == "demo" and self.sitters:
            return Sitter(self.sitters[-1])
        if source == "demo":
            return DemoCamera(self.clock, real_time=False)
        return Parts.open_camera(self, source, live=live, far=far)


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
    camera = DemoCamera(Parts(Path()).clock, real_time=False)
    found: list[str] = []
    for index in range(0, 6_000, 10):
        figure = camera.truth(index).figure
        if figure is not None and not figure.is_visitor and figure.person not in found:
            found.append(figure.person)
    camera.close()
    return found[:count]


def pictures(demo_people: Path, person: str) -> list[Path]:
    return sorted((demo_people / person).glob("*.jpg"))


def drop(page: EnrolPage, *paths: Path) -> None:
    """Let files go over the page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, nothing = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, nothing)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(50, 50), copy, data, left, nothing))


def enrol_page(room: Room) -> EnrolPage:
    room.window.open(PageKey.ENROL)
    page = room.window.page
    assert isinstance(page, EnrolPage)
    until(room, lambda: page.gathering.ready)
    return page


def until(room: Room, met: Callable[[], bool]) -> None:
    room.qtbot.waitUntil(met, timeout=FOUND_MS)


def fill(page: EnrolPage, code: str, name: str, *groups: str) -> None:
    page.form.name_field.setText(name)
    page.form.id_field.setText(code)
    page.form.groups.choose(groups)
    page.form.consent.setChecked(True)


def enrol(room: Room, sources: list[Path], code: str, name: str, *groups: str) -> None:
    """Enrol somebody by dropping pictures."""
    page = enrol_page(room)
    drop(page, *sources)
    until(room, lambda: not page.strip.busy and bool(page.gathering.samples))
    fill(page, code, name, *groups)
    until(room, page.save_button.isEnabled)
    room.qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    until(room, lambda: room.window.toast.accessibleName() == words.SAVED(name=isolated(name)))


def entries(room: Room, person: str | None = None) -> list[Entry]:
    wanted = EntryFilter(person=PersonId(person) if person else None)
    return room.do(lambda service: service.entries(wanted))


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
    stored = {str(entry.id): entry for entry in entries(room)}
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
    room.window.open(PageKey.LIVE)
    live = room.window.page
    assert isinstance(live, LivePage)
    until(room, lambda: live.day.people == 2)
    live.controls.start.click()
    until(room, lambda: {entry.person for entry in entries(room)} == codes)
    room.desk.camera.stop()

    room.window.open(PageKey.ATTENDANCE)
    page = room.window.page
    assert isinstance(page, AttendancePage)
    page.filters.range_box.setCurrentIndex(page.filters.range_box.findData(Range.ALL_TIME))
    page.filters.entry_button.click()
    until(room, lambda: page.correct_button.isEnabled() and len(page.entries.rows) >= 2)
    wrong = page.entries.rows[0]
    page.entries.select(wrong.id)

    def strike(dialog: CorrectDialog) -> None:
        dialog.modes[What.STRIKE].setChecked(True)
        dialog.reason_box.setEditText("only passing by")
        dialog.do_button.click()

    with answering(CorrectDialog, strike) as answered:
        page.correct_button.click()
        until(room, lambda: bool(answered))
    until(room, lambda: any(row.voided_reason for row in page.entries.rows))

    target = tmp_path / "out.csv"
    monkeypatch.setattr(Files, "ask_export", lambda *_: target)
    page.export_button.click()
    until(room, lambda: target.exists() and not page.strip.busy)
    written = check_file(room, target)
    assert [row["voided"] for row in written if row["entry"] == str(wrong.id)] == [
        "only passing by"
    ]


def test_the_same_face_under_another_id_is_noticed(room: Room, demo_people: Path) -> None:
    guest = "P03 - Omar Haddad"
    files = pictures(demo_people, guest)
    enrol(room, files[::2], "P03", "Omar Haddad")
    page = enrol_page(room)
    drop(page, *files[1::2])
    until(room, page.confirmations.twin_card.isVisible)
    assert "Omar Haddad" in page.confirmations.twin_card.text.text()
    fill(page, "X99", "Somebody Else")
    assert not page.save_button.isEnabled()
    room.qtbot.mouseClick(page.confirmations.twin_card.other_button, Qt.MouseButton.LeftButton)
    until(room, page.save_button.isEnabled)
    room.qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    until(
        room,
        lambda: room.window.toast.accessibleName() == words.SAVED(name=isolated("Somebody Else")),
    )
    assert {row.person.id for row in room.do(lambda s: s.people())} == {"P03", "X99"}


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
    page = enrol_page(room)
    drop(page, tmp_path / "mixed")
    until(room, lambda: not page.strip.busy and bool(page.gathering.samples))
    refused = {
        square.name: reason_text(square.reason)
        for square in page.gathering.squares
        if square.reason is not None
    }
    assert refused["2.png"] == refused["3.jpg"] == words.UNREADABLE()
    assert len(page.gathering.samples) == 2
    assert len(refused) == 4
    assert words.REFUSED_FILE(file="2.png", reason=words.UNREADABLE()) in {
        square.toolTip().removeprefix("<span>").removesuffix("</span>")
        for square in page.samples.squares
    }
    assert not room.window.banner.isVisible()


def test_enrol_by_camera_with_guidance(room: Room, demo_people: Path) -> None:
    guest = "P05 - Mei Tanaka"
    cast("QuickDemo", room.parts).sitters.append(demo_people / guest)
    page = enrol_page(room)
    page.capture.start_wanted.emit()
    assert room.desk.camera.purpose is Purpose.ENROLLING
    until(room, page.capture.finish_button.isVisible)
    assert page.capture.video.ring.done >= 1
    assert page.capture.sentence.text() in {text() for text in words.ASK.values()}
    room.qtbot.mouseClick(page.capture.finish_button, Qt.MouseButton.LeftButton)
    fill(page, "P77", "Mei Tanaka")
    tried = page.confirmations.trial_card.text
    until(room, lambda: tried.text() == words.TEST_KNOWN(name=isolated("Mei Tanaka")))
    samples = page.gathering.samples
    room.qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    until(room, lambda: bool(room.do(lambda s: s.people())))
    templates = room.do(lambda s: s.templates(PersonId("P77")))
    assert len(templates) == len(samples) >= 3
    assert {one.source for one in templates} == {"camera"}
    for template, sample in zip(templates, samples, strict=True):
        assert np.array_equal(template.vector, sample.vector)
    assert room.desk.camera.purpose is None
    assert entries(room) == []


def test_a_video_is_recognized_like_a_camera(room: Room, demo_people: Path, tmp_path: Path) -> None:
    guest = demo_people / "P09 - Grace Okafor"
    enrol(room, pictures(demo_people, guest.name)[::2], "P09", "Grace Okafor")
    film = tmp_path / "film.avi"
    sitter = Sitter(guest)
    size = (640, 480)
    writer = cv2.VideoWriter(str(film), cv2.VideoWriter.fourcc(*"MJPG"), 15.0, size)
    for _ in range(45):
        writer.write(np.ascontiguousarray(sitter.read().rgb[:, :, ::-1]))
    writer.release()
    room.desk.settings.change("camera", str(film))
    room.window.open(PageKey.LIVE)
    live = room.window.page
    assert isinstance(live, LivePage)
    until(room, lambda: live.day.people == 1)
    live.controls.start.click()
    until(room, lambda: [entry.person for entry in entries(room)] == ["P09"])
    until(room, lambda: room.desk.camera.state is CameraState.ENDED)
    only = entries(room)[0]
    assert only.similarity is not None
    assert only.threshold is not None
    assert only.similarity >= only.threshold
