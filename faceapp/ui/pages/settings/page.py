"""All sections in one column, and a list to jump to one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from faceapp.config import Settings
from faceapp.types import Changes
from faceapp.ui.desk import Desk
from faceapp.ui.page import CAMERA_SECTION, Page
from faceapp.ui.pages.settings.about import AboutSection
from faceapp.ui.pages.settings.camera import CameraSection
from faceapp.ui.pages.settings.data import DataSection
from faceapp.ui.pages.settings.recognition import RecognitionSection
from faceapp.ui.pages.settings.rules import LookSection, PrivacySection, RulesSection
from faceapp.ui.pages.settings.section import Section
from faceapp.ui.theme import GRID_PX, Size, scaled
from faceapp.ui.widgets import button, label
from faceapp.ui.widgets.layout import FormScroll, Head, stacked
from faceapp.ui.words import Text
from faceapp.ui.words import settings as words

LIST_PX = 216
MOST_PX = 860
# How long a closing window waits for the count of entries that a new number would delete.
ANSWER_MS = 10_000


class SettingsPage(Page):
    """All settings. Each change applies and is saved at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.camera = CameraSection(desk)
        self.recognition = RecognitionSection(desk)
        self.rules = RulesSection(desk)
        self.privacy = PrivacySection(desk)
        self.look = LookSection(desk)
        self.data = DataSection(desk)
        self.about = AboutSection(desk)
        self._sections: tuple[tuple[Text, Section], ...] = (
            (words.CAMERA_SECTION, self.camera),
            (words.RECOGNITION_SECTION, self.recognition),
            (words.RULES_SECTION, self.rules),
            (words.PRIVACY_SECTION, self.privacy),
            (words.APPEARANCE_SECTION, self.look),
            (words.DATA_SECTION, self.data),
            (words.ABOUT_SECTION, self.about),
        )
        self._links: list[QPushButton] = []
        self._lay_out()
        self._show(desk.settings.value)
        desk.settings.changed.connect(lambda new, _: self._show(new))

    def shown(self, argument: object = None) -> None:
        """Come to the front and see which cameras and which model there are."""
        if argument == CAMERA_SECTION:
            self._scroll.verticalScrollBar().setValue(0)
            self.camera.take_focus()
        else:
            last: QWidget | None = self.focusWidget()  # PySide's types omit None
            (last or self._links[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        self.camera.look()
        self.about.look()

    def hidden(self) -> None:
        """Apply what was entered last."""
        for _, section in self._sections:
            section.settle()

    def may_close(self) -> bool:
        """Apply what was entered last: closing a window does not take the focus from a field."""
        self.hidden()
        if self.privacy.counting:
            self.desk.ops.catch_up(ANSWER_MS)
        return True

    def refresh(self, changes: Changes) -> None:
        """Measure the target again: what it needs depends on who is enrolled."""
        if changes.people or changes.templates:
            self.recognition.measure()

    def _show(self, settings: Settings) -> None:
        for _, section in self._sections:
            section.show_settings(settings)

    def _jump(self, header: QWidget, section: Section) -> None:
        """Scroll a section to the top and focus it, so that Tab continues there."""
        self._scroll.verticalScrollBar().setValue(header.y())
        section.take_focus()

    def _lay_out(self) -> None:
        inner = QWidget()
        self._scroll = FormScroll(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, GRID_PX, 0)
        column.setSpacing(GRID_PX)
        links = QVBoxLayout()
        links.setSpacing(4)
        for title, section in self._sections:
            header = label(title(), Size.LARGE, bold=True)
            column.addWidget(header)
            column.addWidget(section)
            column.addSpacing(2 * GRID_PX)
            self._links.append(self._link(title, header, section))
            links.addWidget(self._links[-1])
        column.addStretch(1)
        links.addStretch(1)
        inner.setMaximumWidth(scaled(MOST_PX))
        sections = QWidget()
        sections.setMaximumWidth(scaled(LIST_PX))
        sections.setAccessibleName(words.SECTIONS())
        sections.setLayout(links)
        links.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID_PX)
        row.addWidget(sections)
        row.addWidget(self._scroll, 1)
        stacked(self, [Head(words.TITLE(), words.SUBTITLE()), row], grows=1)

    def _link(self, title: Text, header: QWidget, section: Section) -> QPushButton:
        made = button(title())
        made.setProperty("kind", "section")
        made.clicked.connect(lambda: self._jump(header, section))
        return made
