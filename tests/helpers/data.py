"""What tests of the data are made of: people, samples, sightings and entries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from faceapp.config import Settings
from faceapp.service import Service
from faceapp.store import open_store
from faceapp.types import (
    Confirmation,
    Entry,
    EntryId,
    EntryKind,
    FmrRow,
    Model,
    ModelId,
    Person,
    PersonId,
    Quality,
    Sample,
    Sighting,
    Template,
)
from faceapp.vision.modelcard import ModelCard
from faceapp.vision.template import ALIGNMENT
from tests.helpers.clock import MONDAY, HandClock

BERLIN = ZoneInfo("Europe/Berlin")
MODEL = ModelId("test-model")
DIMENSION = 8
IN_USE = Model(MODEL, DIMENSION)
OLDER = Model(ModelId("older"), DIMENSION)
GRACE = Person(PersonId("P01"), "Grace Okafor", ("Class 3",))
OMAR = Person(PersonId("P02"), "Omar Haddad", ("Class 3", "Staff"))
ENTRY = Entry(
    id=EntryId(1),
    person=GRACE.id,
    name=GRACE.name,
    at=MONDAY,
    utc_offset_s=3600,
    zone="Europe/Berlin",
    local_date=date(2026, 11, 23),
    kind=EntryKind.IN,
    camera="Hall",
    similarity=0.712345,
    threshold=0.5,
    model_id=MODEL,
    confirmation=Confirmation.FACE,
    recorded_at=MONDAY,
)
GOOD = Quality(
    sharpness=50.0,
    brightness=120.0,
    contrast=40.0,
    yaw_deg=0.0,
    pitch_deg=0.0,
    roll_deg=0.0,
    eye_distance_px=60.0,
    reason=None,
)


def made_card(model_id: ModelId, dimension: int) -> ModelCard:
    """Make the card of a model that is not there; what matters of it is its table."""
    return ModelCard(
        model_id=model_id,
        file="test.tflite",
        sha256="0" * 64,
        size_bytes=1,
        input_size_px=112,
        input_dtype="uint8",
        input_colour="RGB",
        dimension=dimension,
        alignment=ALIGNMENT,
        template=(),
        fmr_table=(
            FmrRow(0.2, 1e-1, 10**8),
            FmrRow(0.4, 1e-3, 10**8),
            FmrRow(0.6, 1e-5, 10**8),
        ),
        accuracy={},
        training={},
        licence="",
        limits=(),
        date="2026-01-01",
    )


def score(quality: Quality) -> float:
    """Rate a quality by its sharpness alone."""
    return quality.sharpness / 100.0


def sample(seed: int, source: str = "camera", model: Model = IN_USE) -> Sample:
    """Make a sample whose vector depends on the seed and the model's dimension alone."""
    vector = np.random.default_rng(seed).normal(size=model.dimension).astype(np.float32)
    vector /= np.linalg.norm(vector)
    return Sample(vector, GOOD, model.id, source, np.zeros((112, 112, 3), np.uint8))


def templates_of_all(service: Service) -> list[Template]:
    """Return all templates that are kept, person by person."""
    return [one for row in service.people() for one in service.templates(row.person.id)]


def sighting(
    person: PersonId, at: datetime, key: str | None = None, camera: str = "Hall"
) -> Sighting:
    """Make a sighting whose key is as unique as its person and time."""
    return Sighting(
        key=key or f"{at.isoformat()}|{camera}|{person}",
        person=person,
        at=at,
        camera=camera,
        similarity=0.71,
        threshold=0.5,
        model_id=MODEL,
    )


@contextmanager
def service_on(
    database: Path,
    clock: HandClock | None = None,
    settings: Settings | None = None,
    zone: tzinfo = BERLIN,
) -> Iterator[Service]:
    """Open a service on a database file and close it again."""
    service = Service(
        open_store(database, busy_timeout_s=0.2),
        settings or Settings(),
        clock or HandClock(),
        lambda: zone,
        score,
    )
    try:
        yield service
    finally:
        service.close()
