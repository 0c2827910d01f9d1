from __future__ import annotations

from datetime import UTC, datetime

from faceapp.types import Frame, Liveness
from faceapp.vision.liveness import NoLiveness
from tests.vision.made import FRONTAL, chip_of, face_at, texture


def test_no_check_lets_everything_pass_and_says_nothing() -> None:
    frame = Frame(texture(112, 112), 0.0, datetime(2026, 1, 5, tzinfo=UTC), 0)
    found = NoLiveness().check(frame, face_at(FRONTAL), chip_of(texture(112, 112)))
    assert found == Liveness(1.0, ())
