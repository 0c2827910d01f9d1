"""Icons: single-colour SVG files, tinted by token on demand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel

from faceapp.paths import assets_dir
from faceapp.ui.theme import Theme, Token, scaled

# The colour in the SVG files; replaced by the wanted one.
INK = "#000000"


class Icons:
    """Makes icons in the theme's colours and updates them when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, str, int, frozenset[float]], QIcon] = {}

    def icon(self, name: str, token: Token, px: int) -> QIcon:
        """Make the icon ``assets/icons/<name>.svg`` in the current colour of ``token``.

        It is sharp where it is ``px`` logical px wide, on each screen that is there now.
        """
        color = self._theme.color(token)
        ratios = _ratios()
        key = (name, color.name(), px, ratios)
        if key not in self._made:
            made = QIcon()
            for ratio in ratios:
                drawn = draw(name, color, px, ratio)
                made.addPixmap(drawn)
                # Otherwise Qt would tint the icon of a selected row.
                made.addPixmap(drawn, QIcon.Mode.Selected)
            self._made[key] = made
        return self._made[key]

    def app_icon(self) -> QIcon:
        """Return the program's own icon, in its own colours."""
        return QIcon(str(assets_dir() / "icons" / "app.svg"))

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
    """Redraws one widget's icon when the theme or the screen changes; dies with the widget."""

    def __init__(self, icons: Icons, target: QAbstractButton | QLabel) -> None:
        super().__init__(target)
        self._icons = icons
        self._target = target
        self._what: tuple[str, Token, int] | None = None
        target.installEventFilter(self)
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
        icon, size = self._icons.icon(name, token, px), QSize(px, px)
        if isinstance(self._target, QLabel):
            # It may not be in its window yet. Qt makes a drawing for a denser screen smaller.
            self._target.setPixmap(icon.pixmap(size, max(_ratios())))
            return
        self._target.setIcon(icon)
        self._target.setIconSize(size)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        return super().eventFilter(watched, event)


def _ratios() -> frozenset[float]:
    """Return how many px a logical px has on the screens that are there now.

    1 if none is on: an icon without any drawing would stay empty.
    """
    screens = QGuiApplication.screens()
    return frozenset(screen.devicePixelRatio() for screen in screens) or frozenset((1.0,))


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
