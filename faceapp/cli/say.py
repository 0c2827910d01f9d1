"""The command line's output: lines, tables, JSON and progress, safe for any terminal.

Names and paths come from people and disks; they must not be able to control the terminal.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from faceapp.errors import FaceAppError, TargetUnwritable
from faceapp.messages import printable, sentence

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


_ON_OTHERS = ("Mn", "Me", "Cf")  # categories of marks, and of what is not seen itself
_DISK = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EFBIG: "file_limit"}


def line(text: object) -> None:
    """Print one line to stdout."""
    click.echo(printable(text))


def note(text: object) -> None:
    """Print one line to stderr, about the run and not part of the answer."""
    click.echo(printable(text), err=True)


def note_at_terminal(text: object) -> None:
    """Print one line to stderr if it is a terminal: readers of a nightly job's log know it."""
    if sys.stderr.isatty():
        note(text)


def record(**values: object) -> None:
    """Print one JSON object on one line, ASCII only."""
    click.echo(json.dumps(values, ensure_ascii=True, allow_nan=False))


def records(rows: Iterable[dict[str, object]]) -> None:
    """Print one JSON object per row."""
    for row in rows:
        record(**row)


@contextmanager
def output_faults() -> Iterator[None]:
    """Turn failures to print inside into TargetUnwritable: stdout may go to a full disk."""
    try:
        yield
    except OSError as fault:
        why = _DISK.get(fault.errno or 0)
        if why is None or fault.filename is not None:  # another file's
            raise
        # Otherwise Python would try to flush the rest at exit, fail and change the exit code.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise TargetUnwritable(path="The output", why=why) from fault


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print aligned columns; wide characters count as two columns."""
    cells = [list(headings), *([printable(cell) for cell in row] for row in rows)]
    widths = [max(map(_columns, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (
            text + " " * (width - _columns(text)) for text, width in zip(row, widths, strict=True)
        )
        click.echo("  ".join(padded).rstrip())


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun: "1 person", "2 people"."""
    return f"{number} {one if number == 1 else many}"


def one_line(error: FaceAppError) -> str:
    """Return what happened and what to do, on one line."""
    return " ".join(sentence(error))


def moment(at: datetime) -> str:
    """Return a moment as ISO 8601 with its offset, to the second."""
    return at.isoformat(timespec="seconds")


def confirm(question: str) -> None:
    """Ask on stderr; return only if the answer is yes.

    Ctrl-C works as everywhere else, and the end of the input means no. Raises Failed for no,
    NobodyToAsk without a terminal.
    """
    if not sys.stdin.isatty():
        raise NobodyToAsk
    while True:
        click.echo(f"{printable(question)} [y/N]: ", nl=False, err=True)
        answer = sys.stdin.readline().strip().casefold()
        if answer in ("y", "yes"):
            return
        if answer in ("", "n", "no"):
            raise Failed("Nothing was changed.")


class Failed(click.ClickException):
    """One line on stderr, exit code 1."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's signature
        """Print the line."""
        click.echo(f"faceapp: {self.message}", file=file, err=True)


class UnknownGroup(Failed):
    """Nobody is in the group: it is mistyped, or it was renamed."""


class OwnFault(Failed):
    """A fault of our own, whose details are in the log."""

    def __init__(self, fault: Exception, log: Path) -> None:
        super().__init__(
            f"This is an error in the app ({type(fault).__name__}). What was saved stays saved."
        )
        self._log = log

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's signature
        """Print the line; only now a demo's folder is gone, and its log with it."""
        where = (
            f"Details are in {printable(self._log)}."
            if os.path.exists(self._log)  # noqa: PTH110 - Path's raises where looking is forbidden
            else 'For details start it as "faceapp --verbose …".'
        )
        click.echo(f"faceapp: {self.message} {where}", file=file, err=True)


class NobodyToAsk(Failed):
    """A question that nobody can answer: the command was called wrongly."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "Cannot ask for confirmation without a terminal. To go ahead anyway, add --yes."
        )


@contextmanager
def progress(total: int, what: str, *, beside_lines: bool = False) -> Iterator[Callable[[], None]]:
    """Show progress on stderr if it is a terminal; yield the function that counts one step.

    ``beside_lines``: the work prints lines, which show the progress if they go to that terminal.
    """
    if not sys.stderr.isatty() or (beside_lines and sys.stdout.isatty()):
        yield lambda: None
        return
    with click.progressbar(length=total, label=what, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _columns(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.category(char) in _ON_OTHERS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
