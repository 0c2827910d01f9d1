"""Forgetting people says what is lost, asks once, and tells what traces are left."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from faceapp.types import Person, PersonId
from faceapp.ui.dialogs.confirm import ForgetDialog
from faceapp.ui.dialogs.edit import EditDialog
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.words import isolated
from faceapp.ui.words import people as words
from tests.helpers.clock import here
from tests.ui.answers import answering, refusing
from tests.ui.pages.people import names, omar_chosen, three_people
from tests.ui.rooms import Room
from tests.ui.seen import click, texts

pytestmark = pytest.mark.usefixtures("noon")


def forgotten_by_key(room: Room, page: PeoplePage) -> list[str]:
    """Forget whoever is selected, and return what the question said."""
    said: list[str] = []

    def forget(dialog: ForgetDialog) -> None:
        assert dialog.cancel_button.isDefault()
        said.extend(texts(dialog))
        click(dialog.do_button)

    with answering(ForgetDialog, forget):
        room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    return said


def test_forgetting_says_what_is_lost_and_does_it(room: Room) -> None:
    page = three_people(room)
    room.see("P2", here(17, 8), here(18, 8))
    page.table.select("P2")
    said = forgotten_by_key(room, page)
    assert f"{isolated('Omar Haddad')} (P2)" in said
    assert words.FORGET_WHAT(1) in said
    assert words.FORGET_ENTRIES(2) in said
    room.until(lambda: len(names(page)) == 2)
    assert {row.person.id for row in room.people()} == {"P10", "X"}
    assert [entry.name for entry in room.entries()] == ["", ""]


def test_enter_in_the_question_forgets_nobody(room: Room) -> None:
    page = three_people(room)
    page.table.select("X")
    with answering(ForgetDialog, lambda dialog: room.qtbot.keyClick(dialog, Qt.Key.Key_Return)):
        page.panel.forget_button.click()
    assert len(room.people()) == 3


def test_a_key_that_is_pressed_twice_asks_once(room: Room) -> None:
    page = omar_chosen(room)
    with room.clerk_busy():
        room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
        room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    with refusing(ForgetDialog) as asked:
        room.wait_for_clerk()
        assert len(asked) == 1
        page.panel.forget_button.click()
        room.wait_for_clerk()
        assert len(asked) == 2


def test_a_long_word_in_a_question_is_not_cut_off(room: Room) -> None:
    page = three_people(room)
    person = Person(PersonId("ID-" + "0123456789" * 7), "Donaudampfschifffahrtselektrizität" * 4)
    dialog = ForgetDialog(page, [person], 5, 12)
    room.qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.minimumSizeHint().width() <= dialog.width()
    labels = [one for one in dialog.findChildren(QLabel) if one.wordWrap()]
    assert all(one.height() >= one.heightForWidth(one.width()) for one in labels)
    assert len(labels) == 4


def test_traces_that_another_reader_keeps_in_the_file_are_said(room: Room) -> None:
    page = omar_chosen(room)
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
    page = omar_chosen(room)
    former = room.parts.paths.database.with_name("faceapp-before-restore-1.db")
    former.write_bytes(b"")
    with answering(ForgetDialog, lambda dialog: dialog.accept()):
        room.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
        room.until(lambda: bool(room.told))
    assert room.told[0].hint == words.FORMER_LEFT(files=former.name)


def test_several_people_are_forgotten_at_once(room: Room) -> None:
    page = three_people(room)
    room.see("P2", here(17, 8), here(18, 8))
    room.see("X", here(18, 9))
    room.qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    held = Qt.KeyboardModifier.ControlModifier
    asha = page.table.visualRect(page.table.model().index(1, 0)).center()
    room.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, held, asha)
    said = forgotten_by_key(room, page)
    assert words.FORGET_TITLE(name=words.COUNT(2)) in said
    assert {f"{isolated('Omar Haddad')} (P2)", f"{isolated('<b>Clara</b>')} (X)"} <= set(said)
    assert {words.FORGET_WHAT_OF_ALL(2), words.FORGET_ENTRIES(3)} <= set(said)
    room.until(lambda: names(page) == ["asha Lin"])
    assert room.toast == words.ALL_FORGOTTEN(people=words.COUNT(2))
    assert [entry.name for entry in room.entries()] == ["", "", ""]
    assert page.table.all_selected() == ()


def test_of_many_people_some_are_named_and_the_rest_counted(room: Room) -> None:
    for number in range(12):
        room.add(f"P{number:02}", f"Person {number:02}")
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 12)
    page.table.selectAll()
    said: list[str] = []
    with answering(ForgetDialog, lambda dialog: said.extend(texts(dialog))):
        click(page.panel.forget_button)
    for shown in (said, texts(page.panel)):
        named = [text for text in shown if "Person" in text]
        assert named == [f"{isolated(f'Person {at:02}')} (P{at:02})" for at in range(4)]
        assert words.OTHERS(n="8") in shown
    assert len(room.people()) == 12


def test_nothing_is_lost_if_one_of_them_is_forgotten_meanwhile(room: Room) -> None:
    page = three_people(room)
    page.table.selectAll()

    def forget(dialog: ForgetDialog) -> None:
        with closing(room.parts.open_service()) as other:
            other.forget(PersonId("X"))
        dialog.accept()

    with answering(ForgetDialog, forget):
        click(page.panel.forget_button)
        room.until(lambda: bool(room.told))
    room.until(lambda: len(names(page)) == 2)
    assert {row.person.id for row in room.people()} == {"P2", "P10"}


def test_the_panel_shows_several_people_and_then_one_again(room: Room) -> None:
    page = three_people(room)
    panel, edit = page.panel, page.table.actions()[0]
    page.table.selectAll()
    assert {words.CHOSEN(people=words.COUNT(3)), words.COUNT_SAMPLES(3)} <= set(texts(panel))
    assert [panel.add_button.isVisible(), panel.edit_button.isVisible()] == [False, False]
    with refusing(EditDialog) as asked:
        for key in (Qt.Key.Key_F2, Qt.Key.Key_Return):
            room.qtbot.keyClick(page.table, key)
        room.qtbot.keyClick(page.table, key, Qt.KeyboardModifier.ControlModifier)
        room.wait_for_clerk()
    assert asked == []
    assert room.page(PeoplePage) is page
    page.table.select("P2")
    assert edit.isEnabled()
    assert panel.edit_button.isVisible()
    room.until(lambda: len(panel.samples.shown) == 1)
    assert {"Omar Haddad", "P2 · Night, Staff"} <= set(texts(panel))
    assert words.CHOSEN(people=words.COUNT(3)) not in texts(panel)
    page.table.clearSelection()
    assert words.NOBODY_CHOSEN() in texts(panel)
