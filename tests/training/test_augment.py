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


@pytest.mark.parametrize("name", ["light", "side_light", "warmth", "noise"])
@given(seed=st.integers(0, 2**32 - 1))
def test_no_level_leaves_the_range(name: str, seed: int) -> None:
    """Brighter than white stays white: levels would begin anew at black."""
    how = replace(OFF, **{name: 1.0})
    white, black = (np.full((112, 112, 3), level, np.uint8) for level in (255, 0))
    assert augment(white, 112, how, np.random.default_rng(seed)).min() > 30
    assert augment(black, 112, how, np.random.default_rng(seed)).max() < 120


@given(st.integers(0, 2**32 - 1))
def test_a_fifth_of_a_face_is_hidden_at_most(seed: int) -> None:
    out = augment(CHIP, 112, replace(OFF, occlusion=1.0), np.random.default_rng(seed))
    hidden = (out != CHIP).any(axis=2)
    assert 0.0 < hidden.mean() <= 0.2


@given(st.integers(0, 2**32 - 1))
def test_what_red_gains_in_warmer_light_blue_loses(seed: int) -> None:
    grey = np.full((112, 112, 3), 120, np.uint8)
    red, green, blue = augment(grey, 112, replace(OFF, warmth=1.0), np.random.default_rng(seed))[
        0, 0
    ].astype(int)
    assert green == 120
    assert abs(red + blue - 240) <= 1


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


def test_stripes_too_fine_for_a_small_chip_become_grey() -> None:
    stripes = np.zeros((112, 112, 3), np.uint8)
    stripes[:, ::2] = 255
    out = augment(stripes, 48, OFF, np.random.default_rng(0))[4:-4, 4:-4]
    assert np.abs(out.astype(int) - 128).max() < 30


def test_the_alignment_turns_and_grows_as_much_as_was_asked() -> None:
    dots = np.zeros((112, 112, 3), np.uint8)
    dots[54:58, 24:28, 0] = dots[54:58, 84:88, 1] = 255  # a red one on the left, 60 px apart
    rng, how = np.random.default_rng(0), replace(OFF, rotate_deg=3.5, log_scale=0.055)
    turned, grown = [], []
    for _ in range(400):
        red, green = (
            [np.average(np.arange(112), weights=light.sum(axis=axis)) for axis in (0, 1)]
            for light in np.moveaxis(augment(dots, 112, how, rng)[..., :2].astype(float), 2, 0)
        )
        across, down = np.subtract(green, red)
        turned.append(np.rad2deg(np.arctan2(down, across)))
        grown.append(np.log(np.hypot(across, down) / 60))
    assert np.mean(turned) == pytest.approx(0.0, abs=0.6)
    assert np.std(turned) == pytest.approx(3.5, abs=0.5)
    assert np.mean(grown) == pytest.approx(0.0, abs=0.01)
    assert np.std(grown) == pytest.approx(0.055, abs=0.008)


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
