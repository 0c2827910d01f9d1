"""From chips to embeddings: the `Embedder` seam and the TFLite model behind it.

Quantized integers live in here only. What an embedding means is `recognition`'s business.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from faceapp.errors import ModelMismatch
from faceapp.types import CHIP_SIZE_PX, F32, U8, ModelId, checked
from faceapp.vision.modelcard import ModelCard, verify
from faceapp.vision.native import open_interpreter

MIN_NORM = 1e-6
"""A vector shorter than this has no direction."""


QUANTIZATION_TOLERANCE = 1.5
"""How many levels a model's idea of black and white may be off the pixels'."""


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
        """Load ``path``, the file of ``card``. Raises ModelMissing, ModelCorrupt, ModelMismatch."""
        self._card = card
        self._interpreter = open_interpreter(path, threads)
        (entry,), (out,) = (
            self._interpreter.get_input_details(),
            self._interpreter.get_output_details(),
        )
        for what, fits in (
            ("input", tuple(entry["shape"]) == (1, CHIP_SIZE_PX, CHIP_SIZE_PX, 3)),
            ("input", np.dtype(entry["dtype"]).name == card.input_dtype),
            ("dimension", int(np.prod(out["shape"])) == card.dimension),
        ):
            if not fits:
                raise ModelMismatch(path=path, what=what)
        levels = _levels(entry)
        if levels is None:
            raise ModelMismatch(path=path, what="input")
        self._input, self._output = entry["index"], out["index"]
        self._levels = levels
        self._dequantize = _dequantizer(out)

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

        Raises ValueError for other shapes, ModelMismatch where the model gives no direction.
        """
        checked("chips", chips.view(), (None, CHIP_SIZE_PX, CHIP_SIZE_PX, 3), np.uint8)
        rows = np.empty((len(chips), self.dimension), np.float32)
        for row, chip in zip(rows, chips, strict=True):
            self._interpreter.set_tensor(self._input, self._levels[chip][None])
            self._interpreter.invoke()
            row[:] = self._dequantize(self._interpreter.get_tensor(self._output).reshape(-1))
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        # Written so that NaN is refused too.
        if not (norms > MIN_NORM).all():
            raise ModelMismatch(path=self._card.file, what="output")
        vectors: F32 = rows / norms
        vectors.flags.writeable = False
        return vectors


def open_embedder(card: ModelCard, models_dir: Path, threads: int = 1) -> Embedder:
    """Check the card's file and load it.

    Raises ModelMissing, ModelCorrupt, ModelMismatch.
    """
    verify(card, models_dir)
    return TfliteEmbedder(card, models_dir / card.file, threads)


def _levels(entry: dict[str, Any]) -> NDArray[Any] | None:
    """Tabulate what each pixel value is for the model, whose real input is -1..1.

    An integer input quantized over that range takes the pixels themselves, as training feeds it.
    None where its range is another.
    """
    real = np.arange(256, dtype=np.float32) / 127.5 - 1.0
    if entry["dtype"] is np.float32:
        return real
    scale, zero = entry["quantization"]
    span = np.iinfo(entry["dtype"])
    ends = real[[0, -1]] / scale + zero if scale > 0.0 else np.zeros(2)
    if np.abs(ends - (span.min, span.max)).max() > QUANTIZATION_TOLERANCE:
        return None
    return np.arange(span.min, span.max + 1).astype(entry["dtype"])


def _dequantizer(out: dict[str, Any]) -> Callable[[NDArray[Any]], NDArray[Any]]:
    scale, zero = out["quantization"]
    if not scale > 0.0:
        return lambda values: values
    return lambda values: (values.astype(np.float32) - zero) * scale
