"""The five pages. Each calls the service through `ops` and renders values; none knows another.

A page's package is imported when the page is first opened, so that the window appears at once.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING

from faceapp.ui.page import PageKey, PageSpec
from faceapp.ui.words import shell

if TYPE_CHECKING:
    from faceapp.ui.desk import Desk
    from faceapp.ui.page import Page


def _live(desk: Desk) -> Page:
    from faceapp.ui.pages.live import LivePage

    return LivePage(desk)


def _enrol(desk: Desk) -> Page:
    from faceapp.ui.pages.enrol import EnrolPage

    return EnrolPage(desk)


def _people(desk: Desk) -> Page:
    from faceapp.ui.pages.people import PeoplePage

    return PeoplePage(desk)


def _attendance(desk: Desk) -> Page:
    from faceapp.ui.pages.attendance import AttendancePage

    return AttendancePage(desk)


def _settings(desk: Desk) -> Page:
    from faceapp.ui.pages.settings import SettingsPage

    return SettingsPage(desk)


# The rail's rows, top to bottom.
SPECS = (
    PageSpec(PageKey.LIVE, shell.LIVE, "live", _live),
    PageSpec(PageKey.ENROL, shell.ENROL, "enrol", _enrol),
    PageSpec(PageKey.PEOPLE, shell.PEOPLE, "people", _people),
    PageSpec(PageKey.ATTENDANCE, shell.ATTENDANCE, "attendance", _attendance),
    PageSpec(PageKey.SETTINGS, shell.SETTINGS, "settings", _settings),
)
