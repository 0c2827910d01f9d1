"""Turns chips into embeddings: the `Embedder` seam and the TFLite model behind it.

Quantized integers stay in here. `recognition` interprets the embeddings.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from faceapp.errors import ModelMismatch
from faceapp.types import CHIP_SIZE_PX, F32, U8, ModelId, check_array
from faceapp.vision.modelcard import ModelCard, verify
from faceapp.vision.native import open_interpreter

MIN_NORM = 1e-6
"""A vector shorter than this has no direction."""


Ports = list[dict[str, Any]]
"""LiteRT's description of a model's inputs or outputs."""

QUANTIZATION_TOLERANCE = 1.5
"""How many levels a model's black and white may differ from those of the pixels."""


class Embedder(Protocol):
    """Turns chips into unit vectors. Used by one thread at a time."""

    @property
    def model_id(self) -> ModelId:
        """Name of the model: vectors of different models are never compared."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, chips: U8) -> F32:
        """Embed ``chips`` uint8 (N, 112, 112, 3) as unit rows float32 (N, dimension)."""
        ...


class TfliteEmbedder:
    """A TFLite model with uint8, int8 or float32 input for one chip, in an interpreter of its own.

    Chips are embedded one after another: XNNPACK gains nothing from a batch, and a chip's vector
    must not depend on its neighbours.
    """

    def __init__(self, card: ModelCard, path: Path, threads: int = 1) -> None:
        """Load ``path``, the file of ``card``. Raises ModelError."""
        self._card = card
        # Checked as it is loaded: an upgrade may replace the file of a program that is running.
        self._interpreter = open_interpreter(path, threads, card.sha256)
        inputs = self._interpreter.get_input_details()
        outputs = self._interpreter.get_output_details()
        what = _misfit(card, inputs, outputs)
        if what is not None:
            raise ModelMismatch(path=path, what=what)
        self._input, self._output = inputs[0]["index"], outputs[0]["index"]
        self._as_input = as_input(inputs[0]["dtype"])
        self._dequantize = dequantizer(outputs[0])

    @property
    def model_id(self) -> ModelId:
        """Name of the model, from its card."""
        return self._card.model_id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._card.dimension

    def embed(self, chips: U8) -> F32:
        """Embed ``chips`` uint8 (N, 112, 112, 3) as unit rows float32 (N, dimension).

        Raises ValueError for other shapes, ModelMismatch if an output vector has no direction.
        """
        check_array("chips", chips, (None, CHIP_SIZE_PX, CHIP_SIZE_PX, 3), np.uint8)
        rows = np.empty((len(chips), self.dimension), np.float32)
        for row, chip in zip(rows, chips, strict=True):
            self._interpreter.set_tensor(self._input, self._as_input(chip)[None])
            self._interpreter.invoke()
            row[:] = self._dequantize(self._interpreter.get_tensor(self._output).reshape(-1))
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        # Written so that NaN is refused too.
        if not ((norms > MIN_NORM) & (norms < np.inf)).all():
            raise ModelMismatch(path=self._card.file, what="output")
        vectors: F32 = rows / norms
        vectors.flags.writeable = False
        return vectors


def embed_both_sides(embed: Callable[[U8], F32], chips: U8) -> F32:
    """Return unit means of the embeddings of chips and their mirror images, float32 (N, D).

    ``chips`` is uint8 (N, 112, 112, 3). For templates: the mirror image shows the same person, so
    any difference between the two embeddings is noise. It takes twice as long, but only once, when
    somebody is enrolled.
    """
    seen = embed(chips)
    both = seen + embed(np.ascontiguousarray(chips[:, :, ::-1]))
    norms = np.linalg.norm(both, axis=1, keepdims=True)
    opposed = norms <= MIN_NORM  # the two sides point in opposite directions
    vectors: F32 = np.where(opposed, seen, both / np.where(opposed, 1.0, norms))
    vectors.flags.writeable = False
    return vectors


def open_embedder(card: ModelCard, models_dir: Path, threads: int = 1) -> Embedder:
    """Check the card's file and load it. Raises ModelError."""
    verify(card, models_dir)
    return TfliteEmbedder(card, models_dir / card.file, threads)


def as_input(dtype: type) -> Callable[[U8], NDArray[Any]]:
    """Return what makes pixels 0..255 the input of a model: float32 in -1..1, uint8 or int8.

    A quantized input has a level for each pixel value: uint8 the value itself, int8 128 less.
    """
    if dtype is np.float32:
        return lambda chip: chip / np.float32(127.5) - np.float32(1.0)
    if dtype is np.uint8:
        return lambda chip: chip
    return lambda chip: (chip ^ np.uint8(128)).view(np.int8)


def dequantizer(out: dict[str, Any]) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """Return what makes a model's output float32; ``out`` is LiteRT's description of it."""
    scale, zero = out["quantization"]
    if not scale > 0.0:
        return lambda values: values
    return lambda values: (values.astype(np.float32) - zero) * scale


def _misfit(card: ModelCard, inputs: Ports, outputs: Ports) -> str | None:
    """Name what differs between a loaded model and its card; None if nothing does."""
    if len(inputs) != 1 or tuple(inputs[0]["shape"]) != (1, CHIP_SIZE_PX, CHIP_SIZE_PX, 3):
        return "input"
    if np.dtype(inputs[0]["dtype"]).name != card.input_dtype or not _takes_pixels(inputs[0]):
        return "input"
    if len(outputs) != 1 or int(np.prod(outputs[0]["shape"])) != card.dimension:
        return "dimension"
    return None


def _takes_pixels(entry: dict[str, Any]) -> bool:
    """Return whether the input takes pixels: floats, or integers whose levels span -1..1."""
    if entry["dtype"] is np.float32:
        return True
    scale, zero = entry["quantization"]
    if not scale > 0.0:
        return False
    span = np.iinfo(entry["dtype"])
    ends = np.array([-1.0, 1.0]) / scale + zero
    return bool(np.abs(ends - (span.min, span.max)).max() <= QUANTIZATION_TOLERANCE)
