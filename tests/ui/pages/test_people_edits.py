"""Somebody is added without a face, renamed, put into groups, and agrees to be recognized."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from faceapp.types import Person, PersonId
from faceapp.ui import times
from faceapp.ui.dialogs.add import AddDialog
from faceapp.ui.dialogs.edit import EditDialog
from faceapp.ui.pages.people.columns import quality_sign
from faceapp.ui.words import people as words
from tests.helpers.clock import here
from tests.ui.answers import answering
from tests.ui.pages.people import (
    add_person,
    edit_person,
    names,
    omar_chosen,
    selected,
    summary,
    three_people,
)
from tests.ui.rooms import Room
from tests.ui.seen import click, texts, windows_shown

pytestmark = pytest.mark.usefixtures("noon")


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

    add_person(page, add)
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

    add_person(page, think)
    assert len(room.people()) == 3


def test_what_could_not_be_saved_is_there_again(room: Room) -> None:
    page = omar_chosen(room)
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
        add_person(page, enter)
        page.table.select("P2")
        edit_person(page, change)

    with room.locked():
        both()
        room.until(lambda: len(room.told) == 2)
    both()
    assert seen[2:] == [("Grace Okafor", ["Staff"]), ("Omar H.", ["Day"])]
    room.until(lambda: {"Omar H.", "Grace Okafor"} <= set(names(page)))

    def leave(dialog: AddDialog) -> None:
        assert not dialog.form.touched  # what is saved is not offered again
        dialog.reject()

    add_person(page, leave)


def test_an_agreement_that_could_not_be_saved_is_ticked_again(room: Room) -> None:
    page = omar_chosen(room)

    def agree(dialog: EditDialog) -> None:
        dialog.consent.setChecked(True)
        click(dialog.do_button)

    def look(dialog: EditDialog) -> None:
        assert dialog.consent.isChecked()
        click(dialog.do_button)

    with room.locked():
        edit_person(page, agree)
        room.until(lambda: bool(room.told))
    assert agreed(room) == set()
    edit_person(page, look)
    room.until(lambda: agreed(room) == {"P2"})


def test_what_a_command_changes_meanwhile_stays(room: Room) -> None:
    page, omar = omar_chosen(room), PersonId("P2")

    def regroup(dialog: EditDialog) -> None:
        room.do(lambda service: service.edit_person(omar, "Omar H.", ["Late"]))
        dialog.groups.choose(["Day"])
        click(dialog.do_button)

    def rename(dialog: EditDialog) -> None:
        room.do(lambda service: service.edit_person(omar, "Omar Hadad", ["Late"]))
        dialog.name_field.setText("Omar Haddad")
        click(dialog.do_button)

    edit_person(page, regroup)
    room.until(lambda: "Omar H." in room.toast)
    assert room.do(lambda service: service.person(omar)) == Person(omar, "Omar H.", ("Day",))
    room.until(lambda: selected(page).person.groups == ("Day",))
    edit_person(page, rename)
    room.until(lambda: "Omar Haddad" in room.toast)
    assert room.do(lambda service: service.person(omar)) == Person(omar, "Omar Haddad", ("Late",))


def test_what_changes_between_two_tries_to_save_stays(room: Room) -> None:
    page, omar = omar_chosen(room), PersonId("P2")

    def regroup(dialog: EditDialog) -> None:
        dialog.groups.choose(["Day"])
        click(dialog.do_button)

    def again(dialog: EditDialog) -> None:
        assert (dialog.name_field.text(), dialog.groups.names) == ("Omar H.", ("Day",))
        click(dialog.do_button)

    with room.locked():
        edit_person(page, regroup)
        room.until(lambda: bool(room.told))
    room.do(lambda service: service.edit_person(omar, "Omar H."))
    room.until(lambda: selected(page).person.name == "Omar H.")
    edit_person(page, again)
    room.until(lambda: "Omar H." in room.toast)
    assert room.do(lambda service: service.person(omar)) == Person(omar, "Omar H.", ("Day",))


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


def test_a_cancelled_edit_changes_nothing(room: Room) -> None:
    page = omar_chosen(room)
    edit_person(page, lambda dialog: dialog.name_field.setText("Other"))
    assert room.do(lambda service: service.person(PersonId("P2"))).name == "Omar Haddad"


def agreed(room: Room) -> set[str]:
    return {row.person.id for row in room.people() if row.agreed_at is not None}


def test_an_agreement_is_recorded_where_it_is_missing(room: Room) -> None:
    page = omar_chosen(room)
    room.until(lambda: page.panel.agreement.text() == words.NOT_AGREED())

    def agree(dialog: EditDialog) -> None:
        dialog.consent.setChecked(True)
        click(dialog.do_button)

    edit_person(page, agree)
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

    edit_person(page, untick)
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


def test_a_group_out_of_a_spreadsheet_is_kept_with_all_else(room: Room) -> None:
    page = omar_chosen(room)

    def paste(dialog: EditDialog) -> None:
        dialog.name_field.setText("Omar H.")
        QApplication.clipboard().setText("Day\tShift")
        dialog.groups.field.paste()
        click(dialog.do_button)

    edit_person(page, paste)
    room.until(lambda: "Omar H." in names(page))
    person = room.do(lambda service: service.person(PersonId("P2")))
    assert person.groups == ("Day Shift", "Night", "Staff")


def test_a_group_that_nobody_can_see_is_said_before_saving(room: Room) -> None:
    page = omar_chosen(room)

    def change(dialog: EditDialog) -> None:
        dialog.groups.field.setText("\u200d")
        assert not dialog.do_button.isEnabled()
        assert dialog.problem.isVisible()
        assert dialog.groups.field.property("wrong")
        assert not dialog.name_field.property("wrong")
        dialog.groups.field.setText("Day")
        assert dialog.do_button.isEnabled()
        assert not dialog.problem.isVisible()

    edit_person(page, change)

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

    add_person(page, add)


def test_however_many_groups_somebody_is_in_the_question_fits_on_the_screen(room: Room) -> None:
    page = three_people(room)
    groups = [f"Course {number} of the evening school" for number in range(60)]
    row = summary("P2", "Omar Haddad", *groups)
    dialog = EditDialog(page, room.desk.icons, row, groups)
    room.qtbot.addWidget(dialog)
    dialog.show()
    room.until(dialog.isActiveWindow)
    assert dialog.frameGeometry().height() <= dialog.screen().availableGeometry().height()
    assert dialog.do_button.geometry().bottom() < dialog.height()
    assert dialog.consent.visibleRegion().isEmpty()  # further down
    dialog.cancel_button.setFocus()
    room.qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Backtab)
    assert dialog.focusWidget() is dialog.consent
    assert dialog.consent.visibleRegion().boundingRect().size() == dialog.consent.size()


def test_a_question_shows_no_window_but_itself(room: Room, qapp: QApplication) -> None:
    page = omar_chosen(room)
    with (
        windows_shown(qapp) as shown,
        answering(EditDialog, lambda dialog: dialog.reject()) as answered,
    ):
        page.panel.edit_button.click()
    assert shown == answered
