from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from faceapp import __version__, paths
from faceapp.addresses import DEMO
from faceapp.camera import CameraInfo
from faceapp.config import FIELDS, Settings
from faceapp.errors import BackupUnreadable
from faceapp.recognition.gallery import Gallery
from faceapp.store import open_store
from faceapp.types import EntryFilter, PersonId, RangeMode, Sample
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.confirm import PurgeDialog, RestoreDialog
from faceapp.ui.dialogs.licences import LicencesDialog
from faceapp.ui.notices import Notice, Notices, Tone
from faceapp.ui.page import PageKey
from faceapp.ui.pages.settings import SettingsPage
from faceapp.ui.pages.settings.camera import OTHER, CameraSection
from faceapp.ui.pages.settings.rows import SettingRow
from faceapp.ui.pages.settings.strictness import STEPS, cost_of, step_of
from faceapp.ui.run import put_back
from faceapp.ui.translation import Language
from faceapp.ui.widgets.labels import plain_tip
from faceapp.ui.words import common, shell
from faceapp.ui.words import settings as words
from tests.helpers.seams import MODEL
from tests.ui.answers import answering, refusing
from tests.ui.pages.conftest import here
from tests.ui.rooms import CARD, QUALITY, TABLE, Room, RoomParts
from tests.ui.seen import buttons, click, press, texts, turn_wheel, type_over

pytestmark = pytest.mark.usefixtures("noon")

NO_DATABASE = b"no database at all, whatever it is called" * 100


def saved(room: Room) -> Settings:
    """What the settings file holds, after everything that was handed to the clerk."""
    room.wait_for_clerk()
    return room.parts.settings


def kept_when_closed(room: Room) -> Settings:
    """Close the window; what the settings file holds then."""
    room.window.close()
    room.shell.close()
    return room.parts.settings


def test_every_row_says_what_it_is_and_does(room: Room) -> None:
    page = room.open(SettingsPage)
    rows = page.findChildren(SettingRow)
    assert len(rows) >= 13
    for row in rows:
        what, why = row.findChildren(QLabel)[:2]
        assert what.text()
        assert why.text()
        assert row.control.accessibleName()
        assert row.control.accessibleDescription() == why.text()


def test_opening_the_page_changes_nothing(room: Room) -> None:
    room.open(SettingsPage)
    assert saved(room) == Settings()
    assert not room.window.toast.isVisible()


def test_a_choice_is_saved_at_once_and_can_be_undone(room: Room) -> None:
    page = room.open(SettingsPage)
    box = page.rules.policy_box
    box.setCurrentIndex(box.findData("alternating"))
    box.activated.emit(box.currentIndex())
    assert saved(room).policy == "alternating"
    toast = room.window.toast
    assert toast.isVisible()
    press(toast, common.UNDO())
    assert saved(room).policy == "first_in_last_out"
    assert box.currentData() == "first_in_last_out"


def test_what_another_page_changes_is_shown(room: Room) -> None:
    page = room.open(SettingsPage)
    room.desk.settings.change("range_mode", "far")
    room.desk.settings.change("cooldown_s", 90)
    assert page.camera.range_box.currentData() == "far"
    assert page.rules.cooldown.value() == 2
    assert room.desk.settings.value.cooldown_s == 90


def test_what_is_being_typed_outlives_the_saving_of_another_setting(room: Room) -> None:
    section = room.open(SettingsPage).recognition
    room.qtbot.keyClick(section.slider, Qt.Key.Key_Right)  # saved when it has settled
    type_over(section.threads, "4")
    room.until(lambda: room.desk.settings.value.stranger_odds == 2_000)
    room.qtbot.keyClick(section.threads, Qt.Key.Key_Return)
    assert saved(room).embed_threads == 4


def test_what_was_entered_last_is_kept_when_the_window_closes(room: Room) -> None:
    page = room.open(SettingsPage)
    type_over(page.rules.cooldown, "7")
    room.qtbot.keyClick(page.recognition.slider, Qt.Key.Key_Right)
    kept = kept_when_closed(room)
    assert (kept.cooldown_s, kept.stranger_odds) == (7 * 60, 2_000)


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


def test_the_distance_is_said_in_words(room: Room) -> None:
    box = room.open(SettingsPage).camera.range_box
    box.setFocus()
    room.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert saved(room).range_mode == "far"
    said = room.toast
    assert said == f"{words.RANGE()}: {words.RANGE_CHOICE[RangeMode.FAR]()}"


def test_numbers_outside_their_range_cannot_be_entered(room: Room) -> None:
    page = room.open(SettingsPage)
    most = {field.key: field.maximum for field in FIELDS}
    page.recognition.threads.setValue(10_000)
    assert saved(room).embed_threads == most["embed_threads"]
    page.rules.cooldown.setValue(10**6)
    assert saved(room).cooldown_s == most["cooldown_s"]
    page.rules.cooldown.setValue(0)
    assert page.rules.cooldown.text() == words.COOLDOWN_OFF()
    assert saved(room).cooldown_s == 0


def test_more_votes_than_pictures_cannot_be_asked_for(room: Room) -> None:
    section = room.open(SettingsPage).recognition
    section.votes.setValue(9)
    assert (saved(room).confirm_votes, saved(room).confirm_window) == (5, 5)
    section.window_field.setValue(2)
    assert saved(room).confirm_window == 5
    section.votes.setValue(2)
    section.window_field.setValue(2)
    assert (saved(room).confirm_votes, saved(room).confirm_window) == (2, 2)


def test_the_slider_speaks_words_and_numbers(room: Room) -> None:
    section = room.open(SettingsPage).recognition
    section.slider.setFocus()
    room.qtbot.keyClick(section.slider, Qt.Key.Key_Right)
    assert "2" in section.target.text()
    assert section.target.text() in section.slider.accessibleName()
    room.until(lambda: saved(room).stranger_odds == 2_000)


def test_odds_between_two_steps_stay_until_the_slider_is_moved(room: Room) -> None:
    room.desk.settings.change("stranger_odds", 3_333)
    section = room.open(SettingsPage).recognition
    assert "3" in section.target.text()
    assert section.odds == 3_333
    assert STEPS[section.slider.value()] in (2_000, 5_000)


def test_what_a_target_needs_is_measured_again_when_it_is_taken_back(room: Room) -> None:
    room.enrol("P1", "Grace")
    vector = np.array([0.7, 0.51**0.5], np.float32)
    other = Sample(vector, QUALITY, MODEL, "test", np.zeros((112, 112, 3), np.uint8))
    room.do(lambda service: service.add_samples(PersonId("P1"), [other]))
    section = room.open(SettingsPage).recognition
    easy = words.ODDS_WITH(1, picture=words.ANY_PICTURE())
    room.until(lambda: section.needs.text() == easy)
    room.qtbot.keyClick(section.slider, Qt.Key.Key_Right)
    assert section.needs.text() == ""
    room.until(lambda: section.needs.text() == words.ODDS_WITH(1, picture=words.HARD_PICTURE()))
    press(room.window.toast, common.UNDO())
    assert section.needs.text() == ""
    room.until(lambda: section.needs.text() == easy)


def test_the_wheel_changes_nothing_in_passing(room: Room) -> None:
    page = room.open(SettingsPage)
    for control in (page.recognition.slider, page.rules.cooldown, page.rules.policy_box):
        turn_wheel(control, 120)
    assert room.desk.settings.value == Settings()


def test_a_camera_is_chosen_or_given_by_its_address(room: Room, parts: RoomParts) -> None:
    parts.listed = (CameraInfo("usb-1", "Front door <b>"), CameraInfo(DEMO, "Demo"))
    section = room.open(SettingsPage).camera
    room.until(lambda: section.camera_box.findData("usb-1") >= 0)
    section.camera_box.setCurrentIndex(section.camera_box.findData("usb-1"))
    section.camera_box.activated.emit(0)
    assert saved(room).camera == "usb-1"
    typed(room, " rtsp://hall/1 ")
    assert section.address.isVisible()
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "rtsp://hall/1"
    assert section.camera_box.currentData() == "rtsp://hall/1"
    assert not section.address.isVisible()


def typed(room: Room, address: str) -> CameraSection:
    """An address that is typed and not yet taken."""
    section = room.open(SettingsPage).camera
    section.camera_box.setCurrentIndex(section.camera_box.findData(OTHER))
    section.camera_box.activated.emit(0)
    room.qtbot.keyClicks(section.address, address)
    return section


def test_an_address_is_taken_when_the_page_is_left(room: Room) -> None:
    typed(room, "rtsp://hall/1")
    room.window.open(PageKey.LIVE)
    assert saved(room).camera == "rtsp://hall/1"


def test_an_address_is_taken_when_the_window_closes(room: Room) -> None:
    typed(room, "rtsp://hall/1")
    assert kept_when_closed(room).camera == "rtsp://hall/1"


def test_the_address_in_force_can_be_typed_again(room: Room) -> None:
    room.desk.settings.change("camera", "rtsp://hall/1")
    section = typed(room, "rtsp://hall/1")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert not section.address.isVisible()
    assert section.camera_box.currentData() == "rtsp://hall/1"


def test_an_address_is_not_closed_by_another_setting(room: Room) -> None:
    section = typed(room, "rtsp://ha")
    room.desk.settings.change("embed_threads", 2)
    room.qtbot.keyClicks(section.address, "ll/1")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "rtsp://hall/1"


def test_a_long_address_can_be_read_whole(room: Room) -> None:
    long = "rtsp://hall.example.org/a/stream/that/has/no/room"
    room.desk.settings.change("camera", f"{long}<1>")
    assert room.open(SettingsPage).camera.camera_box.toolTip() == plain_tip(f"{long}<1>")


def test_cameras_that_are_found_meanwhile_do_not_close_the_address(
    room: Room, parts: RoomParts
) -> None:
    section = typed(room, "rtsp://ha")
    parts.listed = (CameraInfo("usb-1", "Front door"), CameraInfo(DEMO, "Demo"))
    section.look()
    room.until(section.refresh_button.isEnabled)
    room.qtbot.keyClicks(section.address, "ll/1")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "rtsp://hall/1"
    room.until(lambda: section.camera_box.findData("usb-1") >= 0)


def test_a_login_in_an_address_is_not_shown_when_it_is_saved(room: Room) -> None:
    section = typed(room, "rtsp://ann:secret@hall/1")
    room.qtbot.keyClick(section.address, Qt.Key.Key_Return)
    assert saved(room).camera == "rtsp://ann:secret@hall/1"
    assert "hall/1" in room.toast
    assert "secret" not in room.toast


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


def test_after_a_backup_by_key_the_focus_is_not_on_what_replaces_all_data(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files, "ask_backup", lambda *_: tmp_path / "copy.db")
    backup = room.open(SettingsPage).data.backup_button
    backup.setFocus()
    room.qtbot.keyClick(backup, Qt.Key.Key_Space)
    assert not backup.isEnabled()
    room.until(backup.isEnabled)
    assert room.window.focusWidget() is backup


def test_a_backup_that_cannot_be_written_is_said(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files, "ask_backup", lambda *_: tmp_path / "nowhere" / "copy.db")
    page = room.open(SettingsPage)
    page.data.backup_button.click()
    room.until(room.window.banner.isVisible)
    assert page.data.backup_button.isEnabled()


def test_a_restore_closes_the_window_and_puts_the_backup_back(
    room: Room,
    parts: RoomParts,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qapp: QApplication,
) -> None:
    room.enrol("P1", "Grace")
    copy = tmp_path / "copy.db"
    room.do(lambda service: service.backup(copy))
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
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damaged: bool
) -> None:
    room.enrol("P1", "Grace")
    copy = tmp_path / "copy.db"
    room.do(lambda service: service.backup(copy))
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


def test_the_list_of_sections_jumps_to_them(room: Room) -> None:
    page = room.open(SettingsPage)
    room.window.resize(960, 640)
    bar = scroll_of(page).verticalScrollBar()
    click(link(page, words.DATA_SECTION()))
    assert bar.value() > 0
    click(link(page, words.RULES_SECTION()))
    (title,) = [one for one in page.findChildren(QLabel) if one.text() == words.RULES_SECTION()]
    assert title.mapTo(scroll_of(page).viewport(), QPoint()).y() == 0
    click(link(page, words.CAMERA_SECTION()))
    assert bar.value() == 0


def test_a_section_that_is_chosen_by_keys_has_the_focus(room: Room) -> None:
    page = room.open(SettingsPage)
    first, second = link(page, words.CAMERA_SECTION()), link(page, words.RECOGNITION_SECTION())
    first.setFocus()
    room.qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()  # the arrows only walk through the list
    room.qtbot.keyClick(second, Qt.Key.Key_Space)
    assert page.recognition.slider.hasFocus()
    room.qtbot.keyClick(page.recognition.slider, Qt.Key.Key_Tab)
    assert page.recognition.votes.hasFocus()


def scroll_of(page: SettingsPage) -> QScrollArea:
    """Find what scrolls the sections: the innermost area."""
    areas: list[QScrollArea] = page.findChildren(QScrollArea)
    return next(one for one in areas if not one.findChildren(QScrollArea))


def link(page: SettingsPage, title: str) -> QPushButton:
    """Find what jumps to a section."""
    return next(one for one in page.findChildren(QPushButton) if one.text() == title)


def test_what_the_keys_reach_is_seen_wherever_the_page_was_scrolled_to(room: Room) -> None:
    page = room.open(SettingsPage)
    room.until(page.camera.refresh_button.isEnabled)
    bar = scroll_of(page).verticalScrollBar()
    bar.setValue(bar.maximum())
    box = page.camera.camera_box
    assert box.visibleRegion().isEmpty()
    last = [one for one in page.findChildren(QPushButton) if one.property("kind") == "section"][-1]
    last.setFocus()
    room.qtbot.keyClick(last, Qt.Key.Key_Tab)
    assert room.window.focusWidget() is box
    assert box.visibleRegion().boundingRect().size() == box.size()


@given(st.integers(100, 1_000_000))
def test_the_nearest_step_is_taken(odds: int) -> None:
    step = step_of(odds)
    nearest = abs(np.log(STEPS[step] / odds))
    assert all(nearest <= abs(np.log(other / odds)) + 1e-12 for other in STEPS)


def gallery(spread: float) -> Gallery:
    """Ten people with three samples each that are alike up to ``spread``."""
    rng = np.random.default_rng(5)
    rows, owners = [], []
    for person in range(10):
        base = rng.standard_normal(64)
        base /= np.linalg.norm(base)
        for _ in range(3):
            turned = base + spread * rng.standard_normal(64) / 8
            rows.append(turned / np.linalg.norm(turned))
            owners.append(PersonId(f"P{person}"))
    return Gallery.of(np.array(rows, np.float32), owners)


def test_stricter_targets_recognize_fewer_of_ones_own() -> None:
    shares = [cost_of(gallery(0.6), TABLE, odds).recognized for odds in STEPS]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]
    alike = cost_of(gallery(0.0), TABLE, 100)
    assert (alike.people, alike.samples, alike.recognized) == (10, 30, 1.0)
    assert alike.needs is words.ANY_PICTURE
    assert replace(alike, recognized=0.0).needs is words.HARD_PICTURE
    one_sample_each = Gallery.of(np.eye(2, dtype=np.float32), [PersonId("P1"), PersonId("P2")])
    for nothing_to_measure in (Gallery.empty(8), one_sample_each):
        assert cost_of(nothing_to_measure, TABLE, 1_000).needs is None


def test_about_names_program_and_model(room: Room) -> None:
    page = room.open(SettingsPage)
    room.until(lambda: page.about.model.text() == CARD.model_id)
    assert page.about.model.accessibleName() == CARD.model_id
    assert any(__version__ in text for text in texts(page.about))


def test_the_licences_are_shown_whole(room: Room) -> None:
    page = room.open(SettingsPage)
    read: list[str] = []

    def scroll(dialog: LicencesDialog) -> None:
        model = dialog.view.model()
        read.extend(model.index(row, 0).data() for row in range(model.rowCount()))

    with answering(LicencesDialog, scroll):
        page.about.licences_button.click()
    assert "\n".join(read) == paths.licences_file().read_text("utf-8").rstrip("\n")
    assert page.about.licences_button.isEnabled()


def test_lost_licences_are_said(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = room.parts.data_dir / "no" / "licences.txt"
    monkeypatch.setattr(paths, "licences_file", lambda: lost)
    page = room.open(SettingsPage)
    shown: list[str] = []
    with answering(LicencesDialog, lambda one: shown.append(one.view.model().index(0, 0).data())):
        page.about.licences_button.click()
    assert shown == [common.CAME_WITH_PROGRAM(path=lost)]
