"""How long entries are kept, and backups: what is lost is said before it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from faceapp.errors import BackupUnreadable, StoreCorrupt
from faceapp.store import backup, open_store
from faceapp.store.files import put_in_place
from faceapp.types import EntryFilter
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.confirm import PurgeDialog, RestoreDialog
from faceapp.ui.notices import Notice, Notices, Tone
from faceapp.ui.pages.settings import SettingsPage
from faceapp.ui.run import put_back
from faceapp.ui.translation import Language
from faceapp.ui.words import settings as words
from faceapp.ui.words import shell
from tests.helpers.clock import here
from tests.helpers.disk import damage_table
from tests.helpers.seams import WAIT_S
from tests.ui.answers import answering, refusing
from tests.ui.kept import kept_when_closed, saved
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import buttons, texts, type_over

pytestmark = pytest.mark.usefixtures("noon")


NO_DATABASE = b"no database at all, whatever it is called" * 100


def test_how_long_entries_are_kept_is_taken_when_the_window_closes(room: Room) -> None:
    type_over(room.open(SettingsPage).privacy.retention, "14")
    assert kept_when_closed(room).retention_days == 14


@pytest.mark.parametrize("agreed", [True, False])
def test_what_a_last_number_deletes_is_asked_before_the_window_closes(
    room: Room, agreed: bool
) -> None:
    room.enrol("P1", "Grace")
    room.see("P1", here(1, 8), here(18, 8))
    type_over(room.open(SettingsPage).privacy.retention, "14")
    with answering(PurgeDialog, lambda asked: asked.accept() if agreed else asked.reject()):
        assert room.window.close()
    assert kept_when_closed(room).retention_days == (14 if agreed else 0)
    with closing(open_store(room.parts.paths.database)) as store:
        assert store.entries.count(EntryFilter()) == (1 if agreed else 2)


def test_keeping_entries_for_a_shorter_time_says_first_what_is_lost(room: Room) -> None:
    room.enrol("P1", "Grace")
    room.see("P1", here(1, 8), here(10, 8), here(18, 8))
    page = room.open(SettingsPage)

    with answering(PurgeDialog, lambda dialog: dialog.reject()):
        page.privacy.retention.setValue(14)
    assert saved(room).retention_days == 0
    assert page.privacy.retention.value() == 0

    def accept(dialog: PurgeDialog) -> None:
        assert words.RETENTION_LOSS(1, days=words.DAYS(14)) in texts(dialog)
        dialog.do_button.click()

    with answering(PurgeDialog, accept):
        page.privacy.retention.setValue(14)
    room.until(lambda: room.desk.settings.value.retention_days == 14)
    # The number could be put back, but not what was deleted.
    assert room.window.toast.isVisible()
    assert buttons(room.window.toast) == []
    assert [entry.at for entry in room.entries()] == [here(10, 8), here(18, 8)]
    assert saved(room).retention_days == 14


def test_only_the_last_of_many_numbers_is_asked_about(room: Room) -> None:
    room.enrol("P1", "Grace")
    room.see("P1", here(1, 8))
    retention = room.open(SettingsPage).privacy.retention
    with room.clerk_busy():
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
            room.qtbot.keyClick(retention, key)
    with refusing(PurgeDialog) as asked:
        room.wait_for_clerk()
    assert asked == [words.RETENTION_LOSS_DO(days=words.DAYS(1))]
    assert retention.value() == 0
    assert saved(room).retention_days == 0


def test_a_number_that_cannot_be_asked_about_is_not_shown(
    parts: RoomParts, open_room: Callable[[], Room]
) -> None:
    parts.paths.database.write_bytes(NO_DATABASE)
    room = open_room()
    retention = room.open(SettingsPage).privacy.retention
    retention.setValue(14)
    room.until(lambda: retention.value() == 0)
    assert retention.text() == words.RETENTION_EVER()
    assert room.window.banner.isVisible()


def test_keeping_entries_longer_asks_nothing(room: Room) -> None:
    page = room.open(SettingsPage)
    page.privacy.retention.setValue(1)
    assert page.privacy.retention.text() == "1 day"
    page.privacy.retention.setValue(365)
    assert page.privacy.retention.text() == "365 days"
    room.until(lambda: room.desk.settings.value.retention_days == 365)
    assert saved(room).retention_days == 365


@pytest.fixture
def copy(room: Room, tmp_path: Path) -> Path:
    """A backup of a database in which Grace is."""
    room.enrol("P1", "Grace")
    return room.do(lambda service: service.backup(tmp_path / "copy.db"))


def names_in(database: Path) -> list[str]:
    with closing(open_store(database)) as store:
        return [row.person.name for row in store.people.summaries()]


def test_a_backup_is_written_and_said(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    room.enrol("P1", "Grace")
    target = tmp_path / "copy.db"
    monkeypatch.setattr(files, "ask_backup", lambda *_: target)
    page = room.open(SettingsPage)
    page.data.backup_button.click()
    room.until(lambda: words.BACKED_UP(path=target) == room.toast)
    assert names_in(target) == ["Grace"]
    assert page.data.backup_button.isEnabled()


def test_an_arrival_is_recorded_while_a_backup_is_written(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    room.enrol("P1", "Grace")
    copied, go_on = Event(), Event()

    def slowly(written: Path, target: Path) -> Path:
        copied.set()
        assert go_on.wait(WAIT_S)
        return put_in_place(written, target)

    monkeypatch.setattr(backup, "put_in_place", slowly)
    monkeypatch.setattr(files, "ask_backup", lambda *_: tmp_path / "copy.db")
    page = room.open(SettingsPage)
    page.data.backup_button.click()
    room.until(copied.is_set)
    room.see("P1", room.parts.clock.now())
    assert len(room.entries()) == 1
    assert not page.data.backup_button.isEnabled()
    go_on.set()
    room.until(page.data.backup_button.isEnabled)
    assert names_in(tmp_path / "copy.db") == ["Grace"]


def test_after_a_backup_by_key_the_focus_is_not_on_what_replaces_all_data(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files, "ask_backup", lambda *_: tmp_path / "copy.db")
    button = room.open(SettingsPage).data.backup_button
    button.setFocus()
    room.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not button.isEnabled()
    room.until(button.isEnabled)
    assert room.window.focusWidget() is button


def test_a_backup_that_cannot_be_written_is_said(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files, "ask_backup", lambda *_: tmp_path / "nowhere" / "copy.db")
    page = room.open(SettingsPage)
    page.data.backup_button.click()
    room.until(room.window.banner.isVisible)
    assert page.data.backup_button.isEnabled()


def test_a_backup_that_fails_after_the_window_is_closed_is_known(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    room.enrol("P1", "Grace")
    room.do(lambda service: damage_table(service, "people"))
    monkeypatch.setattr(files, "ask_backup", lambda *_: tmp_path / "copy.db")
    room.open(SettingsPage).data.backup_button.click()
    room.shell.close()
    assert [type(error) for error in room.desk.ops.unwritten()] == [StoreCorrupt]
    assert not (tmp_path / "copy.db").exists()


def test_a_restore_closes_the_window_and_puts_the_backup_back(
    room: Room,
    parts: RoomParts,
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> None:
    room.enrol("P2", "Omar")
    monkeypatch.setattr(files, "ask_restore", lambda *_: copy)
    page = room.open(SettingsPage)
    with answering(RestoreDialog, lambda dialog: dialog.do_button.click()):
        page.data.restore_button.click()
    room.until(lambda: not room.window.isVisible())
    assert room.shell.restore_wanted == copy

    told: list[Notice] = []
    notices = Notices()
    notices.told.connect(told.append)
    tell = put_back(parts, copy)
    next_windows = Language(qapp, "de")
    tell(notices)
    next_windows.stop()
    assert told[0].tone is Tone.GOOD
    assert told[0].what.startswith("Die Sicherung copy.db wurde zurückgeholt.")
    assert names_in(parts.paths.database) == ["Grace"]


@pytest.mark.parametrize("damaged", [False, True])
def test_what_is_in_a_backup_is_said_before_anything_is_replaced(
    room: Room, copy: Path, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    if damaged:
        with closing(sqlite3.connect(copy)) as other, other:
            other.execute("UPDATE people SET name = CAST(x'ff' AS TEXT)")
    monkeypatch.setattr(files, "ask_restore", lambda *_: copy)
    page = room.open(SettingsPage)
    said: list[str] = []

    with answering(RestoreDialog, lambda dialog: said.extend(texts(dialog))):
        page.data.restore_button.click()
        assert not page.data.restore_button.isEnabled()
    assert "1 person and 0 entries" in " ".join(said)
    assert (words.RESTORE_DAMAGED() in said) == damaged
    room.until(page.data.restore_button.isEnabled)
    assert room.shell.restore_wanted is None


def test_a_file_that_is_no_backup_is_refused_before_anything_is_asked(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = tmp_path / "list.csv"
    wrong.write_text("id,name\n" * 100, encoding="utf-8")
    monkeypatch.setattr(files, "ask_restore", lambda *_: wrong)
    page = room.open(SettingsPage)
    with refusing(RestoreDialog) as refused:
        page.data.restore_button.click()
        room.until(room.window.banner.isVisible)
    assert refused == []
    notice = room.window.banner.notice
    assert notice is not None
    assert "not a backup" in notice.what
    assert "unchanged" in notice.hint
    assert page.data.restore_button.isEnabled()
    assert shell.DATABASE_FAILED() not in texts(room.window.status_line)


def test_a_backup_that_is_none_leaves_everything(parts: RoomParts, tmp_path: Path) -> None:
    open_store(parts.paths.database).close()
    before = parts.paths.database.read_bytes()
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(NO_DATABASE)
    failed: list[object] = []
    notices = Notices()
    notices.failed.connect(failed.append)
    put_back(parts, wrong)(notices)
    assert [type(error) for error in failed] == [BackupUnreadable]
    assert parts.paths.database.read_bytes() == before
