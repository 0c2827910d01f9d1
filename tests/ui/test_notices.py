"""What went wrong is said in the banner, what was done in the toast, our own faults in a box."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from faceapp.errors import FaceAppError, StoreFull
from faceapp.service import Service
from faceapp.ui import words
from faceapp.ui.main_window import FIRST_SIZE, LEAST_SIZE
from faceapp.ui.notices import Action, Notice
from faceapp.ui.page import PageKey
from faceapp.ui.widgets import ElidedLabel
from faceapp.ui.words import common
from tests.ui.rooms import Room
from tests.ui.seen import button, only, press, texts


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
