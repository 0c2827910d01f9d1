"""The window begins where it was left, or says why it cannot begin."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QRect, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from faceapp.errors import AlreadyRunning, BackupUnreadable, TargetUnwritable
from faceapp.ui import quit_signals, words
from faceapp.ui.forward import call_forward
from faceapp.ui.main_window import MainWindow
from faceapp.ui.memory import FILE, mark_of
from faceapp.ui.page import PageKey
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.live.day import write_entries
from faceapp.ui.run import problem_box, run_window
from faceapp.ui.shell import Shell
from tests.ui.answers import answering
from tests.ui.rooms import Room, RoomParts
from tests.ui.seen import texts

LOGS = Path("<b>data</b>", "logs")


def in_turn(*steps: Callable[[MainWindow], object]) -> Callable[..., None]:
    """What to do, instead of showing its first page, with each window that opens."""
    left = iter(steps)

    def shown(page: LivePage, _argument: object = None) -> None:
        window, step = page.window(), next(left)
        assert isinstance(window, MainWindow)
        QTimer.singleShot(0, lambda: step(window))

    return shown


def no_window(_key: str) -> NoReturn:
    raise ZeroDivisionError("while the window is built")


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

    # As where somebody sees a box.
    monkeypatch.setattr(QApplication, "platformName", staticmethod(lambda: "xcb"))
    monkeypatch.setattr(QSettings, "value", staticmethod(no_window))
    with answering(QMessageBox, read), pytest.raises(ZeroDivisionError):
        run_window(parts)
    assert said == [(words.shell.BUG(), words.shell.BUG_HINT(path=parts.paths.logs))]
    with parts.hold():  # and the data are free for the next try
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.usefixtures("qapp")
def test_a_signal_closes_the_box_too(parts: RoomParts, monkeypatch: pytest.MonkeyPatch) -> None:
    late: list[bool] = []
    limit = QTimer(singleShot=True, interval=60_000)
    limit.timeout.connect(lambda: late.append(True))
    limit.timeout.connect(QApplication.closeAllWindows)
    monkeypatch.setattr(QApplication, "platformName", staticmethod(lambda: "xcb"))
    monkeypatch.setattr(QSettings, "value", staticmethod(no_window))
    # From another process, so that no Python code of this one runs when it comes.
    command = ["sh", "-c", f"sleep 1; kill -TERM {os.getpid()}"]
    with quit_signals.handled_by(lambda *_: None), subprocess.Popen(command):
        limit.start()
        with pytest.raises(ZeroDivisionError):
            run_window(parts)
        limit.stop()
    assert not late


@pytest.mark.usefixtures("qapp")
def test_a_file_that_the_closed_window_could_not_write_is_told(
    parts: RoomParts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "no stick" / "attendance.csv"
    said: list[str] = []

    def read(box: QMessageBox) -> None:
        said.append(box.text())
        box.accept()

    def export_and_close(window: MainWindow) -> None:
        window.page.desk.ops.aside(lambda: write_entries(target, []), makes_file=True)
        window.close()

    # As where somebody sees a box.
    monkeypatch.setattr(QApplication, "platformName", staticmethod(lambda: "xcb"))
    monkeypatch.setattr(LivePage, "shown", in_turn(export_and_close))
    with answering(QMessageBox, read), pytest.raises(TargetUnwritable) as raised:
        run_window(parts)
    assert said == [words.errors.sentence(raised.value)[0]]
    assert raised.value.details["path"] == target


@pytest.mark.usefixtures("qapp")
def test_a_backup_is_restored_although_a_file_could_not_be_written(
    parts: RoomParts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, backup = tmp_path / "no stick" / "attendance.csv", tmp_path / "none.db"
    told: list[str] = []

    def export_and_restore(window: MainWindow) -> None:
        window.page.desk.ops.aside(lambda: write_entries(target, []), makes_file=True)
        window.page.desk.navigator.ask_restore(backup)

    def read(window: MainWindow) -> None:
        while window.banner.notice is not None:
            told.append(window.banner.notice.what)
            window.banner.dismiss()
        window.close()

    monkeypatch.setattr(LivePage, "shown", in_turn(export_and_restore, read))
    assert run_window(parts) == 0
    errors = (
        TargetUnwritable(path=target, why="folder_missing"),
        BackupUnreadable(path=backup, why="missing"),
    )
    assert told == [words.errors.sentence(error)[0] for error in errors]


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
    room.desk.memory.keep_group_mark(mark_of("Class 3"))
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
