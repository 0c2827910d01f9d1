"""Every setting says what it does, is kept at once and can be undone; every section is reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from faceapp import __version__, paths
from faceapp.config import FIELDS, Settings
from faceapp.ui.dialogs.licences import LicencesDialog
from faceapp.ui.pages.settings import SettingsPage
from faceapp.ui.pages.settings.rows import SettingRow
from faceapp.ui.words import common
from faceapp.ui.words import settings as words
from tests.ui.answers import answering
from tests.ui.kept import kept_when_closed, saved
from tests.ui.rooms import CARD, Room
from tests.ui.seen import choose, click, press, texts, turn_wheel, type_over

TAB = Qt.FocusPolicy.TabFocus

pytestmark = pytest.mark.usefixtures("noon")


def scroll_of(page: SettingsPage) -> QScrollArea:
    """Find what scrolls the sections: the innermost area."""
    areas: list[QScrollArea] = page.findChildren(QScrollArea)
    return next(one for one in areas if not one.findChildren(QScrollArea))


def link(page: SettingsPage, title: str) -> QPushButton:
    """Find what jumps to a section."""
    return next(one for one in page.findChildren(QPushButton) if one.text() == title)


def test_every_row_says_what_it_is_and_does(room: Room) -> None:
    page = room.open(SettingsPage)
    rows = page.findChildren(SettingRow)
    assert len(rows) >= 13
    for row in rows:
        what, why = row.findChildren(QLabel)[:2]
        assert what.text()
        assert why.text()
        assert row.control.accessibleName()
        by_tab = [one for one in row.findChildren(QWidget) if one.focusPolicy() & TAB]
        assert (by_tab or [row.control])[0].accessibleDescription() == why.text()


def test_opening_the_page_changes_nothing(room: Room) -> None:
    room.open(SettingsPage)
    assert saved(room) == Settings()
    assert not room.window.toast.isVisible()


def test_a_choice_is_saved_at_once_and_can_be_undone(room: Room) -> None:
    page = room.open(SettingsPage)
    box = page.rules.policy_box
    choose(box, "alternating")
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


def test_the_wheel_changes_nothing_in_passing(room: Room) -> None:
    page = room.open(SettingsPage)
    for control in (page.recognition.slider, page.rules.cooldown, page.rules.policy_box):
        turn_wheel(control, 120)
    assert room.desk.settings.value == Settings()


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
