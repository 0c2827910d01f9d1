"""Which moment a changed entry gets: the fields know neither seconds nor zones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from faceapp.types import Confirmation, DayRow, Entry, EntryId, EntryKind, Person, PersonId
from faceapp.ui.dialogs.correct import CorrectDialog, Subject, What
from faceapp.ui.pages.attendance.columns import day_columns, entry_columns
from faceapp.ui.tables import Order, in_order
from tests.helpers.seams import MODEL
from tests.ui.pages.conftest import here


def stood(at: datetime, offset_s: int) -> Entry:
    """An entry of a place whose clock is ``offset_s`` ahead of UTC."""
    local = at.astimezone(timezone(timedelta(seconds=offset_s)))
    return Entry(
        EntryId(1),
        PersonId("P2"),
        "Omar Haddad",
        at,
        offset_s,
        "elsewhere",
        local.date(),
        EntryKind.IN,
        "demo",
        0.7,
        0.4,
        MODEL,
        Confirmation.FACE,
    )


def test_ids_and_names_are_sorted_as_on_the_people_page() -> None:
    entries = [
        replace(stood(here(16, 8), 0), person=PersonId(code), name=name)
        for code, name in (("P10", "Zürn"), ("P3", "Émile"), ("P2", "Zwick"))
    ]
    days = [
        DayRow(Person(one.person, one.name), one.local_date, one, None, True, None)
        for one in entries
    ]
    sorted_entries = [in_order(entries, entry_columns(), Order(at)) for at in (2, 3)]
    sorted_days = [
        in_order(days, day_columns(lambda: here(16, 8).date(), lambda: False), Order(at))
        for at in (1, 2)
    ]
    by_name, by_id = ["Émile", "Zürn", "Zwick"], ["P2", "P3", "P10"]
    assert [row.name for row in sorted_entries[0]] == by_name
    assert [row.person for row in sorted_entries[1]] == by_id
    assert [row.person.name for row in sorted_days[0]] == by_name
    assert [row.person.id for row in sorted_days[1]] == by_id


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """A window that a dialog can stand on."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def changing(parent: QWidget, entry: Entry) -> CorrectDialog:
    people = [Person(PersonId("P2"), "Omar Haddad")]
    subject = Subject(people, [entry], PersonId("P2"), entry.local_date, lambda: here(30, 12))
    dialog = CorrectDialog(parent, subject)
    dialog.modes[What.CHANGE].setChecked(True)
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(EntryKind.OUT))
    dialog.reason_box.setEditText("was going home")
    return dialog


@pytest.mark.parametrize("offset_s", [0, 3600, 20_700, -34_200])
def test_an_entry_keeps_its_moment_when_only_its_kind_is_changed(
    parent: QWidget, offset_s: int
) -> None:
    at = datetime(2026, 11, 20, 8, 2, 37, tzinfo=UTC)
    correction = changing(parent, stood(at, offset_s)).correction
    assert correction is not None
    assert (correction.at, correction.kind) == (at, EntryKind.OUT)


def test_a_changed_time_is_of_the_clock_of_where_it_happened(parent: QWidget) -> None:
    dialog = changing(parent, stood(datetime(2026, 11, 20, 8, 2, 37, tzinfo=UTC), 20_700))
    assert dialog.time_field.time() == QTime(13, 47)
    dialog.time_field.setTime(QTime(13, 30))
    assert dialog.correction is not None
    assert dialog.correction.at == datetime(2026, 11, 20, 7, 45, tzinfo=UTC)


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this machine's clock go as in Berlin, where one hour comes twice on 25 October."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be changed here")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("field", "value", "moment"),
    [
        # The second half past two stays the second one.
        ("time", QTime(2, 40), datetime(2026, 10, 25, 1, 40, tzinfo=UTC)),
        # The day before, clocks were an hour ahead still.
        ("day", QDate(2026, 10, 24), datetime(2026, 10, 24, 0, 30, tzinfo=UTC)),
    ],
)
@pytest.mark.usefixtures("berlin")
def test_an_entry_is_changed_across_the_change_of_the_clocks(
    parent: QWidget, field: str, value: QTime | QDate, moment: datetime
) -> None:
    dialog = changing(parent, stood(datetime(2026, 10, 25, 1, 30, 20, tzinfo=UTC), 3600))
    assert dialog.correction is not None
    assert dialog.correction.at == datetime(2026, 10, 25, 1, 30, 20, tzinfo=UTC)
    if isinstance(value, QTime):
        dialog.time_field.setTime(value)
    else:
        dialog.day_field.setDate(value)
    assert dialog.correction.at == moment, field
