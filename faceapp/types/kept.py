"""People and their attendance as stored, and the values used to query and change them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta, timezone
from enum import Enum

from faceapp.types.basic import F32, EntryId, Model, ModelId, PersonId, TemplateId, unit_rows


@dataclass(frozen=True, slots=True)
class Person:
    """One enrolled person. ``id`` is the operator's own code."""

    id: PersonId
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Somebody whose groups change from ``former`` to ``groups``."""

    person: PersonId
    former: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A row of the people page.

    ``templates`` counts all that are stored, ``usable`` those that are intact and of the model in
    use, or all of them if no model was given. ``weakest`` is the lowest quality 0..1 of the usable
    ones, None if there are none. ``agreed_at`` is when the person's agreement to face recognition
    was recorded, None if it never was.
    """

    person: Person
    templates: int
    usable: int
    weakest: float | None
    enrolled_at: datetime
    last_seen_at: datetime | None
    agreed_at: datetime | None = None

    @property
    def unrecognizable(self) -> bool:
        """Whether there are templates, none of which the model in use can use."""
        return self.templates > 0 and self.usable == 0


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong in a database whose pages and references are all intact.

    ``samples_of`` lists the people with damaged samples. ``entries`` counts entries without a valid
    time, which no list shows. ``values`` is True if any other time or text is invalid. ``altered``
    names what another program has added or removed, such as "trigger entries_stay".
    """

    samples_of: tuple[PersonId, ...] = ()
    entries: int = 0
    values: bool = False
    altered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """The contents of a backup; ``last_entry_at`` is UTC, None if there are no entries."""

    people: int
    entries: int
    last_entry_at: datetime | None
    damage: Damage


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

    def usable_with(self, model: Model | None) -> bool:
        """Return whether the template is intact and of this model; None accepts any model."""
        own = Model(self.model_id, len(self.vector))
        return model in (None, own) and bool(unit_rows(self.vector[None]).all())


class EntryKind(Enum):
    """Direction of an entry. Under the IN_ONLY policy a camera creates only IN."""

    IN = "in"
    OUT = "out"


class EntryPolicy(Enum):
    """How kinds are assigned: first sighting in and last out, alternating, or in only."""

    FIRST_IN_LAST_OUT = "first_in_last_out"
    ALTERNATING = "alternating"
    IN_ONLY = "in_only"


class Confirmation(Enum):
    """How an entry was confirmed."""

    FACE = "face"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A confirmed match, which the service turns into an attendance entry.

    ``key`` makes recording idempotent: recording the same sighting twice creates one row.
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
    """One attendance row. ``at`` is UTC; local offset, zone and date at that time are stored too.

    ``similarity`` and ``threshold`` are None for manual entries. ``recorded_at`` is when the row
    was written, UTC. ``voided_reason`` and ``voided_at`` are set if a later correction voided this
    row; ``correction_reason`` if this row is itself a correction.
    """

    id: EntryId
    person: PersonId
    name: str
    at: datetime
    utc_offset_s: int
    zone: str
    local_date: date
    kind: EntryKind
    camera: str
    similarity: float | None
    threshold: float | None
    model_id: ModelId | None
    confirmation: Confirmation
    recorded_at: datetime
    voided_reason: str | None = None
    voided_at: datetime | None = None
    correction_reason: str | None = None

    @property
    def local_at(self) -> datetime:
        """``at`` in the local time of the place where the entry was made."""
        return self.at.astimezone(timezone(timedelta(seconds=self.utc_offset_s)))


class RecordOutcome(Enum):
    """What became of a sighting."""

    RECORDED = "recorded"
    COOLING_DOWN = "cooling_down"
    DUPLICATE = "duplicate"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The service's answer to a sighting. For COOLING_DOWN ``entry`` is the earlier one."""

    outcome: RecordOutcome
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """One person's day: first in, last out (None while still here or absent)."""

    person: Person
    local_date: date
    first_in: Entry | None
    last_out: Entry | None
    present: bool
    duration_s: int | None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One person's days added up.

    ``days_incomplete`` are those of the present days on which the coming or the going was not
    recorded. ``duration_s`` is None if no day has a duration.
    """

    person: Person
    days_present: int
    days_incomplete: int
    days_missing: int
    duration_s: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """Who has been seen on ``local_date`` and is here, who left again, who has not come.

    Only the alternating policy knows of leaving; under the others ``left`` is empty.
    """

    local_date: date
    here: tuple[DayRow, ...]
    left: tuple[DayRow, ...]
    missing: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries the attendance page, export or command line selects. Dates local, inclusive."""

    from_date: date | None = None
    to_date: date | None = None
    person: PersonId | None = None
    group: str | None = None
    include_voided: bool = True


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation changed; each view refreshes the parts of it that it shows."""

    people: bool = False
    templates: bool = False
    entries: bool = False
    settings: bool = False

    @classmethod
    def everything(cls) -> Changes:
        """Return changes that make every view refresh all it shows."""
        return cls(**{field.name: True for field in fields(cls)})

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.people or other.people,
            self.templates or other.templates,
            self.entries or other.entries,
            self.settings or other.settings,
        )
