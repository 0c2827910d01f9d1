"""The guide's text: goes to headings, follows its own links, and finds words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QAccessible, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from faceapp.alphabet import places
from faceapp.ui.help import look
from faceapp.ui.help.guide import slug
from faceapp.ui.theme import GRID_PX, Theme, Token
from faceapp.ui.words import help as words

# How far below the upper edge `go_to` places a heading.
ABOVE_PX = 2 * GRID_PX


class Heading(NamedTuple):
    """A heading, and where in the document it is."""

    title: str
    level: int
    position: int


class Found(NamedTuple):
    """The number of the match shown, and of all matches; 0 of 0 if there is none."""

    number: int
    all: int


class GuideText(QTextBrowser):
    """Shows Markdown. Opens nothing else: its links lead only to its own headings.

    Signals:
        scrolled(): other lines are at the top.
    """

    scrolled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._markdown = ""
        self._headings: Sequence[Heading] = ()
        self._sought = ""
        self._hits: list[QTextCursor] = []
        self._hit = 0
        self.setOpenLinks(False)
        # Everything wraps; but Qt rounds table columns up, to a pixel beyond the edge.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words.GUIDE())
        self.anchorClicked.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(self.scrolled)
        theme.changed.connect(self._fill)

    @property
    def headings(self) -> Sequence[Heading]:
        """Return all headings in their order."""
        return self._headings

    def show_guide(self, markdown: str) -> None:
        """Show another text and forget the last search."""
        self._markdown = markdown
        self._sought, self._hits = "", []
        self._fill()

    def show_sentence(self, text: str) -> None:
        """Show why there is no guide, in its place."""
        self._markdown = ""
        self._headings = ()
        self.setPlainText(text)

    def at_top(self) -> int:
        """Return the text position at the top of the view."""
        return self.cursorForPosition(QPoint(0, ABOVE_PX)).position()

    def read_from(self, position: int) -> None:
        """Scroll the line at ``position`` to the top and put the caret there.

        The caret is what screen readers follow, and the arrow keys then move it line by line.
        Without a screen reader it stays hidden, and the arrow keys scroll.
        """
        ways = Qt.TextInteractionFlag.TextBrowserInteraction
        if QAccessible.isActive():
            ways |= Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(ways)
        caret = self.textCursor()
        caret.setPosition(position)
        self.setTextCursor(caret)
        self.go_to(position)

    def go_to(self, position: int) -> None:
        """Scroll the line at ``position`` to the top, as far as the text allows."""
        block = self.document().findBlock(position)
        place = self.document().documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(position - block.position())
        top_px = place.top() + (line.y() if line.isValid() else 0)
        self.verticalScrollBar().setValue(round(top_px) - ABOVE_PX)

    def search(self, wanted: str) -> Found:
        """Mark all matches, and go to the first one at or below the top of the view.

        Accents and case do not matter. The same search again goes to the next match, and from the
        last one to the first.
        """
        if wanted == self._sought:
            return self._show_hit(self._hit + 1)
        self._sought = wanted
        self._hits = self._places()
        top = self.at_top()
        later = (at for at, hit in enumerate(self._hits) if hit.selectionStart() >= top)
        return self._show_hit(next(later, 0))

    def _show_hit(self, number: int) -> Found:
        self._mark()
        if not self._hits:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            return Found(0, 0)
        self._hit = number % len(self._hits)
        self.setTextCursor(self._hits[self._hit])
        return Found(self._hit + 1, len(self._hits))

    def _places(self) -> list[QTextCursor]:
        found = []
        for block in look.blocks(self.document()):
            text = block.text()
            for start, end in places(text, self._sought):
                place = QTextCursor(block)
                place.setPosition(block.position() + _units(text[:start]))
                keep = QTextCursor.MoveMode.KeepAnchor
                place.setPosition(block.position() + _units(text[:end]), keep)
                found.append(place)
        return found

    def _mark(self) -> None:
        marks = []
        for hit in self._hits:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = hit
            mark.format.setBackground(self._theme.color(Token.LINE))
            mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            mark.format.setUnderlineColor(self._theme.color(Token.ACCENT))
            marks.append(mark)
        self.setExtraSelections(marks)

    def _fill(self) -> None:
        """Build the document; when rebuilding for a new theme, keep the same lines at the top."""
        if not self._markdown:
            return
        top = self.at_top()
        look.fill(self.document(), self._markdown, self._theme)
        self._headings = tuple(
            Heading(block.text(), block.blockFormat().headingLevel(), block.position())
            for block in look.blocks(self.document())
            if block.blockFormat().headingLevel()
        )
        if self._hits:
            self._hits = self._places()
            self._show_hit(self._hit)
        self.go_to(top)

    def _follow(self, link: QUrl) -> None:
        wanted = link.fragment()
        for heading in self._headings:
            if slug(heading.title) == wanted:
                self.read_from(heading.position)

    def resizeEvent(self, event: QResizeEvent) -> None:
        top = self.at_top()
        super().resizeEvent(event)
        self.go_to(top)


def _units(text: str) -> int:
    """Return the length of a text as Qt counts it: some signs, like most pictograms, are two."""
    return len(text.encode("utf-16-le")) // 2
