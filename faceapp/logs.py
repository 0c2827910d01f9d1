"""Logging set-up: rotating files that hold no names, no pictures and no vectors.

Users send their logs when they ask for help, so each value is reduced before it is written: a
`FaceAppError` to its code, a path to its suffix, an array to its dtype and shape, a stream's
address to one without its password. Sentences for users are made elsewhere.
"""

from __future__ import annotations

import copy
import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

import numpy as np

from faceapp.addresses import with_public_addresses
from faceapp.errors import FaceAppError

FILES = 5
FILE_BYTES = 5_000_000
FILE_NAME = "faceapp.log"
STAMP = "%Y-%m-%dT%H:%M:%S"
LINE = "%(asctime)s.%(msecs)03dZ %(levelname)s %(threadName)s %(name)s: %(message)s"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_CODE = re.compile("[a-z_]+")

# Python and SQLite quote the offending value in their messages; it may be a name or a path.
_QUOTED = re.compile(r"""['"].*['"]""", re.DOTALL)

_log = logging.getLogger(__name__)


def set_up(log_dir: Path, *, verbose: bool = False) -> Callable[[], None]:
    """Log to ``log_dir`` (at most 5 files of 5 MB) and, when ``verbose``, everything to stderr.

    Uncaught errors are logged too. If the folder cannot be written or the disk fills up, only the
    log is lost. Returns a function that undoes all this.
    """
    root, ours = logging.getLogger(), logging.getLogger("faceapp")
    handlers = [*_file_handlers(log_dir), *([_CalmStream()] if verbose else [])]
    formatter = HarmlessFormatter(LINE)
    levels = root.level, ours.level
    for handler in handlers:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.DEBUG if verbose else logging.INFO)
    release_hooks = _hook_uncaught()

    def undo() -> None:
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
            where = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"Traceback (most recent call last):\n{where}{_told(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nled to:\n\n".join(reversed(parts))


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
            told = HarmlessFormatter().formatException((type(error), error, error.__traceback__))
            sys.stderr.write(f"wrong log call\n{told}\n")


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
        return [
            _CalmFile(
                log_dir / FILE_NAME,
                maxBytes=FILE_BYTES,
                backupCount=FILES - 1,
                encoding="utf-8",
                errors="backslashreplace",
            )
        ]
    except OSError:
        return []


def _hook_uncaught() -> Callable[[], None]:
    """Log uncaught errors of all threads, then call the previous hooks; return an undo function."""
    before, before_thread = sys.excepthook, threading.excepthook

    def on_error(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            _log.critical("uncaught error", exc_info=(kind, error, trace))
        before(kind, error, trace)

    def on_thread_error(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            _log.critical(
                "uncaught error in a thread",
                exc_info=(args.exc_type, args.exc_value, args.exc_traceback),
            )
        before_thread(args)

    sys.excepthook, threading.excepthook = on_error, on_thread_error

    def undo() -> None:
        sys.excepthook, threading.excepthook = before, before_thread

    return undo
