"""A frame, and what cameras, vision and recognition find in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NamedTuple

import numpy as np

from faceapp.types.basic import CHIP_SIZE_PX, F32, U8, ModelId, PersonId, TrackId, check_and_freeze


class Box(NamedTuple):
    """A rectangle in pixels of its frame; may reach beyond the frame's edge."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Square pixels."""
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The middle as (x, y)."""
        return self.x + self.width / 2, self.y + self.height / 2

    def common_area(self, other: Box) -> float:
        """Return the square pixels that lie in both boxes; 0 where they do not overlap."""
        width = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        height = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return width * height if width > 0.0 and height > 0.0 else 0.0

    def iou(self, other: Box) -> float:
        """Return the intersection over union of the two boxes, 0..1."""
        common = self.common_area(other)
        return common / (self.area + other.area - common) if common else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a camera: ``rgb`` uint8 (H, W, 3), read-only."""

    rgb: U8
    t_s: float
    at: datetime
    index: int

    def __post_init__(self) -> None:
        check_and_freeze("rgb", self.rgb, (None, None, 3), np.uint8)
        if self.at.tzinfo is None:
            raise ValueError("at: expected an aware UTC datetime")


class Landmark(int, Enum):
    """Row of a face's landmarks. Right and left are the person's own."""

    RIGHT_EYE = 0
    LEFT_EYE = 1
    NOSE_TIP = 2
    MOUTH_CENTRE = 3
    RIGHT_EAR = 4
    LEFT_EAR = 5


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face in one frame: ``landmarks`` float32 (6, 2) px in `Landmark` order, score 0..1."""

    box: Box
    landmarks: F32
    score: float

    def __post_init__(self) -> None:
        check_and_freeze("landmarks", self.landmarks, (6, 2), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Chip:
    """An aligned face: ``rgb`` uint8 (112, 112, 3), ``matrix`` float32 (2, 3) frame -> chip."""

    rgb: U8
    matrix: F32

    def __post_init__(self) -> None:
        check_and_freeze("rgb", self.rgb, (CHIP_SIZE_PX, CHIP_SIZE_PX, 3), np.uint8)
        check_and_freeze("matrix", self.matrix, (2, 3), np.float32)


class PoorReason(Enum):
    """Why a face is not good enough; the first that applies, in this order."""

    CUT_OFF = "cut_off"
    TOO_SMALL = "too_small"
    TURNED_AWAY = "turned_away"
    TILTED = "tilted"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BACKLIT = "backlit"
    LOW_CONTRAST = "low_contrast"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality of a face's picture. ``reason`` is None if it is good enough.

    Angles are degrees: yaw positive when the person turns to their own left, pitch positive when
    they look up, roll positive when the head leans clockwise in the picture.
    ``sharpness`` and ``contrast`` >= 0, ``brightness`` 0..255, all measured on the chip.
    """

    sharpness: float
    brightness: float
    contrast: float
    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    eye_distance_px: float
    reason: PoorReason | None

    @property
    def good(self) -> bool:
        """Whether the face may be matched and enrolled."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Liveness:
    """How alive the face looks, 0..1, and the codes of the reasons against it."""

    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The gallery's answer for one embedding.

    ``person`` is the best candidate (None when the gallery is empty or another face of the same
    frame is more similar to that person); `Decision` says whether it is accepted. ``margin`` is how
    far ``score`` is above that of the best *other* person (2.0 when there is no other).
    """

    person: PersonId | None
    score: float
    margin: float


class Decision(Enum):
    """What the app decides about a face. Values are the words of ``recognize --json``."""

    WAITING = "waiting"
    POOR = "poor"
    SPOOF = "spoof"
    UNKNOWN = "unknown"
    UNSURE = "unsure"
    KNOWN = "known"


CAMERA_SOURCE = "camera"
"""The source of a sample that was taken from a camera's frame, not from a picture file."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A face good enough to become a template: what enrolment hands to the service."""

    vector: F32
    quality: Quality
    model_id: ModelId
    source: str
    thumbnail: U8 = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class SeenFace:
    """One face of a `FrameResult`. ``person`` is set for KNOWN and UNSURE (the candidate).

    ``confirmed_now`` is True in exactly one frame of a visit: the one in which the track became
    KNOWN as that person. ``quality``, ``liveness`` and ``match`` are those of the last
    frame the face was looked at; settled tracks are not looked at in every frame. ``sample`` is
    set if the pipeline was asked for samples and the face is good enough.
    """

    face: Face
    track: TrackId
    decision: Decision
    quality: Quality | None
    liveness: Liveness | None
    match: Match | None
    person: PersonId | None
    confirmed_now: bool
    threshold: float
    sample: Sample | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """The pipeline's answer for one frame.

    ``latency_ms`` is None, and ``faces`` empty, if the frame was not looked at, since nobody had
    been there for a while.
    """

    frame: Frame
    faces: tuple[SeenFace, ...]
    latency_ms: float | None


class CameraState(Enum):
    """What a camera is doing, as far as its pictures and driver show."""

    OPENING = "opening"
    OK = "ok"
    SLOW = "slow"
    BLACK = "black"
    FROZEN = "frozen"
    LOST = "lost"
    BUSY = "busy"
    MISSING = "missing"
    ENDED = "ended"
    STOPPED = "stopped"

    @property
    def delivers(self) -> bool:
        """Whether the newest picture shows what is in front of the camera now."""
        return self in {CameraState.OK, CameraState.SLOW}


class RangeMode(Enum):
    """The distance at which faces are searched for."""

    NEAR = "near"
    FAR = "far"
