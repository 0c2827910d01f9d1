"""The camera's session as the window sees it: its threads' results on the GUI thread.

Pictures are lossy: the newest wins and at most one event is in flight, however slow the painting
is. Facts (entries, states, errors) are queued signals, all of which arrive.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from faceapp.types import CameraState, FrameResult


class Purpose(Enum):
    """What the camera runs for. Only TAKING makes entries, only ENROLLING asks for samples."""

    PREVIEW = "preview"
    TAKING = "taking"
    ENROLLING = "enrolling"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture ready to paint, and what was found in it (in pixels of ``result.frame``)."""

    image: QImage
    result: FrameResult


class Live(QObject):
    """Starts and stops the camera, and tells what it sees. Use it on the GUI thread.

    Signals:
        seen(Shown): the newest picture.
        state_changed(CameraState): what the camera is doing.
        purpose_changed(object): a `Purpose`, or None when the camera was asked to stop.
        recorded(Sighting, Recorded): an entry was saved, or found to stand already.
    """

    seen = Signal(object)
    state_changed = Signal(object)
    purpose_changed = Signal(object)
    recorded = Signal(object, object)

    @property
    def purpose(self) -> Purpose | None:
        """What the camera runs for; None when it is off."""
        raise NotImplementedError

    @property
    def state(self) -> CameraState:
        """What the camera is doing."""
        raise NotImplementedError

    def start(self, purpose: Purpose) -> None:
        """Run the camera of the settings for ``purpose``; changes the purpose if it runs."""
        raise NotImplementedError

    def stop(self) -> None:
        """Switch the camera off."""
        raise NotImplementedError
