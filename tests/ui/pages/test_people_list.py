"""The list of people and the panel beside it: searched, sorted, worked by keys, readable."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from faceapp.types import PersonId, Sample
from faceapp.ui import times
from faceapp.ui.dialogs.edit import EditDialog
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.pages.people.columns import ID, columns, found
from faceapp.ui.tables import Order, in_order
from faceapp.ui.widgets import ElidedLabel
from faceapp.ui.words import enrol as enrol_words
from faceapp.ui.words import isolated
from faceapp.ui.words import people as words
from tests.helpers.clock import HandClock, here
from tests.helpers.seams import MODEL
from tests.ui.answers import refusing
from tests.ui.pages.people import names, selected, summary, three_people
from tests.ui.rooms import QUALITY, Room
from tests.ui.seen import click_heading, press, texts

pytestmark = pytest.mark.usefixtures("noon")


LONG = "Ünsal " * 33


def asha_bo_and_cleo(room: Room) -> PeoplePage:
    for number, name in enumerate(("Asha", "Bo", "Cleo")):
        room.enrol(f"P{number}", name)
    page = room.open(PeoplePage)
    room.until(lambda: len(page.table.rows) == 3)
    return page


def test_an_empty_page_says_what_to_do_and_does_it(room: Room) -> None:
    page = room.open(PeoplePage)
    room.until(page.empty.isVisible)
    assert not page.enrol_button.isVisible()
    press(page.empty)
    room.page(EnrolPage)


def test_nobody_is_said_only_once_it_is_known(room: Room) -> None:
    room.enrol("P1", "Grace")
    with room.reader_busy():
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
    click_heading(page.table, ID)
    room.until(lambda: [row.person.id for row in page.table.rows] == ["P2", "P10", "X"])
    click_heading(page.table, ID)
    room.until(lambda: [row.person.id for row in page.table.rows] == ["X", "P10", "P2"])


def test_numbers_in_ids_count() -> None:
    rows = [summary(code, code) for code in ("P10", "P9", "Q1", "P", "p9b")]
    ordered = in_order(rows, columns(HandClock()), Order(ID))
    assert [row.person.id for row in ordered] == ["P", "P9", "p9b", "P10", "Q1"]


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


words_of_names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(words_of_names, st.text(max_size=5))
def test_whoever_is_typed_in_full_is_found(name: str, code: str) -> None:
    row = summary(code, name, "Staff")
    assert found(row, name)
    assert found(row, f" {name.upper().lower()} ") or name.casefold() != name.upper().lower()
    assert found(row, "")


def test_names_are_found_without_their_accents() -> None:
    assert found(summary("P1", "Özlem Ángel"), "ozlem angel")


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


def test_another_page_may_ask_for_a_person(room: Room) -> None:
    page = three_people(room)
    room.window.open(PageKey.LIVE)
    room.open(PeoplePage, PersonId("P10"))
    assert selected(page).person.id == "P10"


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_more_samples_are_taken_on_the_enrol_page(room: Room, key: Qt.Key | None) -> None:
    page = three_people(room)
    page.table.select("P10")
    with refusing(EditDialog) as refused:  # which Enter alone opens
        if key is None:
            page.panel.add_button.click()
        else:
            room.qtbot.keyClick(page.table, key, Qt.KeyboardModifier.ControlModifier)
    assert refused == []
    said = enrol_words.TITLE_ADD(name=isolated("asha Lin"))
    room.until(lambda: said in texts(room.page(EnrolPage).head))


def test_beside_who_was_forgotten_the_keys_go_on(room: Room) -> None:
    page = asha_bo_and_cleo(room)
    for left, (gone, beside) in ((2, ("P1", 1)), (1, ("P2", 0))):
        page.table.select(gone)
        room.do(lambda service, who=gone: service.forget(PersonId(who)))  # type: ignore[misc]
        room.until(lambda rows=left: len(page.table.rows) == rows)  # type: ignore[misc]
        assert page.table.currentIndex().row() == beside
        # Del, pressed twice, must not ask about somebody whom nobody chose.
        assert page.table.selected() is None
