"""Keeps the status line up to date: camera, speed, people, and whether everything is saved.

A notice says who of the people cannot be recognized.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from faceapp.addresses import is_device
from faceapp.errors import BackupUnreadable, FaceAppError, StoreError
from faceapp.types import CameraState, Changes, PersonSummary
from faceapp.ui.announce import announce
from faceapp.ui.cameras import name_of, trouble_words
from faceapp.ui.desk import Desk
from faceapp.ui.model_watch import ModelWatch
from faceapp.ui.parts import model_in_use
from faceapp.ui.status_line import StatusLine
from faceapp.ui.theme import Token
from faceapp.ui.words import live, shell

if TYPE_CHECKING:
    from faceapp.camera import CameraInfo

LOOK_MS = 3_000
BUSY_MS = 400


class StatusWatch(QObject):
    """Polls for changes by other programs, and retries what could not be saved.

    Polling also opens a database that could not be opened before.
    """

    def __init__(self, desk: Desk, line: StatusLine) -> None:
        super().__init__(line)
        self._desk = desk
        self._line = line
        self._models = ModelWatch(desk)
        self._cameras: Sequence[CameraInfo] = ()
        # Codes of the errors in the banner, and of those that reading caused.
        self._complaints: set[str] = set()
        self._missed: set[str] = set()
        self._trouble: CameraState | None = None
        self._failed = False
        self._reread = False
        self._ready = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._busy = QTimer(self, singleShot=True, interval=BUSY_MS)
        self._look.timeout.connect(self._look_around)
        self._busy.timeout.connect(self._show_database)
        desk.camera.state_changed.connect(self._hear_camera)
        # A new camera may open in the same state as the former one, without a change of state.
        desk.settings.changed.connect(self._hear_camera)
        desk.camera.recorded.connect(self._recover)
        desk.camera.speed_changed.connect(line.show_speed)
        desk.changes.changed.connect(self._count)
        desk.ops.busy_changed.connect(self._hear_busy)
        desk.notices.failed.connect(self._hear_error)

    def start(self) -> None:
        """Start polling; call this once the window is painted."""
        self._count(Changes(people=True))
        self._look.start()

    def stop(self) -> None:
        """Stop polling."""
        self._look.stop()
        self._busy.stop()

    def _hear_camera(self) -> None:
        opening = self._desk.camera.state is CameraState.OPENING
        if opening and is_device(self._desk.settings.value.camera):
            self._desk.ops.aside(self._desk.parts.list_cameras, done=self._name_cameras)
        self._show_camera()
        self._announce_camera()

    def _name_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        self._cameras = cameras
        self._show_camera()

    def _show_camera(self) -> None:
        name = name_of(self._desk.settings.value.camera, self._cameras)
        self._line.show_camera(name, self._desk.camera.state)

    def _announce_camera(self) -> None:
        """Say aloud on any page that nobody is recorded now, and when it goes on."""
        state = self._desk.camera.state
        if state is CameraState.OPENING or state is self._trouble:
            return  # it is tried again and again
        if state in live.TROUBLE:
            said = " ".join(trouble_words(self._desk.settings.value.camera, state))
            announce(self._line, said, urgent=True)
            self._trouble = state
        else:
            if state.delivers and self._trouble is not None:
                announce(self._line, self._line.camera)
            self._trouble = None

    def _count(self, changes: Changes) -> None:
        if changes.people or changes.templates:
            parts = self._desk.parts
            self._desk.ops.read(
                lambda service: service.people(model_in_use(parts)),
                done=self._show_people,
                failed=self._miss,
                label="count the people",
            )

    def _show_people(self, rows: Sequence[PersonSummary]) -> None:
        self._ready = True
        self._line.show_people(sum(row.usable > 0 for row in rows))
        self._models.tell([row.person for row in rows if row.unrecognizable])
        if self._reread:  # otherwise it began before what failed since
            waits = self._desk.camera.waiting > 0
            self._failed = self._failed and waits
            if not waits:  # the error that keeps an entry may be one of them, and is told only once
                self._withdraw(self._missed)
        self._show_database()

    def _look_around(self) -> None:
        if self._desk.camera.waiting:
            self._desk.camera.retry_recording()
        if self._desk.ops.busy == 0:
            # The clerk announces what another process wrote.
            self._desk.ops.run(
                lambda service: service.changed_elsewhere(),
                done=self._looked,
                failed=self._look_failed,
                label="look for changes",
            )

    def _looked(self, _changed: bool) -> None:
        troubled = self._failed or bool(self._missed) or not self._ready
        again = troubled and not self._reread
        self._reread = troubled
        if again:
            self._desk.settings.retry()
            # Read everything again, but only once: a second failure is no coincidence.
            self._desk.changes.changed.emit(Changes.everything())
        elif troubled:
            self._count(Changes(people=True))
        self._show_database()

    def _look_failed(self, error: FaceAppError) -> None:
        self._reread = False
        self._miss(error)

    def _recover(self) -> None:
        """Withdraw all complaints once an entry is saved and none waits.

        A readable database need not be writable: a failure to save stays on screen until then, or
        until it is dismissed.
        """
        if self._desk.camera.waiting == 0:
            self._desk.settings.retry()
            self._failed = False
            self._withdraw(self._complaints)
        self._show_database()

    def _withdraw(self, codes: set[str]) -> None:
        for code in codes:
            self._desk.notices.withdraw(code)
        codes.clear()

    def _miss(self, error: FaceAppError) -> None:
        self._failed = True
        if error.code not in self._missed:  # a dismissed error does not come back every time
            self._missed.add(error.code)
            self._desk.notices.error(error)
        self._show_database()

    def _hear_busy(self, busy: int) -> None:
        # Most jobs end before anybody could read that they are running.
        if busy and not self._busy.isActive():
            self._busy.start()
        elif not busy:
            self._busy.stop()
            self._show_database()

    def _hear_error(self, error: FaceAppError) -> None:
        if isinstance(error, StoreError) and not isinstance(error, BackupUnreadable):
            self._failed = True
            self._complaints.add(error.code)
            self._show_database()

    def _show_database(self) -> None:
        waiting = self._desk.camera.waiting
        if self._failed and not waiting:
            self._line.show_database(shell.DATABASE_FAILED(), Token.BAD)
        elif waiting and self._failed:
            self._line.show_database(shell.DATABASE_WAITING(waiting), Token.BAD)
        elif not self._ready:
            self._line.show_database(shell.DATABASE_OPENING(), Token.TEXT_MUTED)
        elif waiting or (self._desk.ops.busy and not self._busy.isActive()):
            self._line.show_database(shell.DATABASE_BUSY(), Token.TEXT_MUTED)
        else:
            self._line.show_database(shell.DATABASE_READY())
