"""Guides a person through the poses before the camera and keeps the good, different samples.

Values in, values out: other rooms provide the frames' faces, store the samples and word the
sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from faceapp.recognition.cosine import cosine
from faceapp.recognition.selection import MAX_SAMPLES
from faceapp.types import Decision, PoorReason, Quality, Sample, SeenFace

ENOUGH_SAMPLES = 5
"""With this many samples the operator may finish even if poses are missing."""

ENOUGH_POSES = 3
"""With this many poses, front included, the operator may finish even if samples are missing."""

FRONT_YAW_DEG = 16.0
FRONT_PITCH_DEG = 22.0
"""A first sample turned farther does not count as front. Straight looks measure down to -17."""

TURN_DEG = 12.0
"""A face turned this far from the person's own front counts as left or right."""

NOD_DEG = 9.0
"""A face lifted or lowered this far from the person's own front counts as up or down."""

SIMILAR_COSINE = 0.95
"""Of two samples of one pose that are this similar, one is superfluous."""

SPACING_S = 0.3
"""The shortest time between two samples, so that a turning head moves on."""

PATIENCE_S = 1.5
"""After this long, another sample of a pose is taken even if it is similar."""

BYSTANDER_SHARE = 0.5
"""Faces whose height is below this share of the nearest one's count as background."""


class Pose(Enum):
    """Where the person looks; left and right are their own. In the order they are asked for."""

    FRONT = "front"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


# Five fronts allow somebody who cannot turn the head to finish.
_ROOM = {Pose.FRONT: 5, Pose.LEFT: 2, Pose.RIGHT: 2, Pose.UP: 2, Pose.DOWN: 2}


class Offered(Enum):
    """What became of an offered frame."""

    TAKEN = "taken"
    NOBODY = "nobody"
    SEVERAL_FACES = "several_faces"
    POOR = "poor"
    SPOOF = "spoof"
    FRONT_FIRST = "front_first"
    BETWEEN_POSES = "between_poses"
    POSE_FULL = "pose_full"
    TOO_SIMILAR = "too_similar"
    TOO_SOON = "too_soon"
    OTHER_FACE = "other_face"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a capture after a frame.

    ``reason`` is set for POOR. ``counts`` says how many samples each pose has; ``wanted`` is the
    next pose to ask for, None when all are there. ``finished``: all poses are there, or the
    operator has finished.
    """

    outcome: Offered
    reason: PoorReason | None
    counts: Mapping[Pose, int]
    wanted: Pose | None
    can_finish: bool
    finished: bool


@dataclass(frozen=True, slots=True)
class _Taken:
    sample: Sample
    pose: Pose
    t_s: float


class EnrolmentSession:
    """Guides one person through the poses and keeps the good, different samples.

    It keeps at most `MAX_SAMPLES`, or one more if the person first looked straight for long.
    ``same_face`` is the cosine below which two pictures do not show the same person
    (`threshold.same_face_threshold`).
    """

    def __init__(self, same_face: float) -> None:
        self._same_face = same_face
        self._taken: list[_Taken] = []
        # Samples that stay although their pose is asked for again.
        self._former: list[Sample] = []
        self._finished = False

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The samples taken so far."""
        return (*self._former, *(taken.sample for taken in self._taken))

    def offer(self, faces: Sequence[SeenFace], t_s: float) -> Progress:
        """Take the face of one frame if it is good, wanted and shows the same person as before.

        ``faces`` come from a pipeline that was asked for samples; ``t_s`` is the frame's time.
        """
        if self._finished:
            return self._progress(Offered.FINISHED)
        face = _nearest(faces)
        if isinstance(face, Offered):
            return self._progress(face)
        if face.quality is not None and face.quality.reason is not None:
            return self._progress(Offered.POOR, face.quality.reason)
        if face.decision is Decision.SPOOF:
            return self._progress(Offered.SPOOF)
        if face.sample is None:
            raise ValueError("faces: expected samples; was the pipeline asked for them?")
        return self._consider(face.sample, t_s)

    def discard(self, sample: Sample) -> None:
        """Drop ``sample``, if it was taken here, and let the capture go on."""
        if any(known is sample for known in self.samples):
            self._former = [known for known in self._former if known is not sample]
            self._taken = [taken for taken in self._taken if taken.sample is not sample]
            self._finished = False

    def reopen(self) -> None:
        """Continue a finished capture: ask for the pose of its last sample again.

        That sample is kept, so there may be more than `MAX_SAMPLES`.
        """
        if self._taken:
            self._former.append(self._taken.pop().sample)
        self._finished = False

    def finish(self) -> Progress:
        """End the capture; does nothing while `Progress.can_finish` is False."""
        self._finished = self._finished or self._can_finish()
        return self._progress(Offered.FINISHED)

    def _consider(self, sample: Sample, t_s: float) -> Progress:
        pose = self._pose(sample.quality)
        refusal = self._refusal(sample, pose, t_s)
        if refusal is not None or pose is None:
            return self._progress(refusal or Offered.BETWEEN_POSES)
        self._taken.append(_Taken(sample, pose, t_s))
        self._finished = self._wanted() is None
        return self._progress(Offered.TAKEN)

    def _refusal(self, sample: Sample, pose: Pose | None, t_s: float) -> Offered | None:
        """Return why the sample is not taken; the person is checked before the pose."""
        known = [one.vector for one in self.samples]
        # A camera that hangs repeats one picture.
        if any(np.array_equal(vector, sample.vector) for vector in known):
            return Offered.TOO_SIMILAR
        if known and max(cosine(vector, sample.vector) for vector in known) < self._same_face:
            return Offered.OTHER_FACE
        if not self._taken:
            return None if pose is Pose.FRONT else Offered.FRONT_FIRST
        if pose is None:
            return Offered.BETWEEN_POSES
        same_pose = [taken for taken in self._taken if taken.pose is pose]
        if len(same_pose) >= _ROOM[pose] or (same_pose and not self._spare_room()):
            return Offered.POSE_FULL
        if t_s - self._taken[-1].t_s < SPACING_S:
            return Offered.TOO_SOON
        nearness = (cosine(taken.sample.vector, sample.vector) for taken in same_pose)
        similar = any(one >= SIMILAR_COSINE for one in nearness)
        waited = not same_pose or t_s - same_pose[-1].t_s >= PATIENCE_S
        return Offered.TOO_SIMILAR if similar and not waited else None

    def _pose(self, quality: Quality) -> Pose | None:
        """Return the pose relative to the person's own front; None between two poses."""
        fronts = [taken.sample.quality for taken in self._taken if taken.pose is Pose.FRONT]
        if not fronts:
            yaw, pitch = abs(quality.yaw_deg), abs(quality.pitch_deg)
            return Pose.FRONT if yaw <= FRONT_YAW_DEG and pitch <= FRONT_PITCH_DEG else None
        # Faces differ in shape: one person's straight look measures like another's look down.
        turn = (quality.yaw_deg - fronts[0].yaw_deg) / TURN_DEG
        nod = (quality.pitch_deg - fronts[0].pitch_deg) / NOD_DEG
        if max(abs(turn), abs(nod)) < 0.6:
            return Pose.FRONT
        if max(abs(turn), abs(nod)) < 1.0:
            return None
        if abs(turn) >= abs(nod):
            return Pose.LEFT if turn > 0 else Pose.RIGHT
        return Pose.UP if nod > 0 else Pose.DOWN

    def _spare_room(self) -> bool:
        """Return whether one more sample of a pose leaves room for the missing poses.

        Somebody who has not turned yet may be unable to, so all fronts are taken: one too many if
        the other poses come after all.
        """
        missing = sum(count == 0 for count in self._counts().values())
        turned = any(taken.pose is not Pose.FRONT for taken in self._taken)
        return not turned or len(self._taken) + missing < MAX_SAMPLES

    def _counts(self) -> dict[Pose, int]:
        return {pose: sum(taken.pose is pose for taken in self._taken) for pose in Pose}

    def _wanted(self) -> Pose | None:
        return next((pose for pose, count in self._counts().items() if count == 0), None)

    def _can_finish(self) -> bool:
        counts = self._counts()
        poses = sum(count > 0 for count in counts.values())
        enough = len(self._taken) >= ENOUGH_SAMPLES or poses >= ENOUGH_POSES
        return counts[Pose.FRONT] > 0 and enough

    def _progress(self, outcome: Offered, reason: PoorReason | None = None) -> Progress:
        return Progress(
            outcome=outcome,
            reason=reason,
            counts=self._counts(),
            wanted=self._wanted(),
            can_finish=self._can_finish(),
            finished=self._finished,
        )


def _nearest(faces: Sequence[SeenFace]) -> SeenFace | Offered:
    """Return the face nearest to the camera, or why there is no single face to take."""
    if not faces:
        return Offered.NOBODY
    nearest, *others = sorted(faces, key=lambda seen: seen.face.box.height, reverse=True)
    floor = BYSTANDER_SHARE * nearest.face.box.height
    crowd = any(other.face.box.height >= floor for other in others)
    return Offered.SEVERAL_FACES if crowd else nearest
