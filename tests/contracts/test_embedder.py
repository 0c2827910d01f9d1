"""What every embedder promises; there is one, the shipped model's."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.types import U8
from faceapp.vision.embed import Embedder, embed_both_sides, open_embedder
from faceapp.vision.modelcard import find_card, load_card


def shipped(models: Path) -> Embedder:
    return open_embedder(load_card(find_card(models)), models)


@pytest.fixture(scope="module")
def embedder(models: Path) -> Embedder:
    return shipped(models)


@pytest.fixture(scope="module")
def chips() -> U8:
    """Return seven chips of anything."""
    coarse = np.random.default_rng(3).integers(0, 256, (7, 8, 8, 3)).astype(np.uint8)
    return np.array([cv2.resize(one, (112, 112)) for one in coarse], np.uint8)


def test_rows_are_unit_vectors_of_the_promised_size(embedder: Embedder, chips: U8) -> None:
    vectors = embedder.embed(chips)
    assert vectors.shape == (len(chips), embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert not vectors.flags.writeable
    assert embedder.model_id


def test_a_chip_has_one_vector_alone_or_among_others_now_or_later(
    embedder: Embedder, chips: U8
) -> None:
    together = embedder.embed(chips)
    alone = np.concatenate([embedder.embed(chip[None]) for chip in chips[::-1]])[::-1]
    assert np.array_equal(together, alone)
    assert np.array_equal(together, embedder.embed(chips))


def test_both_sides_are_the_same_for_a_mirror_image(embedder: Embedder, chips: U8) -> None:
    vectors = embed_both_sides(embedder.embed, chips)
    mirrored = np.ascontiguousarray(chips[:, :, ::-1])
    assert vectors == pytest.approx(embed_both_sides(embedder.embed, mirrored), abs=1e-6)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert not vectors.flags.writeable
    plain, turned = (embedder.embed(one) for one in (chips, mirrored))
    # Midway between the two: as near to one as to the other.
    assert (vectors * plain).sum(axis=1) == pytest.approx((vectors * turned).sum(axis=1), abs=1e-5)
    assert embed_both_sides(embedder.embed, chips[:0]).shape == (0, embedder.dimension)


def test_two_embedders_agree(embedder: Embedder, models: Path, chips: U8) -> None:
    assert np.array_equal(embedder.embed(chips), shipped(models).embed(chips))


def test_no_chips_give_no_vectors(embedder: Embedder) -> None:
    empty = embedder.embed(np.zeros((0, 112, 112, 3), np.uint8))
    assert empty.shape == (0, embedder.dimension)


def test_different_pictures_have_different_vectors(embedder: Embedder, chips: U8) -> None:
    vectors = embedder.embed(chips)
    likeness = vectors @ vectors.T
    assert (likeness[~np.eye(len(chips), dtype=bool)] < 0.999).all()


@pytest.mark.parametrize("level", [0, 127, 255])
def test_empty_chips_are_no_error(embedder: Embedder, level: int) -> None:
    vectors = embedder.embed(np.full((1, 112, 112, 3), level, np.uint8))
    assert np.linalg.norm(vectors) == pytest.approx(1.0, abs=1e-5)


def test_chips_are_left_as_they_are(embedder: Embedder, chips: U8) -> None:
    kept = chips.copy()
    embedder.embed(chips)
    assert np.array_equal(chips, kept)
    assert chips.flags.writeable
    kept.flags.writeable = False
    assert len(embedder.embed(kept[::2])) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((112, 112, 3), np.uint8),
        np.zeros((1, 96, 96, 3), np.uint8),
        np.zeros((1, 3, 112, 112), np.uint8),
        np.zeros((1, 112, 112, 3), np.float32),
    ],
)
def test_anything_but_chips_is_our_bug(embedder: Embedder, wrong: U8) -> None:
    with pytest.raises(ValueError, match="chips"):
        embedder.embed(wrong)
