from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.types import F32, U8
from faceapp.vision.geometry import apply, estimate_similarity, invert, scale_of, warp
from tests.vision.made import similarity, texture

angles = st.floats(-math.pi, math.pi)
scales = st.floats(0.05, 20.0)
shifts = st.tuples(st.floats(-500, 500), st.floats(-500, 500))
weights = st.lists(st.floats(0.1, 10.0), min_size=5, max_size=5)


def points(seed: int) -> F32:
    return np.random.default_rng(seed).uniform(0, 112, (5, 2)).astype(np.float32)


@given(angles, scales, shifts, weights, st.integers(0, 1000))
def test_a_similarity_is_found_again_however_the_points_are_weighted(
    angle: float, scale: float, shift: tuple[float, float], weight: list[float], seed: int
) -> None:
    there = similarity(angle, scale, *shift)
    here = points(seed)
    found = estimate_similarity(here, apply(there, here), weight)
    reach = 1e-3 * (1.0 + scale)
    assert np.allclose(apply(found, here), apply(there, here), atol=reach * 10)
    assert scale_of(found) == pytest.approx(scale, rel=1e-3)


@given(st.integers(0, 1000), st.integers(0, 1000), weights)
def test_no_other_similarity_near_the_found_one_fits_better(
    seed: int, other: int, weight: list[float]
) -> None:
    here, there = points(seed), points(other + 2000)
    found = estimate_similarity(here, there, weight)

    def miss(matrix: F32) -> float:
        apart = ((apply(matrix, here).astype(float) - there) ** 2).sum(axis=1)
        return float(np.asarray(weight) @ apart)

    best = miss(found)
    for step in (
        similarity(0.02, 1.0, 0, 0),
        similarity(-0.02, 1.0, 0, 0),
        similarity(0.0, 1.02, 0, 0),
        similarity(0.0, 0.98, 0, 0),
        similarity(0.0, 1.0, 1, 0),
        similarity(0.0, 1.0, 0, -1),
    ):
        moved = np.vstack([step, [0, 0, 1]]) @ np.vstack([found, [0, 0, 1]])
        assert miss(moved[:2].astype(np.float32)) >= best - 1e-2 * (1.0 + best)


def test_a_mirrored_face_is_turned_never_mirrored() -> None:
    here = points(3)
    found = estimate_similarity(here, here * [-1, 1])
    assert np.linalg.det(found[:, :2]) > 0


@pytest.mark.parametrize(
    "src",
    [
        np.full((4, 2), 7.0),
        np.full((4, 2), np.nan),
        np.array([[0, 0], [1, 1], [np.inf, 0], [2, 2]]),
        np.zeros((1, 2)),
        np.zeros((4, 3)),
        np.zeros((3, 2)),
    ],
)
def test_points_that_span_nothing_are_refused(src: F32) -> None:
    with pytest.raises(ValueError, match=r"points|expected"):
        estimate_similarity(src, np.arange(8.0).reshape(4, 2))


@given(angles, st.floats(0.2, 5.0), shifts, st.integers(0, 1000))
def test_there_and_back_again(
    angle: float, scale: float, shift: tuple[float, float], seed: int
) -> None:
    there = similarity(angle, scale, *shift)
    here = points(seed)
    assert np.allclose(apply(invert(there), apply(there, here)), here, atol=0.05)


def test_a_patch_where_the_picture_is_is_the_picture() -> None:
    rgb = texture(60, 60)
    same = warp(rgb, similarity(0, 1, 0, 0), 60)
    assert np.array_equal(same, rgb)


@pytest.mark.parametrize("shrink", [1.0, 1.7, 2.0, 2.5, 3.0, 7.0, 16.0])
@pytest.mark.parametrize("angle", [0.0, 0.4, 3.0])
def test_shrinking_averages_and_moves_nothing(shrink: float, angle: float) -> None:
    """The middle of a smooth ramp stays where the matrix puts it, to a tenth of a patch pixel."""
    ys, xs = np.mgrid[0:800, 0:900].astype(np.float32)
    rgb = np.stack([xs * (255 / 899), ys * (255 / 799), np.full_like(xs, 9)], axis=-1)
    matrix = similarity(angle, 1.0 / shrink, 0, 0)
    matrix[:, 2] = np.array([16, 16]) - matrix[:, :2] @ np.array([450, 400])
    patch = warp(rgb.round().astype(np.uint8), matrix, 33).astype(float)
    middle = patch[15:18, 15:18].mean(axis=(0, 1))
    one_px = 255 / 899 * shrink
    assert middle[0] == pytest.approx(450 * 255 / 899, abs=0.1 * one_px + 0.5)
    assert middle[1] == pytest.approx(400 * 255 / 799, abs=0.1 * one_px + 0.5)


def test_fine_patterns_turn_grey_instead_of_false() -> None:
    board = (np.indices((400, 400)).sum(axis=0) % 2 * 255).astype(np.uint8)
    rgb = np.repeat(board[..., None], 3, axis=2)
    patch = warp(rgb, similarity(0.1, 0.2, 5, 0), 60)
    assert abs(float(patch[15:45, 15:45].mean()) - 127.5) < 2
    assert float(patch[15:45, 15:45].std()) < 5


@given(st.integers(1, 50), st.integers(1, 50), angles, st.floats(1e-5, 30.0), shifts)
def test_every_picture_and_matrix_gives_a_patch_of_its_own_colours(
    height: int,
    width: int,
    angle: float,
    scale: float,
    shift: tuple[float, float],
) -> None:
    rgb: U8 = np.full((height, width, 3), (200, 100, 50), np.uint8)
    patch = warp(rgb, similarity(angle, scale, *shift), 40)
    assert patch.shape == (40, 40, 3)
    assert (patch == (200, 100, 50)).all()
