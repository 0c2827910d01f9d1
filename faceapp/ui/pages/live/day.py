"""Today's data for the live page: read when it changes, exported on request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from faceapp.errors import TargetLocked
from faceapp.types import Entry, PersonId, Recorded, RecordOutcome, Sighting
from faceapp.ui import words
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs import files
from faceapp.ui.memory import mark_of
from faceapp.ui.pages.live.board import Board, SeenAgain, read_board
from faceapp.ui.words.attendance import FILE_OF_ENTRIES

NEW_DAY_MS = 30_000


class Day(QObject):
    """Keeps today's board.

    Signals:
        arrived(Board): the data was read again.
        changed(): there is a new board, or somebody was seen again.
    """

    arrived = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._reading = False
        self._stale = False
        self._mark = desk.memory.group_mark()
        self._again: dict[PersonId, SeenAgain] = {}
        self.board: Board | None = None
        self._watch = QTimer(self, interval=NEW_DAY_MS)
        self._watch.timeout.connect(self._look_at_date)
        self._watch.start()

    @property
    def again(self) -> tuple[SeenAgain, ...]:
        """Return who was seen within the cool-down, each once."""
        return tuple(self._again.values())

    @property
    def people(self) -> int | None:
        """Count the people who are enrolled; None while it is not known."""
        return len(self.board.people) if self.board is not None else None

    def look_at(self, group: str | None) -> None:
        """Show the day of this group (None: everybody), and remember it for the next start."""
        self._remember(group)
        self.read()

    def read(self) -> None:
        """Read today's data; changes during the reading cause one more reading."""
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        mark = self._mark
        self._desk.ops.read(
            lambda service: read_board(service, mark),
            done=self._take,
            ended=self._end_reading,
            label="read today",
        )

    def hear(self, sighting: Sighting, recorded: Recorded) -> None:
        """Take note of what became of a sighting."""
        if recorded.outcome is RecordOutcome.COOLING_DOWN and recorded.entry is not None:
            self._again[sighting.person] = SeenAgain(sighting.at, recorded.entry)
        elif self._again.pop(sighting.person, None) is None:
            return  # a new entry comes with the next board
        self.changed.emit()

    def export(self) -> None:
        """Ask for a file and write today's entries to it."""
        if self.board is None:
            return
        name = FILE_OF_ENTRIES(dates=self.board.today.local_date)
        path = files.ask_export(self._page, files.documents() / name)
        if path is None:
            return
        entries = self.board.listed
        self._desk.ops.aside(
            lambda: write_entries(path, entries),
            done=lambda written: self._tell_written(path, written),
            label="export today",
            makes_file=True,
        )

    def _end_reading(self) -> None:
        self._reading = False

    def _take(self, board: Board) -> None:
        if self.board is not None and self.board.today.local_date != board.today.local_date:
            self._again.clear()
        self._again = {who: one for who, one in self._again.items() if board.stands(one.entry)}
        self.board = board
        if not self._stale and mark_of(board.group) != self._mark:
            self._remember(None)  # the group is gone
        self.arrived.emit(board)
        self.changed.emit()
        if self._stale:
            self.read()

    def _remember(self, group: str | None) -> None:
        self._mark = mark_of(group)
        self._desk.memory.keep_group_mark(self._mark)

    def _look_at_date(self) -> None:
        today = self._desk.clock.now().astimezone().date()
        if self.board is not None and self.board.today.local_date != today:
            self.read()

    def _tell_written(self, wanted: Path, written: Path | None) -> None:
        if written is None:
            return
        if written != wanted:
            self._desk.notices.error(TargetLocked(path=wanted, instead=written))
        self._desk.notices.toast(words.live.EXPORTED(file=written.name))


def write_entries(path: Path, entries: Sequence[Entry]) -> Path | None:
    """Write entries in the format of the file's suffix. Raises ExportError."""
    from faceapp.export.tables import entry_table  # noqa: PLC0415 - not needed to start
    from faceapp.export.writing import write_table  # noqa: PLC0415

    return write_table(path, entry_table(entries))
