"""The window of the user guide: its chapters, its text, and a search through all of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from faceapp.ui.announce import announce
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs.shell import room_on_screen
from faceapp.ui.help.guide import GuideLost, read_guide
from faceapp.ui.help.text import GuideText, Heading
from faceapp.ui.memory import HELP_WINDOW
from faceapp.ui.theme import GRID_PX, scaled, text_scale
from faceapp.ui.translation import language_in_use
from faceapp.ui.widgets import SearchField, label
from faceapp.ui.words import common, shell
from faceapp.ui.words import help as words

FIRST_SIZE = QSize(960, 720)
LEAST_SIZE = QSize(720, 360)
CHAPTER_LEVEL = 2
LIST_PX = 232


class HelpWindow(QWidget):
    """A separate window, which can stand beside the main one. Escape closes it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._memory = desk.memory
        self._chapters: list[Heading] = []
        # Only the main window ends the program.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(shell.PAGE_TITLE(page=words.HELP()))
        self.search = SearchField(desk.icons, words.SEARCH())
        self.found = label(muted=True)
        self.chapters = QListWidget()
        self.chapters.setAccessibleName(words.CHAPTERS())
        self.chapters.setProperty("kind", "chapters")
        self.chapters.setWordWrap(True)
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = GuideText(desk.theme)
        self._lay_out()
        self._connect()
        room = room_on_screen(self)
        self.setMinimumSize((LEAST_SIZE * text_scale()).boundedTo(room))
        if not self._memory.restore(self, HELP_WINDOW):
            self.resize((FIRST_SIZE * text_scale()).boundedTo(room))

    def show_chapter(self, title: str) -> None:
        """Scroll a chapter to the top and focus the text."""
        if not self._chapters:
            self._read()
        for chapter in self._chapters:
            if chapter.title == title:
                self.text.read_from(chapter.position)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        """Show the guide, or say that it cannot be read; then try again next time."""
        try:
            guide = read_guide(language_in_use())
        except GuideLost as lost:
            self.text.show_sentence(common.CAME_WITH_PROGRAM(path=lost.path))
            return
        self.text.show_guide(guide)
        self._chapters = [one for one in self.text.headings if one.level == CHAPTER_LEVEL]
        with QSignalBlocker(self.chapters):
            self.chapters.addItems([one.title for one in self._chapters])
        self._mark_chapter()
        self._find(self.search.text().strip())  # the search typed while there was no guide

    def _go(self, number: int) -> None:
        if 0 <= number < len(self._chapters):
            self.text.read_from(self._chapters[number].position)
            self._select(number)  # even if the text is too short to scroll it to the top

    def _mark_chapter(self) -> None:
        """Select the chapter at the top of the view, without scrolling."""
        top = self.text.at_top()
        begun = sum(one.position <= top for one in self._chapters)
        self._select(max(begun - 1, 0))

    def _select(self, number: int) -> None:
        with QSignalBlocker(self.chapters):
            self.chapters.setCurrentRow(number)

    def _find(self, wanted: str) -> None:
        found = self.text.search(wanted)
        said = words.FOUND(number=found.number, all=found.all) if found.all else ""
        if wanted and not found.all:
            said = words.FOUND_NOWHERE()
        self.found.setText(said)
        self.found.setVisible(bool(said))
        if said:
            announce(self.found, said)

    def _connect(self) -> None:
        self.search.searched.connect(self._find)
        self.search.left_down.connect(self.text.setFocus)
        self.chapters.currentRowChanged.connect(self._go)
        # A click on the selected chapter goes back to its beginning.
        self.chapters.itemClicked.connect(lambda item: self._go(self.chapters.row(item)))
        self.text.scrolled.connect(self._mark_chapter)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._seek)
        QShortcut(QKeySequence("Ctrl+W"), self, self.close)

    def _seek(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID_PX)
        row.addWidget(self.search, 1)
        row.addWidget(self.found)
        self.found.hide()
        body = QHBoxLayout()
        body.setSpacing(2 * GRID_PX)
        self.chapters.setFixedWidth(scaled(LIST_PX))
        body.addWidget(self.chapters)
        body.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        column.setSpacing(2 * GRID_PX)
        column.addLayout(row)
        column.addLayout(body, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._memory.keep(self, HELP_WINDOW)
        super().closeEvent(event)
