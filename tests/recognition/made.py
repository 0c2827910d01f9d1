"""Values made up for the tests of this room."""

from __future__ import annotations

import numpy as np

from faceapp.recognition.tracks import Followed
from faceapp.types import (
    F32,
    Box,
    Decision,
    Face,
    Liveness,
    Match,
    ModelId,
    PersonId,
    PoorReason,
    Quality,
    Sample,
    SeenFace,
    TrackId,
)

MODEL = ModelId("made")


def units(rows: int, dimension: int, seed: int) -> F32:
    """Return random unit rows float32 (rows, dimension)."""
    vectors = np.random.default_rng(seed).standard_normal((rows, dimension)).astype(np.float32)
    return unit(vectors)


def unit(vectors: np.ndarray) -> F32:
    """Scale rows to length 1."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)


def towards(cosine: float, dimension: int = 8, axis: int = 1) -> F32:
    """Return a unit vector with this cosine to the first axis; the rest points along ``axis``."""
    vector = np.zeros(dimension, np.float32)
    vector[0] = cosine
    vector[axis] = (1.0 - cosine**2) ** 0.5
    return vector


def pictured(seed: int) -> F32:
    """Return one more look of one and the same person, cosine about 0.8 to the others."""
    base = towards(1.0, 16)
    noise = units(1, 16, seed)[0]
    return unit(base + np.float32(0.5) * noise)


def quality(
    yaw: float = 0.0, pitch: float = 0.0, reason: PoorReason | None = None, sharpness: float = 100.0
) -> Quality:
    """Return a good quality, or one that is poor for ``reason``."""
    return Quality(sharpness, 120.0, 40.0, yaw, pitch, 0.0, 60.0, reason)


def face(x: float, y: float, size: float) -> Face:
    """Return a face with a square box."""
    return Face(Box(x, y, size, size), np.zeros((6, 2), np.float32), 1.0)


def sample(vector: F32, yaw: float = 0.0, pitch: float = 0.0, sharpness: float = 100.0) -> Sample:
    """Return a sample with a grey thumbnail."""
    grey = np.full((112, 112, 3), 128, np.uint8)
    return Sample(vector, quality(yaw, pitch, sharpness=sharpness), MODEL, "test", grey)


def seen(
    made_sample: Sample | None, size: float = 100.0, reason: PoorReason | None = None
) -> SeenFace:
    """Return a face as a pipeline that was asked for samples hands it out."""
    spoof = made_sample is None and reason is None
    return SeenFace(
        face=face(0, 0, size),
        track=TrackId(1),
        decision=Decision.SPOOF if spoof else Decision.POOR if reason else Decision.WAITING,
        quality=made_sample.quality if made_sample else quality(reason=reason),
        liveness=Liveness(0.0 if spoof else 1.0),
        match=None,
        person=None,
        confirmed_now=False,
        threshold=0.5,
        sample=made_sample,
    )


def match(person: str | None, cosine: float, margin: float = 0.3) -> Match:
    """Return a match."""
    return Match(PersonId(person) if person is not None else None, cosine, margin)


def followed(track: int, steady: bool = True) -> Followed:
    """Return what a tracker says."""
    return Followed(TrackId(track), steady)
