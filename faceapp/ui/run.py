"""Opens windows on one data folder, one after another, and says why there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from faceapp.config import Settings
from faceapp.errors import AlreadyRunning, FaceAppError, SettingsError
from faceapp.logs import hear_uncaught
from faceapp.runtime.stuck import STUCK_S
from faceapp.ui import quit_signals, words
from faceapp.ui.forward import call_forward
from faceapp.ui.notices import Notice, Notices, Tone
from faceapp.ui.parts import WindowParts
from faceapp.ui.shell import Shell
from faceapp.ui.terminal import is_read
from faceapp.ui.translation import Language
from faceapp.ui.words import one_line
from faceapp.ui.words import settings as settings_words

News = Callable[[Notices], object]

STUCK_MS = round(STUCK_S * 1000)
"""How long closing waits for a read that does not return, if a signal has asked for it."""

AWAKE_MS = 500


def prepare_process() -> None:
    """Make computing threads yield the interpreter after 1 ms, not 5, for a responsive window."""
    sys.setswitchinterval(0.001)


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the process's one Qt application, created if needed."""
    app = QApplication.instance() or QApplication(["faceapp", *arguments])
    if not isinstance(app, QApplication):
        raise TypeError("a QCoreApplication cannot show windows")
    return app


def run_window(parts: WindowParts) -> int:
    """Open the window and return the exit code when it is closed.

    If the operator asks to restore a backup, this happens with everything closed, and the window
    opens again. Raises AlreadyRunning, and ExportError or StoreError if the closed window left a
    file unwritten.
    """
    prepare_process()
    app = application()
    app.setApplicationName("faceapp")
    app.setDesktopFileName("faceapp")

    limit, asked = QDeadlineTimer(QDeadlineTimer.ForeverConstant.Forever), False

    def close_windows(*_: object) -> None:
        nonlocal asked
        if asked:
            return
        asked = True
        # Through the event loop: closing a window before the loop runs would not end the loop.
        QTimer.singleShot(0, close_all)

    def close_all() -> None:
        nonlocal asked
        app.closeAllWindows()
        asked = False  # the window is closed by now, or the operator stays in it

    def given_up() -> bool:
        if asked and limit.isForever():
            limit.setRemainingTime(STUCK_MS)
        return limit.hasExpired()

    with quit_signals.handled_by(close_windows):
        try:
            return _run_until_closed(app, parts, given_up)
        except Exception as error:
            # There is no window to show the error in, and perhaps nobody reads the output.
            show_problem(error, parts)
            if isinstance(error, AlreadyRunning):
                call_forward(parts.paths.lock)
            raise


def _run_until_closed(app: QApplication, parts: WindowParts, given_up: Callable[[], bool]) -> int:
    """Run a window, and another after each backup that is restored; return the exit code."""
    news: News | None = None
    while True:
        with parts.hold():
            code, wanted, unwritten = _run_once(app, parts, news, given_up)
        if wanted is not None:
            news = with_errors(put_back(parts, wanted), unwritten)
        elif unwritten:
            raise unwritten[0]
        else:
            return code


def put_back(parts: WindowParts, source: Path) -> News:
    """Replace all data with a backup; return what the next window should say about it."""
    try:
        kept = parts.restore(source)
    except FaceAppError as error:
        failure = error
        return lambda notices: notices.error(failure)
    path, former = one_line(source.name), kept.name if kept else "–"

    def tell(notices: Notices) -> None:  # in the next window's language
        notices.tell(Notice(settings_words.RESTORED(path=path, kept=former), tone=Tone.GOOD))

    return tell


def with_errors(news: News, errors: Sequence[FaceAppError]) -> News:
    """Return ``news`` followed by the errors of the window before."""

    def tell(notices: Notices) -> None:
        news(notices)
        for error in errors:
            notices.error(error)

    return tell


def _run_once(
    app: QApplication, parts: WindowParts, news: News | None, given_up: Callable[[], bool]
) -> tuple[int, Path | None, Sequence[FaceAppError]]:
    """Run one window until it is closed.

    Returns the exit code, the backup to restore, if any, and why files that the operator asked for
    could not be written after the window was closed.
    """
    shell = Shell(app, parts, given_up)
    app.setWindowIcon(shell.desk.icons.app_icon())
    release_hooks = hear_uncaught(shell.notices.bug_found.emit)
    try:
        shell.open()
        if news is not None:
            news(shell.notices)
        code = app.exec()
    finally:
        release_hooks()
        shell.close()
        shell.window.deleteLater()
        shell.desk.theme.deleteLater()
    return code, shell.restore_wanted, shell.desk.ops.unwritten()


def show_problem(error: Exception, parts: WindowParts) -> None:
    """Show in a message box what no window can show, unless a terminal shows the message."""
    if is_read(sys.stderr):
        return
    app = application()
    if app.platformName() in {"offscreen", "minimal"}:
        return
    language = Language(app, language_of(parts))
    box = problem_box(error, parts.paths.logs)
    # Python hears a signal only when some of its code runs, and a box alone runs none.
    awake = QTimer(box, interval=AWAKE_MS)
    awake.timeout.connect(lambda: None)
    awake.start()
    box.exec()
    box.deleteLater()
    language.stop()


def problem_box(error: Exception, logs: Path) -> QMessageBox:
    """Make the box that says what is wrong and what to do, both as plain text.

    For a fault of our own it refers to the files in ``logs``.
    """
    if isinstance(error, FaceAppError):
        what, hint = words.errors.sentence(error)
    else:
        what, hint = words.shell.BUG(), words.shell.BUG_HINT(path=logs)
    box = QMessageBox(QMessageBox.Icon.Critical, words.shell.TITLE(), what)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(hint)
    return box


def language_of(parts: WindowParts) -> str:
    """Return the language setting; the default one if the settings cannot be read."""
    try:
        return parts.settings.language
    except SettingsError:
        return Settings().language
