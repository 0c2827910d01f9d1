from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from faceapp.types import Person, PersonId, PersonSummary, Sample
from faceapp.ui import times
from faceapp.ui.dialogs.add import AddDialog
from faceapp.ui.dialogs.confirm import ForgetDialog
from faceapp.ui.dialogs.edit import EditDialog
from faceapp.ui.page import PageKey
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.pages.people.columns import ID, columns, found, quality_sign
from faceapp.ui.tables import Order, in_order
from faceapp.ui.widgets import ElidedLabel
from faceapp.ui.words import isolated
from faceapp.ui.words import people as words
from tests.helpers.seams import MODEL
from tests.ui.answers import answering, refusing
from tests.ui.pages.conftest import NoonClock, here
from tests.ui.rooms import QUALITY, Room
from tests.ui.seen import click, press, texts, windows_shown

pytestmark = pytest.mark.usefixtures("noon")

LONG = "Ünsal " * 33


def names(page: PeoplePage) -> list[str]:
    return [row.person.name for row in page.table.rows]


def selected(page: PeoplePage) -> PersonSummary:
    row = page.table.selected()
    assert row is not None
    return row


def asha_bo_and_cleo(room: Room) -> PeoplePage:
    for number, name in enumerate(("Asha", "Bo", "Cleo")):
        room.enrol(f"P{number}", name)
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 3)
    return page


def three_people(room: Room) -> PeoplePage:
    room.enrol("P2", "Omar Haddad")
    room.enrol("P10", "asha Lin")
    room.enrol("X", "<b>Clara</b>")
    room.do(lambda service: service.rename(PersonId("P2"), "Omar Haddad", ["Night", "Staff"]))
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 3)
    return page


def summary(code: str, name: str, *groups: str) -> PersonSummary:
    return PersonSummary(Person(PersonId(code), name, groups), 5, 5, 0.7, here(1, 8), None)


def test_an_empty_page_says_what_to_do_and_does_it(room: Room) -> None:
    page = room.open(PeoplePage)
    room.until(page.empty.isVisible)
    assert not page.enrol_button.isVisible()
    press(page.empty)
    assert room.window.page.accessibleName() != page.accessibleName()


def test_nobody_is_said_only_once_it_is_known(room: Room) -> None:
    room.enrol("P1", "Grace")
    with room.clerk_busy():
        page = room.open(PeoplePage, PersonId("P1"))
        room.qtbot.keyClicks(page.search, "grace")
        room.qtbot.keyClick(page.search, Qt.Key.Key_Return)
        assert not page.empty.isVisible()
    room.until(lambda: names(page) == ["Grace"])
    assert page.table.selected() == page.table.rows[0]


def test_the_foot_keeps_its_shape_when_there_is_nobody(room: Room) -> None:
    page = room.open(PeoplePage)
    room.until(page.empty.isVisible)
    assert page.foot.line.text() == ""
    alone_px = page.add_button.width()
    room.enrol("P1", "Grace")
    room.until(page.enrol_button.isVisible)
    assert page.add_button.width() == alone_px


def test_whatever_is_searched_the_page_stays_as_wide_as_the_window(room: Room) -> None:
    page = three_people(room)
    page.search.setText("nobody" * 50)
    room.until(page.empty.isVisible)
    assert page.empty.minimumSizeHint().width() <= 960


def test_people_are_listed_by_name_whatever_case(room: Room) -> None:
    page = three_people(room)
    assert names(page) == ["<b>Clara</b>", "asha Lin", "Omar Haddad"]
    assert page.enrol_button.isVisible()


def test_the_list_can_be_sorted_by_id_in_the_order_people_count(room: Room) -> None:
    page = three_people(room)
    page.table.horizontalHeader().sectionClicked.emit(ID)
    room.until(lambda: [row.person.id for row in page.table.rows] == ["P2", "P10", "X"])
    page.table.horizontalHeader().sectionClicked.emit(ID)
    room.until(lambda: [row.person.id for row in page.table.rows] == ["X", "P10", "P2"])


def test_the_search_finds_names_ids_and_groups(room: Room) -> None:
    page = three_people(room)
    room.qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    room.until(page.search.hasFocus)
    room.qtbot.keyClicks(page.search, "night omar")
    room.until(lambda: names(page) == ["Omar Haddad"])
    page.search.setText("nobody like that")
    room.until(page.empty.isVisible)
    page.search.clear()
    room.until(lambda: len(names(page)) == 3)


def test_the_panel_shows_the_chosen_person(room: Room) -> None:
    page = three_people(room)
    room.see("P2", here(16, 8, 5), here(17, 17, 31), here(18, 8))
    room.until(lambda: bool(page.table.rows[2].last_seen_at))
    page.table.select("P2")
    room.until(lambda: len(page.panel.entries.shown) == 3)
    assert [line.text for line in page.panel.entries.shown] == [
        "08:00", "yesterday 17:31", f"{times.day(date(2026, 11, 16))} 08:05",
    ]  # fmt: skip
    assert len(page.panel.samples.shown) == 1
    assert {"Omar Haddad", "P2 · Night, Staff"} <= set(texts(page.panel))


def test_the_facts_of_a_person_are_scrolled_by_keys(room: Room) -> None:
    page = three_people(room)
    picture = np.zeros((112, 112, 3), np.uint8)
    angles = np.linspace(0, 0.1, 40, dtype=np.float32)
    many = [
        Sample(np.array([np.cos(a), np.sin(a)], np.float32), QUALITY, MODEL, "camera", picture)
        for a in angles
    ]
    room.do(lambda service: service.add_samples(PersonId("P2"), many))
    page.table.select("P2")
    facts = page.panel.facts
    room.until(lambda: facts.verticalScrollBar().maximum() > 0)
    page.table.setFocus()
    for _ in range(20):
        if facts.hasFocus():
            break
        room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert facts.hasFocus()
    assert words.LAST_ENTRIES() in facts.accessibleName()
    room.qtbot.keyClick(facts, Qt.Key.Key_PageDown)
    assert facts.verticalScrollBar().value() > 0


def test_another_page_may_ask_for_a_person(room: Room) -> None:
    page = three_people(room)
    room.window.open(PageKey.LIVE)
    room.open(PeoplePage, PersonId("P10"))
    assert selected(page).person.id == "P10"


def test_somebody_is_added_without_a_face(room: Room) -> None:
    page = three_people(room)
    page.search.setText("nobody like that")

    def add(dialog: AddDialog) -> None:
        assert not dialog.form.consent.isVisible()
        dialog.form.name_field.setText("Grace Okafor")
        dialog.form.id_field.setText("P2")
        assert not dialog.do_button.isEnabled()  # that is Omar's
        dialog.form.id_field.setText("P11")
        dialog.form.groups.choose(["Staff"])
        click(dialog.do_button)

    with answering(AddDialog, add):
        click(page.add_button)
    room.until(lambda: len(page.table.rows) == 4)
    added = selected(page)
    assert added.person == Person(PersonId("P11"), "Grace Okafor", ("Staff",))
    assert (added.templates, added.agreed_at) == (0, None)
    assert quality_sign(added).icon != "warning"  # nothing is missing


def test_nobody_is_added_when_the_operator_thinks_better_of_it(room: Room) -> None:
    page = three_people(room)

    def think(dialog: AddDialog) -> None:
        dialog.form.name_field.setText("Grace Okafor")
        room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    with answering(AddDialog, think):
        click(page.add_button)
    assert len(room.people()) == 3


def test_what_could_not_be_saved_is_there_again(room: Room) -> None:
    page = three_people(room)
    page.table.select("P2")
    seen: list[tuple[str, list[str]]] = []

    def enter(dialog: AddDialog) -> None:
        seen.append((dialog.form.name_field.text(), list(dialog.form.groups.names)))
        dialog.form.name_field.setText("Grace Okafor")
        dialog.form.id_field.setText("P11")
        dialog.form.groups.choose(["Staff"])
        click(dialog.do_button)

    def change(dialog: EditDialog) -> None:
        seen.append((dialog.name_field.text(), list(dialog.groups.names)))
        dialog.name_field.setText("Omar H.")
        dialog.groups.choose(["Day"])
        click(dialog.do_button)

    def both() -> None:
        with answering(AddDialog, enter):
            click(page.add_button)
        page.table.select("P2")
        with answering(EditDialog, change):
            click(page.panel.edit_button)

    with room.locked():
        both()
        room.until(lambda: len(room.told) == 2)
    both()
    assert seen[2:] == [("Grace Okafor", ["Staff"]), ("Omar H.", ["Day"])]
    room.until(lambda: {"Omar H.", "Grace Okafor"} <= set(names(page)))

    def leave(dialog: AddDialog) -> None:
        assert not dialog.form.touched  # what is saved is not offered again
        dialog.reject()

    with answering(AddDialog, leave):
        click(page.add_button)


def test_enter_presses_the_button_that_has_the_focus(room: Room) -> None:
    page = three_people(room)

    def cancel(dialog: AddDialog) -> None:
        dialog.form.name_field.setText("Grace Okafor")
        dialog.form.id_field.setText("P11")
        assert dialog.do_button.isEnabled()
        dialog.cancel_button.setFocus()
        room.qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Return)

    with answering(AddDialog, cancel) as answered:
        click(page.add_button)
    assert answered[0].result() == AddDialog.DialogCode.Rejected
    assert len(room.people()) == 3


def test_a_person_is_renamed_and_entries_with_it(room: Room) -> None:
    page = three_people(room)
    room.see("P2", here(18, 8))
    page.table.select("P2")

    def rename(dialog: EditDialog) -> None:
        assert words.EDIT_ID(person="P2") in texts(dialog)
        dialog.name_field.setText("   ")
        assert not dialog.do_button.isEnabled()
        assert dialog.problem.text()
        dialog.name_field.setText("Omar <i>H</i> 🦉 ")
        dialog.groups.choose(["Day"])
        click(dialog.do_button)

    with answering(EditDialog, rename):
        room.qtbot.keyClick(page.table, Qt.Key.Key_F2)
    room.until(lambda: "Omar <i>H</i> 🦉" in names(page))
    person = room.do(lambda service: service.person(PersonId("P2")))
    assert person == Person(PersonId("P2"), "Omar <i>H</i> 🦉", ("Day",))
    assert [entry.name for entry in room.entries()] == ["Omar <i>H</i> 🦉"]
    assert "Omar <i>H</i> 🦉" in room.toast


def agreed(room: Room) -> set[str]:
    return {row.person.id for row in room.people() if row.agreed_at is not None}


def test_an_agreement_is_recorded_where_it_is_missing(room: Room) -> None:
    page = three_people(room)
    page.table.select("P2")
    room.until(lambda: page.panel.agreement.text() == words.NOT_AGREED())

    def agree(dialog: EditDialog) -> None:
        dialog.consent.setChecked(True)
        click(dialog.do_button)

    with answering(EditDialog, agree):
        page.panel.edit_button.click()
    room.until(lambda: page.panel.agreement.text() != words.NOT_AGREED())
    assert agreed(room) == {"P2"}


def test_an_agreement_ticked_by_mistake_is_taken_back(room: Room) -> None:
    page = three_people(room)
    room.do(lambda service: service.record_agreement(PersonId("P2")))
    page.table.select("P2")
    room.until(lambda: page.panel.agreement.text() != words.NOT_AGREED())

    def untick(dialog: EditDialog) -> None:
        assert dialog.consent.isChecked()
        assert not dialog.mistake.isVisible()
        assert dialog.edited is not None
        assert dialog.edited.agreed is None
        dialog.consent.setChecked(False)
        assert dialog.mistake.isVisible()
        click(dialog.do_button)

    with answering(EditDialog, untick):
        page.panel.edit_button.click()
    room.until(lambda: page.panel.agreement.text() == words.NOT_AGREED())
    assert agreed(room) == set()


@pytest.mark.usefixtures("language")
def test_the_day_of_the_agreement_is_readable(room: Room) -> None:
    page = three_people(room)
    room.do(lambda service: service.record_agreement(PersonId("P2")))
    page.table.select("P2")
    agreement = page.panel.agreement
    room.until(lambda: times.day(here(18, 12).date()) in agreement.text())
    room.until(lambda: agreement.height() >= agreement.heightForWidth(agreement.width()))


def test_a_question_shows_no_window_but_itself(room: Room, qapp: QApplication) -> None:
    page = three_people(room)
    page.table.select("P2")
    with (
        windows_shown(qapp) as shown,
        answering(EditDialog, lambda dialog: dialog.reject()) as answered,
    ):
        page.panel.edit_button.click()
    assert shown == answered


def test_a_group_out_of_a_spreadsheet_is_kept_with_all_else(room: Room) -> None:
    page = three_people(room)
    page.table.select("P2")

    def paste(dialog: EditDialog) -> None:
        dialog.name_field.setText("Omar H.")
        QApplication.clipboard().setText("Day\tShift")
        dialog.groups.field.paste()
        click(dialog.do_button)

    with answering(EditDialog, paste):
        page.panel.edit_button.click()
    room.until(lambda: "Omar H." in names(page))
    person = room.do(lambda service: service.person(PersonId("P2")))
    assert person.groups == ("Day Shift", "Night", "Staff")


def test_a_group_that_nobody_can_see_is_said_before_saving(room: Room) -> None:
    page = three_people(room)
    page.table.select("P2")

    def change(dialog: EditDialog) -> None:
        dialog.groups.field.setText("\u200d")
        assert not dialog.do_button.isEnabled()
        assert dialog.problem.isVisible()
        assert dialog.groups.field.property("wrong")
        assert not dialog.name_field.property("wrong")
        dialog.groups.field.setText("Day")
        assert dialog.do_button.isEnabled()
        assert not dialog.problem.isVisible()

    with answering(EditDialog, change):
        page.panel.edit_button.click()

    def add(dialog: AddDialog) -> None:
        form = dialog.form
        form.name_field.setText("Grace Okafor")
        form.groups.field.setText("\u200d")
        assert not dialog.do_button.isEnabled()
        refused = form.groups.field.accessibleDescription()
        assert refused in texts(form)
        form.groups.field.setText("Day")
        assert dialog.do_button.isEnabled()
        assert refused not in texts(form)

    with answering(AddDialog, add):
        page.add_button.click()


def test_a_cancelled_edit_changes_nothing(room: Room) -> None:
    page = three_people(room)
    page.table.select("P2")
    with answering(EditDialog, lambda dialog: dialog.name_field.setText("Other")):
        page.panel.edit_button.click()
    assert room.do(lambda service: service.person(PersonId("P2"))).name == "Omar Haddad"


def test_forgetting_says_what_is_lost_and_does_it(room: Room) -> None:
    page = three_people(room)
    room.see("P2", here(17, 8), here(18, 8))
    page.table.select("P2")
    said: list[str] = []

    def forget(dialog: ForgetDialog) -> None:
        assert dialog.cancel_button.isDefault()
        said.extend(texts(dialog))
        click(dialog.do_button)

    with answering(ForgetDialog, forget):
        room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert f"{isolated('Omar Haddad')} (P2)" in said
    assert words.FORGET_WHAT(1) in said
    assert words.FORGET_ENTRIES(2) in said
    room.until(lambda: len(names(page)) == 2)
    assert {row.person.id for row in room.people()} == {"P10", "X"}
    assert [entry.name for entry in room.entries()] == ["", ""]


def test_a_key_that_is_pressed_twice_asks_once(room: Room) -> None:
    page = three_people(room)
    page.table.select("P2")
    with room.clerk_busy():
        room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
        room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    with refusing(ForgetDialog) as asked:
        room.wait_for_clerk()
        assert len(asked) == 1
        page.panel.forget_button.click()
        room.wait_for_clerk()
        assert len(asked) == 2


def test_however_many_groups_somebody_is_in_the_question_fits_on_the_screen(room: Room) -> None:
    page = three_people(room)
    groups = [f"Course {number} of the evening school" for number in range(60)]
    row = summary("P2", "Omar Haddad", *groups)
    dialog = EditDialog(page, room.desk.icons, row, groups)
    dialog.show()
    room.until(dialog.isActiveWindow)
    assert dialog.frameGeometry().height() <= dialog.screen().availableGeometry().height()
    assert dialog.do_button.geometry().bottom() < dialog.height()
    assert dialog.consent.visibleRegion().isEmpty()  # further down
    dialog.cancel_button.setFocus()
    room.qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Backtab)
    assert dialog.focusWidget() is dialog.consent
    assert dialog.consent.visibleRegion().boundingRect().size() == dialog.consent.size()
    dialog.close()
    dialog.deleteLater()


def test_a_long_word_in_a_question_is_not_cut_off(room: Room) -> None:
    page = three_people(room)
    person = Person(PersonId("ID-" + "0123456789" * 7), "Donaudampfschifffahrtselektrizität" * 4)
    dialog = ForgetDialog(page, person, 5, 12)
    dialog.show()
    assert dialog.minimumSizeHint().width() <= dialog.width()
    labels = [one for one in dialog.findChildren(QLabel) if one.wordWrap()]
    assert all(one.height() >= one.heightForWidth(one.width()) for one in labels)
    assert len(labels) == 4
    dialog.close()
    dialog.deleteLater()


def test_traces_that_another_reader_keeps_in_the_file_are_said(room: Room) -> None:
    page = three_people(room)
    page.table.select("P2")
    with closing(sqlite3.connect(room.parts.paths.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        with answering(ForgetDialog, lambda dialog: dialog.accept()):
            room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
            room.until(lambda: bool(room.told))
    (notice,) = room.told
    assert notice.what == words.FORGOTTEN(name=isolated("Omar Haddad"))
    assert notice.hint == words.TRACES_LEFT()
    room.until(lambda: len(names(page)) == 2)


def test_a_database_that_a_restore_put_aside_is_named_when_somebody_is_forgotten(
    room: Room,
) -> None:
    page = three_people(room)
    page.table.select("P2")
    former = room.parts.paths.database.with_name("faceapp-before-restore-1.db")
    former.write_bytes(b"")
    with answering(ForgetDialog, lambda dialog: dialog.accept()):
        room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
        room.until(lambda: bool(room.told))
    assert room.told[0].hint == words.FORMER_LEFT(files=former.name)


def test_enter_in_the_question_forgets_nobody(room: Room) -> None:
    page = three_people(room)
    page.table.select("X")
    with answering(ForgetDialog, lambda dialog: room.qtbot.keyClick(dialog, Qt.Key.Key_Return)):
        page.panel.forget_button.click()
    assert len(room.people()) == 3


def test_more_samples_are_taken_on_the_enrol_page(room: Room) -> None:
    page = three_people(room)
    page.table.select("P10")
    wanted: list[object] = []
    room.desk.navigator.wanted.connect(lambda key, argument: wanted.append((key, argument)))
    page.panel.add_button.click()
    assert wanted == [(PageKey.ENROL, "P10")]


def test_the_search_is_worked_by_keys(room: Room) -> None:
    page = asha_bo_and_cleo(room)
    page.search.setFocus()
    room.qtbot.keyClicks(page.search, "Bo")
    room.until(lambda: len(page.table.rows) == 1)
    room.qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    page.search.setFocus()
    room.qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert len(page.table.rows) == 3


def test_beside_who_was_forgotten_the_keys_go_on(room: Room) -> None:
    page = asha_bo_and_cleo(room)
    for left, (gone, beside) in ((2, ("P1", 1)), (1, ("P2", 0))):
        page.table.select(gone)
        room.do(lambda service, who=gone: service.forget(PersonId(who)))  # type: ignore[misc]
        room.until(lambda rows=left: len(page.table.rows) == rows)  # type: ignore[misc]
        assert page.table.currentIndex().row() == beside
        # Del, pressed twice, must not ask about somebody whom nobody chose.
        assert page.table.selected() is None


def test_long_names_fit_and_tell_themselves_in_full(room: Room) -> None:
    room.enrol("P1", LONG)
    page = room.open(PeoplePage)
    room.window.resize(960, 640)
    room.until(lambda: len(page.table.rows) == 1)
    page.table.select("P1")
    label = next(
        one for one in page.panel.findChildren(ElidedLabel) if one.full_text == LONG.strip()
    )
    assert label.isVisible()
    room.until(lambda: label.text().endswith("…"))
    assert LONG.strip() in label.toolTip()
    assert page.minimumSizeHint().width() <= 960


words_of_names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(words_of_names, st.text(max_size=5))
def test_whoever_is_typed_in_full_is_found(name: str, code: str) -> None:
    row = summary(code, name, "Staff")
    assert found(row, name)
    assert found(row, f" {name.upper().lower()} ") or name.casefold() != name.upper().lower()
    assert found(row, "")


def test_names_are_found_without_their_accents() -> None:
    assert found(summary("P1", "Özlem Ángel"), "ozlem angel")


def test_numbers_in_ids_count() -> None:
    rows = [summary(code, code) for code in ("P10", "P9", "Q1", "P", "p9b")]
    ordered = in_order(rows, columns(NoonClock()), Order(ID))
    assert [row.person.id for row in ordered] == ["P", "P9", "p9b", "P10", "Q1"]
