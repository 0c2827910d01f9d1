from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QScreen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from faceapp.types import Person, PersonId
from faceapp.ui.pages.settings.rows import spin
from faceapp.ui.theme import (
    DARK,
    LIGHT,
    Size,
    Theme,
    Token,
    Tokens,
    body_px,
    font,
    scaled,
    style_sheet,
)
from faceapp.ui.widgets import button
from faceapp.ui.widgets.fields import PersonBox, day_field
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
@pytest.mark.usefixtures("qapp")
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


@pytest.mark.parametrize(
    ("points", "screen_px", "body_px"),
    [
        (9, 1920, 14),  # smaller than anybody should read
        (11, 1920, 14),  # the default of most Linux desktops
        (13.5, 1920, 18),
        (16, 1920, 21),
        (40, 1920, 21),
        (16, 1280, 20),  # larger text would need a wider window than the screen
        (16, 800, 14),
    ],
)
def test_the_text_is_as_large_as_the_systems(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, points: float, screen_px: int, body_px: int
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, screen_px, 700))
    former, system = qapp.font(), QFont()
    system.setPointSizeF(points)
    qapp.setFont(system)
    try:
        for _ in range(2):  # the window opens again after a backup is restored
            Theme(qapp, "light").deleteLater()
            assert qapp.font().pixelSize() == body_px
            assert [font(size).pixelSize() for size in Size] == [scaled(s.value) for s in Size]
            assert f"font-size: {round(12 * body_px / 14)}px" in qapp.styleSheet()
    finally:
        qapp.setFont(former)


def test_without_a_screen_the_text_has_the_size_of_the_type_scale() -> None:
    assert body_px(QFont(), None) == Size.BODY.value


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


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QLineEdit, QPushButton])
@pytest.mark.parametrize("setting", ["light", "dark"])
def test_the_focus_is_a_ring_and_not_only_a_colour(
    qtbot: QtBot, qapp: QApplication, kind: type[QWidget], setting: str
) -> None:
    theme = Theme(qapp, setting)
    part = kind()
    part.setProperty("wrong", True)  # a field with a mistake too
    part.resize(200, 40)
    qtbot.addWidget(part)
    with qtbot.waitExposed(part):
        part.show()
    part.clearFocus()
    assert edge(part) != theme.color(Token.FOCUS)
    part.setFocus()
    qtbot.waitUntil(part.hasFocus)
    assert edge(part) == theme.color(Token.FOCUS)


@pytest.mark.parametrize(("kind", "edge_rows"), [(QPushButton, [0, 4]), (QToolButton, [0, 5])])
def test_a_chosen_or_pressed_button_has_another_shape(
    qtbot: QtBot, qapp: QApplication, kind: type[QAbstractButton], edge_rows: list[int]
) -> None:
    theme = Theme(qapp, "light")
    part = kind()
    part.setCheckable(True)
    part.resize(40, 40)
    qtbot.addWidget(part)
    seen = []
    for checked in (False, True):
        part.setChecked(checked)
        image = part.grab().toImage()
        column = [image.pixelColor(part.width() // 2, y) for y in range(part.height())]
        seen.append(column.count(theme.color(Token.ACCENT)))
    assert seen == edge_rows


@pytest.mark.usefixtures("large_text")
def test_what_holds_text_grows_with_it(qtbot: QtBot, qapp: QApplication) -> None:
    Theme(qapp, "light")
    low = [button("Save"), QLineEdit(), QComboBox(), day_field("From"), spin((1, 9), " min")]
    for one in low:
        qtbot.addWidget(one)
        one.show()
    assert {type(one): one.height() for one in low} == {type(one): 50 for one in low}
    tick, radio = QCheckBox(), QRadioButton()
    for made in (tick, radio):
        qtbot.addWidget(made)
        assert made.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, made) == 26


@pytest.mark.usefixtures("large_text")
def test_a_chosen_rule_is_marked_by_a_round_disc(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, "light")
    rule = QRadioButton()
    rule.setChecked(True)
    qtbot.addWidget(rule)
    rule.show()
    rule.clearFocus()
    option = QStyleOptionButton()
    rule.initStyleOption(option)
    part = QStyle.SubElement.SE_RadioButtonIndicator
    place = QRectF(rule.style().subElementRect(part, option, rule))
    seen = rule.grab().toImage()
    round_ = QImage(seen.size(), QImage.Format.Format_RGB32)
    round_.fill(theme.color(Token.SURFACE))
    painter = QPainter(round_)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(Token.ACCENT))
    painter.drawEllipse(place)
    painter.end()
    middle, radius = place.center(), place.width() / 2
    other_px = 0.0
    for x, y in itertools.product(range(seen.width()), range(seen.height())):
        from_middle = math.hypot(x + 0.5 - middle.x(), y + 0.5 - middle.y())
        if radius * 0.75 < from_middle < radius * 1.25:
            other_px += abs(seen.pixelColor(x, y).redF() - round_.pixelColor(x, y).redF())
    assert other_px / (2 * math.pi * radius) < 0.15, "how far the edge is off, in px on average"


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
@pytest.mark.parametrize("setting", ["light", "dark"])
def test_what_cannot_be_changed_does_not_look_as_if_it_could(
    qtbot: QtBot, qapp: QApplication, kind: type[QAbstractButton], setting: str
) -> None:
    accent = Theme(qapp, setting).color(Token.ACCENT).name()
    part = kind()
    part.setChecked(True)
    qtbot.addWidget(part)
    part.show()
    assert accent in colours(part)
    part.setEnabled(False)
    assert accent not in colours(part)


@pytest.mark.parametrize("setting", ["light", "dark"])
def test_a_calendar_stands_out_from_the_table_below_it(
    qtbot: QtBot, qapp: QApplication, setting: str
) -> None:
    theme = Theme(qapp, setting)
    field = day_field("From")
    qtbot.addWidget(field)
    picture = field.calendarWidget().grab().toImage()
    right, bottom = picture.width() - 1, picture.height() - 1
    edges = [(0, bottom // 2), (right, bottom // 2), (right // 2, 0), (right // 2, bottom)]
    assert {picture.pixelColor(*at).name() for at in edges} == {theme.color(Token.BORDER).name()}


# The offscreen platform has no keyboard to grab for the lists.
@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_in_open_lists_a_row_is_marked_by_a_bar_and_not_only_by_colour(
    qtbot: QtBot, qapp: QApplication
) -> None:
    accent = Theme(qapp, "light").color(Token.ACCENT)
    box = PersonBox("All people")
    box.know([Person(PersonId(f"P{number}"), f"Anna {number}") for number in range(4)])
    qtbot.addWidget(box)
    box.show()
    box.showPopup()
    assert marked_rows(box.view(), accent) == [0]
    box.hidePopup()
    completer = box.completer()
    assert completer is not None
    completer.setCompletionPrefix("anna")
    completer.complete()
    proposals = completer.popup()
    assert proposals is not None
    proposals.setCurrentIndex(proposals.model().index(1, 0))
    assert marked_rows(proposals, accent) == [1]
    assert not proposals.verticalScrollBar().isVisible(), "there is room for all four"
    proposals.hide()


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


def edge(field: QWidget) -> QColor:
    """Return the colour in the middle of the upper edge."""
    return field.grab().toImage().pixelColor(field.width() // 2, 0)


def colours(part: QWidget) -> set[str]:
    """Return all colours that are seen."""
    image = part.grab().toImage()
    every = itertools.product(range(image.width()), range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in every}


def marked_rows(view: QAbstractItemView, accent: QColor) -> list[int]:
    """Return the rows with an accent at their left edge."""
    picture, model = view.viewport().grab().toImage(), view.model()
    places = [view.visualRect(model.index(row, 0)) for row in range(model.rowCount())]
    edges = [picture.pixelColor(place.left() + 1, place.center().y()) for place in places]
    return [row for row, seen in enumerate(edges) if seen == accent]
