"""The left rail: a button with icon and word for each page (Ctrl+1 to Ctrl+5) and help (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from faceapp.ui.help_key import HELP_KEY, open_help_by_key
from faceapp.ui.icons import Icons
from faceapp.ui.page import PageKey, PageSpec
from faceapp.ui.theme import GRID_PX, Size, Token, font, scaled
from faceapp.ui.widgets.chosen import draw_bar
from faceapp.ui.words import help as help_words
from faceapp.ui.words import shell

LEAST_WIDTH_PX = 104
BUTTON_PX = 64
ICON_PX = 24
# The height that the smallest window leaves below the page buttons.
HELP_PX = 32


class Rail(QWidget):
    """Shows which page is open, and lets the operator choose another.

    Signals:
        chosen(PageKey): the operator wants this page.
        help_wanted(): the operator wants the user guide.
    """

    chosen = Signal(PageKey)
    help_wanted = Signal()

    def __init__(self, icons: Icons, specs: Sequence[PageSpec]) -> None:
        super().__init__()
        self._icons = icons
        self._specs = {spec.key: spec for spec in specs}
        self._buttons: dict[PageKey, PageButton] = {}
        self._group = QButtonGroup(self)
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bold = QFontMetrics(font(Size.SMALL, bold=True))
        widest = max(bold.horizontalAdvance(spec.title()) for spec in specs)
        self._button_width = max(LEAST_WIDTH_PX - 2 * GRID_PX, widest + 2 * GRID_PX)
        self.setFixedWidth(self._button_width + 2 * GRID_PX)
        self.setAccessibleName(shell.RAIL())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        layout.setSpacing(GRID_PX // 2)
        for number, spec in enumerate(specs, 1):
            layout.addWidget(self._add(spec, f"Ctrl+{number}"))
        layout.addStretch(1)
        layout.addWidget(self._add_help(), alignment=Qt.AlignmentFlag.AlignHCenter)

    def mark(self, key: PageKey) -> None:
        """Show which page is open."""
        for each, made in self._buttons.items():
            is_open = each is key
            made.setChecked(is_open)
            # Tab enters at the open page; the arrow keys reach the others.
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_open else Qt.FocusPolicy.NoFocus)
            token = Token.ACCENT if is_open else Token.TEXT_MUTED
            self._icons.put_on(made, self._specs[each].icon, token, ICON_PX)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        for made in self._buttons.values():
            if made.isChecked():
                # At the window's edge: the button has no room beside a long name.
                draw_bar(QPainter(self), made.geometry().adjusted(-made.x(), GRID_PX, 0, -GRID_PX))

    def _add(self, spec: PageSpec, keys: str) -> PageButton:
        sequence = QKeySequence(keys)
        made = PageButton()
        _name(made, spec.title(), sequence)
        made.setFixedWidth(self._button_width)
        # The group is exclusive: a second click does not uncheck the button.
        made.clicked.connect(lambda: self.chosen.emit(spec.key))
        QShortcut(sequence, self, lambda: self.chosen.emit(spec.key))
        self._group.addButton(made)
        self._buttons[spec.key] = made
        return made

    def _add_help(self) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "help")
        _name(made, help_words.HELP(), QKeySequence(HELP_KEY))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFixedHeight(scaled(HELP_PX))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self.help_wanted)
        open_help_by_key(self, self.help_wanted.emit)
        self._icons.put_on(made, "guide", Token.TEXT_MUTED, 16)
        return made


class PageButton(QPushButton):
    """Opens a page: its icon above its name.

    Screen readers would call a tool button, which Qt can draw like this, a check box.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), scaled(BUTTON_PX))

    def minimumSizeHint(self) -> QSize:
        text = self.fontMetrics().size(0, self.text())
        icon_px = scaled(ICON_PX)
        return QSize(text.width() + GRID_PX, icon_px + GRID_PX // 2 + text.height() + GRID_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.icon = QIcon()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        icon_px, text_px = scaled(ICON_PX), self.fontMetrics().height()
        top = (self.height() - icon_px - GRID_PX // 2 - text_px) // 2
        icon = QRect((self.width() - icon_px) // 2, top, icon_px, icon_px)
        self.icon().paint(painter, icon)
        below = QPoint(0, icon.bottom() + 1 + GRID_PX // 2)
        option.rect = QRect(below, QSize(self.width(), text_px))
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)


def _name(made: QAbstractButton, title: str, sequence: QKeySequence) -> None:
    made.setText(title)
    made.setAccessibleName(title)
    native = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(shell.RAIL_TIP(page=title, key=native))
