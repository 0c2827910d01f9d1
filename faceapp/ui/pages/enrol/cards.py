"""Cards shown before saving: questions about the face, and the result of a test recognition."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from faceapp.ui.announce import announce
from faceapp.ui.clicks import take_double_click_as_one
from faceapp.ui.icons import Icons
from faceapp.ui.pages.enrol.trial import Outcome, Trial
from faceapp.ui.theme import GRID_PX, Size, Token
from faceapp.ui.widgets import icon_button, label
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

    def say(self, icon: str, token: Token, text: str, *, aloud: bool = True) -> None:
        """Show a sentence, scroll to it in a small window, and let screen readers say it."""
        said = self.accessibleName() if self.isVisible() else ""
        self._icons.put_on(self._icon, icon, token, 24)
        self.text.setText(text)
        self.setAccessibleName(text)
        self.show()
        if text != said:
            bring_into_view(self)
            if aloud:
                announce(self, text)


class QuestionCard(_Card):
    """A question to answer before saving; the answers are below it, cancel is beside it.

    Cancel is an icon because a small window has no room for a second row.
    """

    def __init__(self, icons: Icons, *answers: QPushButton) -> None:
        super().__init__(icons)
        self.cancel_button = icon_button(common.CANCEL())
        flow = FlowLayout()
        for answer in answers:
            flow.addWidget(answer)
        self.column.addLayout(flow)
        # Added after the answers, so that Tab reaches it last.
        self._row.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignTop)
        icons.put_on(self.cancel_button, "close", Token.TEXT_MUTED, 16)
        # A second press could answer the next question.
        take_double_click_as_one(*answers, self.cancel_button)

    def ask(self, question: str) -> None:
        """Show ``question``; hide the card if it is empty."""
        if question:
            self.say("warning", Token.CAUTION, question)
        else:
            self.hide()


class TrialCard(_Card):
    """The result of a test recognition: is this you?"""

    def __init__(self, icons: Icons) -> None:
        super().__init__(icons)
        self.column.insertWidget(0, label(words.IS_THIS_YOU(), Size.SMALL, muted=True, bold=True))

    def wait(self) -> None:
        """Ask for one more look into the camera."""
        # The sentence below the picture is the same, and said already.
        self.say("waiting", Token.TEXT_MUTED, words.TEST_WAITING(), aloud=False)

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
