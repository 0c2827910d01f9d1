"""Rebuild the network in the shapes that the app's runtime computes fastest, with the same results.

Needs Keras on TensorFlow. Batch normalisations next to a changed layer are folded into it here; the
converter folds the others.
"""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np

from faceapp.training import network
from faceapp.training.network import Backbone, Layout
from faceapp.types import CHIP_SIZE_PX

MOST_TAPS = 25
"""The largest depthwise kernel, in weights per channel, that XNNPACK computes fast. The global 7x7
kernel alone took 0.7 of 1.5 ms on one processor; in pieces of three rows it takes 0.01 ms."""

STEM_PX = 8
"""How many neighbouring pixels the first convolution reads as one pixel with more channels. With
only three channels, int8 kernels mostly multiply padding. Saves a tenth of the whole time."""


def deployable(layout: Layout, weights: Path) -> keras.Model:
    """The network for one chip at a time, scaled to -1..1, with weights from a ``.weights.h5``."""
    trained = network.build(layout, CHIP_SIZE_PX)
    trained.load_weights(weights)
    chip = keras.Input((CHIP_SIZE_PX, CHIP_SIZE_PX, 3), batch_size=1, name="chip")
    if not isinstance(layout, Backbone):
        return keras.Model(chip, trained(chip, training=False))
    blocks = keras.Model(
        trained.get_layer("stem_relu6").output, trained.get_layer("head_relu6").output
    )
    return keras.Model(chip, _embedding(trained, blocks(_stem(trained, chip), training=False)))


def _stem(trained: keras.Model, chip: keras.KerasTensor) -> keras.KerasTensor:
    """The first convolution, 3x3 with a stride of 2, reading `STEM_PX` pixels of a row at once.

    A chip (1, S, S, 3) is reshaped to (1, S, S / 8, 24), the same numbers in the same order. Each
    step to the right now computes four results, which are reshaped back the same way. Both shapes
    are constant, including the batch. Otherwise the converter would compute them at run time, which
    XNNPACK cannot, and XNNPACK would get the network in two parts.
    """
    kernel, bias = _folded(trained, "stem")
    channels, at_once = kernel.shape[-1], STEM_PX // 2
    merged = np.zeros((3, 2, STEM_PX * 3, at_once * channels), np.float32)
    for place in range(at_once):
        for tap in range(3):
            column, pixel = divmod(2 * place + tap, STEM_PX)
            reads = slice(3 * pixel, 3 * pixel + 3)
            writes = slice(channels * place, channels * (place + 1))
            merged[:, column, reads, writes] = kernel[:, tap]
    convolve = keras.layers.Conv2D(
        merged.shape[-1], merged.shape[:2], strides=(2, 1), padding="same"
    )
    _, height, width, _ = chip.shape
    wide = convolve(keras.ops.reshape(chip, (1, height, width // STEM_PX, 3 * STEM_PX)))
    convolve.set_weights([merged, np.tile(bias, at_once)])
    relu6 = keras.layers.ReLU(6.0)(wide)
    return keras.ops.reshape(relu6, (1, height // 2, width // 2, channels))


def _embedding(trained: keras.Model, x: keras.KerasTensor) -> keras.KerasTensor:
    """Compute the embedding from the last feature map ``x``.

    The global kernel is split into pieces of at most `MOST_TAPS`. Normalisations are folded in
    here, because the converter does not fold them into a sum.
    """
    kernel, bias = _folded(trained, "global")
    height, width, channels = x.shape[1:]
    columns = min(width, MOST_TAPS)
    rows = max(1, MOST_TAPS // columns)
    pieces = []
    for top in range(0, height, rows):
        for left in range(0, width, columns):
            here = (slice(top, top + rows), slice(left, left + columns))
            piece = keras.layers.DepthwiseConv2D(kernel[here].shape[:2])
            pieces.append(piece(x[:, *here]))
            piece.set_weights([kernel[here], np.zeros(channels) if top or left else bias])
    pooled = keras.layers.Add()(pieces) if len(pieces) > 1 else pieces[0]
    kernel, bias = _folded(trained, "embed")
    embed = keras.layers.Conv2D(kernel.shape[-1], 1)
    out = keras.ops.squeeze(embed(pooled), (1, 2))
    embed.set_weights([kernel, bias])
    return out


def _folded(trained: keras.Model, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Fold a convolution and the batch normalisation after it into one kernel and bias."""
    kernel = trained.get_layer(name).get_weights()[0]
    norm = trained.get_layer(f"{name}_bn")
    gamma, beta, mean, variance = norm.get_weights()
    scale = gamma / np.sqrt(variance + norm.epsilon)
    if name == "global":  # a depthwise kernel has a last axis of 1
        return kernel * scale[:, None], beta - mean * scale
    return kernel * scale, beta - mean * scale
