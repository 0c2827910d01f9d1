"""Every value that crosses a room's boundary. No behaviour beyond checking itself, no I/O.

Coordinates are pixels of the frame they belong to, origin top-left, x to the right, y down.
Colour is RGB. Times are monotonic seconds (``t_s``) or aware UTC datetimes (``at``); local time
exists only in the window and in exports. Arrays are checked where they are made and read-only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NamedTuple, NewType

import numpy as np
from numpy.typing import NDArray

PersonId = NewType("PersonId", str)
TrackId = NewType("TrackId", int)
TemplateId = NewType("TemplateId", int)
EntryId = NewType("EntryId", int)
ModelId = NewType("ModelId", str)

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

CHIP_SIZE_PX = 112


def checked(
    name: str, array: np.ndarray, shape: tuple[int | None, ...], dtype: type[np.generic]
) -> None:
    """Make ``array`` read-only after checking it; ``None`` in ``shape`` admits any length.

    Raises ValueError with expected and actual shape and dtype.
    """
    fits = array.ndim == len(shape) and all(
        want is None or want == have for want, have in zip(shape, array.shape, strict=True)
    )
    if not fits or array.dtype != dtype:
        raise ValueError(
            f"{name}: expected {np.dtype(dtype).name} {shape}, got {array.dtype.name} {array.shape}"
        )
    array.flags.writeable = False


class Box(NamedTuple):
    """A rectangle in pixels of its frame; may reach beyond the frame's edge."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a camera: ``rgb`` uint8 (H, W, 3), read-only."""

    rgb: U8
    t_s: float
    at: datetime
    index: int

    def __post_init__(self) -> None:
        checked("rgb", self.rgb, (None, None, 3), np.uint8)
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
        checked("landmarks", self.landmarks, (6, 2), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Chip:
    """An aligned face: ``rgb`` uint8 (112, 112, 3), ``matrix`` float32 (2, 3) frame -> chip."""

    rgb: U8
    matrix: F32

    def __post_init__(self) -> None:
        checked("rgb", self.rgb, (CHIP_SIZE_PX, CHIP_SIZE_PX, 3), np.uint8)
        checked("matrix", self.matrix, (2, 3), np.float32)


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
    """What the face's picture is like. ``reason`` is None when it is good enough.

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
    """How alive the face looks, 0..1, and the codes of what spoke against it."""

    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The gallery's answer for one embedding.

    ``person`` is the best candidate (None when the gallery is empty or another face of the same
    frame is nearer to that person); whether it is accepted is the decision's business. ``margin``
    is the cosine's distance to the best *other* person (2.0 when there is no other).
    """

    person: PersonId | None
    cosine: float
    margin: float


class Decision(Enum):
    """What the app says of a face. Values are the words of ``recognize --json``."""

    WAITING = "waiting"
    POOR = "poor"
    SPOOF = "spoof"
    UNKNOWN = "unknown"
    UNSURE = "unsure"
    KNOWN = "known"


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

    ``confirmed_now`` is True in exactly one frame of a track and person: the one in which the
    track became KNOWN as that person. ``quality``, ``liveness`` and ``match`` are those of the last
    frame the face was looked at; settled tracks are not looked at in every frame. ``sample`` is
    there when the pipeline was asked for samples and the face is good enough.
    """

    face: Face
    track: TrackId
    decision: Decision
    quality: Quality | None
    liveness: Liveness | None
    match: Match | None
    person: PersonId | None
    confirmed_now: bool
    votes: int
    threshold: float
    sample: Sample | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """All that the pipeline says about one frame."""

    frame: Frame
    faces: tuple[SeenFace, ...]
    latency_ms: float


class CameraState(Enum):
    """What a camera is doing, as far as its pictures and driver tell."""

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


class RangeMode(Enum):
    """How far away faces are looked for."""

    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Person:
    """One enrolled person. ``id`` is the operator's own code."""

    id: PersonId
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A row of the people page.

    ``weakest`` is the lowest template quality 0..1, None without a template.
    """

    person: Person
    templates: int
    weakest: float | None
    enrolled_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A stored embedding: unit ``vector`` float32 (D,) of the model ``model_id``; quality 0..1."""

    id: TemplateId
    person: PersonId
    vector: F32
    model_id: ModelId
    quality: float
    source: str
    created_at: datetime


class EntryKind(Enum):
    """Direction of an entry; SEEN where the policy knows no direction."""

    IN = "in"
    OUT = "out"
    SEEN = "seen"


class EntryPolicy(Enum):
    """How kinds are given: first sight in and last sight out, alternating, or in only."""

    FIRST_IN_LAST_OUT = "first_in_last_out"
    ALTERNATING = "alternating"
    IN_ONLY = "in_only"


class Confirmation(Enum):
    """How an entry was confirmed."""

    FACE = "face"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A confirmed match on its way to the log: what the service turns into an entry.

    ``key`` makes recording idempotent: the same sighting twice is one row.
    """

    key: str
    person: PersonId
    at: datetime
    camera: str
    similarity: float
    threshold: float
    model_id: ModelId


@dataclass(frozen=True, slots=True)
class Entry:
    """One attendance row. ``at`` is UTC; the local offset, zone and date of its moment are kept.

    ``similarity`` and ``threshold`` are None for manual entries. ``voided_reason`` is set when a
    later correction struck this row; ``correction_reason`` when this row itself is a correction.
    """

    id: EntryId
    person: PersonId
    name: str
    at: datetime
    utc_offset_s: int
    zone: str
    local_date: str
    kind: EntryKind
    camera: str
    similarity: float | None
    threshold: float | None
    model_id: ModelId | None
    confirmation: Confirmation
    voided_reason: str | None = None
    correction_reason: str | None = None


class RecordOutcome(Enum):
    """What became of a sighting."""

    RECORDED = "recorded"
    COOLING_DOWN = "cooling_down"
    DUPLICATE = "duplicate"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The service's answer to a sighting. For COOLING_DOWN ``entry`` is the row that stands."""

    outcome: RecordOutcome
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """One person's day: first in, last out (None while still here or absent)."""

    person: Person
    local_date: str
    first_in: Entry | None
    last_out: Entry | None
    present: bool
    duration_s: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """Who has been seen on ``local_date`` and is here, who left again, who has not come.

    Only the alternating policy knows of leaving; under the others ``left`` is empty.
    """

    local_date: str
    here: tuple[DayRow, ...]
    left: tuple[DayRow, ...]
    missing: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What attendance page, export and command line select. Dates are local, inclusive."""

    from_date: str | None = None
    to_date: str | None = None
    person: PersonId | None = None
    group: str | None = None
    include_voided: bool = True


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation changed; every view refreshes what it shows of it."""

    people: bool = False
    templates: bool = False
    entries: bool = False
    settings: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.people or other.people,
            self.templates or other.templates,
            self.entries or other.entries,
            self.settings or other.settings,
        )
