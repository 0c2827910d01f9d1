"""From looks to samples that may be saved: feeds the draft and asks what it is worth.

Comparing with everybody runs on the clerk's thread, on the gallery as it is when the page opens
and after each change of people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from faceapp.recognition.enrolment import Progress
from faceapp.recognition.threshold import same_face_threshold
from faceapp.runtime.keeper import Snapshot, take_snapshot
from faceapp.runtime.likeness import twin, unlike
from faceapp.types import FrameResult, PersonId, Sample
from faceapp.ui.pages.enrol.draft import Draft, Square
from faceapp.ui.pages.enrol.trial import Outcome, Trial, live_trial, picture_trial
from faceapp.vision.quality import score

if TYPE_CHECKING:
    from faceapp.runtime.intake import Looked
    from faceapp.service import Service
    from faceapp.ui.desk import Desk
    from faceapp.ui.parts import WindowParts

Answer = TypeVar("Answer")

# Long enough for the tried look to be another one than the last sample.
TRIAL_PAUSE_S = 0.8

# One poor look says nothing; after this long without recognition more samples are taken.
TRIAL_PATIENCE_S = 3.0


class Gathering(QObject):
    """Gathers one person's samples.

    Signals:
        changed(): other samples than before.
        guided(Progress): what the camera's last frame was good for.
        tried(Trial): what a test recognition says of the samples.
        twin_found(object): the `PersonId` of who has this face already, None for nobody.
        unlike_found(bool): whether the samples show another face than the person's so far.
    """

    changed = Signal()
    guided = Signal(object)
    tried = Signal(object)
    twin_found = Signal(object)
    unlike_found = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._but: PersonId | None = None
        self._draft: Draft | None = None
        self._snapshot: Snapshot | None = None
        self._same_face = 1.0
        self._waiting: list[Looked] = []
        self._finished_s: float | None = None
        self._at_s = self._ahead_s = 0.0
        self._trying = False
        self._known = False

    @property
    def adding_to(self) -> PersonId | None:
        """Return who is known already and gets more samples; None for somebody new."""
        return self._but

    @property
    def ready(self) -> bool:
        """Whether samples can be judged: the model is there and everybody is loaded."""
        return self._draft is not None

    @property
    def samples(self) -> tuple[Sample, ...]:
        """Return what would be saved now."""
        return self._draft.samples if self._draft else ()

    @property
    def squares(self) -> tuple[Square, ...]:
        """Return what was taken and refused."""
        return self._draft.squares if self._draft else ()

    @property
    def by_camera(self) -> bool:
        """Whether the camera gave samples."""
        return self._draft is not None and self._draft.by_camera

    @property
    def finished(self) -> bool:
        """Whether the capture by camera is over: its looks only try what was gathered."""
        return self._finished_s is not None

    @property
    def known(self) -> bool:
        """Whether such a look was recognized."""
        return self._known

    @property
    def snapshot(self) -> Snapshot | None:
        """Return everybody as they were loaded last."""
        return self._snapshot

    @property
    def same_face(self) -> float:
        """Return the cosine from which two looks are taken for the same face."""
        return self._same_face

    def prepare(self) -> None:
        """Load everybody's templates again. Without a model the banner says what to do."""
        parts, odds = self._desk.parts, self._desk.settings.value.stranger_odds
        self._desk.ops.run(
            lambda service: _everybody(service, parts, odds), done=self._take, label="load gallery"
        )

    def begin(self, but: PersonId | None = None) -> None:
        """Forget all samples; the next ones are of somebody new or of ``but``."""
        self._but = but
        self._waiting.clear()
        if self._draft is not None:
            self._draft = self._draft.fresh()
        self._finished_s = None
        self._known = False
        self.changed.emit()

    def see(self, result: FrameResult) -> None:
        """Look at a frame of the camera."""
        if self._draft is None:
            return
        self._follow(result.frame.t_s)
        if self._finished_s is not None:
            self._try_live(result, self._at_s - self._finished_s)
            return
        before = self._draft.squares
        progress = self._draft.offer(result.faces, self._at_s)
        # As many samples as before may be others.
        if self._draft.squares is not before:
            self._tell()
        self._take_progress(progress)

    def finish(self) -> None:
        """End the capture by camera, if there is enough."""
        if self._draft is not None:
            progress = self._draft.finish()
            self._tell()
            self._take_progress(progress)

    def go_on(self) -> None:
        """Take more samples by camera although the capture was finished."""
        if self._draft is not None and self._finished_s is not None:
            self._draft.reopen()
            self._finished_s = None
            self._known = False

    def add(self, looked: Sequence[Looked]) -> None:
        """Add what was found in pictures and videos."""
        if self._draft is None:
            self._waiting.extend(looked)
            return
        self._draft.add(looked)
        self._tell()

    def remove(self, sample: Sample) -> None:
        """Give a sample back."""
        if self._draft is not None:
            self._draft.remove(sample)
            self._finished_s = None
            self._tell()

    def _take(self, loaded: tuple[Snapshot, float]) -> None:
        self._snapshot, self._same_face = loaded
        if self._draft is None:
            self._draft = Draft(self._same_face, score)
            self._draft.add(self._waiting)
            self._waiting.clear()
        self._tell()

    def _follow(self, t_s: float) -> None:
        """Keep the time growing where another camera, or a restarted video, begins at zero."""
        self._ahead_s = max(self._ahead_s, self._at_s - t_s)
        self._at_s = t_s + self._ahead_s

    def _take_progress(self, progress: Progress) -> None:
        if progress.finished:
            self._finished_s = self._at_s
        self.guided.emit(progress)

    def _tell(self) -> None:
        self._known = False
        self.changed.emit()
        self._look_for_twin()
        self._try_pictures()

    def _look_for_twin(self) -> None:
        samples, snapshot, but = self.samples, self._snapshot, self._but
        if snapshot is None:
            return
        self._compare(samples, lambda: twin(samples, snapshot, but), self.twin_found.emit)
        if but is not None:
            limit = self._same_face
            self._compare(
                samples, lambda: unlike(samples, snapshot, but, limit), self.unlike_found.emit
            )

    def _try_pictures(self) -> None:
        samples, snapshot = self.samples, self._snapshot
        if samples and snapshot is not None and self._draft and not self._draft.by_camera:
            self._compare(samples, lambda: picture_trial(samples, snapshot), self.tried.emit)

    def _try_live(self, result: FrameResult, waited_s: float) -> None:
        """Try looks of the camera, one at a time, until one is recognized or patience ends."""
        samples, snapshot, but = self.samples, self._snapshot, self._but
        seen = next((face.sample for face in result.faces if face.sample is not None), None)
        if seen is None or snapshot is None or not samples or waited_s < TRIAL_PAUSE_S:
            return
        if not self._trying and not self._known:
            self._trying = True
            self._compare(
                samples,
                lambda: live_trial(seen, samples, snapshot, but),
                self._hear_trial,
                ended=self._end_trying,
            )

    def _end_trying(self) -> None:
        self._trying = False

    def _hear_trial(self, trial: Trial) -> None:
        self._known = trial.outcome is Outcome.KNOWN
        self.tried.emit(trial)
        if self._finished_s is None or self._known:
            return
        if self._at_s - self._finished_s >= TRIAL_PATIENCE_S:
            self.go_on()

    def _compare(
        self,
        samples: Sequence[Sample],
        job: Callable[[], Answer],
        done: Callable[[Answer], object],
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        """Compare with everybody off the GUI thread; an answer about former samples is dropped."""

        def take(answer: Answer) -> None:
            if samples == self.samples:
                done(answer)

        self._desk.ops.run(lambda _service: job(), done=take, ended=ended, label="compare")


def _everybody(service: Service, parts: WindowParts, odds: int) -> tuple[Snapshot, float]:
    """On the clerk's thread."""
    card = parts.card()
    return take_snapshot(service, card, odds), same_face_threshold(card.fmr_table)
