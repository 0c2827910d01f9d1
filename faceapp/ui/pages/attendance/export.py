"""Writes the listed rows to a file, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from faceapp.export.tables import Table, day_table, entry_table, total_table
from faceapp.export.writing import Cancelled, write_table
from faceapp.service import Service
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs import files
from faceapp.ui.notices import Action, Notice
from faceapp.ui.opening import open_folder
from faceapp.ui.ops import JobProgress
from faceapp.ui.pages.attendance.filters import View
from faceapp.ui.pages.attendance.listing import Rows
from faceapp.ui.tables import let_go
from faceapp.ui.widgets.work import WorkStrip
from faceapp.ui.words import Text, common, one_line, tables
from faceapp.ui.words import attendance as words

FILES: dict[View, Text] = {
    View.DAYS: words.FILE_OF_DAYS,
    View.ENTRIES: words.FILE_OF_ENTRIES,
    View.TOTALS: words.FILE_OF_TOTALS,
}
TABLES: dict[View, Callable[[Any], Table]] = {
    View.DAYS: day_table,
    View.ENTRIES: entry_table,
    View.TOTALS: total_table,
}


class Exporter:
    """Asks for a file and writes it; at most one export at a time."""

    def __init__(self, desk: Desk, strip: WorkStrip, ended: Callable[[], object]) -> None:
        """Call ``ended()`` after each export, whether it succeeded or not."""
        self._ops = desk.ops
        self._notices = desk.notices
        self._strip = strip
        self._ended = ended
        self._folder = files.documents()

    def start(
        self,
        parent: QWidget,
        view: View,
        read: Callable[[Service, Cancelled], Rows],
        span: tuple[date, date],
    ) -> None:
        """Ask for a file, and write exactly the rows that ``read`` returns, in their order.

        ``read`` may end early when what it is given says that the export was cancelled.
        """
        proposal = self._folder / proposed_name(view, span)
        path = files.ask_export(parent, proposal)
        if path is None:
            return
        self._folder = path.parent
        progress = self._strip.begin(words.EXPORTING())

        def cancelled() -> bool:
            return progress.cancelled

        def export() -> tuple[Path | None, int]:
            rows = list(self._ops.read_here(lambda service: read(service, cancelled)))
            try:
                return _written(path, TABLES[view](rows), len(rows), progress), len(rows)
            finally:
                let_go(rows)

        self._ops.aside(
            export,
            done=lambda written: self._done(path, *written),
            ended=self._end,
            label="export",
            makes_file=True,
        )

    def _done(self, path: Path, written: Path | None, rows: int) -> None:
        if written is None:
            self._notices.toast(tables.CANCELLED())
            return
        show = Action(common.OPEN_FOLDER(), lambda: open_folder(written.parent))
        if written == path:
            said = words.EXPORTED(rows, path=one_line(str(written)))
            self._notices.toast(said, show)
            return
        what = words.EXPORT_ELSEWHERE(path=path.name, instead=written.name)
        self._notices.tell(
            Notice(one_line(what), words.EXPORT_ELSEWHERE_HINT(), action=show, key="target_locked")
        )

    def _end(self) -> None:
        self._strip.end()
        self._ended()


def proposed_name(view: View, span: tuple[date, date]) -> str:
    """Name a file after what it holds and the days it covers."""
    first, last = span
    return FILES[view](dates=first if first == last else f"{first}_{last}")


def _written(path: Path, table: Table, rows: int, progress: JobProgress) -> Path | None:
    """Write the table of so many rows, on the background thread; return None if cancelled."""
    return write_table(
        path,
        table,
        progress=lambda done: progress.tell(done, rows),
        cancelled=lambda: progress.cancelled,
    )
