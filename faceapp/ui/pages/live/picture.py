"""The video, or in its place why there is none and what to do."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QFrame, QStackedLayout

from faceapp.addresses import DEMO
from faceapp.types import CameraState
from faceapp.ui.cameras import trouble_words
from faceapp.ui.desk import Desk
from faceapp.ui.notices import Action
from faceapp.ui.page import PageKey
from faceapp.ui.video import VideoView
from faceapp.ui.widgets import EmptyState
from faceapp.ui.words import live as words


class Scene(Enum):
    """What the area shows."""

    VIDEO = "video"
    OPENING = "opening"
    OFF = "off"
    NOBODY = "nobody"
    NO_CAMERA = "no_camera"
    TROUBLE = "trouble"


class PictureArea(QFrame):
    """The video and what takes its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("surface", "card")
        self.video = VideoView()
        self.empty = EmptyState(desk.icons, "camera-off", words.OFF_TITLE(), words.OFF())
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.video)
        self.scene = Scene.OFF

    def show_scene(self, people: int | None, *, no_camera: bool) -> None:
        """Show the video, or remove the last picture and say why there is none.

        ``people`` is how many are enrolled, None while unknown. ``no_camera``: the setting asks for
        a camera of this machine, but there is none.
        """
        self.scene = self._scene(people, no_camera)
        if self.scene is Scene.VIDEO:
            self._stack.setCurrentWidget(self.video)
            return
        self.video.clear()
        self._stack.setCurrentWidget(self.empty)
        self.empty.say(*self._told())

    def _scene(self, people: int | None, no_camera: bool) -> Scene:
        state = self._desk.camera.state
        if self._desk.camera.purpose is None:
            if people == 0:
                return Scene.NOBODY
            return Scene.NO_CAMERA if no_camera else Scene.OFF
        if state is CameraState.MISSING and no_camera:
            return Scene.NO_CAMERA
        if state in words.TROUBLE:
            return Scene.TROUBLE
        if state.delivers and self.video.has_picture:
            return Scene.VIDEO
        return Scene.OPENING

    def _told(self) -> tuple[str, str, str, Action | None]:
        """Return icon, title, sentence and action of a scene without video."""
        desk, state = self._desk, self._desk.camera.state
        demo = Action(words.USE_DEMO(), lambda: desk.settings.change("camera", DEMO))
        if self.scene is Scene.TROUBLE:
            title, text = trouble_words(desk.settings.value.camera, state)
            again = Action(words.START_AGAIN(), desk.camera.restart)
            # In the other states the camera comes back by itself.
            way_out = {CameraState.ENDED: again, CameraState.MISSING: demo}.get(state)
            return "warning", title, text, way_out
        if self.scene is Scene.NO_CAMERA:
            return "camera-off", words.NO_CAMERA_TITLE(), words.NO_CAMERA(), demo
        if self.scene is Scene.NOBODY:
            enrol = Action(words.ENROL_FIRST(), lambda: desk.navigator.go(PageKey.ENROL))
            return "enrol", words.NOBODY_TITLE(), words.NOBODY(), enrol
        if self.scene is Scene.OPENING:
            return "camera", words.OPENING_TITLE(), "", None
        return "camera-off", words.OFF_TITLE(), words.OFF(), None
