"""The dialog that asks the operator who an unsure face is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from faceapp.types import EntryKind, Person, PersonId
from faceapp.ui import words
from faceapp.ui.dialogs.shell import room_on_screen
from faceapp.ui.theme import GRID_PX, Size, font, scaled
from faceapp.ui.widgets import button, label, primary_button
from faceapp.ui.widgets.buttons import enter_presses
from faceapp.ui.widgets.fields import PersonBox
from faceapp.ui.widgets.labels import show_tip
from faceapp.ui.words import live

FACE_PX = 160
WIDTH_PX = 664
NAME_PX = 280


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the face, when it was seen, and who it may be."""

    face: QImage
    when: str
    candidate: Person


class ResolveDialog(QDialog):
    """Asks who it is. Closing it without an answer leaves the question open.

    Signals:
        answered(object, object): the `PersonId`, or None for none of these people; the `EntryKind`,
            or None to let the rules decide.
    """

    answered = Signal(object, object)

    def __init__(self, question: Question, people: Sequence[Person], parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self.setWindowTitle(live.RESOLVE_TITLE())
        self.setMinimumWidth(min(scaled(WIDTH_PX), room_on_screen(self).width()))
        name = words.one_line(question.candidate.name)
        # An ampersand in a name does not mark a key.
        named = _fitting(name, Size.BODY, bold=True).replace("&", "&&")
        self.yes = primary_button(live.IT_IS(name=named))
        show_tip(self.yes, question.candidate.name)
        self.other = PersonBox(live.WHO_ELSE(), strict=True)
        self.record = button(live.RECORD())
        self.nobody = button(live.NOBODY_KNOWN())
        self.cancel = button(words.common.CANCEL())
        self.kinds = {
            kind: QRadioButton(words.states.KIND[kind]()) for kind in (EntryKind.IN, EntryKind.OUT)
        }
        self._fill(people)
        self._lay_out(question, name)
        self.yes.clicked.connect(lambda: self._answer(question.candidate.id))
        self.record.clicked.connect(lambda: self._answer(self.other.person))
        self.nobody.clicked.connect(lambda: self._answer(None))
        self.cancel.clicked.connect(self.reject)
        enter_presses(self.yes, self.record, self.nobody, self.cancel)
        self.yes.setDefault(True)

    def _fill(self, people: Sequence[Person]) -> None:
        self.other.setAccessibleName(live.SOMEBODY_ELSE().replace("&", ""))
        others = [person for person in people if person.id != self._question.candidate.id]
        self.other.know(others)
        self.other.setEnabled(bool(others))
        self.other.chosen.connect(self._choose)
        self.other.field.textEdited.connect(lambda _: self.record.setDefault(True))
        self.record.setEnabled(False)

    def _choose(self) -> None:
        """Let Enter in the field record the person named there, if any, never the candidate."""
        self.record.setEnabled(self.other.person is not None)
        self.record.setDefault(True)

    def _answer(self, person: PersonId | None) -> None:
        kind = next((kind for kind, radio in self.kinds.items() if radio.isChecked()), None)
        self.accept()
        self.answered.emit(person, kind)

    def _lay_out(self, question: Question, name: str) -> None:
        face = QLabel()
        face.setFixedSize(FACE_PX, FACE_PX)
        face.setPixmap(square(question.face, self.devicePixelRatioF()))
        # Two people may have the same name.
        who = f"{_fitting(name, Size.LARGE)} ({question.candidate.id})"
        asked = live.RESOLVE_QUESTION(when=question.when, name=who)
        ask = label(asked, Size.LARGE, wrap=True)
        right = QGridLayout()
        right.setVerticalSpacing(GRID_PX)
        right.addWidget(ask, 0, 0, 1, 2)
        right.addWidget(self.yes, 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        else_label = label(live.SOMEBODY_ELSE())
        else_label.setBuddy(self.other)
        right.addWidget(else_label, 2, 0, 1, 2)
        right.addWidget(self.other, 3, 0)
        right.addWidget(self.record, 3, 1)
        right.addWidget(label(live.DIRECTION()), 4, 0, 1, 2)
        right.addLayout(self._directions(), 5, 0, 1, 2)
        right.setColumnStretch(0, 1)
        right.setRowStretch(6, 1)
        top = QHBoxLayout()
        top.setSpacing(2 * GRID_PX)
        top.addWidget(face, alignment=Qt.AlignmentFlag.AlignTop)
        top.addLayout(right, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.nobody)
        bottom.addStretch(1)
        bottom.addWidget(self.cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX, 2 * GRID_PX)
        whole.setSpacing(2 * GRID_PX)
        whole.addLayout(top)
        whole.addLayout(bottom)

    def _directions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID_PX)
        by_rules = QRadioButton(live.BY_RULES())
        by_rules.setChecked(True)
        together = QButtonGroup(self)
        for choice in (by_rules, *self.kinds.values()):
            together.addButton(choice)
            row.addWidget(choice)
        row.addStretch(1)
        return row


def square(face: QImage, ratio: float) -> QPixmap:
    """Cut out the middle, as sharp as a screen with ``ratio`` device px a logical px shows it."""
    side_px = round(FACE_PX * ratio)
    scaled = face.scaled(
        side_px,
        side_px,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (scaled.width() - side_px) // 2, (scaled.height() - side_px) // 2
    square = QPixmap.fromImage(scaled.copy(left, top, side_px, side_px))
    square.setDevicePixelRatio(ratio)
    return square


def _fitting(name: str, size: Size, *, bold: bool = False) -> str:
    """Elide a name to fit the dialog, and isolate it so that the words around keep their order."""
    metrics = QFontMetrics(font(size, bold=bold))
    return words.isolated(metrics.elidedText(name, Qt.TextElideMode.ElideRight, scaled(NAME_PX)))
