"""The enrol page: combines its parts and saves the result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from faceapp.errors import AlreadyEnrolled, FaceAppError
from faceapp.paths import is_folder
from faceapp.runtime.intake import Looked, files_in
from faceapp.runtime.saving import Saving
from faceapp.types import Changes, Person, PersonId, PersonSummary
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.confirm import DraftDialog
from faceapp.ui.focus import FocusKeeper
from faceapp.ui.page import Page, PageKey
from faceapp.ui.pages.enrol.capture import CapturePanel
from faceapp.ui.pages.enrol.confirmations import Confirmations
from faceapp.ui.pages.enrol.drop import DropArea, dropped_paths
from faceapp.ui.pages.enrol.gathering import Gathering
from faceapp.ui.pages.enrol.intake import PATTERNS, look_at
from faceapp.ui.pages.enrol.samples import SamplePanel
from faceapp.ui.pages.enrol.staff import staff_folder, staff_notice
from faceapp.ui.person_form import PersonForm
from faceapp.ui.theme import GRID_PX, Size, scaled
from faceapp.ui.widgets import button, label, primary_button
from faceapp.ui.widgets.buttons import set_text
from faceapp.ui.widgets.layout import Foot, FormScroll, Head, stacked
from faceapp.ui.widgets.work import WorkStrip
from faceapp.ui.words import enrol as words
from faceapp.ui.words import isolated

if TYPE_CHECKING:
    from faceapp.service import Service

RIGHT_PX = 408


class EnrolPage(Page):
    """Enrols one person at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._saving = False
        self._focus = FocusKeeper(self)
        # Counts the people the page was about: a job begun for one must not affect the next.
        self._turn = 0
        self.gathering = Gathering(desk)
        self.head = Head(words.TITLE(), words.SUBTITLE())
        self.capture = CapturePanel(desk, self.gathering)
        self.form = PersonForm(desk.icons)
        self.samples = SamplePanel(desk.theme, desk.icons, after=self.form.consent)
        self.drop = DropArea(desk.theme)
        self.samples.setFocusProxy(self.drop.pictures_button)
        self.confirmations = Confirmations(desk, self.form)
        self.strip = WorkStrip()
        self.over_button = button(words.START_OVER())
        self.save_button = primary_button(words.SAVE())
        self.foot = Foot([self.over_button, self.save_button])
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show_missing()  # the list of people may arrive late

    def shown(self, argument: object = None) -> None:
        """Come to the front, perhaps to add samples to a known person."""
        if self.gathering.lost:
            self.gathering.prepare()
        if isinstance(argument, str):
            self.desk.ops.run(
                lambda service: _known(service, PersonId(argument)),
                done=lambda found: self._add_to(found[0], agreed=found[1]),
            )
        elif self.form.adding is not None and not self._gathered:
            self._begin()  # adding to that person was given up
        self._focus_form()

    def hidden(self) -> None:
        """Stop the camera for this page; keep what was gathered."""
        self.capture.stop()

    def may_close(self) -> bool:
        """Ask before unsaved samples are lost; a name alone is quickly typed again."""
        if not self._gathered:
            return True
        self.desk.navigator.go(PageKey.ENROL)
        closing = DraftDialog.ask_to_close(self)
        if closing:
            self.strip.cancel()
        return closing

    def refresh(self, changes: Changes) -> None:
        """Reload people and templates."""
        if changes.people:
            self.desk.ops.run(_everybody, done=lambda found: self._know(*found))
        if changes.templates or changes.settings:  # the thresholds depend on a setting
            self.gathering.prepare()

    def _look_out(self, changes: Changes) -> None:
        """Discard a person who is forgotten while another page is in front: nothing may stay."""
        if changes.people and not self.isVisible() and self.form.adding is not None:
            self.desk.ops.run(_everybody, done=lambda found: self._know(*found))

    def _know(self, rows: Sequence[PersonSummary], groups: Sequence[str]) -> None:
        self.confirmations.people = {row.person.id: row.person for row in rows}
        self.form.know([row.person for row in rows], groups)
        adding = self.form.adding
        row = next((row for row in rows if adding is not None and row.person.id == adding.id), None)
        if row is not None:
            self.form.take_agreement(agreed=row.agreed_at is not None)
        elif adding is not None:
            if self._gathered:
                self.desk.notices.toast(words.DRAFT_FORGOTTEN())
            self._begin()
        self._say_whom()
        self._show_missing()

    def _say_whom(self) -> None:
        known = self.form.adding
        title = words.TITLE_ADD(name=isolated(known.name)) if known else words.TITLE()
        self.head.say(title, words.SUBTITLE())

    def _add_to(self, known: Person, *, agreed: bool) -> None:
        """Switch to a known person, unless already there or the operator keeps the draft."""
        adding = self.form.adding
        if adding is not None and known.id == adding.id:
            return
        if not self._begun or DraftDialog.ask_to_begin(self, known.name):
            self._begin(known, agreed=agreed)

    def _begin(self, known: Person | None = None, *, agreed: bool = False) -> None:
        """Begin with a new person, or with more samples of a ``known`` one.

        ``agreed`` means that the known person's agreement is on record.
        """
        self._turn += 1
        self.strip.cancel()
        set_text(self.save_button, words.SAVE_ADD() if known else words.SAVE())
        self.confirmations.begin()
        self.capture.begin()
        self.form.begin(known, agreed=agreed)
        self._say_whom()
        self.gathering.begin(known.id if known else None)
        if self.isVisible():
            self._focus_form()

    def _focus_form(self) -> None:
        """Focus the form: the pressed button is gone or disabled, and Qt would focus anything."""
        self.form.name_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_over(self) -> None:
        if not self.gathering.squares or DraftDialog.ask_to_start_over(self):
            self._begin()

    def _show_samples(self) -> None:
        self.samples.show_squares(self.gathering.squares)
        # Camera samples are tested only when complete, picture samples at once.
        untried = not self.gathering.samples or self.gathering.by_camera
        self.confirmations.forget_trial(hide=untried)
        self._show_missing()

    @property
    def _gathered(self) -> bool:
        """Whether there are unsaved samples, or may be soon."""
        return bool(self.gathering.squares) or self.strip.busy

    @property
    def _begun(self) -> bool:
        """Whether there is unsaved input."""
        return self.form.touched or bool(self.gathering.squares)

    def _missing(self) -> str:
        """Say what is still missing before saving; empty for nothing."""
        if not self.gathering.samples:
            return words.REMOVE_OTHERS() if self.gathering.unclear else words.NEED_SAMPLES()
        return self.confirmations.missing() or self.form.missing()

    def _show_missing(self) -> None:
        missing = self._missing()
        with self._focus.keeping():
            self.save_button.setEnabled(not missing and not self._saving and not self.strip.busy)
            self.over_button.setEnabled(self._begun or self.form.adding is not None)
            self.drop.setEnabled(not self.strip.busy)
        many = words.SAMPLES_MANY() if len(self.gathering.samples) < 3 else ""
        self.foot.line.set_text(missing or many)

    def _look_at(self, sources: Sequence[Path]) -> None:
        """Look at files off the GUI thread; keep what was found before a cancel.

        Drop the result if the page is about somebody else by then.
        """
        if not sources or self.strip.busy:
            return
        progress = self.strip.begin(words.READING())
        parts, settings, turn = self.desk.parts, self.desk.settings.value, self._turn
        self._show_missing()

        def look() -> Sequence[Looked] | Path:
            found = files_in(sources).files
            return staff_folder(sources, found) or look_at(found, parts, settings, progress)

        def take(looked: Sequence[Looked] | Path) -> None:
            if turn != self._turn:
                return
            if isinstance(looked, Path):
                self.desk.notices.tell(staff_notice(looked, self.desk.paths))
                return
            if not looked and not progress.cancelled:
                self.desk.notices.toast(words.READ_NOTHING())
            if looked and len(sources) == 1 and is_folder(sources[0]):
                self.form.propose(sources[0].name)
            self.gathering.add(looked)

        self.desk.ops.aside(look, done=take, ended=self._end_looking, label="look at pictures")

    def _end_looking(self) -> None:
        self.strip.end()
        self._show_missing()

    def _save(self) -> None:
        person, snapshot = self.form.person(), self.gathering.snapshot
        if person is None or snapshot is None or self._missing():
            return
        self._saving = True
        self._show_missing()
        turn = self._turn
        saving = Saving(
            person,
            self.gathering.samples,
            adding=self.form.adding is not None,
            agrees=self.form.agrees,
            other=self.confirmations.other_confirmed,
            same=self.confirmations.same_confirmed,
            snapshot=snapshot,
        )
        self.desk.ops.run(
            saving.apply,
            done=lambda _: self._saved(turn, saving),
            failed=lambda error: self._fail_saving(turn, error),
            ended=self._end_saving,
            label="enrol",
        )

    def _end_saving(self) -> None:
        self._saving = False
        self._show_missing()

    def _saved(self, turn: int, saving: Saving) -> None:
        name = isolated(saving.person.name)
        added = words.ADDED(len(saving.samples), name=name)
        self.desk.notices.toast(added if saving.adding else words.SAVED(name=name))
        if turn != self._turn:
            return  # the page is about somebody else by now
        self._begin()
        if saving.adding:
            self.desk.navigator.go(PageKey.PEOPLE, saving.person.id)
        else:
            self.form.keep_groups(saving.person.groups)

    def _fail_saving(self, turn: int, error: FaceAppError) -> None:
        if isinstance(error, AlreadyEnrolled) and turn == self._turn:
            self.confirmations.show_twin(PersonId(str(error.details["other"])))
        else:
            self.desk.notices.error(error)

    def _connect(self) -> None:
        gathering = self.gathering
        self.desk.changes.changed.connect(self._look_out)
        gathering.changed.connect(self._show_samples)
        gathering.guided.connect(self.confirmations.take_progress)
        gathering.tried.connect(self.confirmations.show_trial)
        gathering.twin_found.connect(self.confirmations.show_twin)
        gathering.unlike_found.connect(self.confirmations.show_unlike)
        self.form.changed.connect(self._show_missing)
        self.samples.remove_wanted.connect(gathering.remove)
        pictures, folder = self.drop.pictures_button, self.drop.folder_button
        pictures.clicked.connect(lambda: self._look_at(files.ask_pictures(self, PATTERNS)))
        folder.clicked.connect(lambda: self._look_at(files.ask_folder(self)))
        self.confirmations.changed.connect(self._show_missing)
        self.confirmations.answered.connect(self._focus_form)
        self.confirmations.cancelled.connect(self._start_over)
        self.over_button.clicked.connect(self._start_over)
        self.save_button.clicked.connect(self._save)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID_PX)
        column.addWidget(self.form)
        column.addWidget(label(words.SAMPLES(), Size.SMALL, muted=True, bold=True))
        column.addWidget(self.samples)
        column.addWidget(self.drop)
        column.addStretch(1)
        right = QWidget()
        right.setMaximumWidth(scaled(RIGHT_PX))
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        scroll = FormScroll(inner)
        scroll.setProperty("kind", "fields")
        column.addWidget(scroll, 1)
        # Questions and results before saving must never be scrolled out of sight.
        column.addWidget(self.confirmations)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID_PX)
        # The form takes all its width, if it can, before the picture grows.
        row.addWidget(self.capture, 1)
        row.addWidget(right, RIGHT_PX)
        stacked(self, [self.head, row, self.strip, self.foot], grows=1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()) and not self.strip.busy:
            event.acceptProposedAction()
            self.drop.light_up(ready=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop.light_up(ready=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop.light_up(ready=False)
        event.acceptProposedAction()
        self._look_at(dropped_paths(event.mimeData()))


def _everybody(service: Service) -> tuple[list[PersonSummary], list[str]]:
    """Return who is enrolled and which groups there are."""
    return service.people(), service.groups()


def _known(service: Service, person: PersonId) -> tuple[Person, bool]:
    """Return a person and whether the agreement is on record. Raises UnknownPerson."""
    agreed = {row.person.id for row in service.people() if row.agreed_at is not None}
    return service.person(person), person in agreed
