"""The frame around the pages: rail, banner, toast, status line, memory, settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from faceapp.config import Settings
from faceapp.errors import AlreadyRunning, FaceAppError, StoreFull
from faceapp.service import Service
from faceapp.types import Changes, Person, PersonId, Sighting
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.desk import Desk, SettingsDesk
from faceapp.ui.forward import call_forward
from faceapp.ui.main_window import MainWindow
from faceapp.ui.memory import FILE, Memory
from faceapp.ui.notices import Action, Notice
from faceapp.ui.page import Page, PageKey, PageSpec
from faceapp.ui.run import problem_box
from faceapp.ui.theme import DARK, Token
from tests.helpers.seams import MODEL
from tests.ui.rooms import Room, RoomParts


def test_the_keys_open_the_pages(room: Room) -> None:
    titles = []
    for number, key in enumerate(PageKey, 1):
        pressed = getattr(Qt.Key, f"Key_{number}")
        room.qtbot.keyClick(room.window, pressed, Qt.KeyboardModifier.ControlModifier)
        titles.append(room.window.windowTitle())
        assert room.window.page.accessibleName() in titles[-1]
        assert [k for k, b in room.window.rail._buttons.items() if b.isChecked()] == [key]
    assert len(set(titles)) == len(PageKey)


def test_an_error_stands_in_the_banner_until_it_is_dismissed(room: Room) -> None:
    banner = room.window.banner
    assert not banner.isVisible()
    room.desk.notices.error(StoreFull(path="x.db"))
    what, hint = words.errors.sentence(StoreFull(path="x.db"))
    assert banner.isVisible()
    assert [label.text() for label in banner.findChildren(QLabel)][1:] == [what, hint]
    room.desk.notices.error(StoreFull(path="x.db"))
    room.qtbot.mouseClick(banner._close, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_an_older_message_comes_back_when_the_newer_one_is_gone(room: Room) -> None:
    banner, notices = room.window.banner, room.desk.notices
    done: list[str] = []
    notices.tell(Notice("first", key="a", action=Action("&Mend", lambda: done.append("mended"))))
    notices.tell(Notice("second", key="b"))
    assert banner.notice is not None
    assert banner.notice.what == "second"
    notices.withdraw("b")
    assert banner.notice is not None
    assert banner.notice.what == "first"
    room.qtbot.mouseClick(banner._action, Qt.MouseButton.LeftButton)
    assert done == ["mended"]
    assert not banner.isVisible()


def test_a_double_click_dismisses_one_message(room: Room) -> None:
    banner = room.window.banner
    for what in ("first", "second"):
        room.desk.notices.tell(Notice(what))
    room.double_click(banner._close)
    assert banner.notice is not None
    assert banner.notice.what == "first"


def test_nothing_in_a_message_is_read_as_markup(room: Room) -> None:
    room.desk.notices.tell(Notice("<b>bold</b>", "<img src=x>"))
    shown = room.window.banner.findChildren(QLabel)
    assert {label.textFormat() for label in shown[1:]} == {Qt.TextFormat.PlainText}


def test_why_there_is_no_window_is_said_as_plain_text(qapp: QApplication) -> None:
    box = problem_box(AlreadyRunning(path="x.lock"))
    shown = {text.text() for text in box.findChildren(QLabel)}
    assert set(words.errors.sentence(AlreadyRunning(path="x.lock"))) <= shown
    box.deleteLater()


def test_a_second_start_brings_the_window_to_the_front(
    parts: RoomParts, request: pytest.FixtureRequest
) -> None:
    with parts.hold():
        room: Room = request.getfixturevalue("room")
        for _ in range(2):
            room.window.showMinimized()
            room.until(room.window.isMinimized)
            with pytest.raises(AlreadyRunning), parts.hold():
                pass
            call_forward(parts.paths.lock)
            room.until(lambda: not room.window.isMinimized())


def test_a_toast_offers_the_way_back(room: Room) -> None:
    undone: list[bool] = []
    room.desk.notices.toast("Forgotten", Action("&Undo", lambda: undone.append(True)))
    toast = room.window.toast
    assert toast.isVisible()
    assert toast.accessibleName() == "Forgotten"
    room.qtbot.mouseClick(toast._action, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not toast.isVisible()


def test_a_toast_covers_nothing_of_any_page(room: Room) -> None:
    name = "Maximiliane-Alexandra Freifrau von " * 6
    room.desk.notices.toast(f"{name} is enrolled", Action("&Undo", lambda: None))
    toast = room.window.toast
    for size in ((960, 640), (1280, 800)):
        room.window.resize(*size)
        for key in PageKey:
            room.window.open(key)
            room.qtbot.wait(1)
            centre = toast._action.mapTo(room.window, toast._action.rect().center())
            assert room.window.childAt(centre) is toast._action
            top = toast.mapTo(room.window, toast.rect().topLeft()).y()
            page = room.window.page
            assert page.mapTo(room.window, page.rect().bottomLeft()).y() < top
    # What was done is said at the end: the name is cut, not that.
    assert toast._text.text().startswith("Maximiliane")
    assert toast._text.text().endswith("is enrolled")


@pytest.mark.expect_log("a fault of the program|a job failed")
@pytest.mark.parametrize("aside", [False, True])
def test_a_page_hears_that_a_job_is_over_however_it_ended(room: Room, aside: bool) -> None:
    heard: list[str] = []

    def follow(job: Callable[[], str]) -> None:
        def failed(error: FaceAppError) -> None:
            heard.append(error.code)

        def ended() -> None:
            heard.append("ended")

        if aside:
            room.desk.ops.aside(job, done=heard.append, failed=failed, ended=ended)
        else:
            room.desk.ops.run(lambda _service: job(), done=heard.append, failed=failed, ended=ended)

    def lost() -> str:
        raise StoreFull(path="x.db")

    def broken() -> str:
        raise ZeroDivisionError("our fault")

    for job in (lambda: "answer", lost, broken):
        follow(job)
    room.until(lambda: len(room.bugs) == 1)
    assert heard == ["ended", "answer", "ended", StoreFull.code, "ended"]
    room.bugs.clear()


@pytest.mark.expect_log("a fault of the program|a job failed")
def test_our_own_fault_is_shown_once_and_nothing_stops(room: Room) -> None:
    def broken(_service: Service) -> None:
        raise ZeroDivisionError("our fault")

    room.desk.ops.run(broken, label="divide")
    room.until(lambda: len(room.bugs) == 1)
    box = room.window.bug_box
    assert box is not None
    assert box.isVisible()
    room.desk.ops.run(broken)
    room.until(lambda: len(room.bugs) == 2)
    assert room.window.bug_box is box
    box.close()
    assert room.do(lambda service: service.people()) == []
    assert room.bugs[0].__notes__ == ["while: divide"]
    room.bugs.clear()


def test_errors_of_the_outside_go_to_the_banner_or_to_who_asked(room: Room) -> None:
    def full(_service: Service) -> None:
        raise StoreFull(path="x.db")

    taken: list[str] = []
    room.desk.ops.run(full, failed=lambda error: taken.append(error.code))
    room.until(lambda: taken == ["store_full"])
    assert not room.window.banner.isVisible()
    room.desk.ops.run(full)
    room.until(room.window.banner.isVisible)
    line = room.window.status_line
    assert line._database.text() == words.shell.DATABASE_FAILED()


def test_who_has_no_face_in_it_is_not_counted_as_enrolled(room: Room) -> None:
    line = room.window.status_line
    room.do(lambda service: service.add_person(Person(PersonId("P1"), "Asha")))
    room.do(lambda service: service.people())
    assert line._people.text() == words.shell.GALLERY(0)
    room.enrol("P2", "Bo")
    room.until(lambda: line._people.text() == words.shell.GALLERY(1))


def test_the_window_comes_back_as_it_was(
    qapp: QApplication, qtbot: QtBot, parts: RoomParts
) -> None:
    first = Room(qapp, qtbot, parts)
    first.shell.open()
    first.window.resize(960, 670)
    first.window.open(PageKey.ATTENDANCE)
    first.close()
    again = Room(qapp, qtbot, parts)
    again.shell.open()
    assert again.window.size().toTuple() == (960, 670)
    assert again.window.page.accessibleName() == words.shell.ATTENDANCE()
    again.close()


@pytest.mark.parametrize("content", [b"", b"\x00\xff[[", b"[General]\npage=nowhere\ngeometry=1\n"])
def test_a_damaged_memory_is_no_memory(
    qapp: QApplication, qtbot: QtBot, parts: RoomParts, content: bytes
) -> None:
    (parts.data_dir / FILE).write_bytes(content)
    room = Room(qapp, qtbot, parts)
    room.shell.open()
    assert room.window.page.accessibleName() == words.shell.LIVE()
    room.close()


def test_settings_are_kept_and_used_at_once(room: Room) -> None:
    assert room.desk.settings.change("theme", "dark")
    assert room.desk.theme.color(Token.SURFACE).name() == DARK[Token.SURFACE]
    room.do(lambda service: service.people())
    assert room.parts.settings.theme == "dark"


def test_a_setting_that_cannot_be_kept_is_in_force_all_the_same(room: Room, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    desk = room.desk
    settings = SettingsDesk(Settings(), tmp_path / "file" / "x.toml", desk.ops, desk.notices)
    room.do(lambda service: service.use_settings(Settings(retention_days=30)))
    room.enrol("P1", "Grace")
    old = room.parts.clock.now() - timedelta(days=40)
    seen = Sighting("P1", PersonId("P1"), old, "demo", 0.71, 0.42, MODEL)
    room.do(lambda service: service.record(seen))
    assert settings.change("retention_days", 50)
    room.until(room.window.banner.isVisible)
    room.do(lambda service: service.purge_expired())
    assert len(room.do(lambda service: service.entries())) == 1


def test_a_wrong_setting_is_refused_with_a_sentence(room: Room) -> None:
    assert not room.desk.settings.change("cooldown_s", -1)
    assert room.desk.settings.value.cooldown_s == 300
    assert room.window.banner.isVisible()


def test_a_target_that_cannot_be_put_in_force_is_said(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    room.desk.live.start(Purpose.PREVIEW)
    room.until(lambda: bool(room.parts.cameras))

    def damage(service: Service) -> None:
        with service._store.writing():
            service._store._connection.run("UPDATE templates SET source = CAST(x'ff' AS TEXT)", ())

    room.do(damage)
    assert not room.window.banner.isVisible()
    room.desk.settings.change("stranger_odds", 2_000)
    room.until(room.window.banner.isVisible)


def test_a_damaged_settings_file_is_said_and_kept(
    qapp: QApplication, qtbot: QtBot, parts: RoomParts
) -> None:
    parts.paths.settings.write_text("cooldown_s = 'x'", encoding="utf-8")
    room = Room(qapp, qtbot, parts)
    room.shell.open()
    assert room.window.banner.isVisible()
    assert room.desk.settings.value == Settings()
    damaged = parts.paths.settings.with_name("settings.toml.damaged")
    assert damaged.read_text(encoding="utf-8") == "cooldown_s = 'x'"
    room.desk.settings.change("cooldown_s", 60)
    room.do(lambda service: service.people())
    assert parts.settings.cooldown_s == 60
    room.close()


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


def test_pages_are_told_what_changed_while_they_were_hidden(room: Room) -> None:
    pages: dict[PageKey, Note] = {}

    def made(key: PageKey) -> PageSpec:
        def make(desk: Desk) -> Note:
            pages[key] = Note(desk)
            return pages[key]

        return PageSpec(key, words.shell.LIVE, "live", make)

    specs = [made(PageKey.LIVE), made(PageKey.PEOPLE)]
    desk = replace(room.desk, memory=Memory(room.parts.data_dir / "other"))
    window = MainWindow(desk, specs)
    room.qtbot.addWidget(window)
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


def test_entries_expire_while_the_window_stays_open(room: Room) -> None:
    room.enrol("P01", "Grace Okafor")
    now = room.parts.clock.now()
    for days in (30, 2):  # one day before could be today, where a day has 25 hours
        at = now - timedelta(days=days)
        sighting = Sighting(f"{days}", PersonId("P01"), at, "demo", 0.7, 0.4, MODEL)
        room.do(lambda service, seen=sighting: service.record(seen))  # type: ignore[misc]
    assert room.desk.settings.change("retention_days", 14)
    assert room.do(lambda service: service.count_entries()) == 2
    room.shell._upkeep._hourly.timeout.emit()
    assert room.do(lambda service: service.count_entries()) == 1
    assert room.shell._upkeep._hourly.isActive()
