from __future__ import annotations

import numpy as np
import pytest

from faceapp.training.tflite import representative

COUNT = 1500


def plain(levels: np.ndarray) -> np.ndarray:
    """One-coloured chips uint8 (N, 112, 112, 3) of colours (N, 3)."""
    return np.ascontiguousarray(
        np.broadcast_to(levels.astype(np.uint8)[:, None, None, :], (len(levels), 112, 112, 3))
    )


@pytest.fixture(scope="module")
def faces() -> np.ndarray:
    """Return chips of which nine in ten are bright; red less blue is spread within each light."""
    rng = np.random.default_rng(0)
    light = np.where(
        rng.random(COUNT) < 0.9, rng.uniform(170, 220, COUNT), rng.uniform(30, 80, COUNT)
    )
    warm = rng.uniform(-25, 25, COUNT)
    return plain(np.stack([light + warm, light, light - warm], axis=1))


def colours(drawn: np.ndarray) -> np.ndarray:
    return drawn[:, 0, 0].astype(int)


def test_the_same_chips_are_drawn_again(faces: np.ndarray) -> None:
    rows = np.arange(COUNT)
    first, again = (representative(faces, rows, 100, 1) for _ in range(2))
    assert first.shape == (100, 112, 112, 3)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, representative(faces, rows, 100, 2))


@pytest.mark.parametrize("count", [50, 100, 130, 300])
def test_every_tenth_of_brightness_is_there_alike(faces: np.ndarray, count: int) -> None:
    rows = np.arange(COUNT)
    drawn = representative(faces, rows, count, 1)
    assert len(drawn) == count
    edges = np.quantile(colours(faces).mean(axis=1), np.linspace(0, 1, 11)[1:-1])
    shares = np.bincount(np.searchsorted(edges, colours(drawn).mean(axis=1)), minlength=10) / count
    assert shares == pytest.approx(np.full(10, 0.1), abs=0.05)


def test_every_tenth_of_warmth_is_there_alike(faces: np.ndarray) -> None:
    drawn = colours(representative(faces, np.arange(COUNT), 200, 1))
    warmth = drawn[:, 0] - drawn[:, 2]
    assert np.histogram(warmth, 5, (-51, 51))[0] == pytest.approx(np.full(5, 40), abs=12)


def test_no_source_comes_first(faces: np.ndarray) -> None:
    """A set stands in the order of its sources: first rows of each stratum are the first ones."""
    marked = faces.copy()
    marked[COUNT // 2 :, :8, :8] = 0  # outside of the middle that is measured
    drawn = representative(marked, np.arange(COUNT), 200, 1)
    assert 60 <= (drawn[:, 0, 0].sum(axis=1) == 0).sum() <= 140


def test_only_the_rows_asked_for_are_drawn(faces: np.ndarray) -> None:
    marked = faces.copy()
    marked[::2, :8, :8] = 0
    drawn = representative(marked, np.arange(1, COUNT, 2), 100, 1)
    assert (drawn[:, 0, 0].sum(axis=1) > 0).all()


def test_a_set_smaller_than_asked_for_is_taken_whole(faces: np.ndarray) -> None:
    assert len(representative(faces, np.arange(7), 100, 1)) == 7
