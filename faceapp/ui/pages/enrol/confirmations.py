"""Questions before saving, and the result of a test recognition: one card at a time."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from faceapp.recognition.capture import Progress
from faceapp.types import Person, PersonId
from faceapp.ui.desk import Desk
from faceapp.ui.page import PageKey
from faceapp.ui.pages.enrol.cards import QuestionCard, TrialCard
from faceapp.ui.pages.enrol.trial import Trial
from faceapp.ui.person_form import PersonForm
from faceapp.ui.theme import GRID_PX
from faceapp.ui.widgets import button
from faceapp.ui.words import enrol as words
from faceapp.ui.words import isolated


class Confirmations(QWidget):
    """Asks about the person in ``form``; ``people`` are all enrolled people.

    ``other_confirmed`` means: it is not the enrolled person who looks alike.
    ``same_confirmed`` means: it is the known person, although the samples look different.

    Signals:
        changed(): there is another question or an answer.
        answered(): the operator confirmed; the button that had the focus is gone.
        cancelled(): the operator does not want to continue with these samples.
    """

    changed = Signal()
    answered = Signal()
    cancelled = Signal()

    def __init__(self, desk: Desk, form: PersonForm) -> None:
        super().__init__()
        self.people: Mapping[PersonId, Person] = {}
        self._form = form
        self._twin: PersonId | None = None
        self._unlike = False
        self._trial: Trial | None = None
        self.other_confirmed = self.same_confirmed = False
        self.open_button = button(words.OPEN_THAT_PERSON())
        self.other_button = button(words.SOMEONE_ELSE())
        self.same_button = button(words.SAME_PERSON())
        self.twin_card = QuestionCard(desk.icons, self.open_button, self.other_button)
        self.unlike_card = QuestionCard(desk.icons, self.same_button)
        self.trial_card = TrialCard(desk.icons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        for card in (self.twin_card, self.unlike_card, self.trial_card):
            column.addWidget(card)
        self.open_button.clicked.connect(lambda: desk.navigator.go(PageKey.PEOPLE, self._twin))
        self.other_button.clicked.connect(self._confirm_other)
        self.same_button.clicked.connect(self._confirm_same)
        self.twin_card.cancel_button.clicked.connect(self.cancelled)
        self.unlike_card.cancel_button.clicked.connect(self.cancelled)
        for field in (form.name_field, form.id_field):
            field.editingFinished.connect(lambda: self.show_trial(self._trial))

    def begin(self) -> None:
        """Reset for another person."""
        self._twin, self._unlike, self._trial = None, False, None
        self.other_confirmed = self.same_confirmed = False
        for card in (self.twin_card, self.unlike_card, self.trial_card):
            card.hide()

    def missing(self) -> str:
        """Say which question is open; empty for none."""
        if self._twin is not None and not self.other_confirmed:
            return words.TWIN_OPEN()
        return words.UNLIKE_OPEN() if self._unlike and not self.same_confirmed else ""

    def take_progress(self, progress: Progress) -> None:
        """Ask for one more look once the guided capture is over."""
        if progress.finished and not self._asking:
            self.trial_card.wait()

    def forget_trial(self, *, hide: bool) -> None:
        """Drop the last trial, whose samples have changed; ``hide`` also hides its card."""
        self._trial = None
        if hide:
            self.trial_card.hide()

    def show_trial(self, trial: Trial | None) -> None:
        """Show the result of a trial, at once or after the open questions are answered."""
        self._trial = trial
        if trial is None or self._asking:
            return
        other = self.people.get(trial.other) if trial.other else None
        name = self._form.name_field.text().strip() or self._form.id_field.text()
        self.trial_card.show_trial(trial, name, other.name if other else "")

    def show_twin(self, twin: PersonId | None) -> None:
        """Ask whether this is the enrolled person ``twin``; None if there is no such person."""
        if twin != self._twin:
            self._twin, self.other_confirmed = twin, False
        self._ask()

    def show_unlike(self, unlike: bool) -> None:
        """Ask whether this is the known person, if the samples are ``unlike`` theirs."""
        self._unlike = unlike
        self._ask()

    @property
    def _asking(self) -> bool:
        return not (self.twin_card.isHidden() and self.unlike_card.isHidden())

    def _ask(self) -> None:
        """Show the first open question, and nothing else."""
        twin = None if self._twin is None or self.other_confirmed else self.people.get(self._twin)
        adding = self._form.adding if self._unlike and not self.same_confirmed else None
        looks_like = words.LOOKS_LIKE(name=isolated(twin.name), person=twin.id) if twin else ""
        unlike = words.UNLIKE(name=isolated(adding.name)) if adding and not twin else ""
        self.twin_card.ask(looks_like)
        self.unlike_card.ask(unlike)
        if self._asking:
            self.trial_card.hide()
        self.changed.emit()

    def _confirm_other(self) -> None:
        self.other_confirmed = True
        self._go_on()

    def _confirm_same(self) -> None:
        self.same_confirmed = True
        self._go_on()

    def _go_on(self) -> None:
        self._ask()
        self.show_trial(self._trial)
        self.answered.emit()
