"""Turns a guide's Markdown into a Qt document in the theme's type scale and colours."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from faceapp.ui.theme import GRID_PX, Size, Theme, Token, scaled

# HTML in a file is not interpreted: it could refer to pictures and styles.
FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
HEADINGS = {2: Size.TITLE, 3: Size.LARGE}
LINE_PERCENT = 130
WHOLE_LETTERS = 16
# Widths in percent, by number of columns: the term, perhaps its default, and the explanation.
COLUMNS = {2: (36, 64), 3: (25, 30, 45)}
PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def fill(document: QTextDocument, markdown: str, theme: Theme) -> None:
    """Replace the document's content with ``markdown``."""
    document.setMarkdown(markdown, FEATURES)
    document.setDocumentMargin(2 * GRID_PX)
    whole = QTextCursor(document)
    whole.beginEditBlock()  # otherwise each of some hundred changes lays out the lines
    for block in list(blocks(document)):
        _set_block(block, theme)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame, theme)
    whole.endEditBlock()


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Yield the paragraphs, headings, list items and cells in their order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _set_block(block: QTextBlock, theme: Theme) -> None:
    level = block.blockFormat().headingLevel()
    changed = QTextBlockFormat()
    above_px, below_px = 0, 0
    if level:
        above_px, below_px = (4 if level in HEADINGS else 2) * GRID_PX, GRID_PX
    elif _is_code(block):
        above_px = 0 if _is_code(block.previous()) else GRID_PX
        below_px = 0 if _is_code(block.next()) else 2 * GRID_PX
        changed.setBackground(theme.color(Token.HOVER))
        changed.setNonBreakableLines(False)
    else:
        changed.setLineHeight(LINE_PERCENT, PROPORTIONAL)
        table = _table_of(block)
        if table is not None:
            # The first column is at least as wide as any name in it, except long ones.
            is_first = table.cellAt(block.position()).column() == 0
            is_name = " " not in block.text() and block.length() <= WHOLE_LETTERS
            changed.setNonBreakableLines(is_first and is_name)
        else:
            below_px = GRID_PX // 2 if block.textList() is not None else GRID_PX
    changed.setTopMargin(above_px)
    changed.setBottomMargin(below_px)
    QTextCursor(block).mergeBlockFormat(changed)
    for begin, length, former in list(pieces(block)):
        cursor = QTextCursor(block)
        cursor.setPosition(begin)
        cursor.setPosition(begin + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_char_format(former, level, theme))


def _table_of(block: QTextBlock) -> QTextTable | None:
    return QTextCursor(block).currentTable()


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _char_format(former: QTextCharFormat, level: int, theme: Theme) -> QTextCharFormat:
    """Return ``former`` adapted: headings to the type scale, code and links to the theme."""
    changed = QTextCharFormat(former)
    if level:
        changed.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        size_px = scaled(HEADINGS.get(level, Size.BODY).value)
        changed.setProperty(QTextFormat.Property.FontPixelSize, size_px)
        changed.setFontWeight(QFont.Weight.DemiBold)
    if former.fontFixedPitch():
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        changed.setFontFamilies(fixed.families())
        changed.setBackground(theme.color(Token.HOVER))
    if former.isAnchor():
        changed.setForeground(theme.color(Token.ACCENT))
    return changed


def pieces(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """Yield the start, length and format of each piece of text with a single format."""
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        yield piece.position(), piece.length(), piece.charFormat()
        at += 1


def _percent(part: float) -> QTextLength:
    return QTextLength(QTextLength.Type.PercentageLength, part)


def _set_table(table: QTextTable, theme: Theme) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderCollapse(True)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(QBrush(theme.color(Token.LINE)))
    look.setCellPadding(GRID_PX)
    look.setCellSpacing(0)
    look.setTopMargin(GRID_PX)
    look.setBottomMargin(GRID_PX)
    look.setWidth(_percent(100))
    look.setColumnWidthConstraints([_percent(part) for part in COLUMNS.get(table.columns(), ())])
    table.setFormat(look)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        head = cell.format()
        head.setBackground(theme.color(Token.SURFACE))
        cell.setFormat(head)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(bold)
