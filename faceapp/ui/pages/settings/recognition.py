"""How sure the app must be before it gives a face a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from faceapp.config import Settings
from faceapp.runtime.keeper import take_snapshot
from faceapp.ui.clicks import ignore_wheel
from faceapp.ui.desk import Desk
from faceapp.ui.pages.settings.rows import LIMITS, show_number, spin
from faceapp.ui.pages.settings.section import Section
from faceapp.ui.pages.settings.strictness import STEPS, Cost, cost_of, step_of
from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.times import number
from faceapp.ui.widgets import label
from faceapp.ui.words import settings as words

if TYPE_CHECKING:
    from faceapp.service import Service
    from faceapp.ui.parts import WindowParts

# The slider must rest before anything is saved or measured.
SETTLE_MS = 400
HANDLE_PX = 28


class RecognitionSection(Section):
    """The target for wrong names, and how many pictures must agree."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        # Counts as measured: the real measurement waits until the page comes to the front.
        self._measured: int | None = desk.settings.value.stranger_odds
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(STEPS) - 1)
        self.slider.setPageStep(1)
        self.slider.setMinimumHeight(HANDLE_PX)
        ignore_wheel(self.slider)
        self.slider.valueChanged.connect(self._moved)
        self.target = label(bold=True, wrap=True)
        self.needs = label(size=Size.SMALL, muted=True, wrap=True)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._take_step)
        self.votes = spin(LIMITS["confirm_votes"], "")
        self.window_field = spin(LIMITS["confirm_window"], "")
        self.threads = spin(LIMITS["embed_threads"], "")
        self.votes.valueChanged.connect(self._take_votes)
        self.window_field.valueChanged.connect(self._take_window)
        self.threads.valueChanged.connect(
            lambda count: self.set("embed_threads", count, f"{words.THREADS()}: {count}")
        )
        self._add_rows()

    @property
    def odds(self) -> int:
        """Return the chosen odds: those of the settings until the slider is moved."""
        kept = self.desk.settings.value.stranger_odds
        step = self.slider.value()
        return kept if step == step_of(kept) else STEPS[step]

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(step_of(settings.stranger_odds))
        self._say_target(settings.stranger_odds)
        votes, window = settings.confirm_votes, settings.confirm_window
        # Four votes out of three pictures cannot be chosen.
        least, most = LIMITS["confirm_votes"]
        show_number(self.votes, votes, (least, min(most, window)))
        show_number(self.window_field, window, (votes, LIMITS["confirm_window"][1]))
        show_number(self.threads, settings.embed_threads)
        self._keep_up(settings.stranger_odds)

    def measure(self) -> None:
        """Find out how good a picture the chosen target needs."""
        parts, odds = self.desk.parts, self.odds
        self._measured = odds
        self.desk.ops.run(
            lambda service: _measure(service, parts, odds),
            done=lambda cost: self._show_cost(odds, cost),
            # Without a model there is nothing to say; the banner says so where it is needed.
            failed=lambda _: self.needs.clear(),
            label="measure the target",
        )

    def settle(self) -> None:
        """Also apply a slider step that is still waiting."""
        super().settle()
        if self._settle.isActive():
            self._settle.stop()
            self._take_step()

    def _moved(self, step: int) -> None:
        self._say_target(STEPS[step])
        self.needs.clear()
        self._measured = None
        self._settle.start()

    def _take_step(self) -> None:
        odds = self.odds
        self.set("stranger_odds", odds, words.ODDS_VALUE(odds=number(odds)))
        self._keep_up(odds)

    def _keep_up(self, odds: int) -> None:
        """Measure a target unless it was measured last; the former text no longer holds."""
        if odds != self._measured:
            self.needs.clear()
            self.measure()

    def _say_target(self, odds: int) -> None:
        said = words.ODDS_VALUE(odds=number(odds))
        self.target.setText(said)
        self.slider.setAccessibleName(f"{words.ODDS()}: {said}")

    def _show_cost(self, odds: int, cost: Cost) -> None:
        if odds != self.odds:
            return
        needs = cost.needs
        said = words.ODDS_WITH(cost.people, picture=needs()) if needs else ""
        self.needs.setText(said)

    def _take_votes(self, votes: int) -> None:
        window = self.desk.settings.value.confirm_window
        self.set("confirm_votes", votes, words.CONFIRM_SAID(votes=votes, window=window))

    def _take_window(self, window: int) -> None:
        votes = self.desk.settings.value.confirm_votes
        self.set("confirm_window", window, words.CONFIRM_SAID(votes=votes, window=window))

    def _add_rows(self) -> None:
        target = QWidget()
        column = QVBoxLayout(target)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.target, self.slider, self.needs):
            column.addWidget(part)
        # The slider announces its own name, with its value in words.
        target.setAccessibleName(words.ODDS())
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        row.addWidget(self.votes, 1)
        row.addWidget(label(words.CONFIRM_OF()))
        row.addWidget(self.window_field, 1)
        self.votes.setAccessibleName(words.CONFIRM_VOTES())
        self.window_field.setAccessibleName(words.CONFIRM_WINDOW())
        ours = Settings()
        odds = words.ODDS_SHORT(odds=number(ours.stranger_odds))
        agree = words.CONFIRM_VALUE(votes=ours.confirm_votes, window=ours.confirm_window)
        self.add(words.ODDS, words.ODDS_WHY, target, odds)
        self.add(words.CONFIRM, words.CONFIRM_WHY, pair, agree)
        self.add(words.THREADS, words.THREADS_WHY, self.threads, number(ours.embed_threads))


def _measure(service: Service, parts: WindowParts, odds: int) -> Cost:
    """Measure the cost of ``odds``; on the clerk's thread."""
    card = parts.card()
    return cost_of(take_snapshot(service, card, odds).gallery, card.fmr_table, odds)
