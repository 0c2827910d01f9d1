"""The box to choose a camera in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from faceapp.ui.cameras import label_of, name_of
from faceapp.ui.widgets.fields import ElidedBox

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo

Row = tuple[str, str]


class CameraBox(ElidedBox):
    """Offers cameras by their source; ``more`` rows (text, data) come at the end.

    An open list does not change: a click must hit the row that was read.
    """

    def __init__(self, *more: Row) -> None:
        super().__init__()
        self._more = more
        self._later: tuple[Row, ...] = ()
        self.view().installEventFilter(self)

    def offer(self, cameras: Sequence[CameraInfo], chosen: str) -> None:
        """Offer these cameras; the chosen one is offered even if it was not found."""
        found = [(label_of(info), info.id) for info in cameras]
        if all(source != chosen for _, source in found):
            found.insert(0, (name_of(chosen, cameras), chosen))
        rows = (*found, *self._more)
        if self.view().isVisible():
            self._later = rows
        else:
            self._fill(rows, chosen)

    def _fill(self, rows: Sequence[Row], chosen: str) -> None:
        self._later = ()
        self.clear()
        for text, source in rows:
            self.addItem(text, source)
        self.setCurrentIndex(self.findData(chosen))

    def _catch_up(self) -> None:
        """Show the cameras found while the list was open, unless a choice showed them already."""
        if self._later:
            self._fill(self._later, self.currentData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and self._later:
            # Qt closes the list first and then reports which row was clicked.
            QTimer.singleShot(0, self, self._catch_up)
        return super().eventFilter(watched, event)
