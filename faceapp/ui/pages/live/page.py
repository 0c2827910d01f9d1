"""The live page: combines its parts and connects them to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from faceapp.addresses import DEMO, is_device
from faceapp.types import (
    CameraState,
    Changes,
    Decision,
    FrameResult,
    PersonId,
    Recorded,
    RecordOutcome,
    Sighting,
    TrackId,
)
from faceapp.ui import times, words
from faceapp.ui.bridge import Purpose
from faceapp.ui.desk import Desk
from faceapp.ui.feed import Shown
from faceapp.ui.focus import FocusKeeper
from faceapp.ui.page import Page, PageKey
from faceapp.ui.pages.live import board as boards
from faceapp.ui.pages.live.controls import Controls
from faceapp.ui.pages.live.day import Day
from faceapp.ui.pages.live.greeting import Greeting
from faceapp.ui.pages.live.marks import coaching, marks
from faceapp.ui.pages.live.picture import PictureArea, Scene
from faceapp.ui.pages.live.questions import Questions
from faceapp.ui.pages.live.side import SidePanel, View
from faceapp.ui.theme import GRID_PX

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo

AFTER_PAINT_MS = 100


class LivePage(Page):
    """Takes attendance, and continues while another page is in front."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._cameras: Sequence[CameraInfo] | None = None
        self._focus = FocusKeeper(self)
        self._recorded: set[PersonId] = set()
        self._ticked: set[tuple[TrackId, PersonId]] = set()
        self.picture = PictureArea(desk)
        self.greeting = Greeting(self.picture.video)
        self.controls = Controls(desk)
        self.side = SidePanel(desk)
        self.questions = Questions(desk, self)
        self.day = Day(desk, self)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_PAINT_MS)
        self._soon.timeout.connect(self._find_cameras)
        # Several people may be seen at once: their list is laid out once.
        self._changed = QTimer(self, singleShot=True, interval=0)
        self._changed.timeout.connect(self._show_day)
        self._lay_out()
        self._connect_camera()
        self._connect_day()

    def shown(self, _argument: object = None) -> None:
        if self._cameras is None:
            # Looking for cameras loads OpenCV: let the window paint first.
            self._soon.start()
        self.controls.start.setFocus()
        self._show_settings()
        self._show_day()

    def hidden(self) -> None:
        self._soon.stop()
        self.greeting.hide()
        # Nothing is painted while hidden: on return this picture would be outdated.
        self.picture.video.clear()
        if self.desk.camera.purpose is Purpose.PREVIEW:
            self.desk.camera.stop()

    def refresh(self, changes: Changes) -> None:
        if changes.people or changes.entries or changes.settings:  # who is here depends on these
            self.day.read()

    def _look_out(self, changes: Changes) -> None:
        """Reload when people change while the page is hidden: keep no picture of the forgotten."""
        if changes.people and not self.isVisible() and self.questions.items:
            self.day.read()

    def _start_or_stop(self) -> None:
        if self.desk.camera.purpose is Purpose.TAKING:
            self.desk.camera.stop()
        elif self.day.people == 0:
            self.desk.navigator.go(PageKey.ENROL)
            self.desk.notices.toast(words.live.NOBODY())
        else:
            self.desk.camera.start(Purpose.TAKING)

    def _find_cameras(self) -> None:
        self.desk.ops.aside(
            self.desk.parts.list_cameras,
            done=self._take_cameras,
            ended=self._focus.occupy(self.controls.refresh),
            label="find cameras",
        )

    def _take_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        self._cameras = cameras
        self._show_settings()

    def _show_settings(self) -> None:
        self.controls.show_settings(self.desk.settings.value, self._cameras or ())
        self._show_scene()

    def _take_purpose(self, purpose: Purpose | None) -> None:
        self._recorded.clear()
        self._ticked.clear()
        self.questions.restart()
        self.picture.video.clear()
        self.controls.show_purpose(purpose)
        note = words.live.TAKING() if purpose is Purpose.TAKING else words.live.PREVIEW()
        self.picture.video.note(note)
        self._show_scene()

    def _see(self, shown: Shown) -> None:
        taking = self.desk.camera.purpose is Purpose.TAKING
        unsaved: set[PersonId] = set()
        if taking:
            self.questions.look(shown)
            unsaved = self._unsaved(shown.result)
        if not self.isVisible():
            return
        names = self.day.board.names if self.day.board else {}
        video = self.picture.video
        # A greeting takes the place at the bottom.
        video.coach("" if self.greeting.isVisible() else coaching(shown.result))
        drawn = marks(shown.result, names, unsaved)
        video.show_picture(shown.image, drawn, shown.result.frame.t_s)
        if self.picture.scene is not Scene.VIDEO:
            self._show_scene()

    def _unsaved(self, result: FrameResult) -> set[PersonId]:
        """Return the known people in a frame who may have no entry on disk yet.

        Sightings are handed over before their frame and written in order: if none waits, all of
        this frame's are written. A later visit is another track and has to wait again.
        """
        known = {
            (seen.track, seen.person)
            for seen in result.faces
            if seen.decision is Decision.KNOWN and seen.person is not None
        }
        if self.desk.camera.waiting == 0:
            self._ticked |= {visit for visit in known if visit[1] in self._recorded}
        return {person for _, person in known - self._ticked}

    def _take_state(self, state: CameraState) -> None:
        if state is CameraState.OPENING:
            # Track numbers may start over.
            self._ticked.clear()
            self.questions.restart()
        self._show_scene()

    def _show_scene(self) -> None:
        wanted, found = is_device(self.desk.settings.value.camera), self._cameras
        none = found is not None and all(info.id == DEMO for info in found)
        self.picture.show_scene(self.day.people, no_camera=wanted and none)

    def _show_day(self) -> None:
        board = self.day.board
        if board is None or not self.isVisible():
            return  # with thousands of rows it takes a while; `shown` makes up for it
        day, counts = times.long_day(board.today.local_date), boards.counts(board.today)
        self.side.show_day(day, counts, entries=bool(board.listed))
        self.side.show_groups(board.groups, board.group)
        now = self.desk.clock.now()
        again, open_questions = self.day.again, self.questions.items
        self.side.show_rows(
            {
                View.ENTRIES: lambda: boards.entry_rows(board, again, open_questions, now),
                View.HERE: lambda: boards.here_rows(board),
                View.MISSING: lambda: boards.missing_rows(board),
            }
        )
        if self.desk.camera.purpose is None:
            self._show_scene()

    def _hear_recorded(self, sighting: Sighting, recorded: Recorded) -> None:
        if recorded.outcome is RecordOutcome.NOBODY:
            return
        self._recorded.add(sighting.person)
        self.questions.settle(sighting.person)
        self.day.hear(sighting, recorded)
        if self.isVisible():
            self.greeting.greet(recorded)

    def _ask(self, key: int) -> None:
        if self.day.board is not None:
            self.questions.ask(key, self.day.board)

    def _connect_camera(self) -> None:
        live, controls = self.desk.camera, self.controls
        live.seen.connect(self._see)
        live.state_changed.connect(self._take_state)
        live.purpose_changed.connect(self._take_purpose)
        live.recorded.connect(self._hear_recorded)
        controls.start.clicked.connect(self._start_or_stop)
        controls.refresh.clicked.connect(self._find_cameras)
        self.desk.settings.changed.connect(self._show_settings)

    def _connect_day(self) -> None:
        self.desk.changes.changed.connect(self._look_out)
        # Only a fresh board knows everybody: it is not updated while the page is hidden.
        self.day.arrived.connect(lambda board: self.questions.keep(board.names))
        self.day.changed.connect(self._changed.start)
        self.questions.changed.connect(self._show_day)
        group = self.side.group
        group.activated.connect(lambda _: self.day.look_at(group.currentData()))
        self.side.export.clicked.connect(self.day.export)
        self.side.list.opened.connect(self._ask)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2 * GRID_PX)
        left.addWidget(self.picture, 1)
        left.addWidget(self.controls)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        whole.setSpacing(2 * GRID_PX)
        whole.addLayout(left, 1)
        whole.addWidget(self.side)
