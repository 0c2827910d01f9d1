"""What the dialog of a correction makes of an entry: its line, and its moment.

The fields know neither seconds nor zones.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QWidget

from faceapp.types import (
    Confirmation,
    DayRow,
    Entry,
    EntryId,
    EntryKind,
    EntryPolicy,
    Person,
    PersonId,
)
from faceapp.ui.corrections import Correction, Subject, What
from faceapp.ui.dialogs.correct import CorrectDialog, entry_line
from faceapp.ui.pages.attendance.columns import day_columns, entry_columns
from faceapp.ui.tables import Order, in_order
from faceapp.ui.words import common, isolated
from tests.helpers.clock import here
from tests.helpers.seams import MODEL
from tests.ui.seen import choose


def stood(at: datetime, offset_s: int) -> Entry:
    """An entry of a place whose clock is ``offset_s`` ahead of UTC."""
    local = at.astimezone(timezone(timedelta(seconds=offset_s)))
    return Entry(
        EntryId(1), PersonId("P2"), "Omar Haddad", at, offset_s, "elsewhere", local.date(),
        EntryKind.IN, "demo", 0.7, 0.4, MODEL, Confirmation.FACE, at,
    )  # fmt: skip


def test_entries_of_a_long_name_are_told_apart() -> None:
    entry = replace(stood(here(18, 8), 0), name="Maria Theodora " * 12)
    for hour, clock in ((8, "08:00"), (9, "09:00")):
        at = datetime(2026, 11, 18, hour, tzinfo=UTC)
        assert clock in entry_line(replace(entry, at=at))[:32]


def test_the_line_of_an_entry_says_whose_it_is() -> None:
    entry = stood(here(18, 8), 0)
    assert entry_line(entry).endswith(f"{isolated('Omar Haddad')} (P2)")
    assert entry_line(replace(entry, name="")).endswith(common.FORGOTTEN())


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
        in_order(
            days, day_columns(lambda: here(16, 8).date(), lambda: EntryPolicy.IN_ONLY), Order(at)
        )
        for at in (1, 2)
    ]
    by_name, by_id = ["Émile", "Zürn", "Zwick"], ["P2", "P3", "P10"]
    assert [row.name for row in sorted_entries[0]] == by_name
    assert [row.person for row in sorted_entries[1]] == by_id
    assert [row.person.name for row in sorted_days[0]] == by_name
    assert [row.person.id for row in sorted_days[1]] == by_id


def about(entry: Entry) -> Subject:
    people = [Person(PersonId("P2"), "Omar Haddad")]
    return Subject(people, [entry], PersonId("P2"), entry.local_date, lambda: here(30, 12))


def test_what_can_no_longer_be_corrected_leaves_its_reason(parent: QWidget) -> None:
    entry = stood(here(18, 8), 0)
    gone = Correction(What.STRIKE, "her twin sister", EntryId(entry.id + 100))
    dialog = CorrectDialog(parent, about(entry), gone)
    assert dialog.reason_box.currentText() == "her twin sister"
    assert dialog.entry_box.currentData() == entry


def changing(parent: QWidget, entry: Entry) -> CorrectDialog:
    dialog = CorrectDialog(parent, about(entry))
    dialog.modes[What.CHANGE].setChecked(True)
    choose(dialog.kind_box, EntryKind.OUT)
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
