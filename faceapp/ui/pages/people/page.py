"""Search, table and whoever is selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from faceapp.service import Service
from faceapp.types import Changes, EntryFilter, Person, PersonId, PersonSummary
from faceapp.ui import times
from faceapp.ui.announce import announce
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs.add import AddDialog
from faceapp.ui.dialogs.edit import NOTHING, EditDialog, Edited
from faceapp.ui.notices import Action
from faceapp.ui.page import Page, PageKey
from faceapp.ui.pages.people.columns import NAME, columns, found
from faceapp.ui.pages.people.forgetting import Forgetting
from faceapp.ui.pages.people.panel import Details, PersonPanel
from faceapp.ui.pages.people.regrouping import Regrouping
from faceapp.ui.parts import WindowParts, model_in_use
from faceapp.ui.tables import Order, RowsModel, in_order
from faceapp.ui.theme import GRID_PX, scaled
from faceapp.ui.widgets import EmptyState, SearchField, button, primary_button
from faceapp.ui.widgets.layout import Foot, Head, stacked
from faceapp.ui.widgets.table import RowsView
from faceapp.ui.words import isolated
from faceapp.ui.words import people as words

SEARCH_PX = 320
LAST_ENTRIES = 8
# How far back from the last sighting the panel's last entries are searched.
LOOK_BACK = timedelta(days=30)


class PeoplePage(Page):
    """Shows who is enrolled."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._all: tuple[PersonSummary, ...] = ()
        self._loaded = False
        self._groups: list[str] = []
        self._wanted: PersonId | None = None
        # Input that is not saved yet: of a new person, and of others by their IDs.
        self._unsaved_new: Person | None = None
        self._unsaved: dict[PersonId, Edited] = {}
        self.search = SearchField(desk.icons, words.SEARCH())
        self.search.setFixedWidth(scaled(SEARCH_PX))
        self.search.searched.connect(self._search)
        self._columns = columns(desk.clock)
        model = RowsModel(self._columns, lambda row: row.person.id, desk.theme, desk.icons)
        self.table: RowsView[PersonSummary] = RowsView(model, words.TABLE(), several=True)
        self.search.left_down.connect(self.table.enter)
        self.table.mark_order(Order(NAME))
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _: self._ask_edit())
        self.table.order_wanted.connect(self._sort)
        self.panel = PersonPanel(desk.icons, desk.clock)
        self.panel.add_button.clicked.connect(self._add_samples)
        self.panel.edit_button.clicked.connect(self._ask_edit)
        self._forgetting = Forgetting(self, desk)
        self.panel.forget_button.clicked.connect(self._forget)
        self._regrouping = Regrouping(self, desk)
        self.panel.groups_button.clicked.connect(self._change_groups)
        self.empty = EmptyState(desk.icons, "people", words.EMPTY(), words.EMPTY_HINT())
        self.enrol_button = primary_button(words.ENROL())
        self.enrol_button.clicked.connect(lambda: desk.navigator.go(PageKey.ENROL))
        self.add_button = button(words.ADD())
        self.add_button.clicked.connect(self._ask_add)
        self.foot = Foot([self.add_button, self.enrol_button])
        self._stack = QStackedWidget()
        self._lay_out()
        self._offer_keys()

    def shown(self, argument: object = None) -> None:
        """Come to the front, perhaps with a person to show."""
        if isinstance(argument, str):
            self._wanted = PersonId(argument)
            self.search.clear()
            self._show_found()
        in_front = self.empty if self.empty.isVisible() else self.table
        in_front.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        """Reload everybody."""
        if changes.people or changes.templates or changes.entries:
            order, cols, parts = self.table.order, self._columns, self.desk.parts
            self.desk.ops.read(
                lambda service: (
                    in_order(service.people(model_in_use(parts)), cols, order),
                    service.groups(),
                ),
                done=lambda answer: self._take(*answer),
                label="list people",
            )

    def _take(self, people: tuple[PersonSummary, ...], groups: list[str]) -> None:
        self._all, self._groups, self._loaded = people, groups, True
        self._show_found()

    def _search(self, wanted: str) -> None:
        self._show_found()
        if wanted and self._loaded:
            found_any = bool(self.table.rows)
            announce(self, self.foot.line.full_text if found_any else self.empty.accessibleName())

    def _show_found(self) -> None:
        if not self._loaded:
            return  # not loaded yet: there may be people
        rows = [row for row in self._all if found(row, self.search.text())]
        self.table.show_rows(rows)
        if self._wanted is not None and self.table.select(self._wanted):
            self._wanted = None
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            self._say_empty()
        # The empty page has this button in its middle.
        self.enrol_button.setVisible(bool(self._all))
        count = words.COUNT(len(self._all)) if self._all else ""
        if len(rows) < len(self._all):
            count = words.COUNT_OF(shown=times.number(len(rows)), all=count)
        self.foot.line.set_text(count)
        self.search.setEnabled(bool(self._all))

    def _say_empty(self) -> None:
        if self._all:
            self.empty.say("search", words.NOTHING_FOUND(text=isolated(self.search.text().strip())))
            return
        enrol = Action(words.ENROL(), lambda: self.desk.navigator.go(PageKey.ENROL))
        self.empty.say("people", words.EMPTY(), words.EMPTY_HINT(), enrol)

    def _sort(self, order: Order) -> None:
        self.table.mark_order(order)
        self.refresh(Changes(people=True))

    def _show(self, row: PersonSummary | None) -> None:
        rows = self.table.all_selected()
        if len(rows) > 1:
            self.panel.show_several(rows)
        else:
            self.panel.show_person(row)
        *of_one, regroup, forget = self.table.actions()  # in the order of `_offer_keys`
        regroup.setEnabled(len(rows) > 1)
        forget.setEnabled(bool(rows))
        for action in of_one:
            action.setEnabled(row is not None)
        if row is not None:
            parts = self.desk.parts
            self.desk.ops.run(
                lambda service: _details(service, parts, row),
                done=self.panel.show_details,
                label="person",
            )

    def _ask_add(self) -> None:
        taken = [row.person for row in self._all]
        unsaved, self._unsaved_new = self._unsaved_new, None
        dialog = AddDialog(self, self.desk.icons, taken, self._groups, unsaved)
        person = dialog.form.person() if dialog.confirmed() else None
        if person is None:
            return
        self._unsaved_new = person
        self._wanted = person.id
        self.search.clear()
        self.desk.ops.run(
            lambda service: service.add_person(person),
            done=lambda _: self._added(person),
            label="add",
        )

    def _added(self, person: Person) -> None:
        self._unsaved_new = None
        self.desk.notices.toast(words.ADDED(name=isolated(person.name)))

    def _add_samples(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.desk.navigator.go(PageKey.ENROL, row.person.id)

    def _ask_edit(self) -> None:
        row = self.table.selected()
        if row is None:
            return
        whose = row.person.id
        unsaved = self._unsaved.pop(whose, NOTHING)
        dialog = EditDialog(self, self.desk.icons, row, self._groups, unsaved)
        edited = dialog.edited if dialog.confirmed() else None
        if edited in (None, NOTHING):
            return
        self._unsaved[whose] = edited
        self.desk.ops.run(
            lambda service: _edit(service, whose, edited),
            done=lambda name: self._edited(whose, name),
            label="edit",
        )

    def _edited(self, whose: PersonId, name: str) -> None:
        self._unsaved.pop(whose, None)
        self.desk.notices.toast(words.EDITED(name=isolated(name)))

    def _change_groups(self) -> None:
        self._regrouping.begin(self.table.all_selected(), self._all)

    def _forget(self) -> None:
        self._forgetting.begin(self.table.all_selected())

    def _offer_keys(self) -> None:
        keys = (
            (words.EDIT, "F2", self._ask_edit),
            (words.ADD_SAMPLES, "Ctrl+Return; Ctrl+Enter", self._add_samples),
            (words.CHANGE_GROUPS, "Ctrl+G", self._change_groups),
            (words.FORGET, "Del", self._forget),
        )
        actions = []
        for text, shortcuts, run in keys:
            action = QAction(text(), self)
            action.setShortcuts(QKeySequence.listFromString(shortcuts))
            action.triggered.connect(run)
            action.setEnabled(False)  # nobody is selected yet
            actions.append(action)
        self.table.offer(actions)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _lay_out(self) -> None:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID_PX)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)
        stacked(self, [Head(words.TITLE(), at_end=[self.search]), self._stack, self.foot], grows=1)


def _edit(service: Service, person: PersonId, edited: Edited) -> str:
    """Write what was edited and return the person's name; on the clerk's thread."""
    service.edit_person(person, edited.name, edited.groups, agreed=edited.agreed)
    return service.person(person).name


def _details(service: Service, parts: WindowParts, row: PersonSummary) -> Details:
    """Read what the panel shows; on the clerk's thread."""
    person = row.person.id
    wanted = EntryFilter(person=person, include_voided=False)
    if row.last_seen_at is not None:
        since = (times.local(row.last_seen_at) - LOOK_BACK).date()
        wanted = replace(wanted, from_date=since)
    entries = service.entries(wanted)[: -LAST_ENTRIES - 1 : -1] if row.last_seen_at else []
    return Details(person, service.templates(person), entries, model_in_use(parts))
