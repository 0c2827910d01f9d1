"""Icons: single-colour SVG files, tinted by token on demand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel

from faceapp.paths import assets_dir
from faceapp.ui.theme import Theme, Token, scaled

# The colour in the SVG files; replaced by the wanted one.
INK = "#000000"
SCALE = 2.0


class Icons:
    """Makes icons in the theme's colours and updates them when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[tuple[str, str, int], QPixmap] = {}

    def icon(self, name: str, token: Token) -> QIcon:
        """Make the icon ``assets/icons/<name>.svg`` in the current colour of ``token``."""
        icon = QIcon()
        for size_px in (16, 20, 24, 32, 48, 64):
            icon.addPixmap(self.pixmap(name, token, size_px))
        return icon

    def app_icon(self) -> QIcon:
        """Return the program's own icon, in its own colours."""
        return QIcon(str(assets_dir() / "icons" / "app.svg"))

    def pixmap(self, name: str, token: Token, size_px: int) -> QPixmap:
        """Draw the icon ``size_px`` logical px wide, sharp up to a screen scale of `SCALE`."""
        color = self._theme.color(token)
        key = (name, color.name(), size_px)
        if key not in self._drawn:
            self._drawn[key] = draw(name, color, size_px, SCALE)
        return self._drawn[key]

    def follow(self, tint: Callable[[], None]) -> None:
        """Call a widget's method ``tint`` now and after every change of the theme."""
        self._theme.changed.connect(tint)
        tint()

    def put_on(
        self, target: QAbstractButton | QLabel, name: str, token: Token = Token.TEXT, px: int = 20
    ) -> None:
        """Show the icon on a button or label, now and after every change of the theme.

        It is ``px`` wide beside text of the type scale's size, and grows with the text.
        """
        keeper = target.findChild(_Keeper) or _Keeper(self, target)
        keeper.show(name, token, scaled(px))


class _Keeper(QObject):
    """Redraws one widget's icon when the theme changes; dies with the widget."""

    def __init__(self, icons: Icons, target: QAbstractButton | QLabel) -> None:
        super().__init__(target)
        self._icons = icons
        self._target = target
        self._what: tuple[str, Token, int] | None = None
        # A bound method: the connection ends with this object.
        icons.follow(self._draw)

    def show(self, name: str, token: Token, px: int) -> None:
        if self._what != (name, token, px):
            self._what = (name, token, px)
            self._draw()

    def _draw(self) -> None:
        if self._what is None:
            return
        name, token, px = self._what
        if isinstance(self._target, QLabel):
            self._target.setPixmap(self._icons.pixmap(name, token, px))
            return
        self._target.setIcon(self._icons.icon(name, token))
        self._target.setIconSize(QSize(px, px))


def draw(name: str, color: QColor, size_px: int, scale: float) -> QPixmap:
    """Draw an icon in any colour. Raises FileNotFoundError for a name without a file."""
    svg = (assets_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace(INK, color.name()).encode()))
    side = round(size_px * scale)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
