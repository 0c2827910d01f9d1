"""The small parts that pages share: flow, chips, progress, fields, times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from faceapp.types import Person, PersonId
from faceapp.ui import times
from faceapp.ui.icons import Icons
from faceapp.ui.theme import Theme, Token
from faceapp.ui.widgets import primary_button
from faceapp.ui.widgets.chips import Chips
from faceapp.ui.widgets.facts import Fact, Facts
from faceapp.ui.widgets.fields import ElidedBox, PersonBox
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.widgets.labels import plain_tip
from faceapp.ui.widgets.work import WorkStrip
from faceapp.ui.words import breakable, enrol, tables
from tests.ui.seen import contrast, only, texts

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@pytest.fixture
def icons(qapp: QApplication) -> Iterator[Icons]:
    theme = Theme(qapp, "light")
    yield Icons(theme)
    theme.deleteLater()


def flow_of(qtbot: QtBot, sizes: list[tuple[int, int]]) -> tuple[QWidget, FlowLayout]:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, 8)
    for width, height in sizes:
        label = QLabel()
        label.setFixedSize(width, height)
        layout.addWidget(label)
    return holder, layout


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_a_full_row_breaks_from_the_reading_side(
    qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    holder, layout = flow_of(qtbot, [(60, 20), (60, 30), (60, 10)])
    holder.setLayoutDirection(direction)
    holder.resize(140, 200)
    holder.show()
    places = [layout.itemAt(at).geometry() for at in range(3)]  # type: ignore[union-attr]
    first = places[0].left() if direction == Qt.LayoutDirection.LeftToRight else places[1].left()
    assert first == 0 if direction == Qt.LayoutDirection.LeftToRight else first == 12
    assert [place.top() for place in places] == [0, 0, 38]
    assert layout.heightForWidth(140) == 48
    assert layout.heightForWidth(1000) == 30


@given(
    st.lists(st.tuples(st.integers(1, 80), st.integers(1, 40)), max_size=12), st.integers(80, 400)
)
def test_nothing_in_a_flow_overlaps(
    qapp: QApplication, sizes: list[tuple[int, int]], width: int
) -> None:
    assert qapp is not None
    holder = QWidget()
    layout = FlowLayout(holder, 4)
    for wide, high in sizes:
        label = QLabel(holder)
        label.setFixedSize(wide, high)
        layout.addWidget(label)
    holder.resize(width, 2_000)
    layout.setGeometry(holder.rect())
    places = [layout.itemAt(at).geometry() for at in range(layout.count())]  # type: ignore[union-attr]
    for at, place in enumerate(places):
        assert holder.rect().contains(place)
        assert not any(place.intersects(other) for other in places[:at])
    assert layout.heightForWidth(width) == max((p.bottom() + 1 for p in places), default=0)
    holder.deleteLater()


def test_chips_are_typed_taken_and_dropped(qtbot: QtBot, icons: Icons) -> None:
    chips = Chips(icons, "Groups", "type")
    qtbot.addWidget(chips)
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
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
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


def test_proposals_are_as_high_as_the_rows_of_a_box(qtbot: QtBot, icons: Icons) -> None:
    chips, box = Chips(icons, "Groups", "type"), PersonBox("Everybody")
    chips.know(["Staff"])
    box.know([Person(PersonId("P1"), "Asha")])
    for field in (chips.field, box.field):
        qtbot.addWidget(field.window())
        completer = field.completer()
        assert completer is not None
        completer.setCompletionPrefix("a")
        proposals = completer.popup()
        assert proposals is not None
        proposals.ensurePolished()
        assert proposals.sizeHintForRow(0) == box.view().sizeHintForRow(0) >= 28


def test_names_that_are_pasted_become_a_chip_each(qtbot: QtBot, icons: Icons) -> None:
    chips = Chips(icons, "Groups", "type")
    qtbot.addWidget(chips)
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
    qtbot: QtBot, icons: Icons, keys: list[Qt.Key], chosen: tuple[str, ...]
) -> None:
    chips = Chips(icons, "Groups", "type")
    qtbot.addWidget(chips)
    chips.know(["Night"])
    chips.show()
    chips.field.setFocus()
    qtbot.waitUntil(chips.field.hasFocus)
    for key in (Qt.Key.Key_N, Qt.Key.Key_I):
        QTest.keyClick(chips.windowHandle(), key)
    completer = chips.field.completer()
    assert completer is not None
    proposals = completer.popup()
    assert proposals is not None
    assert proposals.isVisible()
    for key in (*keys, Qt.Key.Key_Return):
        QTest.keyClick(proposals.windowHandle(), key)
    qtbot.waitUntil(lambda: not chips.field.text())
    qtbot.wait(20)  # a proposal is taken when this event is over
    assert chips.names == tuple(chosen)
    assert chips.field.text() == ""
    assert not proposals.isVisible()


def test_groups_there_are_are_proposed(qtbot: QtBot, icons: Icons) -> None:
    chips = Chips(icons, "Groups", "type")
    qtbot.addWidget(chips)
    chips.know(["Class 7b", "Staff"])
    completer = chips.field.completer()
    assert completer is not None
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
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    elided = box.fontMetrics().elidedText(long, Qt.TextElideMode.ElideRight, room.width())
    assert elided.endswith("…")
    assert seen == painted(QComboBox(), elided)
    assert seen != painted(QComboBox(), long)
    assert box.currentText() == long


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
    qtbot.mouseClick(strip.cancel_button, Qt.MouseButton.LeftButton)
    assert progress.cancelled
    progress.tell(3_000, 100_000)
    assert texts(strip) == [tables.CANCELLING()]
    strip.end()
    assert not strip.isVisible()
    assert not strip.busy
    strip.end()


def test_a_tip_shows_its_text_as_it_is(qapp: QApplication) -> None:
    assert qapp is not None
    text = '<b>Ann</b> & "Söhne" (P1)\nWednesday 18 November 2026 09:02:03'
    shown = QTextDocument()
    shown.setHtml(plain_tip(text))
    assert shown.toPlainText() == text


def test_lines_say_when_there_are_none(qtbot: QtBot, icons: Icons) -> None:
    lines = Facts(icons, "Facts")
    qtbot.addWidget(lines)
    lines.show_facts([Fact("one", "now", tip="<b>exactly</b>")])
    lines.show_facts((), "nothing")
    shown = [label.text() for label in lines.findChildren(QLabel) if label.isVisibleTo(lines)]
    assert "nothing" in shown
    assert lines.shown == ()


def test_a_person_box_takes_only_people(qtbot: QtBot) -> None:
    box = PersonBox("Everybody")
    qtbot.addWidget(box)
    told: list[PersonId | None] = []
    box.chosen.connect(lambda: told.append(box.person))
    people = [Person(PersonId("P1"), "Asha"), Person(PersonId("P2"), "Omar")]
    box.know(people)
    box.choose(PersonId("P2"))
    box.know(people[::-1])
    assert box.person == "P2"
    box.know(people[:1])
    assert box.person is None
    assert told[0] == "P2"
    assert box.currentText() == "Everybody"


def test_what_is_being_typed_stays_while_nobody_else_is_offered(qtbot: QtBot) -> None:
    box = PersonBox("Everybody")
    qtbot.addWidget(box)
    people = [Person(PersonId("P1"), "Asha"), Person(PersonId("P2"), "Omar")]
    box.know(people)
    box.field.setText("As")
    box.know(list(people))
    assert box.field.text() == "As"


def test_whoever_is_typed_in_full_or_without_accents_is_proposed(qtbot: QtBot) -> None:
    box = PersonBox("Choose")
    qtbot.addWidget(box)
    box.know([Person(PersonId("P1"), "Özlem Şahin"), Person(PersonId("P2"), "Omar")])
    completer = box.field.completer()
    assert completer is not None
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


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), st.integers(-14 * 4, 14 * 4))  # noqa: DTZ001
def test_moments_are_said_shortly_and_exactly(naive: datetime, quarters: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=15 * quarters)))
    clock = f"{moment:%H:%M}"
    assert times.when(moment, moment) == clock
    assert clock in times.when(moment, moment + timedelta(days=1))
    for days in (2, 40):
        long_ago = times.when(moment, moment + timedelta(days=days))
        assert long_ago == f"{times.when_shortly(moment, moment + timedelta(days=days))} {clock}"
        assert str(moment.year) in long_ago
    assert times.when_shortly(moment, moment) == clock
    assert f"{moment:%H:%M:%S}" in times.exact(moment, "Here")


@given(st.text())
def test_long_words_can_be_broken_and_nothing_else_changes(text: str) -> None:
    broken = breakable(text)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    if all(len(word) <= 24 for word in text.split()):
        assert broken == text


def test_no_piece_of_a_long_word_is_longer_than_a_line() -> None:
    pieces = breakable("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 3).split()
    assert len(pieces) == 3
    assert max(len(piece) for word in pieces for piece in word.split("\u200b")) == 24
    # A mark stays with the letter it belongs to.
    assert breakable("e" * 24 + "\u0301" + "e" * 3) == "e" * 24 + "\u0301\u200b" + "e" * 3


@given(st.integers(0, 400_000))
def test_hours_are_said_as_people_write_them(duration_s: int) -> None:
    hours, minutes = times.hours(duration_s).split(":")
    assert len(minutes) == 2
    assert 0 <= duration_s - (int(hours) * 3600 + int(minutes) * 60) < 60


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.times())
def test_a_typed_moment_is_this_machines(day: date, time: object) -> None:
    hour, minute = getattr(time, "hour"), getattr(time, "minute")  # noqa: B009
    made = times.to_utc(QDate(day.year, day.month, day.day), QTime(hour, minute))
    assert made.tzinfo is UTC
    local = times.local(made).replace(tzinfo=None)
    typed = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001
    # Of the hour that is skipped in spring, or the day beside the date line, there is no moment.
    skipped = typed.astimezone(UTC).astimezone().replace(tzinfo=None) != typed
    assert local == typed or skipped


@pytest.mark.parametrize("language", ["C", "en_US", "en_GB", "de_DE", "ja_JP", "fa_IR"])
def test_days_carry_their_whole_year(language: str) -> None:
    former = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        shown = times.day(date(2026, 2, 3))
        digits = QLocale().toString(2026).replace(QLocale().groupSeparator(), "")
        assert digits in shown
    finally:
        QLocale.setDefault(former)


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
