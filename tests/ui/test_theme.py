from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from faceapp.ui.theme import DARK, LIGHT, Theme, Token, Tokens, style_sheet
from tests.ui.seen import contrast

SURFACES = (Token.SURFACE, Token.SURFACE_RAISED, Token.HOVER)
TEXTS = (Token.TEXT, Token.TEXT_MUTED, Token.ACCENT, Token.GOOD, Token.CAUTION, Token.BAD)
SHAPES = (Token.BORDER, Token.FOCUS)

both = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


@both
def test_every_token_has_a_colour(tokens: Tokens) -> None:
    assert set(tokens) == set(Token)


@both
@pytest.mark.parametrize(("text", "surface"), [*itertools.product(TEXTS, SURFACES)])
def test_texts_can_be_read(tokens: Tokens, text: Token, surface: Token) -> None:
    assert contrast(tokens[text], tokens[surface]) >= 4.5


@both
@pytest.mark.parametrize(("shape", "surface"), [*itertools.product(SHAPES, SURFACES[:2])])
def test_shapes_can_be_seen(tokens: Tokens, shape: Token, surface: Token) -> None:
    assert contrast(tokens[shape], tokens[surface]) >= 3.0


@both
def test_filled_buttons_can_be_read(tokens: Tokens) -> None:
    assert contrast(tokens[Token.ON_ACCENT], tokens[Token.ACCENT]) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@both
def test_the_style_sheet_names_only_tokens(tokens: Tokens) -> None:
    sheet = style_sheet(tokens)
    assert "$" not in sheet
    assert tokens[Token.ACCENT] in sheet


def test_the_setting_decides_and_tells(qapp: QApplication) -> None:
    theme = Theme(qapp, "light")
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.dark))
    theme.choose("dark")
    assert theme.dark
    assert theme.color(Token.SURFACE).name() == DARK[Token.SURFACE]
    theme.choose("dark")
    theme.choose("light")
    assert heard == [True, False]
    assert qapp.palette().window().color().name() == LIGHT[Token.SURFACE]


def test_the_focus_can_be_seen_in_a_field_that_is_only_read(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme(qapp, "light")
    field = QLineEdit("P01", readOnly=True)
    qtbot.addWidget(field)
    assert edge(field) == theme.color(Token.LINE)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert edge(field) == theme.color(Token.FOCUS)


@pytest.mark.parametrize("enabled", [True, False])
def test_the_hint_in_an_empty_field_can_be_read(
    qtbot: QtBot, qapp: QApplication, *, enabled: bool
) -> None:
    theme = Theme(qapp, "light")
    field = QLineEdit(placeholderText="as it should appear")
    field.setEnabled(enabled)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    assert field.palette().placeholderText().color() == theme.color(Token.TEXT_MUTED)


def edge(field: QLineEdit) -> QColor:
    """Return the colour in the middle of the upper edge."""
    return field.grab().toImage().pixelColor(field.width() // 2, 0)
