from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton

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


def _middle(button: QPushButton) -> QColor:
    image = button.icon().pixmap(24, 24).toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)
