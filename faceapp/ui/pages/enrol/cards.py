"""What the page has to say before saving: the face is known already; would it be recognized?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from faceapp.types import Person
from faceapp.ui.clicks import take_double_click_as_one
from faceapp.ui.icons import Icons
from faceapp.ui.pages.enrol.trial import Outcome, Trial
from faceapp.ui.theme import GRID_PX, Size, Token
from faceapp.ui.widgets import button, icon_button, label
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.widgets.layout import bring_into_view
from faceapp.ui.words import common, isolated
from faceapp.ui.words import enrol as words


class _Card(QFrame):
    """An icon and a sentence in a raised area."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._icons = icons
        self._icon = QLabel()
        self.text = label(wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(GRID_PX)
        self._row = QHBoxLayout()
        self._row.setSpacing(GRID_PX)
        self._row.addWidget(self._icon)
        self._row.addWidget(self.text, 1)
        self.column.addLayout(self._row)
        self.hide()

    def offer(self, *answers: QPushButton, cancel: QToolButton) -> None:
        """Let the operator choose an answer, below the sentence, or cancel.

        The cancel is an icon beside the sentence: a small window has no room for a second row.
        """
        row = FlowLayout(None, GRID_PX)
        for answer in answers:
            row.addWidget(answer)
        self.column.addLayout(row)
        # After the answers: the Tab key reaches what is added last at last.
        self._row.addWidget(cancel, 0, Qt.AlignmentFlag.AlignTop)
        self._icons.put_on(cancel, "close", Token.TEXT_MUTED, 16)
        # By the second press the next question may have come.
        take_double_click_as_one(*answers, cancel)

    def say(self, icon: str, token: Token, text: str) -> None:
        """Show a sentence, and let it be seen where a small window scrolls."""
        said = self.accessibleName() if self.isVisible() else ""
        self._icons.put_on(self._icon, icon, token, 24)
        self.text.setText(text)
        self.setAccessibleName(text)
        self.show()
        if text != said:
            bring_into_view(self)


class TwinCard(_Card):
    """This looks like somebody who is enrolled.

    Signals:
        open_wanted(), other_confirmed(), cancelled(): the three answers.
    """

    open_wanted = Signal()
    other_confirmed = Signal()
    cancelled = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__(icons)
        self.open_button = button(words.OPEN_THAT_PERSON())
        self.other_button = button(words.SOMEONE_ELSE())
        self.cancel_button = icon_button(common.CANCEL())
        self.open_button.clicked.connect(self.open_wanted)
        self.other_button.clicked.connect(self.other_confirmed)
        self.cancel_button.clicked.connect(self.cancelled)
        self.offer(self.open_button, self.other_button, cancel=self.cancel_button)

    def ask(self, other: Person | None) -> None:
        """Ask about this person; about nobody ask nothing."""
        if other is None:
            self.hide()
            return
        text = words.LOOKS_LIKE(name=isolated(other.name), person=other.id)
        self.say("warning", Token.CAUTION, text)


class UnlikeCard(_Card):
    """The samples show another face than the person's so far.

    Signals:
        confirmed(), cancelled(): the two answers.
    """

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__(icons)
        self.same_button = button(words.SAME_PERSON())
        self.cancel_button = icon_button(common.CANCEL())
        self.same_button.clicked.connect(self.confirmed)
        self.cancel_button.clicked.connect(self.cancelled)
        self.offer(self.same_button, cancel=self.cancel_button)

    def ask(self, person: Person | None) -> None:
        """Ask whether it is this person all the same; of nobody ask nothing."""
        if person is None:
            self.hide()
            return
        self.say("warning", Token.CAUTION, words.UNLIKE(name=isolated(person.name)))


class TrialCard(_Card):
    """Is this you? What a test recognition says."""

    def __init__(self, icons: Icons) -> None:
        super().__init__(icons)
        self.column.insertWidget(0, label(words.IS_THIS_YOU(), Size.SMALL, muted=True, bold=True))

    def wait(self) -> None:
        """Ask for one more look into the camera."""
        self.say("waiting", Token.TEXT_MUTED, words.TEST_WAITING())

    def show_trial(self, trial: Trial, name: str, other: str) -> None:
        """Show the result; ``name`` should be recognized, ``other`` was recognized instead."""
        if trial.outcome is Outcome.TOO_FEW:
            self.say("warning", Token.CAUTION, words.TEST_FEW())
        elif trial.outcome is Outcome.OTHER:
            self.say("question", Token.CAUTION, words.TEST_OTHER(other=isolated(other)))
        elif trial.tried > 1:
            well = trial.known == trial.tried
            text = words.TEST_PICTURES(known=trial.known, all=trial.tried)
            self.say("check" if well else "warning", Token.GOOD if well else Token.CAUTION, text)
        elif trial.outcome is Outcome.KNOWN:
            self.say("check", Token.GOOD, words.TEST_KNOWN(name=isolated(name)))
        else:
            self.say("question", Token.CAUTION, words.TEST_UNKNOWN())
