"""Logging set-up: rotating files that hold no names, no pictures and no vectors.

Users send their logs when they ask for help, so each value is reduced before it is written: a
`FaceAppError` to its code, a path to its suffix, an array to its dtype and shape, a stream's
address to one without its password. Sentences for users are made elsewhere.
"""

from __future__ import annotations

import copy
import faulthandler
import logging
import os
import re
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, TextIO

import numpy as np

from faceapp.addresses import with_public_addresses
from faceapp.errors import FaceAppError

FILES = 5
FILE_BYTES = 5_000_000
FILE_NAME = "faceapp.log"
CRASH_NAME = "crash.txt"
CRASH_CHARS = 20_000
DAY_S = 86_400
STAMP = "%Y-%m-%dT%H:%M:%S"
LINE = "%(asctime)s.%(msecs)03dZ %(levelname)s %(threadName)s %(name)s: %(message)s"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_CODE = re.compile("[a-z_]+")

# Python and SQLite quote the offending value in their messages; it may be a name or a path.
_QUOTED = re.compile(r"""['"].*['"]""", re.DOTALL)

# A home folder is named after its owner. Some services have none.
_HOME = os.path.expanduser("~")  # noqa: PTH111 - then Path would raise RuntimeError

_ErrorOf = Callable[..., BaseException | None]
# Where Python calls a hook with an uncaught error, and where that error is in what it passes.
_HOOKS: tuple[tuple[ModuleType, str, _ErrorOf], ...] = (
    (sys, "excepthook", lambda _kind, error, _trace: error),
    (threading, "excepthook", lambda args: args.exc_value),
    (sys, "unraisablehook", lambda args: args.exc_value),
)

_log = logging.getLogger(__name__)


def set_up(log_dir: Path, *, verbose: bool = False) -> Callable[[], None]:
    """Log to ``log_dir`` (at most 5 files of 5 MB) and, when ``verbose``, everything to stderr.

    Uncaught errors are logged too. One that comes again and again, as at every frame, soon gets a
    line only now and then that day, so that it does not push everything else out of the files. If
    native code crashes, the next process logs where. If the folder cannot be written or the disk
    fills up, only the log is lost. Returns a function that undoes all this.
    """
    root, ours = logging.getLogger(), logging.getLogger("faceapp")
    handlers = [*_file_handlers(log_dir), *([_CalmStream()] if verbose else [])]
    formatter = HarmlessFormatter(LINE)
    levels = root.level, ours.level
    for handler in handlers:
        handler.setFormatter(formatter)
        handler.addFilter(_Repetitions())
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.DEBUG if verbose else logging.INFO)
    release_hooks = hear_uncaught(lambda error: _log.critical("uncaught error", exc_info=error))
    stop_watching = _watch_for_crashes(log_dir / CRASH_NAME)

    def undo() -> None:
        stop_watching()
        release_hooks()
        root.setLevel(levels[0])
        ours.setLevel(levels[1])
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()

    return undo


class HarmlessFormatter(logging.Formatter):
    """Formats a record, in UTC, without anything that may identify a person."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """Return the record's time in UTC."""
        return time.strftime(datefmt or STAMP, time.gmtime(record.created))

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, with the traceback below it."""
        safe = copy.copy(record)
        safe.exc_text = None  # another handler's formatter may have set it
        if isinstance(record.args, tuple):
            safe.args = tuple(loggable(value) for value in record.args)
        elif record.args:
            safe.args = {name: loggable(value) for name, value in record.args.items()}
        if not isinstance(record.msg, str):
            safe.msg = loggable(record.msg)
        safe.msg, safe.args = _CONTROL.sub("?", safe.getMessage()), None
        return with_public_addresses(super().format(safe))

    def formatException(  # noqa: N802  # the standard library's name
        self,
        ei: (
            tuple[type[BaseException], BaseException, TracebackType | None]
            | tuple[None, None, None]
        ),
    ) -> str:
        """Return the traceback, causes first, with harmless messages."""
        parts: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            where = _without_home("".join(traceback.format_tb(error.__traceback__)))
            parts.append(f"Traceback (most recent call last):\n{where}{_told(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nled to:\n\n".join(reversed(parts))


def in_full(error: BaseException) -> str:
    """Return the traceback of ``error``, causes first, without names, paths and other values."""
    told = HarmlessFormatter().formatException((type(error), error, error.__traceback__))
    return with_public_addresses(told)


def place(error: BaseException) -> tuple[str, str, int]:
    """Return the type of ``error``, and the file and line that raised it."""
    steps = traceback.extract_tb(error.__traceback__, limit=-1)
    where = (steps[0].filename, steps[0].lineno or 0) if steps else ("", 0)
    return type(error).__name__, *where


def loggable(value: object) -> object:
    """Reduce ``value`` to what may be logged: numbers, texts and codes; otherwise its type."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, BaseException):
        return _told(value)
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Path):
        return f"<path *{value.suffix}>"
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return f"<{value.dtype.name} {value.shape}>"
    return f"<{type(value).__name__}>"


def _without_home(text: str) -> str:
    return text.replace(_HOME + os.sep, f"~{os.sep}")


def _told(error: BaseException) -> str:
    """Name an error; keep only those parts of its message that cannot be a name or a path."""
    kind = type(error).__name__
    if isinstance(error, FaceAppError):
        why = str(error.details.get("why", ""))
        return f"{kind} ({error.code}{f', {why}' if _CODE.fullmatch(why) else ''})"
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror}" if error.strerror else kind
    if isinstance(error, LookupError | UnicodeError):
        return kind
    said = _CONTROL.sub("?", str(error))
    if not isinstance(error, TypeError | AttributeError | NameError):  # these quote only code
        said = _QUOTED.sub("<value>", said)
    return f"{kind}: {said}"


class _CalmStream(logging.StreamHandler[TextIO]):
    """Drops what cannot be written, without the standard library's report, which shows values."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Report a faulty log call on stderr; a full disk is reported by the code that uses it."""
        del record
        error = sys.exception()
        if sys.stderr is not None and error is not None and not isinstance(error, OSError):
            sys.stderr.write(f"wrong log call\n{in_full(error)}\n")


class _CalmFile(_CalmStream, RotatingFileHandler):
    """The log file. Closing it may fail: the rest of its buffer may not fit on the disk."""

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):
            super().close()


def _file_handlers(log_dir: Path) -> list[logging.Handler]:
    try:
        # Only its owner may read the data folder, whichever code creates it.
        log_dir.parent.mkdir(0o700, parents=True, exist_ok=True)
        log_dir.mkdir(0o700, exist_ok=True)
        path = log_dir / FILE_NAME
        if path.is_fifo():
            return [logging.NullHandler()]  # opening it would wait until somebody reads it
        return [
            _CalmFile(
                path,
                maxBytes=FILE_BYTES,
                backupCount=FILES - 1,
                encoding="utf-8",
                errors="backslashreplace",
            )
        ]
    except OSError:
        # Without any handler, Python would write warnings to stderr with all the values in them.
        return [logging.NullHandler()]


def _watch_for_crashes(path: Path) -> Callable[[], None]:
    """Write to ``path`` where native code crashes; log what a former process wrote there.

    It writes files, lines and functions, no values. Returns an undo function.
    """
    if faulthandler.is_enabled():  # whoever started Python wants it elsewhere
        return lambda: None
    if sys.platform == "win32":  # there it also writes what native code handles itself
        return lambda: None
    try:
        file = path.open("a+", encoding="utf-8", errors="replace")
        file.seek(0)
        crash = file.read(CRASH_CHARS).strip()
        file.truncate(0)
    except OSError:
        return lambda: None
    if crash:
        _log.error("an earlier run crashed: %s", _without_home(crash).replace("\n", " |"))
    faulthandler.enable(file)

    def undo() -> None:
        faulthandler.disable()
        file.close()

    return undo


class _Repetitions(logging.Filter):
    """Lets an error from one place pass as the 1st, 2nd, 4th, 8th… time of a day."""

    def __init__(self) -> None:
        super().__init__()
        self._day = 0
        self._times = Counter[tuple[str, str, int]]()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to write the record."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return True
        if self._day != (day := int(record.created // DAY_S)):
            self._day = day
            self._times.clear()
        where = place(error)
        self._times[where] += 1
        return self._times[where].bit_count() == 1


def hear_uncaught(hear: Callable[[Exception], object]) -> Callable[[], None]:
    """Call ``hear`` with every error that nothing has caught, on whichever thread.

    The former hooks are called after it, but not Python's own: those write the error to stderr with
    all the values in it. Returns an undo function.
    """
    undo = ExitStack()
    for module, name, error_of in _HOOKS:
        former = getattr(module, name)
        undo.callback(setattr, module, name, former)
        after = None if former is getattr(module, f"__{name}__") else former
        setattr(module, name, _hook(hear, error_of, after))
    return undo.close


def _hook(
    hear: Callable[[Exception], object], error_of: _ErrorOf, after: Callable[..., object] | None
) -> Callable[..., None]:
    def on_error(*told: Any) -> None:  # noqa: ANN401 - each hook is told in its own way
        error = error_of(*told)
        if isinstance(error, Exception):
            hear(error)
        if after is not None:
            after(*told)

    return on_error
