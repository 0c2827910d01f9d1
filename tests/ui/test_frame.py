"""The frame around the pages: keys, rail and status line, and what the pages are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from faceapp.types import CameraState, Changes
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.desk import Desk
from faceapp.ui.main_window import MainWindow
from faceapp.ui.memory import Memory
from faceapp.ui.page import Page, PageKey, PageSpec
from faceapp.ui.pages import SPECS
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.rail import PageButton
from faceapp.ui.theme import Token
from tests.ui.rooms import Room
from tests.ui.seen import texts


def test_the_keys_open_the_pages(room: Room) -> None:
    titles = []
    rail = room.window.rail.findChildren(PageButton)
    titles_of = {spec.key: spec.title for spec in SPECS}
    for number, key in enumerate(PageKey, 1):
        pressed = getattr(Qt.Key, f"Key_{number}")
        room.qtbot.keyClick(room.window, pressed, Qt.KeyboardModifier.ControlModifier)
        titles.append(room.window.windowTitle())
        assert titles[-1] == f"{titles_of[key]()} – FaceApp"
        assert room.window.page.accessibleName() in titles[-1]
        assert [one.accessibleName() for one in rail if one.isChecked()] == [titles_of[key]()]
    assert len(set(titles)) == len(PageKey)


def test_tab_comes_into_the_rail_at_the_open_page(room: Room) -> None:
    rail = room.window.rail
    for key, title in (
        (PageKey.ATTENDANCE, words.shell.ATTENDANCE),
        (PageKey.LIVE, words.shell.LIVE),
    ):
        room.window.open(key)
        for _ in range(20):
            focused: QWidget = QApplication.focusWidget() or room.window
            if rail.isAncestorOf(focused):
                break
            room.qtbot.keyClick(focused, Qt.Key.Key_Tab)
        assert focused.accessibleName() == title()
        room.qtbot.keyClick(focused, Qt.Key.Key_Down)
        beside = QApplication.focusWidget()
        assert beside is not None
        assert beside is not focused
        assert rail.isAncestorOf(beside)
        room.qtbot.keyClick(beside, Qt.Key.Key_Return)  # which opens it
        assert room.window.page.accessibleName() == beside.accessibleName()


@pytest.mark.parametrize("key", [Qt.Key.Key_Q, Qt.Key.Key_W])
def test_the_usual_keys_close_the_window(room: Room, key: Qt.Key) -> None:
    room.qtbot.keyClick(room.window, key, Qt.KeyboardModifier.ControlModifier)
    assert not room.window.isVisible()


def test_a_window_being_closed_is_gone_before_anything_is_waited_for(room: Room) -> None:
    """A file that is being written is finished then, which may take minutes."""
    seen: list[bool] = []
    room.window.closed.connect(lambda: seen.append(room.window.isVisible()))
    room.window.close()
    assert seen == [False]


def test_every_page_tells_that_attendance_is_being_taken(room: Room) -> None:
    said = words.live.TAKING()
    room.desk.camera.start(Purpose.TAKING)
    for key in PageKey:
        room.window.open(key)
        assert said in texts(room.window.status_line)
    room.desk.camera.start(Purpose.ENROLLING)  # which pauses it
    assert said not in texts(room.window.status_line)
    room.desk.camera.stop()
    assert said in texts(room.window.status_line)
    room.desk.camera.stop()
    assert said not in texts(room.window.status_line)


def test_nothing_is_being_taken_from_a_video_that_is_over(room: Room) -> None:
    said = words.live.TAKING()
    room.desk.camera.start(Purpose.TAKING)
    room.until(lambda: room.desk.camera.state is CameraState.OK)
    assert said in texts(room.window.status_line)
    room.parts.cameras[-1].state = CameraState.ENDED
    room.until(lambda: room.desk.camera.state is CameraState.ENDED)
    assert said not in texts(room.window.status_line)
    room.desk.camera.restart()
    room.until(lambda: room.desk.camera.state is CameraState.OK)
    assert said in texts(room.window.status_line)


def test_who_has_no_face_in_it_is_not_counted_as_enrolled(room: Room) -> None:
    line = room.window.status_line
    room.add("P1", "Asha")
    room.wait_for_clerk()
    assert words.shell.GALLERY(0) in texts(line)
    room.enrol("P2", "Bo")
    room.until(lambda: words.shell.GALLERY(1) in texts(line))


class Note(Page):
    """A page that notes what the window asks of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.told: list[object] = []
        self.close_it = True

    def shown(self, argument: object = None) -> None:
        self.told.append(("shown", argument))

    def hidden(self) -> None:
        self.told.append("hidden")

    def refresh(self, changes: Changes) -> None:
        self.told.append(changes)

    def may_close(self) -> bool:
        return self.close_it


class Broken(Note):
    def refresh(self, changes: Changes) -> None:
        raise ZeroDivisionError(changes)


def window_of(
    room: Room, kinds: dict[PageKey, type[Note]]
) -> tuple[MainWindow, dict[PageKey, Note]]:
    """Make a window of such pages; they are in the dictionary once they are made."""
    pages: dict[PageKey, Note] = {}

    def spec(key: PageKey) -> PageSpec:
        def make(desk: Desk) -> Note:
            pages[key] = kinds[key](desk)
            return pages[key]

        return PageSpec(key, words.shell.LIVE, "live", make)

    desk = replace(room.desk, memory=Memory(room.parts.data_dir / "other"))
    window = MainWindow(desk, [spec(key) for key in kinds])
    room.qtbot.addWidget(window)
    return window, pages


def test_pages_are_told_what_changed_while_they_were_hidden(room: Room) -> None:
    window, pages = window_of(room, {PageKey.LIVE: Note, PageKey.PEOPLE: Note})
    window.open(PageKey.LIVE)
    live = pages[PageKey.LIVE]
    assert list(pages) == [PageKey.LIVE]
    assert live.told == [("shown", None), Changes.everything()]
    live.told.clear()

    room.desk.changes.changed.emit(Changes(people=True))
    window.open(PageKey.PEOPLE, "P01")
    assert live.told == [Changes(people=True), "hidden"]
    assert pages[PageKey.PEOPLE].told == [("shown", "P01"), Changes.everything()]
    live.told.clear()

    room.desk.changes.changed.emit(Changes(entries=True))
    room.desk.changes.changed.emit(Changes(templates=True))
    assert live.told == []
    window.open(PageKey.LIVE)
    assert live.told == [("shown", None), Changes(entries=True, templates=True)]
    pages[PageKey.PEOPLE].close_it = False  # a page is asked although another is in front
    assert not window.close()
    pages[PageKey.PEOPLE].close_it = True
    assert window.close()


def test_a_fault_of_one_page_keeps_no_other_from_hearing_of_changes(room: Room) -> None:
    window, pages = window_of(room, {PageKey.LIVE: Broken, PageKey.PEOPLE: Note})
    with pytest.raises(ZeroDivisionError):
        window.open(PageKey.LIVE)
    window.open(PageKey.PEOPLE)
    pages[PageKey.PEOPLE].told.clear()
    room.desk.changes.changed.emit(Changes(entries=True))
    assert pages[PageKey.PEOPLE].told == [Changes(entries=True)]


@pytest.mark.parametrize("setting", ["light", "dark"])
def test_the_open_page_is_marked_by_a_bar_and_not_only_by_colour(room: Room, setting: str) -> None:
    room.desk.theme.choose(setting)
    rail = room.window.rail
    marked = []
    for key in (PageKey.LIVE, PageKey.SETTINGS):
        room.window.open(key)
        picture = rail.grab().toImage()
        pages = rail.findChildren(PageButton)
        edge = [picture.pixelColor(2, page.geometry().center().y()) for page in pages]
        accent = room.desk.theme.color(Token.ACCENT)
        marked += [page.text() for page, seen in zip(pages, edge, strict=True) if seen == accent]
    assert marked == [words.shell.LIVE(), words.shell.SETTINGS()]


def test_the_focus_goes_straight_to_the_next_page(room: Room) -> None:
    """A screen reader begins to read every widget that has the focus on the way."""
    met: list[QWidget | None] = []
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(lambda _, new: met.append(new))
    room.window.open(PageKey.SETTINGS)
    link = room.window.page.focusWidget()
    for key in (*PageKey, PageKey.SETTINGS):
        left = room.window.page
        met.clear()
        room.window.open(key)
        placed = QApplication.focusWidget()
        assert placed is not None
        assert room.window.page.isAncestorOf(placed)
        if left is not room.window.page:
            assert met == [room.window, placed]
    assert placed is link


@pytest.mark.parametrize("kind", [PeoplePage, AttendancePage])
def test_the_focus_is_never_on_a_hidden_list(
    room: Room, kind: type[PeoplePage | AttendancePage]
) -> None:
    page = room.open(kind)
    room.until(page.empty.isVisible)
    room.window.open(PageKey.SETTINGS)
    room.open(kind)
    assert QApplication.focusWidget() is page.empty
