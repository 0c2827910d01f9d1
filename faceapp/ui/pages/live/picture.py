"""The video, or in its place why there is none and what happens now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QFrame, QStackedLayout

from faceapp.types import CameraState
from faceapp.ui.bridge import Purpose
from faceapp.ui.cameras import trouble_words
from faceapp.ui.icons import Icons
from faceapp.ui.notices import Action
from faceapp.ui.video import VideoView
from faceapp.ui.widgets import EmptyState
from faceapp.ui.words import live as words


class Scene(Enum):
    """What is to be seen."""

    VIDEO = "video"
    OPENING = "opening"
    OFF = "off"
    NOBODY = "nobody"
    NO_CAMERA = "no_camera"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides about the scene. ``people`` is None while it is not known yet."""

    purpose: Purpose | None
    state: CameraState
    pictured: bool
    people: int | None
    no_camera: bool


def scene(now: Situation) -> Scene:
    """Decide what is shown in the picture's place."""
    if now.purpose is None:
        if now.people == 0:
            return Scene.NOBODY
        return Scene.NO_CAMERA if now.no_camera else Scene.OFF
    if now.state is CameraState.MISSING and now.no_camera:
        return Scene.NO_CAMERA
    if now.state in words.TROUBLE:
        return Scene.TROUBLE
    if now.state.delivers and now.pictured:
        return Scene.VIDEO
    return Scene.OPENING


@dataclass(frozen=True, slots=True)
class Offers:
    """What the operator can do instead of looking at a picture."""

    enrol: Action
    demo: Action
    again: Action


class PictureArea(QFrame):
    """The video and what takes its place."""

    def __init__(self, icons: Icons, offers: Offers) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.video = VideoView()
        self.empty = EmptyState(icons, "camera-off", words.OFF_TITLE(), words.OFF())
        self._offers = offers
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.video)
        self.scene = Scene.OFF

    def show_scene(self, wanted: Scene, source: str, state: CameraState) -> None:
        """Show it; anything but the video removes the last picture."""
        self.scene = wanted
        if wanted is Scene.VIDEO:
            self._stack.setCurrentWidget(self.video)
            return
        self.video.clear()
        self._stack.setCurrentWidget(self.empty)
        icon, title, text, action = self._told(wanted, source, state)
        self.empty.say(icon, title, text, action)

    def _told(
        self, wanted: Scene, source: str, state: CameraState
    ) -> tuple[str, str, str, Action | None]:
        if wanted is Scene.TROUBLE:
            title, text = trouble_words(source, state)
            return "warning", title, text, self._way_out(state)
        if wanted is Scene.NO_CAMERA:
            return "camera-off", words.NO_CAMERA_TITLE(), words.NO_CAMERA(), self._offers.demo
        if wanted is Scene.NOBODY:
            return "enrol", words.NOBODY_TITLE(), words.NOBODY(), self._offers.enrol
        if wanted is Scene.OPENING:
            return "camera", words.OPENING_TITLE(), "", None
        return "camera-off", words.OFF_TITLE(), words.OFF(), None

    def _way_out(self, state: CameraState) -> Action | None:
        """Offer what helps where the camera does not come back by itself."""
        if state is CameraState.ENDED:
            return self._offers.again
        return self._offers.demo if state is CameraState.MISSING else None
