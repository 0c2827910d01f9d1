from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from faceapp.types import Frame, Liveness
from faceapp.vision.liveness import OPENERS, open_liveness
from tests.vision.made import FRONTAL, chip_of, face_at, texture


@pytest.mark.parametrize("name", OPENERS)
def test_every_check_gives_a_score_between_nought_and_one(name: str) -> None:
    frame = Frame(texture(112, 112), 0.0, datetime(2026, 1, 5, tzinfo=UTC), 0)
    found = open_liveness(name).check(frame, face_at(FRONTAL), chip_of(texture(112, 112)))
    assert 0.0 <= found.score <= 1.0
    assert all(isinstance(reason, str) for reason in found.reasons)


def test_off_lets_everything_pass_and_says_nothing() -> None:
    frame = Frame(np.zeros((112, 112, 3), np.uint8), 0.0, datetime(2026, 1, 5, tzinfo=UTC), 0)
    found = open_liveness("off").check(
        frame, face_at(FRONTAL), chip_of(np.zeros((112, 112, 3), np.uint8))
    )
    assert found == Liveness(1.0, ())


def test_a_check_that_there_is_not_is_our_bug() -> None:
    with pytest.raises(KeyError):
        open_liveness("perfect")
