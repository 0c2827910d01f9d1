"""What the window makes of a database that is locked, damaged for a while, or not there yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceapp.config import Settings
from faceapp.errors import BackupUnreadable, StoreFull
from faceapp.service import Service
from faceapp.types import CameraState, Changes, Person, PersonId, Sighting
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.dialogs.unsaved import UnsavedDialog
from faceapp.ui.page import PageKey
from faceapp.ui.pages.attendance.page import AttendancePage
from faceapp.ui.pages.people import PeoplePage
from tests.helpers.seams import MODEL
from tests.ui.answers import answering
from tests.ui.rooms import Room, RoomParts


@pytest.fixture
def locked(room: Room) -> Iterator[sqlite3.Connection]:
    """Another program that holds the database while an entry waits; gone at the end."""
    room.enrol("P01", "Grace Okafor")
    other = sqlite3.connect(room.parts.paths.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    room.desk.live.start(Purpose.TAKING)
    room.until(lambda: room.desk.live.waiting == 1)
    room.until(room.window.banner.isVisible)
    room.desk.live.stop()
    yield other
    other.close()


def test_a_count_does_not_make_an_entry_saved(room: Room, locked: sqlite3.Connection) -> None:
    line = room.window.status_line
    room.desk.changes.changed.emit(Changes(people=True))
    room.do(lambda service: service.people())
    assert line._database.text() == words.shell.DATABASE_WAITING(1)
    locked.execute("ROLLBACK")
    room.desk.live.retry_recording()
    room.until(lambda: line._database.text() == words.shell.DATABASE_READY())
    assert room.desk.live.waiting == 0


def look_around(room: Room) -> None:
    """Let the watch look as it does every few seconds, and count whom it counts then."""
    room.shell._watcher._look.timeout.emit()
    for _ in range(2):
        room.do(lambda service: service.people())


def test_what_the_operator_did_not_get_stands_although_the_database_can_be_read(
    room: Room,
) -> None:
    line, banner = room.window.status_line, room.window.banner
    room.enrol("P01", "Grace Okafor")
    room.desk.notices.error(StoreFull(path="x.db"))
    look_around(room)
    room.until(lambda: line._database.text() == words.shell.DATABASE_READY())
    assert banner.isVisible()
    with room.qtbot.waitSignal(room.desk.live.recorded):
        room.desk.live.start(Purpose.TAKING)
    assert not banner.isVisible()


def test_a_backup_that_cannot_be_used_is_no_fault_of_the_database(room: Room) -> None:
    look_around(room)
    room.desk.notices.error(BackupUnreadable(path="b.db", why="damaged"))
    assert room.window.status_line._database.text() == words.shell.DATABASE_READY()
    room.enrol("P01", "Grace Okafor")
    look_around(room)
    assert room.window.banner.isVisible()


@pytest.fixture
def late(qapp: QApplication, qtbot: QtBot, parts: RoomParts) -> Iterator[LateRoom]:
    """A window that was opened while another program had the database for itself."""
    with closing(parts.open_service()) as service:
        service.add_person(Person(PersonId("P1"), "Asha"))
    other = sqlite3.connect(parts.paths.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    room = Room(qapp, qtbot, parts)
    room.shell.open()
    room.until(lambda: room.window.status_line._database.text() == words.shell.DATABASE_FAILED())
    room.until(lambda: room.desk.ops.busy == 0)
    yield LateRoom(room, other)
    room.close()
    other.close()


@dataclass(frozen=True)
class LateRoom:
    room: Room
    other: sqlite3.Connection


def test_a_database_that_was_not_to_be_had_at_the_start_is_opened_later(late: LateRoom) -> None:
    room, line = late.room, late.room.window.status_line
    room.window.open(PageKey.PEOPLE)
    page = room.window.page
    assert isinstance(page, PeoplePage)
    assert room.window.banner.isVisible()
    room.until(lambda: room.desk.ops.busy == 0)
    late.other.execute("ROLLBACK")
    room.shell._watcher._look.timeout.emit()
    room.until(lambda: [row.person.name for row in page.table.rows] == ["Asha"])
    room.until(lambda: line._database.text() == words.shell.DATABASE_READY())
    assert line._people.text() == words.shell.GALLERY(0)
    assert not room.window.banner.isVisible()


def test_what_was_dismissed_stays_away_while_the_database_is_not_to_be_had(late: LateRoom) -> None:
    room, banner = late.room, late.room.window.banner
    while banner.isVisible():
        banner.dismiss()
    room.shell._watcher._look.timeout.emit()
    room.until(lambda: room.desk.ops.busy == 0)
    assert not banner.isVisible()
    assert room.window.status_line._database.text() == words.shell.DATABASE_FAILED()


def test_a_setting_that_was_changed_meanwhile_is_kept_and_in_force(late: LateRoom) -> None:
    room = late.room
    assert room.desk.settings.change("cooldown_s", 60)
    room.until(lambda: room.desk.ops.busy == 0)
    assert room.parts.settings.cooldown_s == Settings().cooldown_s
    late.other.execute("ROLLBACK")
    room.shell._watcher._look.timeout.emit()
    room.until(lambda: room.parts.settings.cooldown_s == 60)
    assert room.do(lambda service: service._settings).cooldown_s == 60


def test_a_page_that_could_not_be_read_is_read_again(room: Room) -> None:
    room.enrol("P1", "Grace")
    seen = Sighting("1", PersonId("P1"), room.parts.clock.now(), "demo", 0.7, 0.4, MODEL)
    room.do(lambda service: service.record(seen))

    def name_zone(service: Service, zone: bytes) -> None:
        run = service._store._connection.run
        run("DROP TRIGGER IF EXISTS entries_never_change")
        run("UPDATE entries SET zone = CAST(? AS TEXT)", (zone,))

    room.do(lambda service: name_zone(service, b"\xff"))
    room.window.open(PageKey.ATTENDANCE)
    page = room.window.page
    assert isinstance(page, AttendancePage)
    room.until(room.window.banner.isVisible)
    room.until(lambda: not page._loading)
    room.do(lambda service: name_zone(service, b"Europe/Berlin"))
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


def test_the_status_line_names_the_camera_that_is_being_opened(room: Room) -> None:
    room.parts.state = CameraState.OPENING
    room.desk.live.start(Purpose.PREVIEW)
    room.until(lambda: bool(room.parts.cameras))
    assert room.desk.settings.change("camera", "rtsp://host/x")
    said = room.window.status_line._camera.full_text
    opening = words.states.CAMERA[CameraState.OPENING]()
    assert said == words.shell.CAMERA_STATUS(camera="rtsp://host/x", state=opening)


def test_closing_asks_before_it_loses_an_entry(room: Room, locked: sqlite3.Connection) -> None:
    with answering(UnsavedDialog, lambda dialog: dialog.cancel_button.click()) as asked:
        assert not room.window.close()
    assert len(asked) == 1
    assert asked[0].cancel_button.isDefault()
    assert room.window.isVisible()
    with answering(UnsavedDialog, lambda dialog: dialog.reject()) as asked:
        room.desk.navigator.restore_wanted.emit(room.parts.data_dir / "backup.db")
    assert len(asked) == 1
    assert room.shell.restore_wanted is None
    with answering(UnsavedDialog, lambda dialog: dialog.do_button.click()):
        assert room.window.close()
    assert locked.in_transaction


def test_closing_tries_once_more_and_then_need_not_ask(
    room: Room, locked: sqlite3.Connection
) -> None:
    locked.execute("ROLLBACK")
    assert room.window.close()
    assert room.desk.live.waiting == 0
    assert locked.execute("SELECT count(*) FROM entries").fetchone() == (1,)
