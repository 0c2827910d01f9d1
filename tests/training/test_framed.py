"""Faces in the frames of others: whose face, whose frame, and one colour."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training.framed import framed, inside

EYES_AND_MOUTH = slice(50, 98), slice(42, 70)


def noise(seed: int, low: int = 60, high: int = 196) -> np.ndarray:
    return np.random.default_rng(seed).integers(low, high, (112, 112, 3), np.uint8)


@given(st.integers(0, 2**32 - 1))
def test_what_is_between_the_eyes_and_the_chin_is_the_faces_own(seed: int) -> None:
    picture, share = framed(noise(1), noise(2), np.random.default_rng(seed))
    moved = np.abs(picture[EYES_AND_MOUTH].astype(int) - noise(1)[EYES_AND_MOUTH])
    assert moved.mean() < 10.0
    assert moved[20:30, 8:20].max() <= 1
    assert 0.75 < share <= 1.0


@given(st.integers(0, 2**32 - 1))
def test_hair_and_background_are_the_others(seed: int) -> None:
    """But for their colour, which is made that of the face."""
    rng = np.random.default_rng(seed)
    picture, _ = framed(noise(1), noise(2), rng)
    shift = picture[0].astype(int) - noise(2)[0]
    assert np.ptp(shift, axis=0).max() <= 2


def test_two_faces_get_one_colour() -> None:
    red, blue = (
        np.full((112, 112, 3), colour, np.uint8) for colour in ([200, 90, 80], [90, 90, 220])
    )
    picture, _ = framed(red, blue, np.random.default_rng(0))
    assert (picture == red).all()


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 1000))
def test_no_level_leaves_the_range(own: int, other: int, seed: int) -> None:
    """Brighter than white stays white: levels would begin anew at black."""
    rng = np.random.default_rng(seed)
    face, around = np.full((112, 112, 3), own, np.uint8), noise(seed, 0, 256)
    around[44:104, 28:84] = other
    picture, _ = framed(face, around, rng)
    wanted = np.clip(around[0].astype(int) + own - other, 0, 255)
    assert np.abs(picture[0].astype(int) - wanted).max() <= 6


def test_the_same_chance_makes_the_same_picture_and_another_one_another() -> None:
    first, again, other = (
        framed(noise(1), noise(2), np.random.default_rng(seed))[0] for seed in (5, 5, 6)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_frames_differ() -> None:
    rng = np.random.default_rng(0)
    seen = [float(inside(rng).mean()) for _ in range(50)]
    assert np.std(seen) > 0.01
    assert 0.3 < min(seen) < max(seen) < 0.7


def test_a_face_is_seen_whole_in_the_frame_that_it_had() -> None:
    picture, _ = framed(noise(1), noise(1), np.random.default_rng(0))
    assert np.array_equal(picture, noise(1))
