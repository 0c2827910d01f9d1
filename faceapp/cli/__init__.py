"""The command line: uses the same service as the window, for scripts, servers and tests.

`commands` is the group of all commands; each topic has its own file. Nothing heavy is imported
before a command needs it, so that help and lists appear at once.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from faceapp import __version__
from faceapp.cli.arguments import FileName, Topics
from faceapp.cli.data import backup, restore
from faceapp.cli.demo import demo
from faceapp.cli.doctor import doctor
from faceapp.cli.enroll import enroll
from faceapp.cli.entries import entries, export
from faceapp.cli.imports import import_people
from faceapp.cli.model import model
from faceapp.cli.parts import Invocation, PartsFactory
from faceapp.cli.people import forget, people, rename
from faceapp.cli.recognize import recognize
from faceapp.cli.say import Failed, one_line, output_faults
from faceapp.cli.stopping import stoppable
from faceapp.cli.window import open_window
from faceapp.errors import FaceAppError
from faceapp.messages import printable

__all__ = ["PartsFactory", "commands"]

_log = logging.getLogger(__name__)


class Commands(Topics):
    """Turns a `FaceAppError` into one line and exit code 1."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401 - click's
        """Parse the arguments; this also prints help and version."""
        with _in_words(), output_faults():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command."""
        with _in_words():
            try:
                with stoppable(), output_faults():
                    return super().invoke(ctx)
            except FaceAppError as error:
                _log.info("%s ended with %s", ctx.invoked_subcommand or "window", error)
                raise
            except click.NoSuchOption as error:
                hint = self._hint(error.option_name)
                if hint is None:
                    raise
                raise click.UsageError(hint, error.ctx) from error

    def _hint(self, option: str) -> str | None:
        """Return what to do about an option that a command does not have, if that is known."""
        if any(option in known.opts for known in self.params):
            return f"{option} goes before the command."
        if option[1:].isdigit():
            return f"{option} is not an option. Put -- before an ID that begins with -."
        return None


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn a `FaceAppError` inside into one line, and make quoted arguments safe to print."""
    try:
        yield
    except FaceAppError as error:
        raise Failed(one_line(error)) from error
    except click.UsageError as error:
        lines = error.message.split("\n")  # the help of a group that was called without a command
        error.message = "\n".join(map(printable, lines))  # type: ignore[misc]  # not shown yet
        raise


def _self_test(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    """Run the self-test instead of a command; it leaves the user's data alone."""
    del option
    if not wanted or ctx.resilient_parsing:
        return
    from faceapp.cli.selftest import run_self_test

    with stoppable():
        ctx.exit(run_self_test(ctx.obj))


def _refuse_impossible_zone() -> None:
    """Raise Failed for an impossible time zone: the C library accepts any number."""
    try:
        datetime.now().astimezone()
    except ValueError as error:
        zone = os.environ.get("TZ", "")
        raise Failed(
            f'The time zone "{zone}" is more than a day away from UTC. '
            "Correct the environment variable TZ, or unset it."
        ) from error


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="faceapp", message="%(prog)s %(version)s")
@click.option(
    "--data-dir",
    type=FileName(folder=True),
    envvar="FACEAPP_DATA_DIR",
    metavar="DIR",
    help="Where people, entries and settings are kept (also FACEAPP_DATA_DIR). "
    "Default: the system's folder for user data.",
)
@click.option("--verbose", is_flag=True, help="Log to stderr as well.")
@click.option(
    "--self-test",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_self_test,
    help="Check this installation (models, recognition, database, export, window) and exit.",
)
@click.pass_context
def commands(ctx: click.Context, data_dir: Path | None, verbose: bool) -> None:
    """Take attendance by face. Without a command, the window opens.

    Exit codes: 0 done, 1 something went wrong (one line says what and what to do), 2 wrong usage,
    130 stopped by Ctrl+C, SIGTERM or a closed terminal (SIGHUP); in those cases the window, and
    "recognize" watching a camera, end with 0.
    """
    _refuse_impossible_zone()
    invocation = ctx.obj = Invocation(ctx.obj, data_dir, verbose=verbose)
    if ctx.invoked_subcommand != demo.name:  # whose log goes into its own folder
        ctx.with_resource(invocation.log_to(invocation.parts.paths.logs))
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(invocation))


for _command in (
    demo,
    enroll,
    import_people,
    people,
    rename,
    forget,
    recognize,
    entries,
    export,
    model,
    doctor,
    backup,
    restore,
):
    commands.add_command(_command)
