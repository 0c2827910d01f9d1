"""One window and the threads behind it: all that is open from its start to its end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from faceapp import config
from faceapp.config import Settings
from faceapp.errors import SettingsError
from faceapp.runtime.background import Background
from faceapp.runtime.clerk import Clerk
from faceapp.runtime.reader import Reader
from faceapp.ui import words
from faceapp.ui.bridge import CameraTools, LiveCamera
from faceapp.ui.desk import ChangeHub, Desk, SettingsDesk
from faceapp.ui.forward import come_when_called
from faceapp.ui.garbage import GarbageCollection
from faceapp.ui.icons import Icons
from faceapp.ui.main_window import MainWindow
from faceapp.ui.memory import Memory
from faceapp.ui.notices import Notice, Notices, Tone
from faceapp.ui.ops import Ops
from faceapp.ui.page import Navigator
from faceapp.ui.pages import SPECS
from faceapp.ui.parts import WindowParts
from faceapp.ui.session_control import SessionControl
from faceapp.ui.status_watch import StatusWatch
from faceapp.ui.theme import Theme
from faceapp.ui.translation import Language
from faceapp.ui.upkeep import Upkeep


class Shell:
    """The window and the threads behind it. End it with `close`."""

    def __init__(
        self,
        app: QApplication,
        parts: WindowParts,
        given_up: Callable[[], bool] = lambda: False,
    ) -> None:
        """Build the window. `close` waits for what reads or writes files until ``given_up()``."""
        self.notices = Notices()
        self.restore_wanted: Path | None = None
        settings, problem = settings_of(parts)
        with ExitStack() as begun:  # a window that cannot be built leaves no thread behind
            language = Language(app, settings.language)
            begun.callback(language.stop)
            self._clerk = Clerk(parts.open_service)
            begun.callback(self._clerk.close)
            self._reader = Reader(self._clerk, parts.open_reading)
            begun.callback(self._reader.close)
            self._control, self._aside = Background("control"), Background("aside")
            begun.callback(self._aside.close, given_up)
            begun.callback(self._control.close, given_up)
            self._given_up = given_up
            self.desk = self._make_desk(parts, settings, Theme(app, settings.theme))
            self.window = MainWindow(self.desk, SPECS)
            self._status = StatusWatch(self.desk, self.window.status_line)
            self._garbage: GarbageCollection | None = None
            self._upkeep = Upkeep(self.desk, self.window)
            come_when_called(self.window, parts.paths.lock)
            self._closed = False
            self._connect()
            self._begun = begun.pop_all()
        if problem is not None:
            self.notices.tell(problem)

    def open(self) -> None:
        """Show the window; slow work begins once it is painted."""
        self.window.show()
        QTimer.singleShot(0, self._begin)

    def close(self) -> None:
        """Stop the camera and all threads. May be called again.

        Unsaved sightings are tried once more; the window has asked before it risked losing any.
        """
        if self._closed:
            return
        self._closed = True
        self.desk.ops.close()
        self._status.stop()
        self._upkeep.stop()
        self.desk.camera.close(self._given_up)
        if self.desk.camera.waiting:
            self.desk.camera.retry_recording()
        self._begun.close()
        if self._garbage is not None:
            self._garbage.stop()

    def _make_desk(self, parts: WindowParts, settings: Settings, theme: Theme) -> Desk:
        ops = Ops(self._clerk, self._reader, self._aside, self.notices)
        sessions = SessionControl(parts, self._clerk)
        tools = CameraTools(sessions, self._control, self._clerk, ops, self.notices)
        return Desk(
            ops=ops,
            camera=LiveCamera(tools, settings),
            settings=SettingsDesk(settings, parts.paths.settings, ops, self.notices),
            theme=theme,
            icons=Icons(theme),
            notices=self.notices,
            changes=ChangeHub(),
            navigator=Navigator(),
            memory=Memory(parts.paths.data_dir),
            paths=parts.paths,
            parts=parts,
            clock=parts.clock,
        )

    def _begin(self) -> None:
        if not self._closed:
            self._garbage = GarbageCollection()
            self._status.start()
            self._upkeep.start()
            self.desk.camera.warm_up()

    def _connect(self) -> None:
        changes = self.desk.changes
        self._clerk.listen(lambda _service, changed: changes.changed.emit(changed))
        self.desk.settings.changed.connect(self.desk.camera.apply)
        self.desk.settings.changed.connect(self._take_theme)
        self.desk.navigator.restore_wanted.connect(self._restore)
        self.window.closed.connect(self.close)

    def _restore(self, source: Path) -> None:
        self.restore_wanted = source
        if not self.window.close():
            self.restore_wanted = None

    def _take_theme(self, new: Settings, _former: Settings) -> None:
        self.desk.theme.choose(new.theme)


def settings_of(parts: WindowParts) -> tuple[Settings, Notice | None]:
    """Return the settings; if they are damaged, the defaults and a notice about it."""
    path = parts.paths.settings
    try:
        return parts.settings, None
    except SettingsError as error:
        what, hint = words.errors.sentence(error)
    with suppress(OSError):
        hint = words.shell.SETTINGS_ASIDE(file=config.set_aside(path))
    return Settings(), Notice(what, hint, Tone.CAUTION, key="settings")
