"""The window of the user guide: F1, chapters, links, search, both languages and themes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QTextCursor, QTextFrameFormat, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from faceapp import config
from faceapp.config import Settings
from faceapp.paths import guides_dir
from faceapp.ui.dialogs import files
from faceapp.ui.dialogs.confirm import DraftDialog
from faceapp.ui.dialogs.licences import LicencesDialog
from faceapp.ui.dialogs.shell import room_on_screen
from faceapp.ui.help import HelpWindow
from faceapp.ui.help.guide import GUIDES
from faceapp.ui.help.look import blocks, pieces
from faceapp.ui.help.window import FIRST_SIZE, LEAST_SIZE
from faceapp.ui.page import PageKey
from faceapp.ui.theme import DARK, LIGHT, Token
from faceapp.ui.words import common
from faceapp.ui.words import help as words
from tests.ui.answers import answering
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import click_row, press, texts


def opened(room: Room, page: PageKey = PageKey.LIVE) -> HelpWindow:
    """Press F1 on a page; the guide's window, of its first size."""
    room.window.open(page)
    room.window.activateWindow()
    room.until(room.window.isActiveWindow)
    room.qtbot.keyClick(room.window, Qt.Key.Key_F1)
    window = room.window.help.window
    assert window is not None
    room.until(window.isActiveWindow)
    return window


def top(window: HelpWindow) -> str:
    """Read the line at the top."""
    return window.text.document().findBlock(window.text.at_top()).text()


def marked(window: HelpWindow) -> str:
    """Name the chapter that is marked in the list."""
    return window.chapters.currentItem().text()


def selected(window: HelpWindow) -> str:
    return window.text.textCursor().selectedText()


def click_link(room: Room, window: HelpWindow, text: str) -> None:
    """Bring a link into sight, and click it."""
    document = window.text.document()
    cursor = document.find(text)
    while not cursor.charFormat().isAnchor():
        cursor = document.find(text, cursor)
        assert not cursor.isNull()
    at = QTextCursor(document)
    at.setPosition(cursor.selectionStart() + 1)
    window.text.setTextCursor(at)
    place = window.text.cursorRect().center()
    room.qtbot.mouseClick(window.text.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.usefixtures("language")
def test_f1_opens_the_chapter_of_the_page(room: Room) -> None:
    tops = []
    for page in PageKey:
        window = opened(room, page)
        tops.append(top(window))
        assert tops[-1] == words.CHAPTER_OF[page]() == marked(window)
        assert window.text.hasFocus()
    assert len(set(tops)) == len(PageKey)


@pytest.fixture(params=[False, True], ids=["eyes", "screen reader"])
def is_read_out(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Run with and without a screen reader, as the system tells Qt."""
    QAccessible.setActive(bool(request.param))
    yield bool(request.param)
    QAccessible.setActive(False)


def test_the_arrows_scroll_unless_a_screen_reader_reads_the_lines(
    room: Room, is_read_out: bool
) -> None:
    window = opened(room, PageKey.PEOPLE)
    begin = window.text.textCursor()
    assert begin.block().text() == words.CHAPTER_OF[PageKey.PEOPLE]()
    shown_px = window.text.verticalScrollBar().value()
    room.qtbot.keyClick(window.text, Qt.Key.Key_Down)
    moved = window.text.textCursor().block() == begin.block().next()
    scrolled = window.text.verticalScrollBar().value() > shown_px
    assert (moved, scrolled) == (is_read_out, not is_read_out)


def test_the_rail_opens_it_too_and_there_is_one_window_only(room: Room) -> None:
    window = opened(room)
    window.close()
    assert not window.isVisible()
    press(room.window.rail, words.HELP())
    assert room.window.help.window is window
    assert window.isVisible()
    assert not window.isModal()
    window.showMinimized()
    assert opened(room, PageKey.PEOPLE) is window
    assert not window.isMinimized()
    assert top(window) == words.CHAPTER_OF[PageKey.PEOPLE]()


def test_it_closes_with_the_main_window_and_keeps_no_program_running(room: Room) -> None:
    window = opened(room)
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    room.window.close()
    assert not window.isVisible()
    assert room.window.help.window is None


def test_escape_empties_the_search_first_and_then_closes(room: Room) -> None:
    window = opened(room)
    room.qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    room.qtbot.keyClicks(window.search, "camera")
    room.qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert window.isVisible()
    room.qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert room.window.isVisible()
    for part in (window.text, window.chapters):
        assert opened(room) is window
        room.qtbot.keyClick(part, Qt.Key.Key_Escape)
        assert not window.isVisible()


@pytest.mark.parametrize(
    ("kind", "show"),
    [
        (DraftDialog, DraftDialog.ask_to_start_over),
        (LicencesDialog, lambda page: LicencesDialog.show_to(page, ["terms"])),
        (QFileDialog, files.ask_folder),
    ],
)
def test_it_can_be_opened_and_read_while_a_dialog_is_open(
    room: Room, kind: type[QDialog], show: Callable[[QWidget], object]
) -> None:
    seen: list[int] = []

    def read_on(dialog: QDialog) -> None:
        room.until(dialog.isActiveWindow)
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_F1)
        window = room.window.help.window
        assert window is not None
        room.until(window.isActiveWindow)
        bar = window.text.verticalScrollBar()
        before_px = bar.value()
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_PageDown)
        seen.append(bar.value() - before_px)
        dialog.reject()

    with answering(kind, read_on):
        show(room.window.page)
    assert seen[0] > 0


def test_its_size_is_remembered(open_room: Callable[[], Room]) -> None:
    first = open_room()
    window = opened(first)
    assert window.size() == FIRST_SIZE.boundedTo(room_on_screen(window))
    window.resize(LEAST_SIZE)
    first.close()
    assert opened(open_room()).size() == LEAST_SIZE


def test_enter_finds_the_next_place_and_begins_again_after_the_last(room: Room) -> None:
    window = opened(room, PageKey.SETTINGS)
    room.qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    room.qtbot.keyClicks(window.search, "failing DISK")
    room.qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert selected(window) == "failing disk"
    assert marked(window) == "People"
    assert texts(window) == [words.FOUND(number=1, all=1)]

    window.search.clear()
    room.qtbot.keyClicks(window.search, "camera")
    room.qtbot.keyClick(window.search, Qt.Key.Key_Return)
    (first,) = texts(window)
    number, _, count = first.partition(" of ")
    found = []
    for _ in range(int(count)):
        found.append(window.text.textCursor().selectionStart())
        assert selected(window).lower() == "camera"
        assert window.text.viewport().rect().contains(window.text.cursorRect().center())
        room.qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert len(set(found)) == int(count) > 10
    assert window.text.textCursor().selectionStart() == found[0]
    assert texts(window) == [words.FOUND(number=number, all=count)]


def test_accents_do_not_matter_in_the_search(
    open_room: Callable[[], Room], parts: RoomParts
) -> None:
    config.save(parts.paths.settings, Settings(language="de"))
    room = open_room()
    window = opened(room)
    found = []
    for typed in ("OFFNEN", "öffnen"):
        window.search.setText(typed)
        room.qtbot.keyClick(window.search, Qt.Key.Key_Return)
        assert selected(window).lower() == "öffnen"
        found.append(texts(window)[0].split()[-1])
    assert found[0] == found[1]


def test_what_is_nowhere_is_said_and_an_empty_search_marks_nothing(room: Room) -> None:
    window = opened(room)
    field = window.search
    room.qtbot.keyClicks(field, "people")
    room.until(lambda: bool(window.text.extraSelections()))
    room.qtbot.keyClicks(field, " on the moon")
    room.until(lambda: texts(window) == [words.FOUND_NOWHERE()])
    assert window.text.extraSelections() == []
    assert selected(window) == ""
    field.clear()
    room.until(lambda: texts(window) == [])


def test_links_lead_to_their_chapters_and_nowhere_else(room: Room) -> None:
    window = opened(room, PageKey.PEOPLE)
    click_link(room, window, "Privacy")
    assert top(window) == "Privacy" == marked(window)
    click_link(room, window, "below")
    assert top(window) == "On the command line" == marked(window)
    assert not window.text.openLinks()
    hrefs = {
        look.anchorHref()
        for block in blocks(window.text.document())
        for _, _, look in pieces(block)
    }
    assert len(hrefs) > 1
    assert {href[:1] for href in hrefs} == {"", "#"}


def test_the_list_leads_to_chapters_and_follows_the_reader(room: Room) -> None:
    window = opened(room)
    window.chapters.setFocus()
    seen = [marked(window)]
    for _ in range(3):
        room.qtbot.keyClick(window.chapters, Qt.Key.Key_Down)
        assert top(window) == marked(window)
        seen.append(marked(window))
    assert len(set(seen)) == 4
    bar = window.text.verticalScrollBar()
    bar.setValue(bar.value() + 300)
    away = bar.value()
    click_row(window.chapters, window.chapters.currentRow())
    assert bar.value() < away
    assert top(window) == marked(window) == seen[-1]
    bar.setValue(0)
    assert window.chapters.currentRow() == 0
    bar.setValue(bar.maximum())
    assert window.chapters.currentRow() == window.chapters.count() - 1


def test_the_list_leads_to_every_chapter_of_a_text_that_ends_within_the_window(room: Room) -> None:
    window = opened(room)
    window.resize(3840, 4000)
    window.chapters.setCurrentRow(0)
    for number in range(1, window.chapters.count()):
        room.qtbot.keyClick(window.chapters, Qt.Key.Key_Down)
        assert window.chapters.currentRow() == number
    assert top(window) != marked(window)


@pytest.mark.usefixtures("language")
def test_nothing_is_wider_than_the_smallest_window(room: Room) -> None:
    window = opened(room)
    window.resize(QSize(1, 1))
    assert window.size() == LEAST_SIZE
    beyond_px = window.text.horizontalScrollBar().maximum
    room.until(lambda: beyond_px() <= 1)
    window.resize(FIRST_SIZE)
    room.until(lambda: beyond_px() <= 1)
    assert top(window) == words.CHAPTER_OF[PageKey.LIVE]()  # also with other lines


def test_the_colours_are_the_themes_also_when_it_changes(room: Room) -> None:
    window = opened(room, PageKey.SETTINGS)
    bar = window.text.verticalScrollBar()
    bar.setValue(bar.value() + 200)
    room.qtbot.keyClicks(window.search, "camera")
    room.until(lambda: bool(window.text.extraSelections()))
    bar.setValue(bar.value() + 200)
    before, found = top(window), texts(window)
    for setting, tokens in (("dark", DARK), ("light", LIGHT)):
        room.desk.theme.choose(setting)
        document = window.text.document()
        looks = [look for block in blocks(document) for _, _, look in pieces(block)]
        links = {one.foreground().color().name() for one in looks if one.isAnchor()}
        grounds = {one.background().color().name() for one in looks if one.fontFixedPitch()}
        tables = [one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable)]
        lines = {table.format().borderBrush().color().name() for table in tables}
        styles = {table.format().borderStyle() for table in tables}
        assert links == {tokens[Token.ACCENT]}
        assert grounds == {tokens[Token.HOVER]}
        assert lines == {tokens[Token.LINE]}
        assert styles == {QTextFrameFormat.BorderStyle.BorderStyle_Solid}
        assert top(window) == before
        assert texts(window) == found
        marks = window.text.extraSelections()
        assert {mark.cursor.selectedText().lower() for mark in marks} == {"camera"}
        assert {mark.format.background().color().name() for mark in marks} == {tokens[Token.LINE]}
    room.qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert selected(window).lower() == "camera"


def test_a_guide_that_is_not_there_is_said_and_looked_for_again(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, folder = guides_dir(), tmp_path / "docs"
    monkeypatch.setattr("faceapp.ui.help.guide.guides_dir", lambda: folder)
    window = opened(room)
    lost = common.CAME_WITH_PROGRAM(path=folder / GUIDES["en"][0])
    assert window.text.toPlainText() == lost
    room.qtbot.keyClicks(window.search, "camera")
    room.until(lambda: texts(window) == [words.FOUND_NOWHERE()])
    room.desk.theme.choose("dark")
    assert window.text.toPlainText() == lost
    shutil.copytree(whole, folder)
    assert opened(room) is window
    assert top(window) == words.CHAPTER_OF[PageKey.LIVE]()
    assert words.FOUND_NOWHERE() not in texts(window)
    room.qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert selected(window).lower() == "camera"


def test_a_guide_is_shown_as_text_whatever_is_in_it(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "| " + " | ".join("abcdefgh") + " |\n|" + "---|" * 8 + "\n"
    wild = '# T\n\n## One <img src="http://localhost/x.png">\n\n<b>bold</b> ![p](x.png)\n\n' + table
    (tmp_path / GUIDES["en"][0]).write_text(wild, "utf-8")
    (tmp_path / GUIDES["en"][1]).write_text("# U\n\n## Two\n", "utf-8")
    monkeypatch.setattr("faceapp.ui.help.guide.guides_dir", lambda: tmp_path)
    window = opened(room)
    assert "<b>bold</b>" in window.text.toPlainText()
    assert window.chapters.count() == 2
