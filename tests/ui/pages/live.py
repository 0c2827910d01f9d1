"""The live page in the window, and what stands in the list beside its picture."""

from __future__ import annotations

from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live.side_list import Row
from tests.ui.rooms import Room


def with_grace(room: Room) -> LivePage:
    """Enrol Grace, whom the scripted eyes see."""
    room.enrol("P01", "Grace Okafor")
    page = room.page(LivePage)
    room.until(lambda: page.day.people == 1)  # or *Start taking* goes to the page Enrol
    return page


def rows(page: LivePage) -> list[Row]:
    model = page.side.list.shown_rows
    return [model.row(model.index(row, 0)) for row in range(model.rowCount())]


def names(page: LivePage) -> list[str]:
    return [row.first for row in rows(page)]


def seconds(page: LivePage) -> list[str]:
    """Read what stands under the names."""
    return [row.second for row in rows(page)]
