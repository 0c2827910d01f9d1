"""The frame around the pages: rail, banner, toast, status line, memory, settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolButton, QWidget

from faceapp.config import Settings
from faceapp.errors import AlreadyRunning, FaceAppError, StoreFull
from faceapp.runtime.keeper import take_snapshot
from faceapp.service import Service
from faceapp.types import Changes
from faceapp.ui import words
from faceapp.ui.bridge import Purpose
from faceapp.ui.desk import Desk, SettingsDesk
from faceapp.ui.forward import call_forward
from faceapp.ui.main_window import FIRST_SIZE, LEAST_SIZE, MainWindow
from faceapp.ui.memory import FILE, Memory
from faceapp.ui.notices import Action, Notice
from faceapp.ui.page import Page, PageKey, PageSpec
from faceapp.ui.pages import SPECS
from faceapp.ui.run import Shell, problem_box, run_window
from faceapp.ui.theme import DARK, Token
from faceapp.ui.widgets import ElidedLabel
from faceapp.ui.words import common
from tests.helpers.disk import damage_table
from tests.ui.answers import answering
from tests.ui.rooms import CARD, Room, RoomParts
from tests.ui.seen import button, only, press, texts


def test_the_keys_open_the_pages(room: Room) -> None:
    titles = []
    rail = room.window.rail.findChildren(QToolButton)
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


def test_an_error_stands_in_the_banner_until_it_is_dismissed(room: Room) -> None:
    banner = room.window.banner
    assert not banner.isVisible()
    room.desk.notices.error(StoreFull(path="x.db"))
    what, hint = words.errors.sentence(StoreFull(path="x.db"))
    assert banner.isVisible()
    assert texts(banner) == [what, hint]
    room.desk.notices.error(StoreFull(path="x.db"))
    press(banner, common.DISMISS())
    assert not banner.isVisible()


def test_an_older_message_comes_back_when_the_newer_one_is_gone(room: Room) -> None:
    banner, notices = room.window.banner, room.desk.notices
    done: list[str] = []
    notices.tell(Notice("first", key="a", action=Action("&Mend", lambda: done.append("mended"))))
    notices.tell(Notice("second", key="b"))
    assert texts(banner) == ["second"]
    notices.withdraw("b")
    assert texts(banner) == ["first"]
    press(banner, "Mend")
    assert done == ["mended"]
    assert not banner.isVisible()


def test_a_double_click_dismisses_one_message(room: Room) -> None:
    banner = room.window.banner
    for what in ("first", "second"):
        room.desk.notices.tell(Notice(what))
    room.double_click(button(banner, common.DISMISS()))
    assert texts(banner) == ["first"]


def test_nothing_in_a_message_is_read_as_markup(room: Room) -> None:
    room.desk.notices.tell(Notice("<b>bold</b>", "<img src=x>"))
    shown = room.window.banner.findChildren(QLabel)
    assert {label.textFormat() for label in shown[1:]} == {Qt.TextFormat.PlainText}


LOGS = Path("<b>data</b>", "logs")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AlreadyRunning(path="x.lock"), words.errors.sentence(AlreadyRunning(path="x.lock"))),
        (ZeroDivisionError("our own"), (words.shell.BUG(), words.shell.BUG_HINT(path=LOGS))),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_why_there_is_no_window_is_said_as_plain_text(
    error: Exception, said: tuple[str, str]
) -> None:
    box = problem_box(error, LOGS)
    assert set(said) <= set(texts(box))
    assert box.textFormat() == Qt.TextFormat.PlainText
    box.deleteLater()


@pytest.mark.usefixtures("qapp")
def test_a_window_that_cannot_be_built_is_explained(
    parts: RoomParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, str]] = []

    def read(box: QMessageBox) -> None:
        said.append((box.text(), box.informativeText()))
        box.accept()

    def broken(_key: str) -> NoReturn:
        raise ZeroDivisionError("while the window is built")

    # As where somebody sees a box.
    monkeypatch.setattr(QApplication, "platformName", staticmethod(lambda: "xcb"))
    monkeypatch.setattr(QSettings, "value", staticmethod(broken))
    with answering(QMessageBox, read), pytest.raises(ZeroDivisionError):
        run_window(parts)
    assert said == [(words.shell.BUG(), words.shell.BUG_HINT(path=parts.paths.logs))]
    with parts.hold():  # and the data are free for the next try
        pass


def test_a_second_start_brings_the_window_to_the_front(
    parts: RoomParts, open_room: Callable[[], Room]
) -> None:
    with parts.hold():
        room = open_room()
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
    press(toast, "Undo")
    assert undone == [True]
    assert not toast.isVisible()


def test_a_toast_covers_nothing_of_any_page(room: Room) -> None:
    name = "Maximiliane-Alexandra Freifrau von " * 6
    room.desk.notices.toast(f"{name} is enrolled", Action("&Undo", lambda: None))
    toast = room.window.toast
    for size in (LEAST_SIZE, FIRST_SIZE):
        room.window.resize(size)
        for key in PageKey:
            room.window.open(key)
            room.qtbot.wait(1)
            undo = button(toast, "Undo")
            centre = undo.mapTo(room.window, undo.rect().center())
            assert room.window.childAt(centre) is undo
            top = toast.mapTo(room.window, toast.rect().topLeft()).y()
            page = room.window.page
            assert page.mapTo(room.window, page.rect().bottomLeft()).y() < top
    # What was done is said at the end: the name is cut, not that.
    said = only(toast, ElidedLabel)
    assert said.text().startswith("Maximiliane")
    assert said.text().endswith("is enrolled")


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
    assert room.people() == []
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
    assert words.shell.DATABASE_FAILED() in texts(line)


def test_who_has_no_face_in_it_is_not_counted_as_enrolled(room: Room) -> None:
    line = room.window.status_line
    room.add("P1", "Asha")
    room.wait_for_clerk()
    assert words.shell.GALLERY(0) in texts(line)
    room.enrol("P2", "Bo")
    room.until(lambda: words.shell.GALLERY(1) in texts(line))


def test_the_window_comes_back_as_it_was(open_room: Callable[[], Room]) -> None:
    first = open_room()
    first.window.resize(790, 670)
    first.window.open(PageKey.ATTENDANCE)
    first.close()
    again = open_room()
    assert again.window.size().toTuple() == (790, 670)
    assert again.window.page.accessibleName() == words.shell.ATTENDANCE()


def test_the_first_window_is_no_larger_than_the_screen(
    qapp: QApplication, parts: RoomParts
) -> None:
    screen = qapp.primaryScreen().availableGeometry()
    shell = Shell(qapp, parts)
    shell.open()
    assert shell.window.isMaximized()
    assert screen.contains(shell.window.geometry())
    # Its own button makes it smaller, and all of it stays within reach.
    assert screen.contains(QRect(screen.topLeft(), shell.window.minimumSize()))
    shell.window.close()
    shell.window.deleteLater()
    shell.desk.theme.deleteLater()


def test_a_window_of_a_larger_screen_comes_back_within_this_one(
    qapp: QApplication, open_room: Callable[[], Room]
) -> None:
    first = open_room()
    first.window.setGeometry(1600, 900, 1900, 1000)
    first.close()
    again = open_room()
    assert qapp.primaryScreen().availableGeometry().contains(again.window.geometry())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff[[",
        b"[General]\npage=nowhere\ngeometry=1\nhelp=1\n",
        b"[General]\npage=live, enrol\n",
    ],
)
def test_a_damaged_memory_is_no_memory(
    parts: RoomParts, open_room: Callable[[], Room], content: bytes
) -> None:
    (parts.data_dir / FILE).write_bytes(content)
    assert open_room().window.page.accessibleName() == words.shell.LIVE()


def test_the_page_on_privacy_names_all_that_the_window_keeps(room: Room) -> None:
    room.enrol("P1", "Grace")
    room.desk.settings.change("theme", "dark")
    room.wait_for_clerk()
    room.desk.memory.keep_group("Class 3")
    room.window.close()
    text = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.+) \| (.+) \|$", text, re.MULTILINE)
    told = {name: what for names, what in rows for name in re.findall("`([^`]+)`", names)}
    sides = {"faceapp.db-wal", "faceapp.db-shm"}  # named in the row of the database
    assert {path.name for path in room.parts.data_dir.iterdir()} - sides <= set(told)
    kept = QSettings(str(room.parts.data_dir / FILE), QSettings.Format.IniFormat)
    words_of = {"geometry": "size and place", "page": "page", "group": "group"}
    assert set(kept.allKeys()) == set(words_of)
    assert [word for word in words_of.values() if word not in told[FILE]] == []


def test_settings_are_kept_and_used_at_once(room: Room) -> None:
    assert room.desk.settings.change("theme", "dark")
    assert room.desk.theme.color(Token.SURFACE).name() == DARK[Token.SURFACE]
    room.wait_for_clerk()
    assert room.parts.settings.theme == "dark"


def test_a_setting_that_cannot_be_kept_is_in_force_all_the_same(room: Room, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    desk = room.desk
    settings = SettingsDesk(Settings(), tmp_path / "file" / "x.toml", desk.ops, desk.notices)
    room.do(lambda service: service.use_settings(Settings(retention_days=30)))
    room.enrol("P1", "Grace")
    room.see("P1", room.parts.clock.now() - timedelta(days=40))
    assert settings.change("retention_days", 50)
    room.until(room.window.banner.isVisible)
    room.do(lambda service: service.purge_expired())
    assert len(room.entries()) == 1


def test_a_wrong_setting_is_refused_with_a_sentence(room: Room) -> None:
    assert not room.desk.settings.change("cooldown_s", -1)
    assert room.desk.settings.value.cooldown_s == 300
    assert room.window.banner.isVisible()


def test_a_target_that_cannot_be_put_in_force_is_said_and_is_so_from_the_next_start(
    room: Room,
) -> None:
    room.enrol("P01", "Grace Okafor")
    room.desk.camera.start(Purpose.PREVIEW)
    with room.qtbot.waitSignal(room.desk.camera.seen):
        pass
    repair = room.do(lambda service: damage_table(service, "templates"))
    assert not room.window.banner.isVisible()
    room.desk.settings.change("stranger_odds", 50_000)
    room.until(room.window.banner.isVisible)
    room.desk.camera.stop()
    room.do(lambda _service: repair())
    with room.qtbot.waitSignal(room.desk.camera.recorded):
        room.desk.camera.start(Purpose.TAKING)
    (entry,) = room.entries()
    wanted = room.do(lambda service: take_snapshot(service, CARD, 50_000))
    assert entry.threshold == pytest.approx(wanted.thresholds.accept)


def test_a_damaged_settings_file_is_said_and_kept(
    parts: RoomParts, open_room: Callable[[], Room]
) -> None:
    parts.paths.settings.write_text("cooldown_s = 'x'", encoding="utf-8")
    room = open_room()
    assert room.window.banner.isVisible()
    assert room.desk.settings.value == Settings()
    damaged = parts.paths.settings.with_name("settings.toml.damaged")
    assert damaged.read_text(encoding="utf-8") == "cooldown_s = 'x'"
    room.desk.settings.change("cooldown_s", 60)
    room.wait_for_clerk()
    assert parts.settings.cooldown_s == 60


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
