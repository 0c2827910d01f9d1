"""Pictures, videos and folders are dropped or chosen, looked at, and become samples."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from faceapp.config import Settings
from faceapp.paths import Paths
from faceapp.recognition.selection import Refusal
from faceapp.runtime.intake import Looked, files_in
from faceapp.types import U8, CameraState, Face, Frame, Sample
from faceapp.ui.dialogs import files
from faceapp.ui.main_window import LEAST_SIZE
from faceapp.ui.ops import JobProgress
from faceapp.ui.pages.enrol.intake import look_at
from faceapp.ui.pages.enrol.staff import import_command, staff_folder
from faceapp.ui.words import enrol as words
from tests.helpers.seams import MODEL, OneFace, ScriptedCamera, a_frame
from tests.ui.pages.enrol import adding_to_omar, fill, foot, gather, ready
from tests.ui.rooms import QUALITY, Room, RoomParts
from tests.ui.seen import click, drop, press

pytestmark = pytest.mark.usefixtures("noon")


def test_pictures_and_folders_are_chosen_by_dialog_too(
    room: Room, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ready(room)
    asked: list[Sequence[str]] = []

    def ask_pictures(_parent: object, patterns: Sequence[str]) -> list[Path]:
        asked.append(patterns)
        return [face]

    monkeypatch.setattr(files, "ask_pictures", ask_pictures)
    monkeypatch.setattr(files, "ask_folder", lambda _parent: [face.parent])
    page.drop.pictures_button.click()
    room.until(lambda: len(page.gathering.squares) == 1)
    assert {"*.jpg", "*.heic"} <= set(asked[0])
    page.drop.folder_button.click()
    room.until(lambda: len(page.gathering.squares) >= 1 and not page.strip.busy)
    assert len(page.gathering.samples) == 1


def test_the_next_pictures_are_chosen_by_the_same_key(
    room: Room, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ready(room)
    monkeypatch.setattr(files, "ask_pictures", lambda *_: [face])
    page.drop.pictures_button.setFocus()
    room.qtbot.keyClick(page.drop.pictures_button, Qt.Key.Key_Space)
    assert not page.drop.isEnabled()
    room.until(lambda: bool(page.gathering.squares) and not page.strip.busy)
    assert room.window.focusWidget() is page.drop.pictures_button


def test_a_sample_is_removed_by_key(room: Room, face: Path) -> None:
    page = ready(room)
    gather(room, page, face)
    square = page.samples.squares[0]
    assert square.accessibleDescription() == words.REMOVE_SAMPLE()
    square.setFocus()
    room.qtbot.keyClick(square, Qt.Key.Key_Delete)
    assert page.gathering.samples == ()
    assert page.samples.summary.text() == words.SAMPLES_NONE()
    assert page.drop.pictures_button.hasFocus()


def look(path: str, *vector: float) -> Looked:
    thumbnail = np.zeros((112, 112, 3), np.uint8)
    found = Sample(np.array(vector, np.float32), QUALITY, MODEL, path, thumbnail)
    return Looked(Path(path), (found,), None)


@pytest.mark.usefixtures("language")
def test_pictures_of_two_people_are_kept_once_the_others_are_removed(room: Room) -> None:
    page = ready(room)
    room.window.resize(LEAST_SIZE)
    page.gathering.add([look("a.jpg", 1, 0), look("b.jpg", 0, 1)])
    fill(page, "Grace", "P01")
    assert [one.word for one in page.samples.squares] == [words.REFUSED[Refusal.FACES_DIFFER]()] * 2
    assert foot(page) == page.foot.line.text() == words.REMOVE_OTHERS()
    assert not page.save_button.isEnabled()
    other = page.samples.squares[1]
    assert "b.jpg" in other.accessibleDescription()
    other.setFocus()
    room.qtbot.keyClick(other, Qt.Key.Key_Delete)
    room.until(page.save_button.isEnabled)
    assert [one.source for one in page.gathering.samples] == ["a.jpg"]


def test_each_square_has_its_own_place_after_one_is_removed(room: Room) -> None:
    page = ready(room)
    vectors = (1, 0), (0, 1), (0.98, 0.2), (0.2, 0.98)
    page.gathering.add([look(f"{at}.jpg", *one) for at, one in enumerate(vectors)])
    room.until(page.samples.squares[1].isVisible)
    page.samples.squares[1].click()
    assert len({square.x() for square in page.samples.squares}) == 3


def test_of_pictures_for_somebody_known_those_that_resemble_the_samples_count(room: Room) -> None:
    page = adding_to_omar(room)
    page.gathering.add([look("a.jpg", 0, 1), look("b.jpg", 1, 0), look("c.jpg", -0.1, 0.995)])
    assert [one.source for one in page.gathering.samples] == ["b.jpg"]
    assert not page.gathering.unclear


def test_what_is_dropped_from_the_network_is_left_alone(room: Room, face: Path) -> None:
    page = ready(room)
    web = QUrl("https://example.org/face.jpg")
    assert not drop(page, web)
    assert not page.strip.busy
    gather(room, page, web, face)
    assert [square.path for square in page.gathering.squares] == [face]


def test_a_file_dropped_on_a_field_is_a_picture_and_no_name(room: Room) -> None:
    page = ready(room)
    for field in (page.form.name_field, page.form.id_field, page.form.groups.field):
        # Qt brings a drop to the next one above that takes any.
        taker: QWidget | None = field
        while taker is not None and not taker.acceptDrops():
            taker = taker.parentWidget()
        assert taker is page


def test_looking_at_many_pictures_can_be_cancelled(room: Room, tmp_path: Path, face: Path) -> None:
    looks: list[tuple[int, ...]] = []

    class CountingEyes(OneFace):
        def detect(self, rgb: U8) -> tuple[Face, ...]:
            looks.append(rgb.shape)
            return super().detect(rgb)

    room.parts.eyes = CountingEyes()
    page = ready(room)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03d}.png").hardlink_to(face)
    drop(page, folder)
    assert page.strip.isVisible()
    assert not page.drop.folder_button.isEnabled()  # one job at a time
    click(page.strip.cancel_button)
    room.until(lambda: not page.strip.busy)
    assert page.drop.folder_button.isEnabled()
    assert len(looks) < 300


def test_a_cancel_is_heard_while_files_are_still_being_found(room: Room, tmp_path: Path) -> None:
    progress = JobProgress()
    progress.cancel()
    told: list[int] = []
    progress.told.connect(lambda done, *_: told.append(done))
    (tmp_path / "face.png").write_bytes(b"never opened")
    assert look_at(files_in([tmp_path]).files, room.parts, room.desk.settings.value, progress) == []
    assert told == []


def test_a_cancel_is_heard_within_a_video(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = JobProgress()

    def cancelling() -> Frame:
        progress.cancel()
        return a_frame()

    camera = ScriptedCamera([cancelling, a_frame], end=CameraState.ENDED)
    monkeypatch.setattr(room.parts, "open_camera", lambda *_, **__: camera)
    room.parts.eyes = eyes = OneFace()
    clip = tmp_path / "clip.avi"
    clip.write_bytes(b"RIFF....AVI ")
    assert look_at([clip], room.parts, room.desk.settings.value, progress) == []
    assert camera.state is CameraState.OK  # there was more to see
    assert camera.closed.is_set()
    assert eyes.closed.is_set()


@pytest.mark.expect_log("a fault of the program|a job failed")
def test_a_bug_while_looking_at_pictures_leaves_the_page_usable(
    room: Room, parts: RoomParts, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_settings: Settings) -> NoReturn:
        raise RuntimeError("broken eyes")

    page = ready(room)
    room.until(lambda: parts.built == 1)  # else the window's own would be broken too
    monkeypatch.setattr(parts, "build_pipeline", broken)
    drop(page, face)
    # The page hears of it after the notices.
    room.until(lambda: bool(room.bugs) and not page.strip.busy)
    assert [str(bug) for bug in room.bugs] == ["broken eyes"]
    room.bugs.clear()


def test_hidden_files_of_a_folder_are_left_out(face: Path) -> None:
    folder = face.parent / "from another system"
    (folder / ".cache").mkdir(parents=True)
    for name in ("a.png", "b.mp4", "._a.png", "._b.mp4", ".cache/c.mp4"):
        (folder / name).touch()
    (folder / "d.mov").mkdir()
    assert [path.name for path in files_in([folder]).files] == ["a.png", "b.mp4"]


def test_a_folder_without_pictures_is_said(room: Room, tmp_path: Path) -> None:
    page = ready(room)
    (tmp_path / "notes.txt").write_text("nothing to see", encoding="utf-8")
    drop(page, tmp_path)
    room.until(lambda: room.toast == words.READ_NOTHING())
    assert page.gathering.squares == ()


def test_a_folder_that_names_its_person_fills_in_the_form(
    room: Room, face: Path, tmp_path: Path
) -> None:
    page = ready(room)
    folder = tmp_path / "C07 - Clara Bennett"
    folder.mkdir()
    shutil.copy(face, folder)
    drop(page, folder)
    room.until(lambda: bool(page.gathering.squares))
    assert (page.form.id_field.text(), page.form.name_field.text()) == ("C07", "Clara Bennett")
    page.form.name_field.setText("Clara")  # what was entered stays
    room.until(lambda: not page.strip.busy)
    drop(page, folder)
    room.until(lambda: not page.strip.busy)
    assert page.form.name_field.text() == "Clara"


def test_a_folder_of_several_people_is_not_taken_for_one(
    room: Room, face: Path, tmp_path: Path
) -> None:
    page = ready(room)
    staff = tmp_path / "the staff"
    for name in ("P01 - Grace", "P02 - Omar"):
        (staff / name).mkdir(parents=True)
        shutil.copy(face, staff / name)
    drop(page, staff)
    room.until(lambda: bool(room.told) and not page.strip.busy)
    (notice,) = room.told
    assert "the staff" in notice.what
    assert page.gathering.squares == ()
    press(room.window.banner, words.STAFF_COPY())
    command = QGuiApplication.clipboard().text()
    assert command in notice.hint
    data_dir = str(room.parts.data_dir)
    *program, option, folder, verb, source = shlex.split(command)
    assert [option, folder, verb, source] == ["--data-dir", data_dir, "import", str(staff)]
    said = subprocess.run([*program, "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("faceapp")


def test_where_the_app_has_no_command_of_its_own_the_whole_path_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    paths = Paths(tmp_path / "data")  # of no window, whose threads would believe it too
    assert import_command(tmp_path, paths).startswith(f"{shlex.quote(sys.executable)} -m faceapp ")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("APPIMAGE", "/opt/my apps/FaceApp.AppImage")
    assert import_command(tmp_path, paths).startswith("'/opt/my apps/FaceApp.AppImage' ")


def test_the_folders_of_one_person_are_looked_through(
    room: Room, face: Path, tmp_path: Path
) -> None:
    page = ready(room)
    (tmp_path / "grace" / "summer").mkdir(parents=True)
    shutil.copy(face, tmp_path / "grace" / "summer")
    gather(room, page, tmp_path / "grace")
    assert room.window.banner.notice is None
    shutil.copy(face, tmp_path / "grace")
    for sources in ([tmp_path / "grace"], [face, tmp_path / "nowhere"]):
        assert staff_folder(sources, files_in(sources).files) is None
