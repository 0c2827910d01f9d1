"""People and their attendance as they are stored, and how they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta, timezone
from enum import Enum

from faceapp.types.basic import F32, EntryId, ModelId, PersonId, TemplateId, unit_rows


@dataclass(frozen=True, slots=True)
class Person:
    """One enrolled person. ``id`` is the operator's own code."""

    id: PersonId
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A row of the people page.

    ``templates`` counts all that are kept, ``usable`` those that are whole and of the model in
    use, if that was asked for. ``weakest`` is the lowest quality 0..1 of these, None without any.
    ``agreed_at``: when the person's agreement to face recognition was recorded, None where it
    never was.
    """

    person: Person
    templates: int
    usable: int
    weakest: float | None
    enrolled_at: datetime
    last_seen_at: datetime | None
    agreed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong in a database all of whose pages and references are whole.

    ``samples_of`` names who has damaged samples. ``entries`` counts those without a valid time,
    which no list shows; ``values``: some other time or text is not valid. ``altered`` names what
    another program has added or removed, as "trigger entries_stay".
    """

    samples_of: tuple[PersonId, ...] = ()
    entries: int = 0
    values: bool = False
    altered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """What is in a backup; ``last_entry_at`` is UTC, None where there is no entry."""

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

    def usable_with(self, model_id: ModelId | None) -> bool:
        """Return whether it is whole and of this model; None: of whatever model."""
        return model_id in (None, self.model_id) and bool(unit_rows(self.vector[None]).all())


class EntryKind(Enum):
    """Direction of an entry. Where the policy is IN_ONLY a camera makes only IN."""

    IN = "in"
    OUT = "out"


class EntryPolicy(Enum):
    """How kinds are assigned: first sight in and last sight out, alternating, or in only."""

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
    local_date: date
    kind: EntryKind
    camera: str
    similarity: float | None
    threshold: float | None
    model_id: ModelId | None
    confirmation: Confirmation
    voided_reason: str | None = None
    correction_reason: str | None = None

    @property
    def local_at(self) -> datetime:
        """The moment on the clock of the place where it happened."""
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
    """What attendance page, export and command line select. Dates are local, inclusive."""

    from_date: date | None = None
    to_date: date | None = None
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

    @classmethod
    def everything(cls) -> Changes:
        """Return the changes after which every view has to refresh all it shows."""
        return cls(**{field.name: True for field in fields(cls)})

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.people or other.people,
            self.templates or other.templates,
            self.entries or other.entries,
            self.settings or other.settings,
        )
