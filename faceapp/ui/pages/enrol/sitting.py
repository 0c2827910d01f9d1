"""The person before the camera: starts it, shows the picture, and hands on what it sees."""

from __future__ import annotations

from PySide6.QtCore import QObject

from faceapp.addresses import DEMO, is_demo
from faceapp.recognition.enrolment import Progress
from faceapp.types import CameraState
from faceapp.ui.bridge import Purpose, Shown
from faceapp.ui.desk import Desk
from faceapp.ui.page import CAMERA_SECTION, PageKey
from faceapp.ui.pages.enrol.capture import NOTHING_YET, CapturePanel, ring_of
from faceapp.ui.pages.enrol.gathering import Gathering
from faceapp.ui.words import enrol as words


class Sitting(QObject):
    """Lets the camera run for enrolling, between `CapturePanel` on the page and `Gathering`."""

    def __init__(self, desk: Desk, capture: CapturePanel, gathering: Gathering) -> None:
        super().__init__(capture)
        self._desk = desk
        self._capture = capture
        self._gathering = gathering
        desk.camera.seen.connect(self._see)
        desk.camera.state_changed.connect(self._take_state)
        desk.camera.purpose_changed.connect(self._take_purpose)
        gathering.guided.connect(self._guide)
        capture.start_wanted.connect(self._start)
        capture.again_wanted.connect(self._start_again)
        capture.other_wanted.connect(lambda: desk.navigator.go(PageKey.SETTINGS, CAMERA_SECTION))
        capture.demo_wanted.connect(lambda: desk.settings.change("camera", DEMO))
        desk.settings.changed.connect(lambda *_: self._show_off())
        capture.finish_wanted.connect(gathering.finish)
        gathering.changed.connect(self._show_off)
        self._show_off()

    def stop(self) -> None:
        """Leave the camera to others."""
        if self._running:
            self._desk.camera.stop()

    def begin(self) -> None:
        """Wait for somebody else."""
        self.stop()
        self._capture.video.guide(NOTHING_YET, mirrored=True)
        self._show_off()

    @property
    def _running(self) -> bool:
        return self._desk.camera.purpose is Purpose.ENROLLING

    def _start(self) -> None:
        if self._desk.camera.purpose is Purpose.TAKING:
            self._desk.notices.toast(words.PAUSED())
        self._gathering.go_on()
        self._desk.camera.start(Purpose.ENROLLING, self._gathering.adding_to)

    def _start_again(self) -> None:
        self._gathering.go_on()
        self._desk.camera.restart()

    def _take_purpose(self, purpose: Purpose | None) -> None:
        if purpose is not Purpose.ENROLLING:
            self._show_off()

    def _show_off(self) -> None:
        """Show how to begin, or to go on, unless the camera runs for this page."""
        if not self._running:
            again = bool(self._gathering.samples)
            demo = is_demo(self._desk.settings.value.camera)
            self._capture.show_off(again=again, demo=demo)

    def _take_state(self, state: CameraState) -> None:
        if self._running:
            self._capture.show_state(self._desk.settings.value.camera, state)

    def _see(self, shown: Shown) -> None:
        if not self._running or not self._capture.isVisible():
            return
        self._capture.video.show_picture(shown.image, (), shown.result.frame.t_s)
        self._capture.show_state(self._desk.settings.value.camera, self._desk.camera.state)
        self._gathering.see(shown.result)
        if self._gathering.finished:
            self._capture.coach_test(passed=self._gathering.known)

    def _guide(self, progress: Progress) -> None:
        self._capture.video.guide(ring_of(progress), mirrored=True)
        self._capture.coach(progress)
