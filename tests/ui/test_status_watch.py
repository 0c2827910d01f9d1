"""What the window makes of a database that is locked, damaged for a while, or not there yet."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QApplication

from faceapp.config import Settings
from faceapp.errors import BackupUnreadable, StoreFull, StoreMoved
from faceapp.service import Service
from faceapp.types import CameraState, Changes, Person, PersonId
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.dialogs.confirm import UnsavedDialog
from faceapp.ui.feed import Speed
from faceapp.ui.pages.attendance.page import AttendancePage
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.status_watch import LOOK_MS
from tests.helpers.disk import damage_table, forget_pages
from tests.helpers.seams import WAIT_S
from tests.ui.answers import answering
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import let_pass, texts


@pytest.fixture
def locked(room: Room) -> Iterator[sqlite3.Connection]:
    """Another program that holds the database while an entry waits; gone at the end."""
    room.enrol("P01", "Grace Okafor")
    with room.locked() as other:
        room.desk.camera.start(Purpose.TAKING)
        room.until(lambda: room.desk.camera.waiting == 1)
        room.until(room.window.banner.isVisible)
        room.desk.camera.stop()
        yield other


def test_a_count_does_not_make_an_entry_saved(room: Room, locked: sqlite3.Connection) -> None:
    line = room.window.status_line
    room.desk.changes.changed.emit(Changes(people=True))
    room.wait_for_clerk()
    assert words.shell.DATABASE_WAITING(1) in texts(line)
    locked.execute("ROLLBACK")
    room.desk.camera.retry_recording()
    room.until(lambda: database_ready(room))
    assert room.desk.camera.waiting == 0


def test_no_latency_is_told_while_no_picture_is_looked_at(room: Room) -> None:
    line, latency = room.window.status_line, words.shell.LATENCY(ms=7)
    room.desk.camera.speed_changed.emit(Speed(30.0, 7.2))
    assert {words.shell.FPS(fps=30), latency} <= set(texts(line))
    room.desk.camera.speed_changed.emit(Speed(29.6, None))
    assert words.shell.FPS(fps=30) in texts(line)
    assert not {latency, words.shell.LATENCY(ms=0)} & set(texts(line))


def full(_file: int) -> NoReturn:
    """Fail as `os.fsync` does on a full disk."""
    raise OSError(errno.ENOSPC, "no space left on device")


@contextmanager
def damaged(room: Room, table: str) -> Iterator[None]:
    """Make a table unreadable; it is put back however the test ends."""
    repair = room.do(lambda service: damage_table(service, table))
    room.desk.ops.read(forget_pages)
    try:
        yield
    finally:
        room.do(lambda _service: repair())
        room.desk.ops.read(forget_pages)


def look_around(room: Room) -> None:
    """Let the watch look as it does every few seconds, and count whom it counts then."""
    room.until(lambda: room.desk.ops.busy == 0)
    let_pass(room.window, LOOK_MS)
    room.wait_for_clerk()
    room.until(lambda: room.desk.ops.busy == 0)


def database_ready(room: Room) -> bool:
    return words.shell.DATABASE_READY() in texts(room.window.status_line)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
def test_a_database_that_was_moved_away_is_said_and_works_on_when_it_is_back(room: Room) -> None:
    banner = room.window.banner
    room.enrol("P01", "Grace Okafor")
    path = room.parts.paths.database
    room.until(lambda: database_ready(room))
    elsewhere = path.rename(path.with_name("elsewhere.db"))
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: room.desk.camera.waiting == 1)
    room.desk.camera.stop()
    look_around(room)
    what = words.errors.sentence(StoreMoved(path=path))[0]
    room.until(lambda: banner.notice is not None and banner.notice.what == what)
    assert room.entries() == []
    elsewhere.rename(path)
    look_around(room)
    room.until(lambda: database_ready(room))
    assert len(room.entries()) == 1


def test_what_the_operator_did_not_get_stands_although_the_database_can_be_read(
    room: Room,
) -> None:
    banner = room.window.banner
    room.enrol("P01", "Grace Okafor")
    room.desk.notices.error(StoreFull(path="x.db"))
    look_around(room)
    room.until(lambda: database_ready(room))
    assert banner.isVisible()
    with room.qtbot.waitSignal(room.desk.camera.recorded):
        room.desk.camera.start(Purpose.TAKING)
    assert not banner.isVisible()


def test_a_dismissed_failure_to_save_stays_away_until_something_was_saved(room: Room) -> None:
    banner, live = room.window.banner, room.desk.camera
    room.enrol("P01", "Grace Okafor")
    room.desk.settings.change("cooldown_s", 0)
    for _ in range(2):
        with room.locked():
            live.start(Purpose.TAKING)
            room.until(banner.isVisible)
            banner.dismiss()
            tries = len(room.told)
            look_around(room)
            room.wait_for_clerk()
            assert live.waiting > 0
            assert not banner.isVisible()
            assert len(room.told) == tries
        with room.qtbot.waitSignal(live.recorded):
            look_around(room)
        live.stop()


def test_a_setting_that_could_not_be_saved_is_saved_once_an_entry_is(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.enrol("P01", "Grace Okafor")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        room.desk.settings.change("theme", "dark")
        room.until(room.window.banner.isVisible)
        room.window.banner.dismiss()
        room.desk.settings.retry()
        room.wait_for_clerk()
        assert not room.window.banner.isVisible()
        room.desk.settings.change("cooldown_s", 0)
        room.until(room.window.banner.isVisible)
    with room.qtbot.waitSignal(room.desk.camera.recorded):
        room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: room.parts.settings.theme == "dark")
    room.until(lambda: not room.window.banner.isVisible())


def test_entries_that_wait_stay_said_when_only_reading_works_again(room: Room) -> None:
    banner, live = room.window.banner, room.desk.camera
    room.enrol("P01", "Grace Okafor")
    live.start(Purpose.PREVIEW)
    room.until(lambda: live.state is CameraState.OK)
    with damaged(room, "entries"):
        with damaged(room, "people"):
            live.start(Purpose.TAKING)
            room.until(lambda: live.waiting == 1)
            live.stop()
            look_around(room)
            assert banner.isVisible()
        for _ in range(3):
            look_around(room)
        assert live.waiting == 1
        assert banner.isVisible()
    look_around(room)
    assert live.waiting == 0
    assert not banner.isVisible()


def test_settings_are_saved_once_for_all_entries_that_come_together(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, changed, written = room.desk.camera, list[Changes](), Event()
    room.enrol("P01", "Grace Okafor")
    room.desk.settings.change("cooldown_s", 0)
    room.wait_for_clerk()
    monkeypatch.setattr(os, "fsync", full)
    room.desk.settings.change("theme", "dark")
    room.until(room.window.banner.isVisible)
    with room.locked():
        for waiting in (1, 2, 3):
            live.start(Purpose.TAKING)
            room.until(lambda waiting=waiting: live.waiting >= waiting)  # type: ignore[misc]
            live.stop()
    room.desk.changes.changed.connect(changed.append)
    live.retry_recording()
    room.desk.ops.run(lambda _service: written.set())
    assert written.wait(WAIT_S)
    room.wait_for_clerk()
    room.wait_for_clerk()
    assert [one for one in changed if one.settings] == [Changes(settings=True)]


def test_a_backup_that_cannot_be_used_is_no_fault_of_the_database(room: Room) -> None:
    look_around(room)
    room.desk.notices.error(BackupUnreadable(path="b.db", why="damaged"))
    assert database_ready(room)
    room.enrol("P01", "Grace Okafor")
    look_around(room)
    assert room.window.banner.isVisible()


@pytest.fixture
def late(qapp: QApplication, parts: RoomParts, open_room: Callable[[], Room]) -> Iterator[LateRoom]:
    """A window that was opened while another program had the database for itself."""
    with closing(parts.open_service()) as service:
        service.add_person(Person(PersonId("P1"), "Asha"))
    with closing(sqlite3.connect(parts.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        room = open_room()
        room.until(lambda: words.shell.DATABASE_FAILED() in texts(room.window.status_line))
        room.until(lambda: room.desk.ops.busy == 0)
        # Waits for what it loads at the start, which fails as well.
        room.desk.camera.close(lambda: False)
        qapp.processEvents()
        yield LateRoom(room, other)
        room.close()


@dataclass(frozen=True)
class LateRoom:
    room: Room
    other: sqlite3.Connection


def test_a_database_that_was_not_to_be_had_at_the_start_is_opened_later(late: LateRoom) -> None:
    room, line = late.room, late.room.window.status_line
    page = room.open(PeoplePage)
    assert room.window.banner.isVisible()
    room.until(lambda: room.desk.ops.busy == 0)
    late.other.execute("ROLLBACK")
    let_pass(room.window, LOOK_MS)
    room.until(lambda: [row.person.name for row in page.table.rows] == ["Asha"])
    room.until(lambda: database_ready(room))
    assert words.shell.GALLERY(0) in texts(line)
    assert not room.window.banner.isVisible()


def test_what_was_dismissed_stays_away_while_the_database_is_not_to_be_had(late: LateRoom) -> None:
    room, banner = late.room, late.room.window.banner
    while banner.isVisible():
        banner.dismiss()
    let_pass(room.window, LOOK_MS)
    room.until(lambda: room.desk.ops.busy == 0)
    assert not banner.isVisible()
    assert words.shell.DATABASE_FAILED() in texts(room.window.status_line)


def test_starting_again_does_not_hide_that_the_database_is_not_to_be_had(late: LateRoom) -> None:
    live, banner = late.room.desk.camera, late.room.window.banner
    for _ in range(2):
        live.start(Purpose.PREVIEW)
        assert banner.isVisible()
        late.room.until(lambda: live.purpose is None)
    live.close(lambda: False)


def test_a_setting_that_was_changed_meanwhile_is_kept_and_in_force(late: LateRoom) -> None:
    room = late.room
    assert room.desk.settings.change("cooldown_s", 60)
    room.until(lambda: room.desk.ops.busy == 0)
    assert room.parts.settings.cooldown_s == Settings().cooldown_s
    late.other.execute("ROLLBACK")
    let_pass(room.window, LOOK_MS)
    room.until(lambda: room.parts.settings.cooldown_s == 60)
    now = room.parts.clock.now()
    room.see("P1", now - timedelta(seconds=100), now)  # a second visit for 60 s, one for 300 s
    assert room.do(lambda service: service.count_entries()) == 2


def test_a_page_that_could_not_be_read_is_read_again(room: Room) -> None:
    room.enrol("P1", "Grace")
    room.see("P1", room.parts.clock.now())
    repair = room.do(lambda service: damage_table(service, "entries"))
    page = room.open(AttendancePage)
    room.until(room.window.banner.isVisible)
    room.until(page.correct_button.isEnabled)
    room.do(lambda _service: repair())
    room.desk.ops.read(forget_pages)
    look_around(room)
    room.until(lambda: len(page.table.rows) == 1)


def test_a_page_that_cannot_be_read_is_not_tried_for_ever(room: Room) -> None:
    tries: list[str] = []

    def read(_changes: Changes) -> None:
        tries.append("read")
        room.desk.ops.run(broken)

    def broken(_service: Service) -> None:
        raise StoreFull(path="x.db")

    room.desk.changes.changed.connect(read)
    read(Changes())
    for _ in range(5):
        look_around(room)
    assert len(tries) == 2


def test_people_counted_meanwhile_do_not_hide_what_could_not_be_read(room: Room) -> None:
    room.until(lambda: room.desk.ops.busy == 0)
    line = room.window.status_line
    with room.reader_busy():
        room.desk.changes.changed.emit(Changes(people=True))
        room.desk.notices.error(StoreFull(path="x.db"))
    room.until(lambda: room.desk.ops.busy == 0)
    assert words.shell.DATABASE_FAILED() in texts(line)
    look_around(room)
    room.until(lambda: database_ready(room))


def test_the_status_line_names_the_camera(room: Room) -> None:
    line = room.window.status_line
    assert words.shell.NO_CAMERA() in texts(line)
    room.desk.camera.start(Purpose.PREVIEW)
    room.until(lambda: "Camera 1: ready" in texts(line))
    room.until(lambda: any(text.endswith("fps") for text in texts(line)))
    room.desk.camera.stop()
    assert words.shell.NO_CAMERA() in texts(line)
    assert not any(text.endswith("fps") for text in texts(line))


def test_the_status_line_names_the_camera_that_is_being_opened(room: Room) -> None:
    room.parts.state = CameraState.OPENING
    room.desk.camera.start(Purpose.PREVIEW)
    room.until(lambda: bool(room.parts.cameras))
    assert room.desk.settings.change("camera", "rtsp://host/x")
    opening = words.states.CAMERA[CameraState.OPENING]()
    said = words.shell.CAMERA_STATUS(camera="rtsp://host/x", state=opening)
    assert said in texts(room.window.status_line)


def test_closing_asks_before_it_loses_an_entry(room: Room, locked: sqlite3.Connection) -> None:
    with answering(UnsavedDialog, lambda dialog: dialog.cancel_button.click()) as asked:
        assert not room.window.close()
    assert asked[0].cancel_button.isDefault()
    assert room.window.isVisible()
    with answering(UnsavedDialog, lambda dialog: dialog.reject()):
        room.desk.navigator.restore_wanted.emit(room.parts.data_dir / "backup.db")
    assert room.shell.restore_wanted is None
    with answering(UnsavedDialog, lambda dialog: dialog.do_button.click()):
        assert room.window.close()
    assert locked.in_transaction


def test_closing_tries_once_more_and_then_need_not_ask(
    room: Room, locked: sqlite3.Connection
) -> None:
    locked.execute("ROLLBACK")
    assert room.window.close()
    assert room.desk.camera.waiting == 0
    assert locked.execute("SELECT count(*) FROM entries").fetchone() == (1,)
