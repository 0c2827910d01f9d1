from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QFont, QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolTip
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from faceapp.ui.icons import Icons
from faceapp.ui.tables import Column, Order, RowsModel, Sign, in_order
from faceapp.ui.theme import LIGHT, Theme, Token
from faceapp.ui.widgets.table import RowsView
from faceapp.ui.words import Text
from tests.ui.seen import click_heading

Row = tuple[str, int]

COLUMNS: tuple[Column[Row], ...] = (
    Column(Text("Name"), lambda row: row[0], lambda row: row[0].casefold()),
    Column(Text("Number"), lambda row: str(row[1]), lambda row: row[1], 96, at_end=True),
    Column(
        Text("Sign"),
        lambda row: "odd" if row[1] % 2 else "even",
        lambda row: row[1] % 2,
        96,
        tip=lambda row: f"<b>{row[1]}</b>",
        sign=lambda row: Sign("check", Token.GOOD) if row[1] % 2 else None,
        spare=1,
        never_struck=True,
    ),
)
ROWS: list[Row] = [("Omar", 3), ("asha", 2), ("Clara", 1)]

texts = st.text(max_size=8)
rows = st.lists(st.tuples(texts, st.integers(-99, 99)), max_size=30)


@pytest.fixture
def model(theme: Theme, icons: Icons) -> RowsModel[Row]:
    return RowsModel(COLUMNS, lambda row: row[0], theme, icons, lambda row: row[1] < 0)


@pytest.fixture
def view(qtbot: QtBot, model: RowsModel[Row]) -> RowsView[Row]:
    made: RowsView[Row] = RowsView(model, "Numbers")
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show_rows(ROWS)
    made.show()
    return made


def test_the_model_is_a_proper_one(
    model: RowsModel[Row], theme: Theme, qtmodeltester: ModelTester
) -> None:
    model.show(ROWS)
    qtmodeltester.check(model, force_py=True)
    model.show([])
    theme.choose("dark")
    model.show([("x", -1)])
    theme.choose("light")
    assert model.rowCount() == 1
    assert model.rowCount(model.index(0, 0)) == 0


def test_cells_say_what_their_columns_say(model: RowsModel[Row]) -> None:
    model.show(ROWS)
    index = model.index(0, 2)
    assert model.data(index) == "odd"
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == "<span>&lt;b&gt;3&lt;/b&gt;</span>"
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Sign: odd"
    assert model.data(index, Qt.ItemDataRole.DecorationRole) is not None
    assert model.data(model.index(1, 2), Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    aligned = model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
    assert aligned == Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Number"
    assert model.headerData(1, Qt.Orientation.Vertical) is None
    with pytest.raises(IndexError):
        model.row(QModelIndex())


def test_a_caption_has_room_whatever_its_language(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    columns = (COLUMNS[0], replace(COLUMNS[1], title=Text("Distinguishing marks of all kinds")))
    model = RowsModel(columns, lambda row: row[0], theme, icons)
    view: RowsView[Row] = RowsView(model, "Marks")
    qtbot.addWidget(view)
    assert COLUMNS[1].width_px < view.horizontalHeader().sectionSizeHint(1) <= view.columnWidth(1)


def test_struck_rows_are_crossed_out_but_their_reason_is_not(model: RowsModel[Row]) -> None:
    model.show([("gone", -1), ("here", 1)])
    font = model.data(model.index(0, 0), Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont)
    assert font.strikeOut()
    muted = model.data(model.index(0, 0), Qt.ItemDataRole.ForegroundRole)
    assert muted == QColor(LIGHT[Token.TEXT_MUTED])
    assert model.data(model.index(0, 2), Qt.ItemDataRole.FontRole) is None
    assert model.data(model.index(1, 0), Qt.ItemDataRole.FontRole) is None


@given(rows, st.integers(0, len(COLUMNS) - 1), st.booleans())
def test_sorting_keeps_every_row_and_the_order_of_equals(
    some: list[Row], column: int, descending: bool
) -> None:
    ordered = in_order(some, COLUMNS, Order(column, descending), chunk_rows=7)
    assert sorted(ordered) == sorted(some)
    keys = [COLUMNS[column].order(row) for row in ordered]
    assert keys == sorted(keys, reverse=descending)
    for key in set(keys):
        of_key = [row for row in ordered if COLUMNS[column].order(row) == key]
        assert of_key == [row for row in some if COLUMNS[column].order(row) == key]


def test_a_click_on_a_header_asks_for_an_order_and_a_second_one_turns_it(
    view: RowsView[Row],
) -> None:
    asked: list[Order] = []
    view.order_wanted.connect(asked.append)
    click_heading(view, 1)
    view.mark_order(asked[-1])
    click_heading(view, 1)
    view.mark_order(asked[-1])
    click_heading(view, 1)
    assert asked == [Order(1), Order(1, descending=True), Order(1)]
    assert view.order == Order(1, descending=True)


def test_the_selection_survives_other_rows(view: RowsView[Row]) -> None:
    told: list[Row | None] = []
    view.chosen.connect(told.append)
    assert view.select("Clara")
    assert view.selected() == ("Clara", 1)
    view.show_rows([("Clara", 7), *ROWS[:2]])
    assert view.selected() == ("Clara", 7)
    view.show_rows(ROWS[:2])
    assert view.selected() is None
    assert told == [("Clara", 1), ("Clara", 7), None]
    assert not view.select("Nobody")


@pytest.fixture
def many(qtbot: QtBot, model: RowsModel[Row]) -> RowsView[Row]:
    made: RowsView[Row] = RowsView(model, "Numbers", several=True)
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show_rows([(f"{number:02}", 0) for number in range(9)])
    made.show()
    return made


def names_selected(view: RowsView[Row]) -> str:
    return " ".join(row[0] for row in view.all_selected())


def test_several_rows_are_selected_by_mouse_and_keys(many: RowsView[Row], qtbot: QtBot) -> None:
    told: list[Row | None] = []
    many.chosen.connect(told.append)
    keys = Qt.KeyboardModifier
    for row, held in ((5, keys.NoModifier), (7, keys.ShiftModifier), (1, keys.ControlModifier)):
        at = many.visualRect(many.model().index(row, 0)).center()
        qtbot.mouseClick(many.viewport(), Qt.MouseButton.LeftButton, held, at)
    assert names_selected(many) == "01 05 06 07"
    assert many.selected() is None
    assert told == [("05", 0), None, None]
    qtbot.keyClick(many, Qt.Key.Key_A, keys.ControlModifier)
    assert many.all_selected() == many.rows
    assert many.select("03")  # whatever key is still held
    assert many.selected() == ("03", 0)
    qtbot.keyClick(many, Qt.Key.Key_Home)
    qtbot.keyClick(many, Qt.Key.Key_Down, keys.ShiftModifier)
    assert names_selected(many) == "00 01"
    qtbot.keyClick(many, Qt.Key.Key_Down)
    assert many.selected() == ("02", 0)


def test_several_selected_rows_survive_other_rows(many: RowsView[Row], qtbot: QtBot) -> None:
    many.select("02")
    for row in (3, 6, 8):
        at = many.visualRect(many.model().index(row, 0)).center()
        held = Qt.KeyboardModifier.ControlModifier
        qtbot.mouseClick(many.viewport(), Qt.MouseButton.LeftButton, held, at)
    kept = [("08", 1), ("new", 0), ("06", 1), ("03", 1)]
    many.show_rows(kept)
    assert names_selected(many) == "08 06 03"
    assert many.currentIndex().row() == 0  # the keys go on where they were
    many.enter()
    assert names_selected(many) == "08 06 03"
    many.show_rows(kept[1:])
    assert names_selected(many) == "06 03"
    many.show_rows(kept[1:3])
    assert many.selected() == ("06", 1)


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End])
def test_the_only_row_left_can_be_selected_by_any_arrow(
    view: RowsView[Row], qtbot: QtBot, key: Qt.Key
) -> None:
    view.show_rows(ROWS)
    view.enter()
    view.clearSelection()
    view.show_rows(ROWS[2:3])
    assert view.currentIndex().row() == 0
    assert view.selected() is None
    qtbot.keyClick(view, key)
    assert view.selected() == ROWS[2]


def test_end_goes_to_the_last_row_even_before_one_is_selected(
    view: RowsView[Row], qtbot: QtBot
) -> None:
    view.show_rows(ROWS)
    view.enter()
    view.clearSelection()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.selected() == ROWS[-1]


def test_one_row_is_selected_unless_several_may_be(view: RowsView[Row], qtbot: QtBot) -> None:
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.all_selected() == view.rows[1:2]


def test_what_is_looked_at_stays_in_view_while_rows_change(view: RowsView[Row]) -> None:
    many: list[Row] = [(f"{number:02}", 0) for number in range(60)]
    view.show_rows(many)
    assert view.select("00")
    view.verticalScrollBar().setValue(30)
    view.show_rows([*many, ("60", 0)])
    assert view.verticalScrollBar().value() == 30
    assert view.selected() == ("00", 0)


def test_everything_works_by_keyboard(view: RowsView[Row], qtbot: QtBot) -> None:
    opened: list[Row] = []
    done: list[str] = []
    view.opened.connect(opened.append)
    act = QAction("Do it", view)
    act.setShortcut("Del")
    act.triggered.connect(lambda: done.append("deleted"))
    view.offer([act])
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [view.rows[view.currentIndex().row()]]
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert done == ["deleted"]


def test_home_and_end_go_to_the_first_and_the_last_row(view: RowsView[Row], qtbot: QtBot) -> None:
    view.selectRow(1)
    last = len(view.rows) - 1
    for key, row in ((Qt.Key.Key_End, last), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(view, key)
        assert view.selected() is view.rows[row]


def test_a_selected_row_is_marked_by_a_bar_and_not_only_by_colour(
    view: RowsView[Row], theme: Theme
) -> None:
    view.selectRow(1)
    middle = [view.visualRect(view.model().index(row, 0)).center().y() for row in range(3)]
    for setting in ("light", "dark"):
        theme.choose(setting)
        picture = view.viewport().grab().toImage()
        accent = theme.color(Token.ACCENT)
        assert [picture.pixelColor(2, y) == accent for y in middle] == [False, True, False]
        assert picture.pixelColor(6, middle[1]) == theme.color(Token.HOVER)


@pytest.mark.usefixtures("large_text")
def test_signs_grow_with_the_text_beside_them(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, "light")
    view = RowsView(RowsModel(COLUMNS, lambda row: row[0], theme, Icons(theme)), "Numbers")
    qtbot.addWidget(view)
    button = QPushButton()
    qtbot.addWidget(button)
    Icons(theme).put_on(button, "check", Token.GOOD, 16)
    assert button.iconSize() == view.iconSize() == QSize(24, 24)


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_the_context_menu_offers_actions_and_sorting(view: RowsView[Row]) -> None:
    act = QAction("Do it", view)
    view.offer([act])
    asked: list[Order] = []
    view.order_wanted.connect(asked.append)
    without = menu_of(view)
    assert act not in without.actions()
    without.close()
    view.select("Omar")
    menu = menu_of(view)
    assert act in menu.actions()
    sort = menu.actions()[-1].menu()
    assert isinstance(sort, QMenu)
    titles = [action.text() for action in sort.actions()]
    assert titles == ["Name", "Number", "Sign"]
    sort.actions()[1].trigger()
    assert asked == [Order(1)]
    menu.close()


def menu_of(view: RowsView[Row]) -> QMenu:
    """Ask for the context menu by key."""
    at = QPoint(5, 5)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_columns_share_the_width_and_spare_ones_go_where_there_is_none(
    view: RowsView[Row], qtbot: QtBot
) -> None:
    assert [view.isColumnHidden(at) for at in range(3)] == [False, False, False]
    used = sum(view.columnWidth(at) for at in range(3))
    assert used == view.viewport().width()
    view.resize(280, 300)
    qtbot.waitUntil(lambda: view.isColumnHidden(2))
    assert not view.isColumnHidden(0)
    view.resize(640, 300)
    qtbot.waitUntil(lambda: not view.isColumnHidden(2))


def test_a_cell_that_says_more_than_it_shows_has_a_tooltip(
    view: RowsView[Row], qtbot: QtBot
) -> None:
    view.show_rows([("x" * 200, 1), ("short", 2)])

    def hover(row: int, column: int) -> None:
        at = view.visualRect(view.model().index(row, column)).center()
        there = view.viewport().mapToGlobal(at)
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, there))

    hover(0, 0)
    assert "x" * 200 in QToolTip.text()
    hover(1, 0)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    hover(1, 2)
    assert QToolTip.isVisible()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_hundred_thousand_rows_are_formatted_only_where_they_are_seen(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    shown: list[int] = []

    def show(row: Row) -> str:
        shown.append(row[1])
        return row[0]

    columns = (Column(Text("Name"), show, lambda row: row[1]),)
    model = RowsModel(columns, lambda row: row[1], theme, icons)
    view: RowsView[Row] = RowsView(model, "Many")
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    view.show_rows([("row", number) for number in range(100_000)])
    view.grab()
    assert 0 < len(set(shown)) < 50
