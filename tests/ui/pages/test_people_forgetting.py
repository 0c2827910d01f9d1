"""Forgetting somebody says what is lost, asks once, and tells what traces are left."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from faceapp.types import Person, PersonId
from faceapp.ui.dialogs.confirm import ForgetDialog
from faceapp.ui.words import isolated
from faceapp.ui.words import people as words
from tests.helpers.clock import here
from tests.ui.answers import answering, refusing
from tests.ui.pages.people import names, omar_chosen, three_people
from tests.ui.rooms import Room
from tests.ui.seen import click, texts

pytestmark = pytest.mark.usefixtures("noon")


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
    dialog = ForgetDialog(page, person, 5, 12)
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
