"""The whole window on a real database, with a scripted camera and scripted eyes."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from faceapp import config
from faceapp.camera.models import Camera, CameraInfo
from faceapp.clock import Clock, SystemClock
from faceapp.config import Settings
from faceapp.paths import Paths
from faceapp.pipeline import Pipeline
from faceapp.service import Service, local_zone
from faceapp.store import (
    FileLock,
    Store,
    inspect_backup,
    open_for_reading,
    open_store,
    restore,
)
from faceapp.types import (
    Backup,
    CameraState,
    Entry,
    FmrRow,
    Frame,
    Person,
    PersonId,
    PersonSummary,
    Quality,
    Sample,
    Sighting,
)
from faceapp.ui.dialogs.confirm import DraftDialog
from faceapp.ui.main_window import FIRST_SIZE
from faceapp.ui.notices import Notice
from faceapp.ui.page import Page, PageKey
from faceapp.ui.pages.attendance import AttendancePage
from faceapp.ui.pages.enrol import EnrolPage
from faceapp.ui.pages.live import LivePage
from faceapp.ui.pages.people import PeoplePage
from faceapp.ui.pages.settings import SettingsPage
from faceapp.ui.shell import Shell
from faceapp.vision.modelcard import ModelCard
from tests.helpers.data import made_card
from tests.helpers.seams import MODEL, OneFace, scripted_pipeline
from tests.ui.answers import answering_each

T = TypeVar("T")
P = TypeVar("P", bound=Page)

QUALITY = Quality(40.0, 120.0, 50.0, 0.0, 0.0, 0.0, 80.0, None)

KEYS: dict[type[Page], PageKey] = {
    LivePage: PageKey.LIVE,
    EnrolPage: PageKey.ENROL,
    PeoplePage: PageKey.PEOPLE,
    AttendancePage: PageKey.ATTENDANCE,
    SettingsPage: PageKey.SETTINGS,
}

# Scores at which so many strangers pass; the scripted embedder gives everybody the same vector.
TABLE = tuple(FmrRow(score / 100, 10 ** (-score / 20), 10_000_000) for score in range(0, 100, 5))

CARD = replace(
    made_card(MODEL, 2),
    file="scripted.tflite",
    alignment="scripted",
    fmr_table=TABLE,
    licence="Apache-2.0",
    date="2026-11-23",
)


class StandingCamera:
    """Shows one pattern that moves a little, until its state is changed or it is closed."""

    name = "standing"

    def __init__(self, clock: Clock, state: CameraState = CameraState.OK) -> None:
        self.state = state
        self._clock = clock
        self._closed = Event()
        self._index = 0
        # Sharp, bright and with contrast everywhere: a face is good wherever it is said to be.
        coarse = np.random.default_rng(7).integers(70, 180, (120, 160, 3), np.uint8)
        self._rgb = coarse.repeat(4, axis=0).repeat(4, axis=1)

    def read(self) -> Frame | None:
        self._closed.wait(0.005)
        if self._closed.is_set() or self.state not in (CameraState.OK, CameraState.SLOW):
            return None
        self._index += 1
        # No two frames are the same.
        rgb = np.roll(self._rgb, self._index % 8, axis=1)
        return Frame(rgb, self._index / 30, self._clock.now(), self._index)

    def skip(self, frames: int) -> None:
        """Let so many frames' time pass."""
        self._index += frames

    def close(self) -> None:
        self._closed.set()


@dataclass
class RoomParts:
    """What the window is opened on.

    ``cameras`` keeps every camera that was opened, ``built`` counts the pipelines: the window
    builds one by itself when it opens, so that the first start is quick. ``eyes`` look in the
    place of the scripted ones.
    """

    data_dir: Path
    clock: Clock = field(default_factory=SystemClock)
    listed: tuple[CameraInfo, ...] = (CameraInfo("0", "Camera 1"), CameraInfo("demo", "Demo"))
    state: CameraState = CameraState.OK
    cameras: list[StandingCamera] = field(default_factory=list)
    far: bool = False
    built: int = 0
    eyes: OneFace | None = None

    @property
    def paths(self) -> Paths:
        return Paths(self.data_dir)

    @property
    def settings(self) -> Settings:
        return config.load(self.paths.settings)

    def open_service(self) -> Service:
        return self._serve(open_store(self.paths.database, busy_timeout_s=0.3))

    def open_reading(self) -> Service:
        return self._serve(open_for_reading(self.paths.database, busy_timeout_s=0.3))

    def _serve(self, store: Store) -> Service:
        return Service(store, self.settings, self.clock, local_zone, lambda _: 0.8)

    def card(self) -> ModelCard:
        return CARD

    def build_pipeline(self, settings: Settings) -> Pipeline:
        self.built += 1
        return scripted_pipeline(SystemClock(), settings.confirm_votes, self.eyes)

    def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:
        assert live, source
        self.far = far
        camera = StandingCamera(self.clock, self.state)
        self.cameras.append(camera)
        return camera

    def list_cameras(self) -> Sequence[CameraInfo]:
        return self.listed

    def hold(self) -> AbstractContextManager[object]:
        return FileLock(self.paths.lock)

    def inspect_backup(self, source: Path) -> Backup:
        return inspect_backup(source, self.paths.database)

    def restore(self, source: Path) -> Path | None:
        return restore(source, self.paths.database, self.paths.lock)


@contextmanager
def _held(run: Callable[[Callable[[Service], object]], None]) -> Iterator[None]:
    """Keep a thread of the database busy."""
    go_on = Event()
    run(lambda _service: go_on.wait(10))
    try:
        yield
    finally:
        go_on.set()


class Room:
    """An open window and the ways to do things behind its back."""

    def __init__(self, app: QApplication, qtbot: QtBot, parts: RoomParts) -> None:
        self.qtbot = qtbot
        self.parts = parts
        # When it opens, the window has Python go through all objects (`faceapp.ui.garbage`): they
        # are its own, without the hundreds of thousands of the whole run of tests.
        gc.freeze()
        self.shell = Shell(app, parts)
        self.desk = self.shell.desk
        self.window = self.shell.window
        if self.window.isMaximized():
            # The offscreen platform has a small screen; the tests' pages have room.
            self.window.setWindowState(Qt.WindowState.WindowNoState)
            self.window.resize(FIRST_SIZE)
        self.bugs: list[BaseException] = []
        self.desk.notices.bug_found.connect(self.bugs.append)
        self.told: list[Notice] = []
        self.desk.notices.told.connect(self.told.append)
        self._closed = False

    def open(self, kind: type[P], argument: object = None) -> P:
        """Open the page of this kind."""
        self.window.open(KEYS[kind], argument)
        return self.page(kind)

    def page(self, kind: type[P]) -> P:
        """Return the page in front, which must be of this kind."""
        page = self.window.page
        assert isinstance(page, kind)
        return page

    @property
    def toast(self) -> str:
        """What was said last of what was done."""
        return self.window.toast.accessibleName()

    def do(self, job: Callable[[Service], T]) -> T:
        """Do something to the data as the window would and wait for it."""
        answers: list[T] = []
        self.desk.ops.run(job, done=answers.append)
        self.until(lambda: bool(answers))
        return answers[0]

    def wait_for_clerk(self) -> None:
        """Let everything be done that was handed to the clerk."""
        self.do(lambda _service: None)

    def clerk_busy(self) -> AbstractContextManager[None]:
        """Let everything wait that is handed to the clerk."""
        return _held(self.desk.ops.run)

    def reader_busy(self) -> AbstractContextManager[None]:
        """Let every list wait that is to be read."""
        return _held(self.desk.ops.read)

    def aside_busy(self) -> AbstractContextManager[None]:
        """Let everything wait that concerns files."""
        return _held(lambda job: self.desk.ops.aside(lambda: self.desk.ops.read_here(job)))

    def write(self, *statements: str) -> None:
        """Write to the database past the app, as a fault of the disk would."""
        with closing(sqlite3.connect(self.parts.paths.database, isolation_level=None)) as other:
            for statement in statements:
                other.execute(statement)

    @contextmanager
    def locked(self) -> Iterator[sqlite3.Connection]:
        """Hold the database as another program does; it is let go however the test ends."""
        with closing(sqlite3.connect(self.parts.paths.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield other

    def enrol(self, code: str, name: str, *, likeness: float = 1.0) -> None:
        """Enrol somebody who looks like whom the scripted eyes always see: as a cosine."""
        vector = np.array([likeness, (1 - likeness**2) ** 0.5], np.float32)
        sample = Sample(vector, QUALITY, MODEL, "test", np.zeros((112, 112, 3), np.uint8))
        self.do(lambda service: service.enrol(Person(PersonId(code), name), [sample]))

    def add(self, code: str, name: str, *groups: str) -> None:
        """Add somebody without a face."""
        self.do(lambda service: service.add_person(Person(PersonId(code), name, groups)))

    def see(self, code: str, *ats: datetime) -> None:
        """Let somebody be seen."""
        for at in ats:
            seen = Sighting(f"{code}{at}", PersonId(code), at, "demo", 0.71, 0.42, MODEL)
            self.do(partial(Service.record, sighting=seen))

    def people(self) -> list[PersonSummary]:
        return self.do(lambda service: service.people())

    def entries(self) -> list[Entry]:
        return self.do(lambda service: service.entries())

    def until(self, met: Callable[[], bool]) -> None:
        """Let the window run until something is so."""
        self.qtbot.waitUntil(met, timeout=10_000)

    def double_click(self, widget: QWidget) -> None:
        """Click twice, where the second press meets whatever lies there by then."""
        place = widget.mapTo(self.window, widget.rect().center())
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
        there = self.window.childAt(place)
        assert there is not None
        at, left = QPointF(there.mapFrom(self.window, place)), Qt.MouseButton.LeftButton
        for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
            held = left if kind is QEvent.Type.MouseButtonDblClick else Qt.MouseButton.NoButton
            event = QMouseEvent(kind, at, at, left, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(there, event)

    def close(self) -> None:
        """Close the window, whatever was gathered in it, and wait for all threads.

        May be repeated.
        """
        if self._closed:
            return
        self._closed = True
        with answering_each(DraftDialog, lambda asked: asked.accept()):
            self.window.close()
        self.shell.close()
        self.window.deleteLater()
        self.desk.theme.deleteLater()
        assert self.bugs == []
