"""What the commands need from the composition root, and how they get it. No concrete classes."""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from faceapp import __version__
from faceapp.errors import StoreError, StoreReadOnly
from faceapp.ui.parts import WindowParts

if TYPE_CHECKING:
    from faceapp.service import Service


_log = logging.getLogger(__name__)


class CommandParts(WindowParts, Protocol):
    """What the window needs, and the window itself."""

    def run_window(self) -> int:
        """Open the window and return its exit code when it is closed. Raises AlreadyRunning."""
        ...

    def paint_window(self) -> tuple[int, int, int]:
        """Paint the window without a display; return width, height in px and its colours."""
        ...


PartsFactory = Callable[[Path | None], CommandParts]
"""Makes the parts of a data folder; None means the platform's own."""


class Invocation:
    """One call of the program: the data folder that was asked for and what works on it."""

    def __init__(
        self, factory: PartsFactory, data_dir: Path | None, *, verbose: bool = False
    ) -> None:
        self.factory = factory
        self.parts = factory(data_dir)
        self._verbose = verbose

    def log_to(self, folder: Path) -> Callable[[], None]:
        """Start the log in ``folder`` with what this is; return the function that ends it."""
        from faceapp import logs

        undo = logs.set_up(folder, verbose=self._verbose)
        what = click.get_current_context().find_root().invoked_subcommand or "window"
        system = platform.uname()
        _log.info(
            "faceapp %s, %s; Python %s, %s %s %s",
            *(__version__, what, platform.python_version()),
            *(system.system, system.release, system.machine),
        )
        return undo

    @contextmanager
    def service(self) -> Iterator[Service]:
        """Keep the database open while a command works."""
        with closing(self.parts.open_service()) as service:
            yield service

    @contextmanager
    def reading(self) -> Iterator[Service]:
        """Keep the database open while a command reads, also where nothing can be written."""
        try:
            service = self.parts.open_service()
        except StoreReadOnly as error:
            try:
                service = self.parts.open_reading()
            except StoreError:
                raise error from None
        with closing(service):
            yield service


pass_invocation = click.make_pass_decorator(Invocation)
