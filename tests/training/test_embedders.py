from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from faceapp.training.embedders import Embedder, as_batch, ms_per_face
from faceapp.vision import modelcard
from faceapp.vision.embed import TfliteEmbedder
from tests.training.made import chips

CHIP = chips(1)[0]
LAST, FIRST = (1, 112, 112, 3), (1, 3, 112, 112)


@pytest.fixture
def shipped(models: Path) -> Path:
    """Return the shipped model's file."""
    return models / "faceapp.tflite"


def test_pixels_are_what_models_of_each_kind_take() -> None:
    assert np.array_equal(as_batch(CHIP, np.uint8, LAST)[0], CHIP)
    signed = as_batch(CHIP, np.int8, LAST)
    assert signed.dtype == np.int8
    assert np.array_equal(signed[0].astype(int) + 128, CHIP)
    scaled = as_batch(CHIP, np.float32, LAST)
    assert scaled.dtype == np.float32
    assert scaled[0] == pytest.approx(CHIP / 127.5 - 1.0, abs=1e-6)


@pytest.mark.parametrize("shape", [FIRST, ("N", 3, 112, 112), (1, 3, None, None)])
def test_channels_stand_where_the_model_wants_them(shape: tuple[int | str | None, ...]) -> None:
    entry = as_batch(CHIP, np.float32, shape)
    assert entry.shape == FIRST
    assert entry.flags.c_contiguous
    assert np.array_equal(entry[0].transpose(1, 2, 0), as_batch(CHIP, np.float32, LAST)[0])


def test_what_is_evaluated_is_what_the_app_runs(shipped: Path, models: Path) -> None:
    reported: list[int] = []
    here = Embedder(shipped).embed(chips(3), reported.append)
    card = modelcard.load_card(models / "faceapp.json")
    there = TfliteEmbedder(card, shipped).embed(chips(3))
    assert np.allclose(here, there, atol=1e-6)
    assert np.linalg.norm(here, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert reported == [1, 2, 3]


def test_measuring_speed_leaves_the_process_on_its_cores(shipped: Path) -> None:
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    embedder = Embedder(shipped)
    times_ms = ms_per_face([embedder, embedder], chips(2), turns=2)
    assert len(times_ms) == 2
    assert all(0.01 < ms < 1000 for ms in times_ms)
    assert embedder.megabytes == pytest.approx(shipped.stat().st_size / 1e6)
    if cores is not None:
        assert os.sched_getaffinity(0) == cores


@pytest.mark.parametrize("name", ["text.tflite", "text.onnx", "empty.tflite", "empty.onnx"])
def test_a_file_that_is_no_model_is_told_by_name(name: str, tmp_path: Path) -> None:
    if name.endswith("onnx"):
        pytest.importorskip("onnxruntime")
    path = tmp_path / name
    path.write_text("no model" if name.startswith("text") else "")
    with pytest.raises(ValueError, match=f"{name}: expected a model of 112x112 RGB chips"):
        Embedder(path)


def test_a_model_of_other_chips_is_told_before_it_is_asked(models: Path) -> None:
    path = models / "mediapipe" / "face_landmark.tflite"
    if not path.exists():
        pytest.skip("MediaPipe's models are not there: make models")
    with pytest.raises(ValueError, match=r"face_landmark.tflite: .*expected 192"):
        Embedder(path)
