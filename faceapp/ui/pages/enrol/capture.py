"""The left side: the camera's picture with oval and ring, or why it is missing, and coaching."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from faceapp.addresses import DEMO, is_demo
from faceapp.recognition.capture import Offered, Pose, Progress
from faceapp.types import CameraState
from faceapp.ui.announce import announce
from faceapp.ui.bridge import Purpose
from faceapp.ui.cameras import trouble_words
from faceapp.ui.desk import Desk
from faceapp.ui.feed import Shown
from faceapp.ui.notices import Action
from faceapp.ui.page import CAMERA_SECTION, PageKey
from faceapp.ui.pages.enrol.gathering import Gathering
from faceapp.ui.pages.enrol.ring import RingState, draw_ring
from faceapp.ui.theme import GRID_PX, Size, scaled
from faceapp.ui.video import VideoView
from faceapp.ui.widgets import EmptyState, button, label
from faceapp.ui.words import enrol as words
from faceapp.ui.words import live, states

NOTHING_YET = RingState({}, Pose.FRONT)


class CaptureView(VideoView):
    """The camera's picture, with guidance for the person in it."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = NOTHING_YET
        self.setAccessibleName(words.RING())

    def guide(self, ring: RingState) -> None:
        """Show the progress of the capture; painted with the next picture."""
        self.ring = ring
        said = words.RING_STATE(done=ring.done, all=len(Pose))
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    def _describe(self) -> None:
        """Keep the description that `guide` sets, instead of the faces in the picture."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.has_picture:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ring(painter, self.picture_rect(), self.ring)
        painter.end()


class CapturePanel(QWidget):
    """Runs the camera for enrolling; shows its picture, what to do next, and buttons.

    Frames go to ``gathering``, which reports what they were good for.
    """

    def __init__(self, desk: Desk, gathering: Gathering) -> None:
        super().__init__()
        self._desk = desk
        self._gathering = gathering
        self.video = CaptureView()
        self.empty = EmptyState(desk.icons, "camera", words.CAMERA_OFF())
        self.sentence = label(size=Size.LARGE, bold=True, wrap=True)
        self.finish_button = button(words.FINISH())
        self._guidance = QWidget()
        self._frame = QFrame()
        self._stack = QStackedLayout(self._frame)
        self._lay_out()
        desk.camera.seen.connect(self._see)
        desk.camera.state_changed.connect(self._show_state)
        desk.camera.purpose_changed.connect(self._show_off)
        desk.settings.changed.connect(self._show_off)
        gathering.changed.connect(self._show_off)
        gathering.guided.connect(self._guide)
        self.finish_button.clicked.connect(gathering.finish)
        self._show_off()

    def start(self) -> None:
        """Start the camera; a finished capture goes on."""
        if self._desk.camera.purpose is Purpose.TAKING:
            self._desk.notices.toast(words.PAUSED())
        self._gathering.go_on()
        self._desk.camera.start(Purpose.ENROLLING, self._gathering.adding_to)

    def stop(self) -> None:
        """Stop enrolling by camera."""
        if self._running:
            self._desk.camera.stop()

    def begin(self) -> None:
        """Reset for another person."""
        self.stop()
        self.video.guide(NOTHING_YET)
        self._show_off()

    @property
    def _running(self) -> bool:
        return self._desk.camera.purpose is Purpose.ENROLLING

    def _start_again(self) -> None:
        self._gathering.go_on()
        self._desk.camera.restart()

    def _see(self, shown: Shown) -> None:
        if not self._running or not self.isVisible():
            return
        self.video.show_picture(shown.image, (), shown.result.frame.t_s)
        self._show_state(self._desk.camera.state)
        self._gathering.see(shown.result)
        if self._gathering.finished:
            known = self._gathering.known
            self._say(words.COACH[Offered.FINISHED]() if known else words.TEST_WAITING())
            self.finish_button.hide()

    def _guide(self, progress: Progress) -> None:
        wanted = None if progress.finished else progress.wanted
        self.video.guide(RingState(progress.counts, wanted))
        self._say(coaching(progress))
        self.finish_button.setVisible(progress.can_finish and not progress.finished)

    def _show_off(self) -> None:
        """Show how to begin or go on, unless the camera runs for this page."""
        if self._running:
            return
        start = words.GO_ON if self._gathering.samples else words.START_CAMERA
        demo = is_demo(self._desk.settings.value.camera)
        hint = words.BY_DEMO_HINT if demo else words.BY_CAMERA_HINT
        self._show_empty("camera", words.BY_CAMERA(), hint(), Action(start(), self.start))

    def _show_state(self, state: CameraState) -> None:
        """Show a camera problem in place of the picture: an old picture must never stay."""
        if not self._running:
            return
        if state.delivers and self.video.has_picture:
            self._stack.setCurrentWidget(self.video)
        elif state in live.TROUBLE:
            title, text = trouble_words(self._desk.settings.value.camera, state)
            self._show_empty("warning", title, text, *self._ways_out(state))
        elif not state.delivers:
            self._show_empty("camera", live.OPENING_TITLE())

    def _ways_out(self, state: CameraState) -> tuple[Action | None, Action | None]:
        """Return one or two actions that help in this state, if there are any."""
        settings, navigator = self._desk.settings, self._desk.navigator
        if state is CameraState.ENDED:
            return Action(live.START_AGAIN(), self._start_again), None
        if state not in (CameraState.MISSING, CameraState.BUSY):
            return None, None
        other = Action(words.OTHER_CAMERA(), lambda: navigator.go(PageKey.SETTINGS, CAMERA_SECTION))
        demo = Action(live.USE_DEMO(), lambda: settings.change("camera", DEMO))
        return other, demo if state is CameraState.MISSING else None

    def _say(self, sentence: str) -> None:
        self._guidance.setVisible(bool(sentence))
        if sentence != self.sentence.text():
            self.sentence.setText(sentence)
            if sentence:
                announce(self.sentence, sentence)

    def _show_empty(
        self, icon: str, title: str, text: str = "", action: Action | None = None,
        other: Action | None = None,
    ) -> None:  # fmt: skip
        self.video.clear()
        self._say("")
        self.finish_button.hide()
        self.empty.say(icon, title, text, action, other=other)
        self._stack.setCurrentWidget(self.empty)

    def _lay_out(self) -> None:
        self._frame.setProperty("surface", "card")
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.video)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Room for two lines and the button from the start: the picture must not jump.
        self.sentence.setMinimumHeight(scaled(6 * GRID_PX))
        row = QHBoxLayout(self._guidance)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.finish_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(self._frame, 1)
        column.addWidget(self._guidance)


def coaching(progress: Progress) -> str:
    """Say what the person should do next."""
    if progress.finished:
        return words.COACH[Offered.FINISHED]()
    if progress.outcome is Offered.POOR and progress.reason is not None:
        return states.COACHING[progress.reason]()
    if progress.outcome in words.COACH and progress.outcome is not Offered.FINISHED:
        return words.COACH[progress.outcome]()
    if progress.wanted is not None:
        return words.ASK[progress.wanted]()
    return words.ASK_MORE()
