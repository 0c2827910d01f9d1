"""Filters, the table of days, entries or totals, corrections and export."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from faceapp.service import Service
from faceapp.types import Changes, EntryPolicy, Person
from faceapp.ui import times
from faceapp.ui.corrections import Correction, Subject, What, subject_of
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs.correct import CorrectDialog
from faceapp.ui.focus import FocusKeeper
from faceapp.ui.notices import Action
from faceapp.ui.page import Page, PageKey, people_and_groups
from faceapp.ui.pages.attendance.columns import (
    day_columns,
    entry_columns,
    key,
    struck,
    total_columns,
)
from faceapp.ui.pages.attendance.export import Exporter
from faceapp.ui.pages.attendance.filters import Asked, FilterBar, View
from faceapp.ui.pages.attendance.listing import MOST_ROWS, Listing, Rows, read_all, read_listing
from faceapp.ui.tables import Order, RowsModel, in_order, let_go
from faceapp.ui.widgets import EmptyState, button, primary_button
from faceapp.ui.widgets.layout import Foot, Head, stacked
from faceapp.ui.widgets.table import RowsView
from faceapp.ui.widgets.work import WorkStrip
from faceapp.ui.words import attendance as words
from faceapp.ui.words import tables as table_words

NEWEST_FIRST = Order(0, descending=True)
BY_NAME = Order(0)
# How often an open page checks whether the day has changed.
DAY_MS = 30_000


class AttendancePage(Page):
    """Shows who came when."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.most_rows = MOST_ROWS
        self._loading = False
        self._stale = False
        self._asking = False
        self._answered: Asked | None = None
        self._order: Order | None = None
        self._listing = Listing((), (), "", ())
        # Corrections that are not saved yet, by the key of their row.
        self._unsaved: dict[Hashable, Correction] = {}
        self._focus = FocusKeeper(self)
        self.filters = FilterBar(self._today)
        self.filters.changed.connect(self._load)
        columns = day_columns(self._today, self._policy)
        self.days = RowsView(RowsModel(columns, key, desk.theme, desk.icons), words.TABLE_DAYS())
        self.entries = RowsView(
            RowsModel(entry_columns(), key, desk.theme, desk.icons, struck), words.TABLE_ENTRIES()
        )
        self.totals = RowsView(
            RowsModel(total_columns(), key, desk.theme, desk.icons), words.TABLE_TOTALS()
        )
        self._tables: dict[View, RowsView[Any]] = {
            View.DAYS: self.days,
            View.ENTRIES: self.entries,
            View.TOTALS: self.totals,
        }
        live = Action(words.GO_LIVE(), lambda: desk.navigator.go(PageKey.LIVE))
        self.empty = EmptyState(desk.icons, "attendance", words.EMPTY(), words.EMPTY_HINT(), live)
        self.correct_button = button(words.CORRECT())
        self.correct_button.clicked.connect(self._correct)
        self.export_button = primary_button(words.EXPORT())
        self.export_button.clicked.connect(self._export)
        self.strip = WorkStrip()
        self._exporter = Exporter(desk, self.strip, self._offer)
        self.foot = Foot([self.correct_button, self.export_button])
        self._stack = QStackedWidget()
        for widget in (*self._tables.values(), self.empty):
            self._stack.addWidget(widget)
        self._set_up_tables()
        self._day = QTimer(self, interval=DAY_MS)
        self._day.timeout.connect(self.keep_up)
        self._day.start()
        head = Head(words.TITLE(), at_end=[self.filters.switch])
        stacked(self, [head, self.filters, self._stack, self.strip, self.foot], grows=2)

    @property
    def table(self) -> RowsView[Any]:
        """Return the table of the chosen view."""
        return self._tables[self.filters.asked.view]

    def shown(self, _argument: object = None) -> None:
        """Come to the front."""
        self.keep_up()
        in_front = self.empty if self.empty.isVisible() else self.table
        in_front.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_up(self) -> None:
        """Reload if the day has changed: "today" then means another one."""
        if self.isVisible() and self._outdated:
            self._load()

    def refresh(self, changes: Changes) -> None:
        """Reload what is on screen."""
        if changes.people:
            self.desk.ops.run(people_and_groups, done=lambda found: self._know(*found))
        if changes.people or changes.entries or changes.settings:
            self._load()

    def _know(self, people: Sequence[Person], groups: Sequence[str]) -> None:
        self.filters.know(people, groups)
        # The chosen person may be gone, and the list may have been read before that was known.
        if self._outdated:
            self._load()

    @property
    def _outdated(self) -> bool:
        """Whether the filters now ask for something else than what is shown."""
        return self._answered not in (None, self.filters.asked)

    @property
    def _stand(self) -> bool:
        """Whether the rows on screen are what is asked for; newer ones may be on their way."""
        return (self._answered, self._order) == (self.filters.asked, self.table.order)

    def _today(self) -> date:
        return times.local(self.desk.clock.now()).date()

    def _policy(self) -> EntryPolicy:
        return EntryPolicy(self.desk.settings.value.policy)

    def _load(self) -> None:
        """Read what the filters ask for; requests made meanwhile cause one more reading."""
        if self._loading:
            self._stale = True
            self._offer()
            return
        self._loading, self._stale = True, False
        self._offer()
        asked, order, cols = self.filters.asked, self.table.order, self.table.columns
        most = self.most_rows
        self.foot.line.set_text(table_words.LOADING())
        self.desk.ops.read(
            lambda service: read_listing(service, asked, cols, order, most),
            done=lambda listing: self._show(asked, order, listing),
            ended=self._end_loading,
            label="list attendance",
        )

    def _end_loading(self) -> None:
        self._loading = False
        self._offer()
        self.foot.line.set_text("")

    def _show(self, asked: Asked, order: Order, listing: Listing) -> None:
        if asked != self.filters.asked:
            self._load()
            return
        self._answered, self._order = asked, order
        self._listing, rows = listing, listing.rows
        table, former = self.table, list(self.table.rows)
        table.show_rows(rows)
        self.desk.ops.aside(lambda: let_go(former), label="let go of rows")
        self._stack.setCurrentWidget(table if rows else self.empty)
        self._offer()
        self.foot.line.set_text(listing.summary)
        if self._stale:  # shown anyway: people may arrive faster than a long list is read
            self._load()

    def _offer(self) -> None:
        """Enable what can be done with the rows on screen: nothing while others are asked for."""
        shown = self._stack.currentWidget() is self.table and bool(self.table.rows)
        ready = not self._loading or self._stand
        with self._focus.keeping():
            self.correct_button.setEnabled(ready)
            self.export_button.setEnabled(shown and ready and not self.strip.busy)

    def _sort(self, order: Order) -> None:
        """Sort the shown rows, off the GUI thread; read again if they are outdated."""
        self.table.mark_order(order)
        if self._loading or self._answered != self.filters.asked:
            # The rows on screen are outdated, perhaps yesterday's.
            self._load()
            return
        self._loading = True
        self._offer()
        asked, shown, cols = self.filters.asked, self._listing, self.table.columns
        self.desk.ops.read(
            lambda _service: replace(shown, rows=in_order(shown.unsorted, cols, order)),
            done=lambda listing: self._show(asked, order, listing),
            ended=self._end_loading,
            label="sort attendance",
        )

    def _correct(self) -> None:
        if self._asking or not self.correct_button.isEnabled():
            return
        self._asking = True
        now = self.desk.clock.now
        row = self.table.selected() if self._stack.currentWidget() is self.table else None
        about = None if row is None else key(row)
        self.desk.ops.run(
            lambda service: subject_of(service, row, now),
            done=lambda subject: self._ask_correction(about, subject),
            ended=self._end_asking,
            label="look for what can be corrected",
        )

    def _end_asking(self) -> None:
        self._asking = False

    def _ask_correction(self, about: Hashable, subject: Subject) -> None:
        dialog = CorrectDialog(self, subject, self._unsaved.pop(about, None))
        correction = dialog.correction if dialog.confirmed() else None
        if correction is None:
            return
        self._unsaved[about] = correction
        self.desk.ops.run(
            correction.apply, done=lambda _: self._corrected(about, correction), label="correct"
        )

    def _corrected(self, about: Hashable, correction: Correction) -> None:
        self._unsaved.pop(about, None)
        done = {
            What.STRIKE: words.STRUCK_DONE,
            What.OTHER: words.OTHER_DONE,
            What.CHANGE: words.CHANGED_DONE,
            What.ADD: words.ADDED_DONE,
        }
        self.desk.notices.toast(done[correction.what]())

    def _export(self) -> None:
        """Export the rows on screen, and the rest of a list that was cut."""
        asked, listing = self._answered or self.filters.asked, self._listing
        cols, order = self.table.columns, self.table.order

        def read(service: Service, cancelled: Callable[[], bool]) -> Rows:
            if not listing.cut:
                return listing.rows
            return read_all(service, asked, cols, order, cancelled)

        span = listing.span(asked.wanted, self._today())
        self._exporter.start(self, asked.view, read, span)
        self._offer()

    def _show_days(self) -> None:
        """Show the days of the selected total; somebody forgotten has no name to be chosen by."""
        row = self.totals.selected()
        if row is None:
            return
        self.filters.person_box.choose(row.person.id)
        self.filters.day_button.click()

    def _set_up_tables(self) -> None:
        for table in self._tables.values():
            table.order_wanted.connect(self._sort)
        dated: tuple[RowsView[Any], ...] = (self.days, self.entries)
        for table in dated:
            table.mark_order(NEWEST_FIRST)
            table.opened.connect(lambda _: self._correct())
            correct = QAction(words.CORRECT(), self)
            correct.triggered.connect(self._correct)
            table.offer([correct])
        self.totals.mark_order(BY_NAME)
        self.totals.opened.connect(lambda _: self._show_days())
        show = QAction(words.SHOW_DAYS(), self)
        show.triggered.connect(self._show_days)
        self.totals.offer([show])
