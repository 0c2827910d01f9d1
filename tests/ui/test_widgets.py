"""The small parts that pages share: flow, chips, progress, fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QProgressBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from faceapp.types import Person, PersonId
from faceapp.ui.icons import Icons
from faceapp.ui.theme import Size, Theme, Token
from faceapp.ui.widgets import ElidedLabel, primary_button
from faceapp.ui.widgets.chips import Chips
from faceapp.ui.widgets.facts import Fact, Facts
from faceapp.ui.widgets.fields import ElidedBox, PersonBox
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.widgets.labels import plain_tip
from faceapp.ui.widgets.work import WorkStrip
from faceapp.ui.words import enrol, isolated, tables
from tests.ui.seen import click, contrast, only, room_for_text, texts

ASHA_AND_OMAR = [Person(PersonId("P1"), "Asha"), Person(PersonId("P2"), "Omar")]


def flow_of(sizes: list[tuple[int, int]]) -> tuple[QWidget, FlowLayout]:
    holder = QWidget()
    layout = FlowLayout(holder, 8)
    for width, height in sizes:
        label = QLabel()
        label.setFixedSize(width, height)
        layout.addWidget(label)
    return holder, layout


def places_of(layout: FlowLayout) -> list[QRect]:
    return [layout.itemAt(at).geometry() for at in range(layout.count())]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("direction", "lefts"),
    [
        (Qt.LayoutDirection.LeftToRight, [0, 68, 0]),
        (Qt.LayoutDirection.RightToLeft, [80, 12, 80]),
    ],
)
def test_a_full_row_breaks_from_the_reading_side(
    qtbot: QtBot, direction: Qt.LayoutDirection, lefts: list[int]
) -> None:
    holder, layout = flow_of([(60, 20), (60, 30), (60, 10)])
    qtbot.addWidget(holder)
    holder.setLayoutDirection(direction)
    holder.resize(140, 200)
    holder.show()
    assert [place.left() for place in places_of(layout)] == lefts
    assert [place.top() for place in places_of(layout)] == [0, 0, 38]
    assert layout.heightForWidth(140) == 48
    assert layout.heightForWidth(1000) == 30


@given(
    st.lists(st.tuples(st.integers(1, 80), st.integers(1, 40)), max_size=12), st.integers(80, 400)
)
def test_nothing_in_a_flow_overlaps(
    qapp: QApplication, sizes: list[tuple[int, int]], width: int
) -> None:
    holder, layout = flow_of(sizes)
    holder.resize(width, 2_000)
    layout.setGeometry(holder.rect())
    places = places_of(layout)
    for at, place in enumerate(places):
        assert holder.rect().contains(place)
        assert not any(place.intersects(other) for other in places[:at])
    assert layout.heightForWidth(width) == max((p.bottom() + 1 for p in places), default=0)
    holder.deleteLater()


@pytest.fixture
def chips(qtbot: QtBot, icons: Icons) -> Chips:
    made = Chips(icons, "Groups", "type")
    qtbot.addWidget(made)
    return made


def completer_of(field: QLineEdit) -> QCompleter:
    found = field.completer()
    assert found is not None
    return found


def proposals_of(field: QLineEdit) -> QAbstractItemView:
    found = completer_of(field).popup()
    assert found is not None
    return found


def test_chips_are_typed_taken_and_dropped(qtbot: QtBot, chips: Chips) -> None:
    chips.show()
    told: list[tuple[str, ...]] = []
    chips.changed.connect(lambda: told.append(chips.names))
    qtbot.keyClicks(chips.field, "  Class   7b ")
    qtbot.keyClick(chips.field, Qt.Key.Key_Return)
    qtbot.keyClicks(chips.field, "Staff,Night;")
    assert chips.names == ("Class 7b", "Staff", "Night")
    qtbot.keyClicks(chips.field, "Staff")
    qtbot.keyClick(chips.field, Qt.Key.Key_Return)
    assert chips.names == ("Class 7b", "Staff", "Night")
    qtbot.keyClick(chips.field, Qt.Key.Key_Backspace)
    assert chips.names == ("Class 7b", "Staff")
    qtbot.keyClicks(chips.field, "typed & not taken")
    assert chips.names[-1] == "typed & not taken"
    first = chips.findChildren(QToolButton)[0]
    assert first.accessibleName()
    click(first)
    assert chips.names == ("Staff", "typed & not taken")
    assert told[0] == ("Class 7b",)


def test_the_tab_key_reaches_the_chips_before_what_stands_below(qtbot: QtBot, icons: Icons) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    chips, below = Chips(icons, "Groups", "type"), QLineEdit()
    column.addWidget(chips)
    column.addWidget(below)
    holder.show()
    chips.choose(["Staff", "Night"])
    reached: list[str] = []
    widget: QWidget | None = chips.field.nextInFocusChain()
    while widget is not None and widget is not below:
        reached.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    assert [name for name in reached if name] == [
        enrol.REMOVE_GROUP(group="Staff"), enrol.REMOVE_GROUP(group="Night"),
    ]  # fmt: skip


def test_proposals_are_as_high_as_the_rows_of_a_box(qtbot: QtBot, chips: Chips) -> None:
    box = PersonBox("Everybody")
    qtbot.addWidget(box)
    chips.know(["Staff"])
    box.know([Person(PersonId("P1"), "Asha")])
    for field in (chips.field, box.field):
        completer_of(field).setCompletionPrefix("a")
        proposals = proposals_of(field)
        proposals.ensurePolished()
        assert proposals.sizeHintForRow(0) == box.view().sizeHintForRow(0) >= 28


def test_names_that_are_pasted_become_a_chip_each(chips: Chips) -> None:
    QApplication.clipboard().setText("Staff, Night ;; Class\t7b,")
    chips.field.paste()
    assert chips.names == ("Staff", "Night", "Class 7b")
    assert chips.field.text() == ""
    QApplication.clipboard().setText("Day, Nurses")
    chips.field.paste()
    assert chips.names[3:] == ("Day", "Nurses")
    assert chips.field.text().strip() == "Nurses"


# The offscreen platform has no keyboard to grab for the proposals.
@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
@pytest.mark.parametrize(
    ("keys", "chosen"), [([], ("ni",)), ([Qt.Key.Key_Down], ("Night",))], ids=["typed", "proposed"]
)
def test_enter_takes_at_once_while_names_are_proposed(
    qtbot: QtBot, chips: Chips, keys: list[Qt.Key], chosen: tuple[str, ...]
) -> None:
    chips.know(["Night"])
    chips.show()
    chips.field.setFocus()
    qtbot.waitUntil(chips.field.hasFocus)
    for key in (Qt.Key.Key_N, Qt.Key.Key_I):
        QTest.keyClick(chips.windowHandle(), key)
    proposals = proposals_of(chips.field)
    assert proposals.isVisible()
    for key in (*keys, Qt.Key.Key_Return):
        QTest.keyClick(proposals.windowHandle(), key)
    qtbot.waitUntil(lambda: not chips.field.text())
    qtbot.wait(20)  # a proposal is taken when this event is over
    assert chips.names == chosen
    assert chips.field.text() == ""
    assert not proposals.isVisible()


def test_groups_there_are_are_proposed(chips: Chips) -> None:
    chips.know(["Class 7b", "Staff"])
    completer = completer_of(chips.field)
    completer.setCompletionPrefix("7B")
    assert completer.currentCompletion() == "Class 7b"
    chips.know(["Förderverein"])
    for typed in ("forder", "FÖRDER", "förder"):
        completer.setCompletionPrefix(completer.splitPath(typed)[0])
        assert completer.currentCompletion() == "Förderverein"


def test_what_does_not_fit_into_a_box_ends_in_dots(qtbot: QtBot) -> None:
    def painted(box: QComboBox, text: str) -> QImage:
        qtbot.addWidget(box)
        box.addItem(text)
        box.setFixedSize(120, 34)
        return box.grab().toImage()

    long, box = "Integrated Webcam HD: Integrated W", ElidedBox()
    seen = painted(box, long)
    elided = box.fontMetrics().elidedText(
        long, Qt.TextElideMode.ElideRight, room_for_text(box).width()
    )
    assert elided.endswith("…")
    assert seen == painted(QComboBox(), elided)
    assert seen != painted(QComboBox(), long)
    assert box.currentText() == long


def test_a_long_name_is_cut_and_not_the_sentence_around_it(qtbot: QtBot) -> None:
    title = ElidedLabel(f"Soll {isolated('Wolfeschlegel-Sandhausen ' * 9)} gehen?", Size.LARGE)
    qtbot.addWidget(title)
    title.show()
    for width_px in range(200, 1_000):
        title.resize(width_px, 24)
        assert title.text().startswith("Soll \u2068Wo")
        assert title.text().endswith("…\u2069 gehen?")
        assert title.fontMetrics().horizontalAdvance(title.text()) <= width_px
    title.resize(80, 24)
    assert title.text().rstrip("\u2069").endswith("…")


def test_work_shows_how_far_it_is_and_can_be_cancelled(qtbot: QtBot) -> None:
    strip = WorkStrip()
    qtbot.addWidget(strip)
    assert not strip.busy
    progress = strip.begin("Writing rows:")
    assert strip.isVisible()
    progress.tell(2_000, 100_000, "a.csv")
    said = tables.PROGRESS(what="Writing rows:", done="2,000", total="100,000")
    # Nothing but that: how long it takes is not known after a moment.
    assert [text.replace(",", "") for text in texts(strip)] == [f"{said} a.csv".replace(",", "")]
    bar = only(strip, QProgressBar)
    assert (bar.value(), bar.maximum()) == (2_000, 100_000)
    click(strip.cancel_button)
    assert progress.cancelled
    progress.tell(3_000, 100_000)
    assert texts(strip) == [tables.CANCELLING()]
    strip.end()
    assert not strip.isVisible()
    assert not strip.busy
    strip.end()


@pytest.mark.usefixtures("qapp")
def test_a_tip_shows_its_text_as_it_is() -> None:
    text = '<b>Ann</b> & "Söhne" (P1)\nWednesday 18 November 2026 09:02:03'
    shown = QTextDocument()
    shown.setHtml(plain_tip(text))
    assert shown.toPlainText() == text


def test_lines_say_when_there_are_none(qtbot: QtBot, icons: Icons) -> None:
    lines = Facts(icons, "Facts")
    qtbot.addWidget(lines)
    lines.show_facts([Fact("one", "now", tip="<b>exactly</b>")])
    lines.show_facts((), "nothing")
    assert "nothing" in texts(lines)
    assert lines.shown == ()


def test_a_person_box_takes_only_people(qtbot: QtBot) -> None:
    box = PersonBox("Everybody")
    qtbot.addWidget(box)
    told: list[PersonId | None] = []
    box.chosen.connect(lambda: told.append(box.person))
    box.know(ASHA_AND_OMAR)
    box.choose(PersonId("P2"))
    box.know(ASHA_AND_OMAR[::-1])
    assert box.person == "P2"
    box.know(ASHA_AND_OMAR[:1])
    assert box.person is None
    assert told[0] == "P2"
    assert box.currentText() == "Everybody"


def test_what_is_being_typed_stays_while_nobody_else_is_offered(qtbot: QtBot) -> None:
    box = PersonBox("Everybody")
    qtbot.addWidget(box)
    box.know(ASHA_AND_OMAR)
    box.field.setText("As")
    box.know(list(ASHA_AND_OMAR))
    assert box.field.text() == "As"


def test_of_thousands_who_are_offered_only_one_is_measured(qtbot: QtBot) -> None:
    box = PersonBox("Everybody")
    qtbot.addWidget(box)
    box.know([Person(PersonId(f"P{number}"), "Asha") for number in range(2_000)])
    measured: list[int] = []

    class Measuring(QStyledItemDelegate):
        def sizeHint(  # noqa: N802 - Qt's name
            self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
        ) -> QSize:
            measured.append(index.row())
            return super().sizeHint(option, index)

    box.setItemDelegate(Measuring(box))
    box.view().doItemsLayout()
    assert len(set(measured)) == 1


def test_whoever_is_typed_in_full_or_without_accents_is_proposed(qtbot: QtBot) -> None:
    box = PersonBox("Choose")
    qtbot.addWidget(box)
    box.know([Person(PersonId("P1"), "Özlem Şahin"), Person(PersonId("P2"), "Omar")])
    completer = completer_of(box.field)
    for typed in ("ozlem", "Özlem", "sahin", "p1"):
        completer.setCompletionPrefix(typed)
        proposed = completer.completionModel()
        assert [proposed.index(row, 0).data() for row in range(proposed.rowCount())] == [
            "Özlem Şahin (P1)"
        ]
        assert completer.currentCompletion() == "Özlem Şahin (P1)"
    box.field.setText("ozlem")
    box.field.editingFinished.emit()
    assert box.person == "P1"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Omar Haddad", "P2"),
        ("omar", "P2"),
        ("P3", "P3"),
        ("Haddad", None),  # there are two
        ("Nobody at all", None),
        ("", None),
    ],
)
def test_who_is_typed_is_chosen_and_never_somebody_else(
    qtbot: QtBot, typed: str, expected: str | None
) -> None:
    box = PersonBox("Choose", strict=True)
    qtbot.addWidget(box)
    names = {"P1": "Grace Okafor", "P2": "Omar Haddad", "P3": "Lea Haddad"}
    box.know([Person(PersonId(code), name) for code, name in names.items()])
    box.choose(PersonId("P1"))
    box.field.setText(typed)
    box.field.editingFinished.emit()
    assert box.person == expected
    assert box.currentText() == (f"{names[expected]} ({expected})" if expected else "Choose")


@pytest.mark.parametrize("setting", ["light", "dark"])
def test_the_focus_of_a_filled_button_can_be_seen(
    qapp: QApplication, qtbot: QtBot, setting: str
) -> None:
    theme = Theme(qapp, setting)
    holder = QWidget()
    column = QVBoxLayout(holder)
    other, filled = QLineEdit(), primary_button("Save")
    column.addWidget(other)
    column.addWidget(filled)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
    other.setFocus()
    without = holder.grab().toImage()
    filled.setFocus()
    assert filled.hasFocus()
    with_focus = holder.grab().toImage()
    y = filled.geometry().center().y()
    row = range(filled.x(), filled.x() + 12)  # from the edge up to where the text may begin
    changed = [x for x in row if without.pixelColor(x, y) != with_focus.pixelColor(x, y)]
    filling = theme.color(Token.ACCENT).name()
    assert max(contrast(with_focus.pixelColor(x, y).name(), filling) for x in changed) >= 3.0
    # Around the ring the button's own filling is left, which every surface sets off.
    assert with_focus.pixelColor(filled.x() + 1, y) == theme.color(Token.ACCENT)
    assert contrast(filling, theme.color(Token.SURFACE).name()) >= 3.0
    theme.deleteLater()
