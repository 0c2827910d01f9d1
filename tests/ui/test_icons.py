from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QScreen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QPushButton

from faceapp.paths import assets_dir
from faceapp.ui.icons import INK, Icons, draw
from faceapp.ui.theme import DARK, LIGHT, Theme, Token

pytestmark = pytest.mark.usefixtures("qapp")

FILES = sorted((assets_dir() / "icons").glob("*.svg"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_icon_can_be_drawn(file: Path) -> None:
    renderer = QSvgRenderer(str(file))
    assert renderer.isValid()
    assert renderer.viewBoxF().width() == renderer.viewBoxF().height()


@pytest.mark.parametrize("file", [f for f in FILES if f.stem != "app"], ids=lambda file: file.stem)
def test_icons_have_one_ink_that_is_replaced(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    colours = {part[:7] for part in text.split('"') if part.startswith("#")}
    assert colours == {INK}
    image = draw(file.stem, QColor("#ff0000"), 24, 2.0).toImage()
    assert image.size().toTuple() == (48, 48)
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    assert {pixel.name() for pixel in pixels if pixel.alpha() == 255} == {"#ff0000"}


def test_an_icon_that_is_not_there_is_our_fault() -> None:
    with pytest.raises(FileNotFoundError):
        draw("no-such-icon", QColor("black"), 16, 1.0)


def test_icons_follow_the_theme(theme: Theme, icons: Icons) -> None:
    button = QPushButton()
    icons.put_on(button, "stop", Token.ACCENT, 24)
    assert _middle(button).name() == LIGHT[Token.ACCENT]
    theme.choose("dark")
    assert _middle(button).name() == DARK[Token.ACCENT]
    icons.put_on(button, "play", Token.BAD, 24)
    theme.choose("light")
    assert _middle(button).name() == LIGHT[Token.BAD]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_icons_are_as_sharp_as_the_screen(
    theme: Theme, icons: Icons, monkeypatch: pytest.MonkeyPatch, ratio: float
) -> None:
    monkeypatch.setattr(QScreen, "devicePixelRatio", lambda _: ratio)
    button = QPushButton()
    icons.put_on(button, "camera", Token.TEXT, 20)
    assert _on_screen(button, 20, ratio) == _drawn("camera", theme.color(Token.TEXT), 20, ratio)


def test_icons_stay_sharp_on_a_screen_that_comes_later(
    theme: Theme, icons: Icons, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = QPushButton()
    icons.put_on(button, "camera", Token.TEXT, 20)
    monkeypatch.setattr(QScreen, "devicePixelRatio", lambda _: 3.0)
    QApplication.sendEvent(button, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert _on_screen(button, 20, 3.0) == _drawn("camera", theme.color(Token.TEXT), 20, 3.0)


def test_icons_are_there_even_if_they_were_made_while_no_screen_was_on(
    theme: Theme, icons: Icons, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "screens", list)
    button = QPushButton()
    icons.put_on(button, "camera", Token.TEXT, 20)
    assert _on_screen(button, 20, 1.0) == _drawn("camera", theme.color(Token.TEXT), 20, 1.0)


def _on_screen(button: QPushButton, px: int, ratio: float) -> QImage:
    """Return what a screen with ``ratio`` px a logical px shows."""
    return _plain(button.icon().pixmap(QSize(px, px), ratio).toImage())


def _drawn(name: str, color: QColor, px: int, ratio: float) -> QImage:
    return _plain(draw(name, color, px, ratio).toImage())


def _plain(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def _middle(button: QPushButton) -> QColor:
    image = button.icon().pixmap(24, 24).toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)
