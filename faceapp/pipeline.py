"""The product on one screen: a frame goes in, a decision about every face in it comes out.

No window, no database, no threads: any one thread may call `Pipeline`. Engines, rules and clock are
passed in; the gallery is replaced as a whole between two frames.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from faceapp.clock import Clock
from faceapp.recognition.decide import Decider, Look, Rules, Verdict
from faceapp.recognition.gallery import Gallery
from faceapp.recognition.threshold import Thresholds
from faceapp.recognition.tracks import Followed, Tracker
from faceapp.types import (
    CAMERA_SOURCE,
    U8,
    Chip,
    Face,
    Frame,
    FrameResult,
    Liveness,
    Quality,
    Sample,
    SeenFace,
    TrackId,
)
from faceapp.vision.align import align
from faceapp.vision.detect import Detector
from faceapp.vision.embed import Embedder, embed_both_sides
from faceapp.vision.liveness import LivenessCheck
from faceapp.vision.quality import assess

NOBODY_KNOWN = Thresholds(accept=1.0, unsure=1.0)


@dataclass(frozen=True, slots=True)
class Engines:
    """The parts that look at pixels, all used by one thread only.

    ``detector`` finds faces in the frames of a camera or video, ``pictures`` in a picture file of
    one person (`Pipeline.analyse`), ``everybody`` in a picture file of any number of people
    (`Pipeline.process_picture`); they may be the same.
    """

    detector: Detector
    pictures: Detector
    everybody: Detector
    liveness: LivenessCheck
    embedder: Embedder


@dataclass(frozen=True, slots=True, eq=False)
class Analysed:
    """One face of a frame. ``liveness`` is None for a poor face.

    ``sample`` is None for a poor face and for a likely spoof. Its vector is the embedding; for
    enrolment, the mean of the embeddings of the chip and its mirror image.
    """

    face: Face
    chip: Chip
    quality: Quality
    liveness: Liveness | None
    sample: Sample | None


class Pipeline:
    """Detect, follow, align, assess, embed, match, decide."""

    def __init__(self, engines: Engines, rules: Rules, clock: Clock) -> None:
        self._engines = engines
        self._rules = rules
        self._clock = clock
        self._tracker = Tracker()
        self._decider = Decider(rules)
        self._gallery = Gallery.empty(engines.embedder.dimension)
        self._thresholds = NOBODY_KNOWN

    def set_gallery(self, gallery: Gallery, thresholds: Thresholds) -> None:
        """Search ``gallery`` from the next frame on, and decide about every face again.

        Raises ValueError if its vectors do not have the embedder's dimension.
        """
        if gallery.dimension != self._engines.embedder.dimension:
            raise ValueError(
                f"gallery: expected {self._engines.embedder.dimension} values a vector, "
                f"got {gallery.dimension}"
            )
        self._gallery, self._thresholds = gallery, thresholds
        self._decider.take_back()

    def reset(self) -> None:
        """Forget every track: another camera or video begins."""
        self._tracker.reset()
        self._decider.reset()

    def close(self) -> None:
        """Release the detectors. The pipeline cannot be used afterwards."""
        self._engines.everybody.close()
        self._engines.pictures.close()
        self._engines.detector.close()

    def process(self, frame: Frame, want_samples: bool = False) -> FrameResult:
        """Decide about every face in the next frame of a camera or video.

        ``want_samples``: analyse every face and return the good ones as samples, for enrolment.
        Raises ModelError if an engine fails.
        """
        started_s = self._clock.monotonic()
        faces = self._engines.detector.detect(frame.rgb)
        followed = self._tracker.update(faces, frame.t_s)
        due = [want_samples or self._decider.is_due(one, frame.t_s) for one in followed]
        looked_at = [f for f, is_due in zip(faces, due, strict=True) if is_due]
        analysed = self._analyse(frame, looked_at, enrolling=want_samples)
        fresh = dict(zip(_due_tracks(followed, due), analysed, strict=True))
        looks = dict(zip(fresh, self._looks(analysed), strict=True))
        verdicts = self._decider.update(followed, looks, self._thresholds, frame.t_s)
        self._decider.keep(self._tracker.alive)
        samples = {t: one.sample for t, one in fresh.items()} if want_samples else {}
        seen = self._seen(faces, followed, verdicts, samples)
        return FrameResult(frame, seen, (self._clock.monotonic() - started_s) * 1000.0)

    def process_picture(self, rgb: U8) -> FrameResult:
        """Decide about every face in one picture uint8 (H, W, 3), from a single look.

        Does not touch the tracks of `process`. Raises ModelError if an engine fails.
        """
        started_s = self._clock.monotonic()
        frame = Frame(rgb, started_s, self._clock.now(), 0)
        faces = self._engines.everybody.detect(frame.rgb)
        followed = Tracker().update(faces, frame.t_s)
        looks = self._looks(self._analyse(frame, faces))
        once = Decider(replace(self._rules, votes=1, window=1))
        by_track = {one.track: look for one, look in zip(followed, looks, strict=True)}
        verdicts = once.update(followed, by_track, self._thresholds, frame.t_s)
        seen = self._seen(faces, followed, verdicts, {})
        return FrameResult(frame, seen, (self._clock.monotonic() - started_s) * 1000.0)

    def analyse(self, rgb: U8, source: str) -> tuple[Analysed, ...]:
        """Find the faces of a picture uint8 (H, W, 3), nearest first; good ones become samples.

        ``source`` says where the picture is from and is stored in the samples. Raises ModelError
        if an engine fails.
        """
        frame = Frame(rgb, self._clock.monotonic(), self._clock.now(), 0)
        return self._analyse(frame, self._engines.pictures.detect(rgb), source, enrolling=True)

    def _analyse(
        self,
        frame: Frame,
        faces: Sequence[Face],
        source: str = CAMERA_SOURCE,
        *,
        enrolling: bool = False,
    ) -> tuple[Analysed, ...]:
        """Align, assess and check ``faces``; embed all that are good enough in one batch."""
        looked_at = [self._look_at(frame, face) for face in faces]
        live = [at for at, one in enumerate(looked_at) if self._is_live(one.liveness)]
        if not live:
            return tuple(looked_at)
        embedder = self._engines.embedder
        chips = np.stack([looked_at[at].chip.rgb for at in live])
        embed = embedder.embed
        vectors = embed_both_sides(embed, chips) if enrolling else embed(chips)
        for at, vector in zip(live, vectors, strict=True):
            one = looked_at[at]
            sample = Sample(vector, one.quality, embedder.model_id, source, one.chip.rgb)
            looked_at[at] = replace(one, sample=sample)
        return tuple(looked_at)

    def _look_at(self, frame: Frame, face: Face) -> Analysed:
        chip = align(frame.rgb, face)
        quality = assess(frame.rgb.shape, face, chip)
        liveness = self._engines.liveness.check(frame, face, chip) if quality.good else None
        return Analysed(face, chip, quality, liveness, None)

    def _is_live(self, liveness: Liveness | None) -> bool:
        return liveness is not None and liveness.score >= self._rules.min_liveness

    def _looks(self, analysed: Sequence[Analysed]) -> list[Look]:
        """Search the gallery for all embedded faces at once."""
        vectors = [one.sample.vector for one in analysed if one.sample is not None]
        matches = iter(self._gallery.search(np.stack(vectors)) if vectors else ())
        return [
            Look(one.quality, one.liveness, next(matches) if one.sample is not None else None)
            for one in analysed
        ]

    def _seen(
        self,
        faces: Sequence[Face],
        followed: Sequence[Followed],
        verdicts: Sequence[Verdict],
        samples: Mapping[TrackId, Sample | None],
    ) -> tuple[SeenFace, ...]:
        return tuple(
            SeenFace(
                face=face,
                track=one.track,
                decision=verdict.decision,
                quality=verdict.look.quality if verdict.look else None,
                liveness=verdict.look.liveness if verdict.look else None,
                match=verdict.look.match if verdict.look else None,
                person=verdict.person,
                confirmed_now=verdict.confirmed_now,
                threshold=self._thresholds.accept,
                sample=samples.get(one.track),
            )
            for face, one, verdict in zip(faces, followed, verdicts, strict=True)
        )


def _due_tracks(followed: Sequence[Followed], due: Sequence[bool]) -> list[TrackId]:
    return [one.track for one, is_due in zip(followed, due, strict=True) if is_due]
