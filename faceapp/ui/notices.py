"""Messages to the operator: the banner's notices and the toasts."""

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
    """The way for any page to tell the operator something.

    Signals:
        told(Notice): show it in the banner.
        withdrawn(str): the notice with this key no longer holds.
        toasted(Notice): show it at the bottom for some seconds, with its action.
        failed(FaceAppError): an error of the outside world; the banner shows it already.
        bug_found(Exception): a fault of our own, logged already; from any thread.
    """

    told = Signal(object)
    withdrawn = Signal(str)
    toasted = Signal(object)
    failed = Signal(object)
    bug_found = Signal(object)

    def error(self, error: FaceAppError) -> None:
        """Show an error of the outside world in the banner, with what to do."""
        log.info("shown: %s", error)
        what, hint = words.errors.sentence(error)
        self.told.emit(Notice(what, hint, Tone.BAD, key=error.code))
        self.failed.emit(error)

    def tell(self, notice: Notice) -> None:
        """Show a message in the banner."""
        self.told.emit(notice)

    def withdraw(self, key: str) -> None:
        """Withdraw a message that no longer holds."""
        self.withdrawn.emit(key)

    def toast(self, text: str, undo: Action | None = None) -> None:
        """Show briefly that something was done, perhaps with an action such as undo."""
        self.toasted.emit(Notice(text, tone=Tone.GOOD, action=undo))

    def bug(self, error: BaseException) -> None:
        """Log our own fault with its traceback and tell the operator once."""
        log.error("a fault of the program", exc_info=error)
        self.bug_found.emit(error)
