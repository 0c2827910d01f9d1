"""The interface of a page, and navigation between pages. The pages are in pages/."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from faceapp.types import Changes, Person
from faceapp.ui.words import Text

if TYPE_CHECKING:
    from faceapp.service import Service
    from faceapp.ui.desk import Desk


class PageKey(Enum):
    """The five pages, in the rail's order."""

    LIVE = "live"
    ENROL = "enrol"
    PEOPLE = "people"
    ATTENDANCE = "attendance"
    SETTINGS = "settings"


# An argument for `Navigator.go`: opens the camera's settings.
CAMERA_SECTION = "camera"


class Page(QWidget):
    """One page of the window. It is created when it is first shown.

    The window calls `shown` and `hidden`, and `refresh` when data changes while the page is
    visible. Changes while it was hidden come as one `refresh` right after `shown`. A page's first
    `refresh` reports everything as changed.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def shown(self, argument: object = None) -> None:
        """Come to the front; ``argument`` is what another page handed over with `Navigator.go`."""

    def hidden(self) -> None:
        """Leave the front: stop what only a visible page needs."""

    def refresh(self, changes: Changes) -> None:
        """Update whatever ``changes`` affects on this page."""

    def may_close(self) -> bool:
        """Return whether the window may close; ask the operator if something would be lost."""
        return True


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One row of the rail, and how to make its page."""

    key: PageKey
    title: Text
    icon: str
    make: Callable[[Desk], Page]


class Navigator(QObject):
    """Lets a page send the operator to another one.

    Signals:
        wanted(PageKey, object): go there and hand the argument to its `Page.shown`.
        restore_wanted(Path): close the window, restore this backup, and open the window again.
    """

    wanted = Signal(PageKey, object)
    restore_wanted = Signal(object)

    def go(self, page: PageKey, argument: object = None) -> None:
        """Open ``page``. Enrol and People take a `PersonId`: the person to show or add to.

        Settings takes `CAMERA_SECTION`.
        """
        self.wanted.emit(page, argument)

    def ask_restore(self, source: Path) -> None:
        """Ask to replace all data with the backup ``source``."""
        self.restore_wanted.emit(source)


def people_and_groups(service: Service) -> tuple[list[Person], list[str]]:
    """Return all people and all groups, from which forms and filters choose."""
    return [row.person for row in service.people()], service.groups()
