"""The totals of the attendance page: one row a person, with a way to the days to correct."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from faceapp.types import PersonId
from faceapp.ui.corrections import What
from faceapp.ui.dialogs.correct import CorrectDialog
from faceapp.ui.main_window import LEAST_SIZE
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.filters import View
from faceapp.ui.pages.attendance.page import DAY_MS
from faceapp.ui.pages.attendance.ranges import Range
from faceapp.ui.tables import Order
from faceapp.ui.words import attendance as words
from faceapp.ui.words import common, people
from tests.helpers.clock import here
from tests.ui.answers import answering
from tests.ui.pages.attendance import (
    answer_export,
    busy_week,
    choose_range,
    foot,
    is_reading,
    opened,
)
from tests.ui.rooms import Room
from tests.ui.seen import cells, click, click_heading, click_row, let_pass

pytestmark = pytest.mark.usefixtures("noon")

FORMULA = "=cmd|'calc'!A1"


def read(page: AttendancePage, rows: int) -> bool:
    """Whether so many totals are on the screen, and none are on their way."""
    return len(page.totals.rows) == rows and not is_reading(page)


def totals_of_the_week(room: Room) -> AttendancePage:
    """Omar lacks a going on the 17th; Asha came today, and the third is missing today."""
    page = busy_week(room)
    choose_range(page, Range.THIS_WEEK)
    click(page.filters.total_button)
    room.until(lambda: read(page, 3))
    return page


def test_each_person_has_one_row_and_the_foot_adds_them_up(room: Room) -> None:
    page = totals_of_the_week(room)
    assert page.totals.isVisible()
    assert cells(page.totals) == [
        [FORMULA, "P4", "0", "1", "", ""],
        ["Asha Lin", "P3", "1", "0", "", ""],
        ["Omar Haddad", "P2", "3", "0", "9:00", "1"],
    ]
    assert foot(page) == words.SUM_OF_TOTALS(
        people=people.COUNT(3), hours="9:00", incomplete=1, present=4, missing=1
    )
    shown = [page.totals.model().index(at, 5) for at in range(3)]
    signs = [index.data(Qt.ItemDataRole.DecorationRole) is not None for index in shown]
    assert signs == [False, False, True]


def test_filters_and_arrivals_change_the_totals(room: Room) -> None:
    page = totals_of_the_week(room)
    room.see("P4", here(18, 10))
    room.until(lambda: [row.days_present for row in page.totals.rows] == [1, 1, 3])
    page.filters.person_box.choose(PersonId("P3"))
    room.until(lambda: read(page, 1))
    assert [row.person.id for row in page.totals.rows] == ["P3"]
    choose_range(page, Range.YESTERDAY)
    room.until(page.empty.isVisible)
    room.until(page.correct_button.isEnabled)
    assert not page.export_button.isEnabled()


def test_a_heading_sorts_the_totals(room: Room) -> None:
    page = totals_of_the_week(room)
    assert page.totals.order == Order(0)
    assert page.totals.horizontalHeader().isSortIndicatorShown()
    for column, expected in ((4, ["P4", "P3", "P2"]), (1, ["P2", "P3", "P4"])):
        click_heading(page.totals, column)
        room.until(page.correct_button.isEnabled)
        assert [row.person.id for row in page.totals.rows] == expected
    click_heading(page.totals, 5)
    click_heading(page.totals, 5)
    room.until(page.correct_button.isEnabled)
    assert page.totals.order == Order(5, descending=True)
    assert page.totals.rows[0].person.id == "P2"


def test_a_day_without_a_going_is_incomplete_once_it_is_over(room: Room) -> None:
    page = totals_of_the_week(room)
    choose_range(page, Range.ALL_TIME)
    room.until(lambda: read(page, 3))
    room.parts.clock.sleep(24 * 3600)
    let_pass(page, DAY_MS)
    room.until(lambda: [row.days_incomplete for row in page.totals.rows] == [0, 1, 2])


def test_totals_count_every_day_of_a_long_list(room: Room) -> None:
    page = busy_week(room)
    page.most_rows = 1
    choose_range(page, Range.ALL_TIME)
    click(page.filters.total_button)
    room.until(lambda: read(page, 3))
    assert [row.days_present for row in page.totals.rows] == [0, 1, 3]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
@pytest.mark.parametrize("how", ["enter", "double click", "menu"])
def test_a_row_leads_to_the_days_of_its_person(room: Room, how: str) -> None:
    page = totals_of_the_week(room)
    click_row(page.totals, 2)
    if how == "enter":
        room.qtbot.keyClick(page.totals, Qt.Key.Key_Return)
    elif how == "menu":
        (show,) = page.totals.actions()
        show.trigger()
    else:
        place = page.totals.visualRect(page.totals.model().index(2, 0)).center()
        room.qtbot.mouseDClick(page.totals.viewport(), Qt.MouseButton.LeftButton, pos=place)
    room.until(lambda: page.days.isVisible() and page.correct_button.isEnabled())
    assert page.filters.asked.view is View.DAYS
    assert page.filters.asked.wanted.person == "P2"
    assert [row.local_date.day for row in page.days.rows] == [18, 17, 16]
    assert words.INCOMPLETE() in cells(page.days)[1]
    assert room.window.focusWidget() is page.days


def test_the_row_of_somebody_forgotten_leads_to_everybodys_days(room: Room) -> None:
    page = totals_of_the_week(room)
    room.do(lambda service: service.forget(PersonId("P2")))
    room.until(lambda: cells(page.totals)[0][0] == common.FORGOTTEN())
    room.until(lambda: not is_reading(page))
    click_row(page.totals, 0)
    room.qtbot.keyClick(page.totals, Qt.Key.Key_Return)
    room.until(lambda: page.days.isVisible() and page.correct_button.isEnabled())
    assert page.filters.asked.wanted.person is None
    assert {row.local_date.day for row in page.days.rows} == {16, 17, 18}


def test_correcting_at_a_total_adds_an_entry_of_its_person(room: Room) -> None:
    page = totals_of_the_week(room)
    click_row(page.totals, 1)

    def add(dialog: CorrectDialog) -> None:
        assert (dialog.what, dialog.person_box.person) == (What.ADD, "P3")
        assert not dialog.modes[What.STRIKE].isEnabled()
        click(dialog.cancel_button)

    with answering(CorrectDialog, add):
        click(page.correct_button)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_export_holds_the_totals_on_screen(
    room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ending: str
) -> None:
    page = totals_of_the_week(room)
    click_heading(page.totals, 4)
    click_heading(page.totals, 4)
    room.until(lambda: page.totals.order.descending and page.correct_button.isEnabled())
    target = tmp_path / f"pay.{ending}"
    asked = answer_export(monkeypatch, target)
    click(page.export_button)
    room.until(lambda: target.exists() and not page.strip.busy)
    assert asked[0].name.startswith("attendance-totals-2026-11-1")
    if ending == "xlsx":
        values = list(load_workbook(target)["totals"].iter_rows(values_only=True))
        assert [row[0] for row in values] == ["person", "P2", "P3", "P4"]
        assert values[1] == ("P2", "Omar Haddad", None, 3, 1, 0, 9)
        return
    with target.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    assert written[1] == ["P2", "Omar Haddad", "", "3", "1", "0", "9.0"]
    assert written[3] == ["P4", f"'{FORMULA}", "", "0", "0", "1", ""]


def test_a_file_of_all_time_is_named_after_the_days_added_up(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = totals_of_the_week(room)
    choose_range(page, Range.ALL_TIME)
    room.until(lambda: read(page, 3))
    asked = answer_export(monkeypatch, None)
    click(page.export_button)
    assert [path.name for path in asked] == ["attendance-totals-2026-11-16_2026-11-18.csv"]


@pytest.mark.usefixtures("language")
def test_totals_are_readable_in_the_smallest_window(room: Room) -> None:
    room.add("P1", "Wolfeschlegelsteinhausenbergerdorff " * 5)
    page = opened(room)
    click(page.filters.total_button)
    room.until(lambda: read(page, 1))
    room.window.resize(LEAST_SIZE)
    room.until(lambda: page.totals.horizontalScrollBar().maximum() == 0)
    assert room.window.size() == LEAST_SIZE
    heads = page.totals.horizontalHeader()
    shown = [at for at in range(heads.count()) if not heads.isSectionHidden(at)]
    assert {0, 2, 3, 4, 5} <= set(shown)
    heads.setSortIndicatorShown(False)  # it would add room for an arrow beside every heading
    assert all(heads.sectionSizeHint(at) <= heads.sectionSize(at) for at in shown)
