"""A long job on a page: what is being done, its progress, the time left, and a cancel button."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from faceapp.ui.ops import JobProgress
from faceapp.ui.theme import GRID_PX
from faceapp.ui.times import number
from faceapp.ui.widgets.buttons import button
from faceapp.ui.widgets.labels import ElidedLabel, label
from faceapp.ui.words import common, tables

# An earlier estimate would mean nothing.
ESTIMATE_AFTER_MS = 1_500


class WorkStrip(QFrame):
    """Shows one long job, from `begin` to `end`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._what = ""
        self._progress: JobProgress | None = None
        self._clock = QElapsedTimer()
        self._text = ElidedLabel()
        self._left = label(muted=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel_button = button(common.CANCEL())
        self.cancel_button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        row.setSpacing(2 * GRID_PX)
        row.addWidget(self._text, 2)
        row.addWidget(self._bar, 2)
        row.addWidget(self._left)
        row.addWidget(self.cancel_button)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._progress is not None

    def begin(self, what: str) -> JobProgress:
        """Show that ``what`` has begun; pass the returned progress to the job."""
        progress = JobProgress(self)
        progress.told.connect(self._show)
        self._progress = progress
        self._what = what
        self._clock.start()
        self._text.set_text(what)
        self._left.clear()
        # The bar moves by itself until the total is known.
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(what)
        self.cancel_button.setEnabled(True)
        self.show()
        return progress

    def end(self) -> None:
        """Hide the strip."""
        if self._progress is not None:
            self._progress.deleteLater()
            self._progress = None
        self.hide()

    def cancel(self) -> None:
        """Ask the job to end early, if there is one; the strip stays until it has ended."""
        if self._progress is not None:
            self._progress.cancel()
            self._text.set_text(tables.CANCELLING())
            self.cancel_button.setEnabled(False)

    def _show(self, done: int, total: int, what: str) -> None:
        progress = self._progress
        if progress is None or progress.cancelled:
            return
        said = tables.PROGRESS(what=self._what, done=number(done), total=number(total))
        self._text.set_text(f"{said}  {what}" if what else said)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._left.setText(self._estimate(done, total))

    def _estimate(self, done: int, total: int) -> str:
        elapsed_ms = self._clock.elapsed()
        if not 0 < done < total or elapsed_ms < ESTIMATE_AFTER_MS:
            return ""
        left_s = elapsed_ms * (total - done) / done / 1000
        if left_s < 60:
            return tables.TIME_LEFT(max(round(left_s), 1))
        return tables.MINUTES_LEFT(round(left_s / 60))
