"""Convert a Keras model to TFLite: float32 for comparison, full-integer int8 to ship.

Needs Keras on TensorFlow (``KERAS_BACKEND=tensorflow``). Post-training quantization makes weights
int8 per channel, and feature maps int8 per tensor, with ranges from representative chips. The
input's range is -1..1, so its int8 values are the pixels less 128 (within half a level). XNNPACK
computes all of it; uint8 values would first be converted by slower code. The output is float32.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

INPUT_DTYPE = "int8"
"""What the input of an int8 model takes."""


def float_model(model: keras.Model) -> bytes:
    """The unquantized TFLite file."""
    return _converted(model, lambda _: None)


def int8_model(model: keras.Model, chips: NDArray[np.uint8]) -> bytes:
    """The full-integer TFLite file; ``chips`` uint8 (N, 112, 112, 3) set the ranges of its maps."""
    import tensorflow as tf

    def configure(converter: Any) -> None:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: _one_by_one(chips)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = tf.as_dtype(INPUT_DTYPE)
        converter.inference_output_type = tf.float32

    return _converted(model, configure)


def representative(
    chips: NDArray[np.uint8], rows: NDArray[np.int64], count: int, seed: int
) -> NDArray[np.uint8]:
    """Draw ``count`` chips, spread evenly over the brightness and warmth of the faces in ``rows``.

    Ranges found only on bright, light-skinned faces would clip the others. Brightness and warmth
    are measured in the middle of the chip, from cheek to cheek. Each of 10 x 10 strata contributes
    about the same number of chips, whatever their source.
    """
    rng = np.random.default_rng(seed)
    drawn = np.sort(rng.choice(rows, min(len(rows), 20 * count), replace=False))
    middle = chips[drawn][:, 48:88, 32:80].reshape(len(drawn), -1, 3).mean(axis=1)
    bright = _decile(middle.mean(axis=1))
    warm = np.zeros_like(bright)
    for level in range(10):
        here = bright == level
        warm[here] = _decile((middle[:, 0] - middle[:, 2])[here])
    stratum = bright * 10 + warm
    # Order: one of each stratum, then a second of each, and so on; any beginning is spread evenly.
    mixed = rng.permutation(len(drawn))
    turn = np.empty(len(drawn), np.int64)
    for level in range(100):
        here = mixed[stratum[mixed] == level]
        turn[here] = np.arange(len(here))
    chosen = drawn[mixed[np.argsort(turn[mixed], kind="stable")][:count]]
    return np.asarray(chips[np.sort(chosen)])


def _decile(values: NDArray[np.float32]) -> NDArray[np.int64]:
    order = np.argsort(np.argsort(values))
    return order * 10 // max(len(values), 1)


def _one_by_one(chips: NDArray[np.uint8]) -> Iterator[list[NDArray[np.float32]]]:
    """Yield each chip as the network takes it; the first also with a black and a white pixel.

    The converter takes the input's range from what it sees, and the app feeds unscaled pixels.
    """
    first = chips[:1].copy()
    first[0, 0, :2] = [[0], [255]]
    for chip in (*first, *chips[1:]):
        yield [chip[None].astype(np.float32) / 127.5 - 1.0]


def _converted(model: keras.Model, configure: Callable[[Any], None]) -> bytes:
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as folder:
        model.export(folder, format="tf_saved_model", verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        configure(converter)
        return bytes(converter.convert())
