"""Gathers one person's samples and checks what they are worth.

Comparisons with everybody run on the clerk's thread, with the gallery as loaded when the page first
opens and after each change of enrolled samples or settings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from faceapp.errors import FaceAppError
from faceapp.recognition.capture import EnrolmentSession, Offered, Progress
from faceapp.recognition.likeness import looks_like, unlike
from faceapp.recognition.selection import Refusal
from faceapp.runtime.keeper import Snapshot, take_snapshot
from faceapp.types import FrameResult, PersonId, Sample
from faceapp.ui.pages.enrol.squares import Square, choose
from faceapp.ui.pages.enrol.trial import Outcome, Trial, live_trial, picture_trial

if TYPE_CHECKING:
    from faceapp.runtime.intake import Looked
    from faceapp.ui.desk import Desk

Answer = TypeVar("Answer")

# Long enough for the tried look to differ from the last sample.
TRIAL_PAUSE_S = 0.8

# One poor look says nothing; after this long without recognition more samples are taken.
TRIAL_PATIENCE_S = 3.0


class Gathering(QObject):
    """Gathers one person's samples, by camera and from pictures.

    ``adding_to`` is the known person who gets more samples, None for a new person. ``squares`` are
    the taken and refused samples. ``known`` tells whether a look after the capture was recognized.
    ``snapshot`` is the gallery as last loaded, None before that and without a model. ``lost`` tells
    that it could not be loaded.

    Signals:
        changed(): the samples have changed.
        guided(Progress): what the camera's last frame was good for.
        tried(Trial): the result of a test recognition with the samples.
        twin_found(object): the `PersonId` of the enrolled person with this face, None for nobody.
        unlike_found(bool): whether the samples look different from the known person's.
    """

    changed = Signal()
    guided = Signal(object)
    tried = Signal(object)
    twin_found = Signal(object)
    unlike_found = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.adding_to: PersonId | None = None
        self.snapshot: Snapshot | None = None
        self.squares: tuple[Square, ...] = ()
        self.known = self.lost = False
        # Created once the gallery is loaded: `same_face` depends on the model.
        self._session: EnrolmentSession | None = None
        self._looked: list[Looked] = []
        self._finished_s: float | None = None
        self._at_s = self._ahead_s = 0.0
        self._trying = False

    @property
    def samples(self) -> tuple[Sample, ...]:
        """Return the samples that would be saved now."""
        return tuple(one.sample for one in self.squares if one.taken and one.sample is not None)

    @property
    def unclear(self) -> bool:
        """Whether the samples show different faces, and it is not clear who is meant."""
        return any(one.reason is Refusal.FACES_DIFFER for one in self.squares)

    @property
    def by_camera(self) -> bool:
        """Whether the camera gave samples."""
        return self._session is not None and bool(self._session.samples)

    @property
    def finished(self) -> bool:
        """Whether the capture by camera is over: its frames now only test the samples."""
        return self._finished_s is not None

    def prepare(self) -> None:
        """Reload everybody's templates. Without a model, the banner says what to do."""
        parts, odds = self._desk.parts, self._desk.settings.value.stranger_odds
        self._desk.ops.run(
            lambda service: take_snapshot(service, parts.card(), odds),
            done=self._take,
            failed=self._lose,
            label="load gallery",
        )

    def begin(self, adding_to: PersonId | None = None) -> None:
        """Drop all samples; the next ones are of ``adding_to``, or of a new person."""
        self.adding_to = adding_to
        self.squares = ()
        self._looked.clear()
        if self.snapshot is not None:
            self._session = EnrolmentSession(self.snapshot.same_face)
        self._finished_s = None
        self.known = False
        self.changed.emit()

    def see(self, result: FrameResult) -> None:
        """Process a frame of the camera."""
        if self._session is None:
            return
        self._follow(result.frame.t_s)
        if self._finished_s is not None:
            self._try_live(result, self._at_s - self._finished_s)
            return
        progress = self._session.offer(result.faces, self._at_s)
        if progress.outcome is Offered.TAKEN:
            self._choose()
        self._take_progress(progress)

    def finish(self) -> None:
        """End the capture by camera, if there are enough samples."""
        if self._session is not None:
            progress = self._session.finish()
            self._tell()
            self._take_progress(progress)

    def go_on(self) -> None:
        """Resume a finished capture, to take more samples by camera."""
        if self._session is not None and self._finished_s is not None:
            self._session.reopen()
            self._finished_s = None
            self.known = False

    def add(self, looked: Sequence[Looked]) -> None:
        """Add what was found in pictures and videos."""
        self._looked.extend(looked)
        self._choose()

    def remove(self, sample: Sample) -> None:
        """Remove a sample."""
        if self._session is not None:
            self._session.discard(sample)
        self._looked = [
            replace(one, samples=tuple(kept for kept in one.samples if kept is not sample))
            for one in self._looked
        ]
        self._finished_s = None
        self._choose()

    def _lose(self, error: FaceAppError) -> None:
        self.lost = True
        self._desk.notices.error(error)

    def _take(self, snapshot: Snapshot) -> None:
        self.snapshot, self.lost = snapshot, False
        if self._session is not None:
            self._tell()
            return
        self._session = EnrolmentSession(snapshot.same_face)
        self._choose()

    def _choose(self) -> None:
        """Choose again among all samples, once the gallery is loaded."""
        if self._session is not None and self.snapshot is not None:
            snapshot, person = self.snapshot, self.adding_to
            known = [] if person is None else list(snapshot.gallery.vectors_of(person))
            self.squares = choose(self._session.samples, self._looked, snapshot.same_face, known)
            self._tell()

    def _follow(self, t_s: float) -> None:
        """Keep the time growing when another camera or a restarted video begins at zero."""
        self._ahead_s = max(self._ahead_s, self._at_s - t_s)
        self._at_s = t_s + self._ahead_s

    def _take_progress(self, progress: Progress) -> None:
        if progress.finished:
            self._finished_s = self._at_s
        self.guided.emit(progress)

    def _tell(self) -> None:
        """Announce the samples, and check whose they are and whether they suffice."""
        self.known = False
        self.changed.emit()
        samples, snapshot, person = self.samples, self.snapshot, self.adding_to
        if snapshot is None:
            return
        self._compare(
            lambda: looks_like(samples, snapshot.gallery, snapshot.thresholds, person),
            self.twin_found.emit,
        )
        if person is not None:
            self._compare(
                lambda: unlike(samples, snapshot.gallery, snapshot.same_face, person),
                self.unlike_found.emit,
            )
        if samples and not self.by_camera:
            self._compare(lambda: picture_trial(samples, snapshot), self.tried.emit)

    def _try_live(self, result: FrameResult, waited_s: float) -> None:
        """Test the camera's frames, one at a time, until one is recognized or patience ends."""
        if self._trying or self.known or waited_s < TRIAL_PAUSE_S:
            return
        samples, snapshot, person = self.samples, self.snapshot, self.adding_to
        seen = next((face.sample for face in result.faces if face.sample is not None), None)
        if seen is None or snapshot is None or not samples:
            return
        self._trying = True
        self._compare(
            lambda: live_trial(seen, samples, snapshot, person),
            self._hear_trial,
            ended=self._end_trying,
        )

    def _end_trying(self) -> None:
        self._trying = False

    def _hear_trial(self, trial: Trial) -> None:
        self.known = trial.outcome is Outcome.KNOWN
        self.tried.emit(trial)
        if self._finished_s is None or self.known:
            return
        if self._at_s - self._finished_s >= TRIAL_PATIENCE_S:
            self.go_on()

    def _compare(
        self,
        job: Callable[[], Answer],
        done: Callable[[Answer], object],
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        """Compare with everybody off the GUI thread; drop an answer about former samples."""
        samples = self.samples

        def take(answer: Answer) -> None:
            if samples == self.samples:
                done(answer)

        self._desk.ops.run(lambda _service: job(), done=take, ended=ended, label="compare")
