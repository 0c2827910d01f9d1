"""Colours by meaning, light and dark, and the type scale, which grows with the system's text.

All colours are defined here, except the dark backing of drawings on the camera's picture. Such
drawings always use the dark set, whatever the window's theme. Text tokens have a contrast of at
least 4.5 : 1 on both surfaces, shapes 3 : 1.
"""

from __future__ import annotations

from enum import Enum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QScreen
from PySide6.QtWidgets import QApplication

from faceapp.paths import assets_dir

GRID_PX = 8


class Token(Enum):
    """What a colour means."""

    SURFACE = "surface"
    SURFACE_RAISED = "surface-raised"
    TEXT = "text"
    TEXT_MUTED = "text-muted"
    BORDER = "border"  # outlines of controls: 3 : 1
    LINE = "line"  # separators, pure decoration
    HOVER = "hover"  # a surface under the pointer
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"
    FOCUS = "focus"


Tokens = dict[Token, str]

LIGHT: Tokens = {
    Token.SURFACE: "#f4f6f8",
    Token.SURFACE_RAISED: "#ffffff",
    Token.TEXT: "#1b2026",
    Token.TEXT_MUTED: "#555e68",
    Token.BORDER: "#858d97",
    Token.LINE: "#dde1e6",
    Token.HOVER: "#e7ebf0",
    Token.ACCENT: "#1259c3",
    Token.ON_ACCENT: "#ffffff",
    Token.GOOD: "#176f31",
    Token.CAUTION: "#845400",
    Token.BAD: "#bb2029",
    Token.FOCUS: "#7b3fe4",
}

DARK: Tokens = {
    Token.SURFACE: "#15181c",
    Token.SURFACE_RAISED: "#1e2328",
    Token.TEXT: "#e8ebee",
    Token.TEXT_MUTED: "#a2abb5",
    Token.BORDER: "#737d88",
    Token.LINE: "#31383f",
    Token.HOVER: "#2a3037",
    Token.ACCENT: "#7ab5ff",
    Token.ON_ACCENT: "#0c1a2c",
    Token.GOOD: "#5fd27d",
    Token.CAUTION: "#e6b54a",
    Token.BAD: "#ff857c",
    Token.FOCUS: "#c9a2ff",
}


class Size(Enum):
    """The type scale, in px, unless the system's text is larger: see `scaled`."""

    SMALL = 12
    BODY = 14
    LARGE = 18
    TITLE = 24
    GREETING = 40


GROWING_PX = (10, 12, 16, 20, 24, 28, 32, 46)
"""Lengths in the style sheet that grow with the text: ``${px_10}`` and so on."""
MOST_BODY_PX = 21
LEAST_WIDTH_PX = 892
"""The width in which every page fits with text of the type scale's size."""
POINTS_PER_INCH = 72


class Theme(QObject):
    """The tokens in force; follows the system if the setting says so.

    Signals:
        changed(): other tokens are in force; the palette and style sheet are already set.
    """

    changed = Signal()

    def __init__(self, app: QApplication, setting: str) -> None:
        super().__init__(app)
        self._app = app
        self._setting = setting
        self._dark: bool | None = None
        app.setStyle("Fusion")
        font = app.font()
        font.setPixelSize(body_px(font, app.primaryScreen()))
        app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark tokens are in force."""
        return bool(self._dark)

    def choose(self, setting: str) -> None:
        """Follow ``"system"``, or stay ``"light"`` or ``"dark"``."""
        self._setting = setting
        self._apply()

    def color(self, token: Token) -> QColor:
        """Return the current colour of ``token``."""
        return QColor((DARK if self.dark else LIGHT)[token])

    def _apply(self) -> None:
        system = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = system if self._setting == "system" else self._setting == "dark"
        if dark == self._dark:
            return
        self._dark = dark
        tokens = DARK if dark else LIGHT
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()


def palette(tokens: Tokens) -> QPalette:
    """Build Qt's palette, which draws everything that has no style rule."""
    role = QPalette.ColorRole
    colors = {
        role.Window: Token.SURFACE, role.WindowText: Token.TEXT,
        role.Base: Token.SURFACE_RAISED, role.AlternateBase: Token.SURFACE,
        role.Text: Token.TEXT, role.PlaceholderText: Token.TEXT_MUTED,
        role.Button: Token.SURFACE_RAISED, role.ButtonText: Token.TEXT,
        role.BrightText: Token.BAD, role.Highlight: Token.ACCENT,
        role.HighlightedText: Token.ON_ACCENT, role.Link: Token.ACCENT,
        role.LinkVisited: Token.ACCENT, role.ToolTipBase: Token.SURFACE_RAISED,
        role.ToolTipText: Token.TEXT, role.Mid: Token.BORDER, role.Dark: Token.BORDER,
        role.Light: Token.SURFACE_RAISED, role.Midlight: Token.LINE, role.Accent: Token.ACCENT,
    }  # fmt: skip
    made = QPalette()
    for which, token in colors.items():
        made.setColor(which, QColor(tokens[token]))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens[Token.TEXT_MUTED]))
    return made


def style_sheet(tokens: Tokens) -> str:
    """Fill in the style sheet's ``${tokens}``, ``${sizes}`` and lengths that grow with the text.

    Dashes are underscores there.
    """
    source = (assets_dir() / "style" / "window.qss").read_text(encoding="utf-8")
    values = {token.value.replace("-", "_"): color for token, color in tokens.items()}
    values |= {size.name.lower(): f"{scaled(size.value)}px" for size in Size}
    values |= {f"px_{px}": f"{scaled(px)}px" for px in GROWING_PX}
    # With its edge of 1 px. Qt draws a corner square if its radius is more than half the width.
    values["radio_round"] = f"{(scaled(16) + 2) // 2}px"
    values["style_folder"] = (assets_dir() / "style").as_posix()
    values["shade"] = "dark" if tokens is DARK else "light"
    return Template(source).substitute(values)


def body_px(system: QFont, screen: QScreen | None) -> int:
    """Return how large plain text is: as in the system's font, if all pages then fit on the screen.

    Between `Size.BODY` and `MOST_BODY_PX`.
    """
    if screen is None:  # all are switched off
        return Size.BODY.value
    points = system.pointSizeF()  # -1 if the size is given in px
    inch_px = screen.logicalDotsPerInch()
    system_px = system.pixelSize() if points < 0 else int(points * inch_px / POINTS_PER_INCH)
    fitting_px = Size.BODY.value * screen.availableGeometry().width() // LEAST_WIDTH_PX
    return max(min(system_px, fitting_px, MOST_BODY_PX), Size.BODY.value)


def text_scale() -> float:
    """Return by how much the text is larger than in the type scale, 1..1.5."""
    return max(QApplication.font().pixelSize() / Size.BODY.value, 1.0)


def scaled(length_px: int) -> int:
    """Enlarge a length in px that must hold text, as the text is enlarged."""
    return round(length_px * text_scale())


def font(size: Size, *, bold: bool = False) -> QFont:
    """Make a font of the type scale in the system's family, with digits of equal width."""
    made = QApplication.font()
    made.setPixelSize(scaled(size.value))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
