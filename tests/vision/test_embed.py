from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from faceapp.errors import ModelCorrupt, ModelMismatch, ModelMissing
from faceapp.types import F32, U8
from faceapp.vision.align import align
from faceapp.vision.embed import (
    TfliteEmbedder,
    _takes_pixels,
    as_input,
    dequantizer,
    embed_both_sides,
    open_embedder,
)
from faceapp.vision.modelcard import ModelCard, find_card, load_card, sha256_of
from tests.vision.made import Portraits, card_content


@pytest.fixture(scope="module")
def card(models: Path) -> ModelCard:
    return load_card(find_card(models))


@pytest.fixture
def landmark_card(models: Path, tmp_path: Path) -> tuple[ModelCard, Path]:
    """Return the card of a real TFLite file that is no embedder, and the folder of both."""
    model = tmp_path / "made.tflite"
    shutil.copy(models / "mediapipe" / "face_landmark.tflite", model)
    content = card_content(sha256=sha256_of(model), bytes=model.stat().st_size)
    find_card(tmp_path).write_text(json.dumps(content), encoding="utf-8")
    return load_card(find_card(tmp_path)), tmp_path


def test_a_model_that_is_something_else_does_not_fit(
    landmark_card: tuple[ModelCard, Path],
) -> None:
    with pytest.raises(ModelMismatch):
        open_embedder(*landmark_card)


def test_a_damaged_file_is_refused_before_it_is_loaded(
    landmark_card: tuple[ModelCard, Path],
) -> None:
    card, folder = landmark_card
    content = bytearray((folder / card.file).read_bytes())
    content[1000] ^= 1
    (folder / card.file).write_bytes(content)
    with pytest.raises(ModelCorrupt):
        open_embedder(card, folder)


def test_a_file_that_is_not_there_is_missing(landmark_card: tuple[ModelCard, Path]) -> None:
    card, folder = landmark_card
    (folder / card.file).unlink()
    with pytest.raises(ModelMissing):
        open_embedder(card, folder)


def test_another_dimension_or_input_than_the_card_says_does_not_fit(
    card: ModelCard, models: Path
) -> None:
    other = "int8" if card.input_dtype != "int8" else "uint8"
    for changed in (
        replace(card, dimension=card.dimension + 1),
        replace(card, input_dtype=other),
    ):
        with pytest.raises(ModelMismatch):
            TfliteEmbedder(changed, models / card.file)


def test_a_file_exchanged_after_it_was_verified_is_not_loaded(
    card: ModelCard, models: Path
) -> None:
    verified = replace(card, sha256=64 * "0")
    with pytest.raises(ModelCorrupt) as raised:
        TfliteEmbedder(verified, models / card.file)
    assert raised.value.details["why"] == "checksum"


def test_threads_change_the_time_and_not_the_vectors(
    card: ModelCard, models: Path, portraits: Portraits
) -> None:
    chips = np.array([align(*one).rgb for one in list(portraits.values())[:4]])
    one = open_embedder(card, models, 1).embed(chips)
    two = open_embedder(card, models, 2).embed(chips)
    assert (one * two).sum(axis=1) == pytest.approx(1.0, abs=1e-3)


def port(dtype: type[np.generic], scale: float = 0.0, zero: int = 0) -> dict[str, Any]:
    """Describe an input or output as LiteRT does."""
    return {"dtype": dtype, "quantization": (scale, zero)}


@pytest.mark.parametrize(
    ("entry", "takes"),
    [
        (port(np.float32), True),
        (port(np.uint8, 1 / 127.5, 127), True),
        (port(np.int8, 1 / 127.5, -1), True),
        (port(np.uint8, 1 / 255, 0), False),  # 0..1 instead of -1..1
        (port(np.uint8, 1 / 127.5, 120), False),
        (port(np.int8, 1 / 127.5, 127), False),
        (port(np.uint8), False),
        (port(np.uint8, float("nan"), 127), False),
    ],
)
def test_only_an_input_whose_levels_are_pixels_fits(entry: dict[str, Any], takes: bool) -> None:
    assert _takes_pixels(entry) is takes


@pytest.mark.parametrize(
    ("dtype", "first", "last"), [(np.float32, -1.0, 1.0), (np.uint8, 0, 255), (np.int8, -128, 127)]
)
def test_every_pixel_value_has_its_level(dtype: type, first: float, last: float) -> None:
    pixels = np.arange(256, dtype=np.uint8)
    pixels.flags.writeable = False
    levels = as_input(dtype)(pixels)
    assert levels.dtype == np.dtype(dtype)
    assert np.diff(levels.astype(np.float64)) == pytest.approx((last - first) / 255, rel=1e-4)
    assert (levels[0], levels[-1]) == (first, last)


def test_quantized_outputs_are_brought_back_around_their_zero() -> None:
    levels = np.array([-128, 3, 127], np.int8)
    read = dequantizer(port(np.int8, 0.5, 3))
    assert read(levels).tolist() == [-65.5, 0.0, 62.0]
    plain = np.array([0.25, -3.0], np.float32)
    assert dequantizer(port(np.float32))(plain).tolist() == plain.tolist()


@pytest.mark.parametrize("value", [0.0, np.inf, np.nan])
def test_an_output_without_direction_is_the_models_fault(
    card: ModelCard, models: Path, monkeypatch: pytest.MonkeyPatch, value: float
) -> None:
    embedder = TfliteEmbedder(card, models / card.file)
    output = np.full(card.dimension, value, np.float32)
    monkeypatch.setattr(embedder, "_dequantize", lambda _: output)
    with pytest.raises(ModelMismatch) as raised:
        embedder.embed(np.zeros((1, 112, 112, 3), np.uint8))
    assert raised.value.details["what"] == "output"


def leaning(chips: U8) -> F32:
    """See nothing of a chip but to which side it is brighter."""
    lean = chips[:, :, 56:].mean(axis=(1, 2, 3)) - chips[:, :, :56].mean(axis=(1, 2, 3))
    return np.asarray(np.sign(lean), np.float32)[:, None]


def test_sides_that_contradict_each_other_leave_the_chip_as_it_is() -> None:
    ramp = np.broadcast_to(np.arange(112, dtype=np.uint8)[None, :, None], (112, 112, 3))
    chips = np.stack([ramp, ramp[:, ::-1]])
    assert embed_both_sides(leaning, chips).tolist() == [[1.0], [-1.0]]


def test_demo_people_are_most_like_themselves(
    card: ModelCard, models: Path, portraits: Portraits
) -> None:
    """Every front picture's nearest smile is the same person's."""
    embedder = open_embedder(card, models)
    people = sorted({name.split("/")[0] for name in portraits})
    fronts, smiles = (
        embedder.embed(np.array([align(*portraits[f"{one}/{kind}"]).rgb for one in people]))
        for kind in ("front", "smile")
    )
    assert (fronts @ smiles.T).argmax(axis=1).tolist() == list(range(len(people)))
