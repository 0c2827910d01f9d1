"""What the commands need from the composition root, and how they get it. No concrete classes."""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from faceapp import __version__
from faceapp.cli.say import OwnFault, UnknownGroup, note
from faceapp.errors import FaceAppError, StoreError, StoreFull, StoreReadOnly, UnknownPerson
from faceapp.ui.parts import WindowParts

if TYPE_CHECKING:
    from faceapp.service import Service


_log = logging.getLogger(__name__)

# Errors of the outside world, and what click itself ends a command with.
_NO_FAULTS = (FaceAppError, BrokenPipeError, click.ClickException, click.exceptions.Exit)


class CommandParts(WindowParts, Protocol):
    """The parts that the window needs, and the window itself."""

    def load_window(self) -> None:
        """Load what the window needs, and connect to the display."""
        ...

    def run_window(self) -> int:
        """Open the window and return its exit code when it is closed. Raises AlreadyRunning."""
        ...

    def paint_window(self) -> tuple[int, int, int]:
        """Paint the window without a display; return width, height in px and its colours."""
        ...


PartsFactory = Callable[[Path | None], CommandParts]
"""Makes the parts of a data folder; None means the platform's default."""


class Invocation:
    """One call of the program: the requested data folder and its parts."""

    def __init__(
        self, factory: PartsFactory, data_dir: Path | None, *, verbose: bool = False
    ) -> None:
        self.factory = factory
        self.parts = factory(data_dir)
        self._verbose = verbose

    @contextmanager
    def log_to(self, folder: Path) -> Iterator[None]:
        """Log to ``folder`` inside the ``with``, beginning with the version and environment.

        A fault of our own inside is logged and becomes `OwnFault`.
        """
        from faceapp import logs

        undo = logs.set_up(folder, verbose=self._verbose)
        what = click.get_current_context().find_root().invoked_subcommand or "window"
        system = platform.uname()
        _log.info(
            "faceapp %s, %s; Python %s, %s %s %s",
            *(__version__, what, platform.python_version()),
            *(system.system, system.release, system.machine),
        )
        try:
            yield
        except _NO_FAULTS:
            raise
        except Exception as fault:
            _log.critical("uncaught error", exc_info=True)
            raise OwnFault(fault, folder / logs.FILE_NAME) from fault
        finally:
            undo()

    def service(self) -> closing[Service]:
        """Open the database, or begin a new one; leaving the ``with`` closes it."""
        return closing(self.parts.open_service())

    def existing(self) -> AbstractContextManager[Service]:
        """Open the database for a command that needs what is in it.

        Where there was none until now, this is told at the end: the name of the folder may be
        mistyped, and an empty list or an unknown ID or group would be taken for the answer.
        """
        return self._doubting(self.parts.open_service)

    def reading(self) -> AbstractContextManager[Service]:
        """Do as `existing` does for a command that only reads, even if nothing can be written."""
        return self._doubting(self._open_for_reading)

    @contextmanager
    def _doubting(self, open_database: Callable[[], Service]) -> Iterator[Service]:
        folder, is_new = self.parts.paths.data_dir, self.parts.paths.may_be_mistyped

        def doubt() -> None:
            if is_new:
                note(f"There was no data in {folder}. If you expected some, check its name.")

        with closing(open_database()) as service:
            try:
                yield service
            except (UnknownPerson, UnknownGroup):
                doubt()
                raise
        doubt()

    def _open_for_reading(self) -> Service:
        try:
            return self.parts.open_service()
        except (StoreReadOnly, StoreFull) as error:
            try:
                return self.parts.open_reading()
            except StoreError:
                raise error from None


pass_invocation = click.make_pass_decorator(Invocation)
