"""The attendance page in the window, of a week in which somebody came daily and somebody never."""

from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.types import PersonId
from faceapp.ui.dialogs import files
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.attendance.ranges import Range
from faceapp.ui.words import tables as table_words
from tests.helpers.clock import here
from tests.ui.rooms import Room
from tests.ui.seen import choose


def opened(room: Room) -> AttendancePage:
    page = room.open(AttendancePage)
    room.until(lambda: page.correct_button.isEnabled() and not is_reading(page))
    return page


def is_read(page: AttendancePage, days: int) -> bool:
    """Whether a list of so many days is on the screen, and none is on its way."""
    return len(page.days.rows) == days and not is_reading(page)


def foot(page: AttendancePage) -> str:
    return page.foot.line.full_text


def is_reading(page: AttendancePage) -> bool:
    return foot(page) == table_words.LOADING()


def present(page: AttendancePage) -> int:
    return sum(row.present for row in page.days.rows)


def choose_range(page: AttendancePage, chosen: Range) -> None:
    choose(page.filters.range_box, chosen)


def busy_week(room: Room) -> AttendancePage:
    """Omar came on three days, Asha today only, the third never."""
    room.enrol("P2", "Omar Haddad")
    room.enrol("P3", "Asha Lin")
    room.enrol("P4", "=cmd|'calc'!A1")
    room.do(lambda service: service.edit_person(PersonId("P3"), "Asha Lin", ["Class 7b"]))
    room.see("P2", here(16, 8), here(16, 17), here(17, 8, 5), here(18, 8, 10))
    room.see("P3", here(18, 9))
    page = opened(room)
    # Two threads read them: either may be first.
    room.until(lambda: len(page.days.rows) == 3 and page.filters.person_box.count() == 4)
    return page


def entry_view(room: Room, page: AttendancePage, rows: int, chosen: Range) -> None:
    choose_range(page, chosen)
    page.filters.entry_button.click()
    room.until(lambda: len(page.entries.rows) == rows and not is_reading(page))


def answer_export(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[Path]:
    """Choose this file for every export; give what was proposed."""
    asked: list[Path] = []

    def ask(_parent: object, proposal: Path) -> Path | None:
        asked.append(proposal)
        return path

    monkeypatch.setattr(files, "ask_export", ask)
    return asked
