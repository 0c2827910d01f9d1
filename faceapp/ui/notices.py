"""What the window has to tell the operator: the banner's messages and the toasts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from faceapp.errors import FaceAppError
from faceapp.ui import words

log = logging.getLogger(__name__)


class Tone(Enum):
    """How a notice looks: colour and icon."""

    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Action:
    """A button on a notice, toast or empty page."""

    label: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: what happened, what to do; ``key`` lets a later one replace or withdraw it."""

    what: str
    hint: str = ""
    tone: Tone = Tone.CAUTION
    action: Action | None = None
    key: str = ""


class Notices(QObject):
    """Where any page says something to the operator.

    Signals:
        told(Notice): show it in the banner.
        withdrawn(str): the notice of this key is no longer true.
        toasted(Notice): show it for some seconds at the bottom; its action is the undo.
        failed(FaceAppError): something outside went wrong; the banner says it already.
        bug_found(Exception): our own fault; shown once.
    """

    told = Signal(object)
    withdrawn = Signal(str)
    toasted = Signal(object)
    failed = Signal(object)
    bug_found = Signal(object)

    def error(self, error: FaceAppError) -> None:
        """Say in the banner what went wrong outside and what to do."""
        log.info("shown: %s", error)
        what, hint = words.errors.sentence(error)
        self.told.emit(Notice(what, hint, Tone.BAD, key=error.code))
        self.failed.emit(error)

    def tell(self, notice: Notice) -> None:
        """Show a message in the banner."""
        self.told.emit(notice)

    def withdraw(self, key: str) -> None:
        """Take a message back that is no longer true."""
        self.withdrawn.emit(key)

    def toast(self, text: str, undo: Action | None = None) -> None:
        """Say shortly that something was done, perhaps with a way back."""
        self.toasted.emit(Notice(text, tone=Tone.GOOD, action=undo))

    def bug(self, error: BaseException) -> None:
        """Log our own fault with its traceback and tell the operator once."""
        log.error("a fault of the program", exc_info=error)
        self.bug_found.emit(error)
