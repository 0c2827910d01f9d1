"""Every value that crosses a room's boundary. No behaviour beyond checking itself, no I/O.

Coordinates are pixels of the frame they belong to, origin top-left, x to the right, y down.
Colour is RGB. Times are monotonic seconds (``t_s``) or aware UTC datetimes (``at``); local time
exists only in the window and in exports. Arrays are checked where they are made and read-only.
"""

from __future__ import annotations

from faceapp.types.basic import (
    CHIP_SIZE_PX,
    F32,
    U8,
    EntryId,
    ModelId,
    PersonId,
    TemplateId,
    TrackId,
    checked,
)
from faceapp.types.kept import (
    Changes,
    Confirmation,
    DayRow,
    Entry,
    EntryFilter,
    EntryKind,
    EntryPolicy,
    Person,
    PersonSummary,
    Recorded,
    RecordOutcome,
    Sighting,
    Template,
    Today,
)
from faceapp.types.seen import (
    Box,
    CameraState,
    Chip,
    Decision,
    Face,
    Frame,
    FrameResult,
    Landmark,
    Liveness,
    Match,
    PoorReason,
    Quality,
    RangeMode,
    Sample,
    SeenFace,
)

__all__ = [
    "CHIP_SIZE_PX",
    "F32",
    "U8",
    "Box",
    "CameraState",
    "Changes",
    "Chip",
    "Confirmation",
    "DayRow",
    "Decision",
    "Entry",
    "EntryFilter",
    "EntryId",
    "EntryKind",
    "EntryPolicy",
    "Face",
    "Frame",
    "FrameResult",
    "Landmark",
    "Liveness",
    "Match",
    "ModelId",
    "Person",
    "PersonId",
    "PersonSummary",
    "PoorReason",
    "Quality",
    "RangeMode",
    "RecordOutcome",
    "Recorded",
    "Sample",
    "SeenFace",
    "Sighting",
    "Template",
    "TemplateId",
    "Today",
    "TrackId",
    "checked",
]
