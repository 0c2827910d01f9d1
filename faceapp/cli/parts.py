"""What the commands need from the composition root, and how they get it. No concrete classes."""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from faceapp import __version__
from faceapp.cli.say import Failed
from faceapp.errors import StoreError, StoreReadOnly
from faceapp.ui.parts import Parts as WindowParts

if TYPE_CHECKING:
    from faceapp.service import Service


_log = logging.getLogger(__name__)


class Parts(WindowParts, Protocol):
    """What the window needs, and the window itself."""

    def run_window(self) -> int:
        """Open the window and return its exit code when it is closed. Raises AlreadyRunning."""
        ...

    def paint_window(self) -> tuple[int, int, int]:
        """Paint the window without a display; return width, height in px and its colours."""
        ...


PartsFactory = Callable[[Path | None], Parts]
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


class Topics(click.Group):
    """A group of commands that knows what some are called elsewhere.

    By their letters alone the nearest to "remove" is "rename".
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command."""
        meant = _ELSEWHERE.get(args[0])
        if meant in self.commands:
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{meant}'?")
        return super().resolve_command(ctx, args)


_ELSEWHERE = dict.fromkeys(("delete", "erase", "remove", "rm"), "forget")


class Name(click.ParamType[str]):
    """The name of a source, person or group; empty (an unset shell variable) is refused.

    An empty source would mean the current folder, an empty person everybody.
    """

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it is."""
        if not value:
            self.fail("a name must not be empty.", param, ctx)
        return value


class FileName(click.Path):
    """The name of a file or, with ``folder``, of a folder; empty is refused, as by `Name`.

    So is "-", which stands for standard input or output everywhere, unless ``dash``.
    """

    def __init__(self, *, folder: bool = False, exists: bool = False, dash: bool = False) -> None:
        super().__init__(
            exists=exists, file_okay=not folder, dir_okay=folder, allow_dash=dash, path_type=Path
        )

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path."""
        if not os.fspath(value):
            self.fail("a name must not be empty.", param, ctx)
        if os.fspath(value) == "-" and not self.allow_dash:
            self.fail("it must be the name of a file or folder, not -.", param, ctx)
        return super().convert(value, param, ctx)


def refuse_unknown_group(service: Service, group: str) -> None:
    """Raise Failed when nobody is in ``group``: it is a typing mistake, or its name was changed."""
    groups = service.groups()
    if group in groups:
        return
    folded = {name.casefold(): name for name in groups}
    near = [folded[name] for name in get_close_matches(group.casefold(), folded)]
    hint = f"The groups are {', '.join(groups)}." if groups else "There are no groups."
    if near:
        hint = f"Did you mean {' or '.join(near)}?"
    raise Failed(f"Nobody is in the group {group}. {hint}")


json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")

pass_invocation = click.make_pass_decorator(Invocation)
