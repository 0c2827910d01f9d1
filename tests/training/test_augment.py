from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.training.augment import Augmentation, augment
from tests.training.made import chips

OFF = Augmentation(**{field.name: 0.0 for field in fields(Augmentation)})
ALWAYS = Augmentation(**{field.name: 1.0 for field in fields(Augmentation)})
ODDS = [
    field.name
    for field in fields(Augmentation)
    if field.name not in ("shift_px", "rotate_deg", "log_scale", "mirror")
]
CHIP = chips(1)[0]


@given(
    st.sampled_from((32, 48, 80, 112, 128)),
    st.integers(0, 2**32 - 1),
    st.sampled_from((OFF, Augmentation(), ALWAYS)),
)
def test_a_chip_stays_a_chip(size_px: int, seed: int, how: Augmentation) -> None:
    before = CHIP.copy()
    out = augment(CHIP, size_px, how, np.random.default_rng(seed))
    assert out.shape == (size_px, size_px, 3)
    assert out.dtype == np.uint8
    assert np.array_equal(CHIP, before)


@given(st.integers(0, 2**32 - 1))
def test_the_random_source_decides_alone(seed: int) -> None:
    first, second = (augment(CHIP, 64, ALWAYS, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(first, second)


def test_two_draws_differ() -> None:
    rng = np.random.default_rng(1)
    first, second = (augment(CHIP, 112, Augmentation(), rng) for _ in range(2))
    assert not np.array_equal(first, second)


def test_switched_off_it_changes_nothing() -> None:
    assert np.array_equal(augment(CHIP, 112, OFF, np.random.default_rng(0)), CHIP)


def test_without_jitter_a_mirror_is_a_flip() -> None:
    out = augment(CHIP, 112, replace(OFF, mirror=1.0), np.random.default_rng(0))
    assert np.array_equal(out, CHIP[:, ::-1])


def test_half_of_the_chips_are_mirrored() -> None:
    rng = np.random.default_rng(0)
    how = replace(OFF, mirror=0.5)
    mirrored = [np.array_equal(augment(CHIP, 112, how, rng), CHIP[:, ::-1]) for _ in range(200)]
    assert 75 <= sum(mirrored) <= 125


@pytest.mark.parametrize("name", ODDS)
def test_each_distortion_can_be_chosen_alone(name: str) -> None:
    how = replace(OFF, **{name: 1.0})
    assert not np.array_equal(augment(CHIP, 112, how, np.random.default_rng(3)), CHIP)


def test_grey_is_grey() -> None:
    out = augment(CHIP, 112, replace(OFF, grey=1.0), np.random.default_rng(0))
    assert (out.max(axis=2) == out.min(axis=2)).all()


def test_shrinking_keeps_the_mean_and_the_place() -> None:
    """Half-pixel mistakes in the resize would teach another alignment than the app's."""
    ramp = np.broadcast_to(np.linspace(0, 224, 112)[None, :, None], (112, 112, 3)).astype(np.uint8)
    out = augment(ramp, 48, OFF, np.random.default_rng(0)).astype(float)
    centres = (np.arange(48) - 23.5) * 112 / 48 + 55.5
    expected = np.interp(centres, np.arange(112), ramp[0, :, 0].astype(float))
    assert out[24, 2:-2, 0] == pytest.approx(expected[2:-2], abs=1.5)


def test_the_alignment_jitters_as_much_as_was_asked() -> None:
    dot = np.zeros((112, 112, 3), np.uint8)
    dot[54:58, 54:58] = 255
    rng, how = np.random.default_rng(0), replace(OFF, shift_px=3.0)
    places = []
    for _ in range(400):
        light = augment(dot, 112, how, rng)[..., 0].astype(float)
        places.append([np.average(np.arange(112), weights=light.sum(axis=axis)) for axis in (0, 1)])
    assert np.mean(places, axis=0) == pytest.approx([55.5, 55.5], abs=0.5)
    assert np.std(places, axis=0) == pytest.approx([3.0, 3.0], abs=0.4)
