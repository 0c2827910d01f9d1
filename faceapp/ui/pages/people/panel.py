"""Whoever is selected: a person's samples, last entries, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from faceapp.clock import Clock
from faceapp.types import (
    CAMERA_SOURCE,
    Entry,
    EntryKind,
    Model,
    PersonId,
    PersonSummary,
    Template,
)
from faceapp.ui import times
from faceapp.ui.dialogs.confirm import some_named
from faceapp.ui.icons import Icons
from faceapp.ui.pages.people.columns import WARNING, groups, rating
from faceapp.ui.tables import Sign
from faceapp.ui.theme import GRID_PX, Size, Token, scaled
from faceapp.ui.widgets import ElidedLabel, EmptyState, button, danger_button, label
from faceapp.ui.widgets.facts import Fact, Facts
from faceapp.ui.widgets.layout import card, line
from faceapp.ui.words import people as words
from faceapp.ui.words import states

WIDTH_PX = 304
KIND_ICON = {EntryKind.IN: "in", EntryKind.OUT: "out"}


@dataclass(frozen=True, slots=True)
class Details:
    """What the panel shows beyond the table's row; newest entries first.

    ``model`` is the one in use, None if unknown.
    """

    person: PersonId
    templates: Sequence[Template]
    entries: Sequence[Entry]
    model: Model | None


class PersonPanel(QStackedWidget):
    """The right side of the page; the page handles its buttons."""

    def __init__(self, icons: Icons, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._person: PersonId | None = None
        self.setFixedWidth(scaled(WIDTH_PX))
        self._nobody = EmptyState(icons, "person", words.NOBODY_CHOSEN())
        self._name = ElidedLabel(size=Size.LARGE, bold=True)
        self._about = ElidedLabel(muted=True)
        self.agreement = label(muted=True, wrap=True)
        self.samples = Facts(icons, words.SAMPLES())
        self.entries = Facts(icons, words.LAST_ENTRIES())
        self._of_one = QWidget()
        self.names = Facts(icons, words.TABLE())
        self.names.setContentsMargins(0, GRID_PX, 0, 0)
        self.facts = QScrollArea()
        self.add_button = button(words.ADD_SAMPLES())
        self.edit_button = button(words.EDIT())
        self.groups_button = button(words.CHANGE_GROUPS())
        self.forget_button = danger_button(words.FORGET())
        self.addWidget(self._nobody)
        self.addWidget(self._lay_out())

    def show_person(self, row: PersonSummary | None) -> None:
        """Show what the table knows about a person; `show_details` adds the rest."""
        if row is None:
            self._person = None
            self.setCurrentIndex(0)
            return
        if row.person.id != self._person:
            self._person = row.person.id
            self.samples.show_facts(())
            self.entries.show_facts(())
        self._show_parts(several=False)
        self._name.set_text(row.person.name)
        about = (row.person.id, groups(row))
        self._about.set_text(" · ".join(part for part in about if part))
        self.agreement.setText(agreement(row))
        self.setCurrentIndex(1)

    def show_several(self, rows: Sequence[PersonSummary]) -> None:
        """Show how many people are selected, and some of their names."""
        self._person = None
        self._show_parts(several=True)
        self._name.set_text(words.CHOSEN(people=words.COUNT(len(rows))))
        self._about.set_text(words.COUNT_SAMPLES(sum(row.templates for row in rows)))
        self.names.show_facts([Fact(name) for name in some_named([row.person for row in rows])])
        self.setCurrentIndex(1)

    def show_details(self, details: Details) -> None:
        """Show samples and last entries, unless another person is chosen by now."""
        if details.person != self._person:
            return
        self.samples.show_facts(
            [self._sample(one, details.model) for one in details.templates],
            words.NO_SAMPLES_TIP(),
        )
        self.entries.show_facts([self._entry(one) for one in details.entries], words.NO_ENTRIES())

    def _sample(self, template: Template, model: Model | None) -> Fact:
        made = times.local(template.created_at)
        by_camera = template.source == CAMERA_SOURCE
        source = words.FROM_CAMERA() if by_camera else template.source or words.FROM_PICTURE()
        usable = template.usable_with(model)
        quality, sign = rating(template.quality) if usable else (words.USELESS, WARNING)
        return Fact(
            words.SAMPLE_LINE(quality=quality(), source=source),
            times.day(made.date()),
            sign,
            times.exact(made),
        )

    def _entry(self, entry: Entry) -> Fact:
        moment = entry.local_at
        return Fact(
            times.when(moment, self._clock.now()),
            states.KIND[entry.kind](),
            Sign(KIND_ICON[entry.kind], Token.TEXT_MUTED),
            times.exact(moment, entry.zone),
        )

    def _show_parts(self, *, several: bool) -> None:
        for part in (self._of_one, self.add_button, self.edit_button):
            part.setVisible(not several)
        for part in (self.names, self.groups_button):
            part.setVisible(several)
        scrolled = (words.TABLE,) if several else (words.SAMPLES, words.LAST_ENTRIES)
        self.facts.setAccessibleName(", ".join(part() for part in scrolled))

    def _lay_out(self) -> QWidget:
        frame, column = card()
        column.addWidget(self._name)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        # In a small window everything but the name and the buttons scrolls, not the whole page.
        for part in (self._about, self._lay_out_one(), self.names):
            rows.addWidget(part)
        rows.addStretch(1)
        self.facts.setWidgetResizable(True)
        self.facts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # No widget in it takes the focus, so the area itself scrolls by keys.
        self.facts.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.facts.setProperty("kind", "keys")
        self.facts.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.facts.viewport().setAutoFillBackground(False)
        column.addWidget(self.facts, 1)
        column.addWidget(self.add_button)
        pair = QHBoxLayout()
        pair.addWidget(self.edit_button)
        pair.addWidget(self.groups_button)
        pair.addWidget(self.forget_button)
        column.addLayout(pair)
        return frame

    def _lay_out_one(self) -> QWidget:
        rows = QVBoxLayout(self._of_one)
        rows.setContentsMargins(0, 0, 0, 0)
        for part in (self.agreement, line()):
            rows.addWidget(part)
        for caption, lines in ((words.SAMPLES, self.samples), (words.LAST_ENTRIES, self.entries)):
            rows.addWidget(label(caption(), Size.SMALL, muted=True, bold=True))
            rows.addWidget(lines)
            rows.addSpacing(8)
        return self._of_one


def agreement(row: PersonSummary) -> str:
    """Say when the person agreed to face recognition."""
    if row.agreed_at is None:
        return words.NOT_AGREED()
    return words.AGREED(day=times.day(times.local(row.agreed_at).date()))
