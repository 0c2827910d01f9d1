"""The attendance page shows who came and who is missing, and goes on while a list is read."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from faceapp.types import Changes, EntryPolicy, Person, PersonId
from faceapp.ui import words as all_words
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.columns import STATE_SIGN
from faceapp.ui.pages.attendance.page import DAY_MS
from faceapp.ui.pages.attendance.ranges import Range, span_of
from faceapp.ui.tables import Order
from faceapp.ui.words import attendance as words
from tests.helpers.clock import here
from tests.ui.pages.attendance import (
    answer_export,
    busy_week,
    choose_range,
    entry_view,
    foot,
    is_read,
    is_reading,
    opened,
    present,
)
from tests.ui.rooms import Room
from tests.ui.seen import cells, click_heading, enter, let_pass, press, room_for_text

pytestmark = pytest.mark.usefixtures("noon")


dates = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_an_empty_day_leads_to_the_live_page(room: Room) -> None:
    page = opened(room)
    assert page.empty.isVisible()
    assert not page.export_button.isEnabled()
    press(page.empty, words.GO_LIVE())
    assert room.window.page.accessibleName() == all_words.shell.LIVE()


def test_the_day_view_says_who_came_and_who_is_missing(room: Room) -> None:
    page = busy_week(room)
    states = {row[2]: row[6] for row in cells(page.days)}
    assert states == {"P2": words.HERE(), "P3": words.HERE(), "P4": words.MISSING()}
    assert foot(page) == words.COUNT_PRESENT(here=2, missing=1)
    choose_range(page, Range.THIS_WEEK)
    room.until(lambda: any(row.local_date == date(2026, 11, 16) for row in page.days.rows))
    room.until(page.correct_button.isEnabled)
    people = all_words.people.COUNT(3)
    said = words.COUNT_OF_DAYS(people=people, present=4, missing=len(page.days.rows) - 4)
    assert foot(page) == said
    keys = [(row.local_date, row.person.id) for row in page.days.rows]
    omars_monday = cells(page.days)[keys.index((date(2026, 11, 16), PersonId("P2")))]
    assert omars_monday[3:] == ["08:00", "17:00", "9:00", words.WAS_HERE()]


@pytest.mark.parametrize("policy", list(EntryPolicy))
def test_a_former_day_without_a_going_is_incomplete(room: Room, policy: EntryPolicy) -> None:
    room.desk.settings.change("policy", policy.value)
    page = busy_week(room)
    choose_range(page, Range.YESTERDAY)
    room.until(lambda: {row.local_date.day for row in page.days.rows} == {17})
    states = {row[2]: row[6] for row in cells(page.days)}
    wanted = words.WAS_HERE if policy is EntryPolicy.IN_ONLY else words.INCOMPLETE
    assert states == {"P2": wanted()}


@pytest.mark.usefixtures("language")
def test_every_state_is_readable_in_its_column(room: Room) -> None:
    page = busy_week(room)
    choose_range(page, Range.THIS_WEEK)
    room.until(lambda: len({row.local_date for row in page.days.rows}) == 3)
    shown = {row[6] for row in cells(page.days)}
    assert shown == {one() for one in STATE_SIGN}
    assert page.days.sizeHintForColumn(6) <= page.days.columnWidth(6)


@pytest.mark.parametrize("policy", list(EntryPolicy))
def test_only_who_comes_and_goes_by_turns_is_seen_to_leave(room: Room, policy: EntryPolicy) -> None:
    room.desk.settings.change("policy", policy.value)
    room.enrol("P2", "Omar Haddad")
    room.see("P2", here(18, 8), here(18, 9))
    page = opened(room)
    room.until(lambda: len(page.days.rows) == 1)
    wanted = words.WAS_HERE if policy is EntryPolicy.ALTERNATING else words.HERE
    assert [row[6] for row in cells(page.days)] == [wanted()]


def test_filters_narrow_what_is_shown(room: Room) -> None:
    page = busy_week(room)
    entry_view(room, page, 5, Range.THIS_WEEK)
    newest_first = [row.at for row in page.entries.rows]
    assert newest_first == sorted(newest_first, reverse=True)
    room.until(lambda: page.filters.group_box.count() == 2)
    page.filters.group_box.setCurrentIndex(1)
    room.until(lambda: [row.name for row in page.entries.rows] == ["Asha Lin"])
    page.filters.group_box.setCurrentIndex(0)
    page.filters.person_box.choose(PersonId("P2"))
    room.until(lambda: {row.person for row in page.entries.rows} == {"P2"})
    choose_range(page, Range.YESTERDAY)
    room.until(lambda: [row.local_date for row in page.entries.rows] == [date(2026, 11, 17)])
    choose_range(page, Range.CUSTOM)
    page.filters.to_field.setDate(QDate(2026, 11, 16))
    room.until(lambda: [row.local_date for row in page.entries.rows] == [date(2026, 11, 16)] * 2)
    assert page.filters.from_field.date() == QDate(2026, 11, 16)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
def test_who_is_typed_is_shown_alone_and_nobody_else_is_taken(room: Room) -> None:
    page = busy_week(room)
    box = page.filters.person_box
    enter(box.field, "Asha Lin (P3)")
    room.until(lambda: [row.person.id for row in page.days.rows] == ["P3"])
    enter(box.field, "nobody at all")
    assert box.currentText() == "Asha Lin (P3)"
    enter(box.field, "")
    room.until(lambda: len(page.days.rows) == 3)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
def test_who_was_sought_is_not_sought_again_for_everybody_who_is_offered(room: Room) -> None:
    page = busy_week(room)
    box = page.filters.person_box
    QTest.keyClicks(box.field, "asha")
    completer = box.completer()
    assert completer is not None
    searches: list[None] = []
    completer.completionModel().modelReset.connect(lambda: searches.append(None))
    everybody = [Person(PersonId(f"S{number}"), f"Asha {number}") for number in range(100)]
    box.know(everybody)
    assert len(searches) < 10
    completer.setCompletionPrefix("ASHÁ 99")
    assert completer.currentCompletion() == "Asha 99 (S99)"


def test_columns_sort_what_is_shown(room: Room) -> None:
    page = busy_week(room)
    entry_view(room, page, 5, Range.THIS_WEEK)
    click_heading(page.entries, 2)
    room.until(
        lambda: [row.name for row in page.entries.rows] == ["Asha Lin"] + ["Omar Haddad"] * 4
    )
    assert page.entries.order == Order(2)


def week_sorted_by(room: Room, column: int) -> AttendancePage:
    """Show the three days of a busy week, sorted by a column."""
    page = busy_week(room)
    choose_range(page, Range.THIS_WEEK)
    room.until(lambda: len({row.local_date for row in page.days.rows}) == 3)
    room.until(page.correct_button.isEnabled)
    click_heading(page.days, column)
    room.until(lambda: page.days.order == Order(column) and page.correct_button.isEnabled())
    return page


def test_equal_rows_have_one_order_however_often_they_are_sorted_and_read(room: Room) -> None:
    page = week_sorted_by(room, 1)
    sorted_once = [(row.person.id, row.local_date) for row in page.days.rows]
    assert [day.day for code, day in sorted_once if code == "P2"] == [16, 17, 18]
    room.desk.changes.changed.emit(Changes(entries=True))
    assert is_reading(page)
    room.until(lambda: not is_reading(page))
    assert [(row.person.id, row.local_date) for row in page.days.rows] == sorted_once


def test_days_without_hours_are_found_by_sorting(room: Room) -> None:
    page = week_sorted_by(room, 5)
    rows = [(row.present, row.duration_s) for row in page.days.rows]
    missing = [row for row in rows if not row[0]]
    assert rows == [*missing, (True, None), (True, None), (True, None), (True, 9 * 3600)]


@pytest.mark.usefixtures("language")
def test_every_range_is_readable_in_its_box(room: Room) -> None:
    room.window.resize(960, 640)
    box = opened(room).filters.range_box
    widest_px = max(
        box.fontMetrics().horizontalAdvance(box.itemText(at)) for at in range(box.count())
    )
    assert widest_px <= room_for_text(box).width()


@given(dates, st.integers(1, 7))
def test_named_ranges_hold_today_and_begin_where_they_say(today: date, begins: int) -> None:
    nothing = (None, None)
    assert span_of(Range.TODAY, today, nothing) == (today, today)
    first, last = span_of(Range.THIS_WEEK, today, nothing, begins)
    assert first is not None
    assert last == today
    assert first.isoweekday() == begins
    assert timedelta(0) <= today - first < timedelta(days=7)
    week = span_of(Range.LAST_WEEK, today, nothing, begins)
    assert week == (first - timedelta(days=7), first - timedelta(days=1))
    month = span_of(Range.THIS_MONTH, today, nothing)
    assert month == (date(today.year, today.month, 1), today)
    first, last = span_of(Range.LAST_MONTH, today, nothing)
    assert first is not None
    assert last == month[0] - timedelta(days=1)
    assert (first.day, first.month) == (1, last.month)
    assert first.year == last.year
    assert span_of(Range.YESTERDAY, today, nothing) == (today - timedelta(1), today - timedelta(1))
    assert span_of(Range.ALL_TIME, today, nothing) == nothing
    assert span_of(Range.CUSTOM, today, (today, today)) == (today, today)


def test_the_find_key_goes_to_the_person(room: Room) -> None:
    page = opened(room)
    room.qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.person_box.hasFocus()


def test_after_midnight_today_is_another_day(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    page = busy_week(room)
    assert foot(page) == words.COUNT_PRESENT(here=2, missing=1)
    room.parts.clock.sleep(24 * 3600)
    proposed = answer_export(monkeypatch, None)
    page.export_button.click()  # what is on screen is still yesterday's
    assert proposed[0].name.endswith("2026-11-18.csv")
    let_pass(page, DAY_MS)
    room.until(lambda: foot(page) == words.COUNT_PRESENT(here=0, missing=3))
    assert present(page) == 0


def test_sorting_after_midnight_is_no_answer_about_the_new_day(room: Room) -> None:
    page = busy_week(room)
    room.parts.clock.sleep(24 * 3600)
    click_heading(page.days, 1)
    room.until(page.correct_button.isEnabled)
    assert foot(page) == words.COUNT_PRESENT(here=0, missing=3)
    assert present(page) == 0


@pytest.mark.parametrize("name", ["correct_button", "export_button"])
def test_the_focus_stays_on_a_button_when_somebody_is_recorded(room: Room, name: str) -> None:
    page = busy_week(room)
    focused = getattr(page, name)
    focused.setFocus()
    room.see("P4", here(18, 10))
    room.until(lambda: present(page) == 3 and page.correct_button.isEnabled())
    assert room.window.focusWidget() is focused


def test_the_focus_goes_where_the_operator_has_gone_meanwhile(room: Room) -> None:
    page = busy_week(room)
    page.correct_button.setFocus()
    choose_range(page, Range.THIS_WEEK)
    page.filters.group_box.setFocus()
    room.until(page.correct_button.isEnabled)
    assert room.window.focusWidget() is page.filters.group_box


def test_an_arrival_is_saved_while_a_long_list_is_read(room: Room) -> None:
    page = busy_week(room)
    with room.reader_busy():
        room.see("P4", here(18, 9, 30))
        assert present(page) == 2
    room.until(lambda: present(page) == 3)


def test_a_long_list_is_shown_although_people_arrive_while_it_is_read(room: Room) -> None:
    page = busy_week(room)
    with ExitStack() as second:
        with room.reader_busy():
            room.see("P4", here(18, 9, 30))  # the list is asked for, and waits
            second.enter_context(room.reader_busy())
            room.see("P2", here(18, 9, 50))  # and is outdated already
        room.until(lambda: present(page) == 3)
    room.until(lambda: not is_reading(page))


def test_who_is_forgotten_while_chosen_leaves_a_list_of_all(room: Room) -> None:
    page = busy_week(room)
    page.filters.person_box.choose(PersonId("P3"))
    room.until(lambda: is_read(page, 1))
    room.do(lambda service: service.forget(PersonId("P3")))
    with room.clerk_busy():  # the list is read before it is known who is left
        room.desk.changes.changed.emit(Changes(people=True))
        room.until(lambda: not is_reading(page))
    room.until(lambda: page.filters.asked.wanted.person is None)
    room.until(lambda: len(page.days.rows) == 3)


def test_nothing_is_asked_for_twice_while_it_is_read(room: Room) -> None:
    page = busy_week(room)
    runs: list[object] = []
    room.desk.ops.busy_changed.connect(runs.append)
    for chosen in (Range.YESTERDAY, Range.THIS_WEEK, Range.THIS_MONTH, Range.TODAY):
        choose_range(page, chosen)
    room.until(lambda: not is_reading(page))
    assert len(page.days.rows) == 3
    assert len([one for one in runs if one]) <= 3


def test_rows_can_be_exported_and_corrected_while_an_arrival_is_added_to_them(room: Room) -> None:
    page = busy_week(room)
    with room.reader_busy():
        room.see("P4", here(18, 9, 30))
        assert is_reading(page)
        assert page.export_button.isEnabled()
        assert page.correct_button.isEnabled()
        choose_range(page, Range.THIS_WEEK)  # asks for others
        assert not page.export_button.isEnabled()
        assert not page.correct_button.isEnabled()
        choose_range(page, Range.TODAY)
        assert page.export_button.isEnabled()
        click_heading(page.days, 1)
        assert not page.export_button.isEnabled()
    room.until(lambda: present(page) == 3 and page.export_button.isEnabled())
    assert [row.person.id for row in page.days.rows] == ["P4", "P3", "P2"]


def test_rows_that_are_on_their_way_out_are_neither_exported_nor_corrected(room: Room) -> None:
    page = busy_week(room)
    assert page.export_button.isEnabled()
    choose_range(page, Range.THIS_WEEK)
    assert not page.export_button.isEnabled()
    assert not page.correct_button.isEnabled()
    room.until(page.correct_button.isEnabled)
    assert page.export_button.isEnabled()
    click_heading(page.days, 1)
    assert not page.export_button.isEnabled()
    room.until(page.export_button.isEnabled)
