"""The left side: the camera's picture with oval and ring, or why there is none, and coaching."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from faceapp.recognition.enrolment import Offered, Pose, Progress
from faceapp.types import CameraState
from faceapp.ui.announce import announce
from faceapp.ui.cameras import trouble_words
from faceapp.ui.icons import Icons
from faceapp.ui.notices import Action
from faceapp.ui.pages.enrol.ring import RingState, draw_ring
from faceapp.ui.theme import GRID_PX, Size
from faceapp.ui.video import VideoView
from faceapp.ui.widgets import EmptyState, button, label
from faceapp.ui.words import enrol as words
from faceapp.ui.words import live, states

NOTHING_YET = RingState({}, Pose.FRONT)


class CaptureView(VideoView):
    """The picture and what guides the person in it."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = NOTHING_YET
        self.mirrored = True

    def guide(self, ring: RingState, *, mirrored: bool) -> None:
        """Show where the capture stands; painted with the next picture."""
        self.ring, self.mirrored = ring, mirrored
        said = words.RING_STATE(done=ring.done, all=len(Pose))
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    def _describe(self) -> None:
        """Say how far the capture is, not whose faces are in the picture."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.has_picture:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ring(painter, self.picture_rect(), self.ring, mirrored=self.mirrored)
        painter.end()


class CapturePanel(QWidget):
    """Picture, coaching sentence and the buttons of the capture.

    Signals:
        start_wanted(), again_wanted(), finish_wanted(), other_wanted(), demo_wanted(): a button was
            pressed.
    """

    start_wanted = Signal()
    again_wanted = Signal()
    finish_wanted = Signal()
    other_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.video = CaptureView()
        self.video.setAccessibleName(words.RING())
        self.empty = EmptyState(icons, "camera", words.CAMERA_OFF())
        self.sentence = label(size=Size.LARGE, bold=True, wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.finish_button = button(words.FINISH())
        self.finish_button.clicked.connect(self.finish_wanted)
        self._guide = QWidget()
        self._frame = QFrame()
        self._frame.setProperty("surface", "card")
        self._stack = QStackedLayout(self._frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.video)
        self._lay_out()
        self.show_off()

    def show_off(self, *, again: bool = False, demo: bool = False) -> None:
        """Show that the camera is off and how to begin."""
        start = words.GO_ON if again else words.START_CAMERA
        hint = words.BY_DEMO_HINT if demo else words.BY_CAMERA_HINT
        self._show_empty(
            "camera",
            words.BY_CAMERA(),
            hint(),
            Action(start(), self.start_wanted.emit),
        )

    def show_state(self, source: str, state: CameraState) -> None:
        """Show the camera's trouble in place of the picture: the last one is never left there."""
        if state.delivers and self.video.has_picture:
            self._stack.setCurrentWidget(self.video)
            return
        if state in live.TROUBLE:
            title, text = trouble_words(source, state)
            demo = Action(live.USE_DEMO(), self.demo_wanted.emit)
            other = demo if state is CameraState.MISSING else None
            self._show_empty("warning", title, text, self._way_out(state), other=other)
        elif not state.delivers:
            self._show_empty("camera", live.OPENING_TITLE())

    def coach(self, progress: Progress) -> None:
        """Say the one thing to do now."""
        self._say(coaching(progress))
        self.finish_button.setVisible(progress.can_finish and not progress.finished)

    def coach_test(self, *, passed: bool) -> None:
        """Ask for one more look after the samples are there, until it was recognized."""
        self._say(words.COACH[Offered.FINISHED]() if passed else words.TEST_WAITING())
        self.finish_button.hide()

    def _way_out(self, state: CameraState) -> Action | None:
        """Offer what helps where the camera does not come back by itself."""
        if state is CameraState.ENDED:
            return Action(live.START_AGAIN(), self.again_wanted.emit)
        if state in (CameraState.MISSING, CameraState.BUSY):
            return Action(words.OTHER_CAMERA(), self.other_wanted.emit)
        return None

    def _say(self, sentence: str) -> None:
        self._guide.setVisible(bool(sentence))
        if sentence != self.sentence.text():
            self.sentence.setText(sentence)
            if sentence:
                announce(self.sentence, sentence)

    def _show_empty(
        self, icon: str, title: str, text: str = "", action: Action | None = None,
        *, other: Action | None = None,
    ) -> None:  # fmt: skip
        self.video.clear()
        self._say("")
        self.finish_button.hide()
        self.empty.say(icon, title, text, action, other=other)
        self._stack.setCurrentWidget(self.empty)

    def _lay_out(self) -> None:
        # As high as two lines and the button from the start: the picture must not jump.
        self.sentence.setMinimumHeight(6 * GRID_PX)
        row = QHBoxLayout(self._guide)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.finish_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID_PX)
        column.addWidget(self._frame, 1)
        column.addWidget(self._guide)


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


def ring_of(progress: Progress) -> RingState:
    """Return the ring for where a capture stands."""
    return RingState(dict(progress.counts), None if progress.finished else progress.wanted)
