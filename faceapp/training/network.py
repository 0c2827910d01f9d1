"""The embedding network: inverted residuals with linear bottlenecks, a global depthwise head.

The block is MobileNetV2's (Sandler et al. 2018). Two things that faces of 112 px need come from
MobileFaceNet (Chen et al. 2018): one stride fewer at the start, so that most layers work on 28x28
and 14x14 feature maps, and a global depthwise convolution instead of average pooling. MobileFaceNet
uses PReLU; this network uses ReLU6, since PReLU learns no more and loses more by quantization (both
measured: docs/papers.md).

The embedding is linear and *not* normalised here, so that the int8 output layer has one well-scaled
range. Code that compares embeddings (losses, the app's embedder) normalises them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import keras
import numpy as np

from faceapp.training import backbones
from faceapp.training.layers import Conv, DepthwiseConv, GlobalDepthwiseConv, batch_norm


@dataclass(frozen=True, slots=True)
class Stage:
    """``repeats`` blocks of ``channels``; the first has ``stride``, all expand by ``expand``."""

    expand: int
    channels: int
    repeats: int
    stride: int


@dataclass(frozen=True, slots=True)
class Backbone:
    """The layout of our network.

    ``stem`` and ``head`` are numbers of channels; the stem's output is half the chip's size.
    """

    stem: int
    stages: tuple[Stage, ...]
    head: int
    dimension: int

    def blocks(self) -> Iterator[tuple[str, Stage, int]]:
        """Name, stage and stride of each inverted residual, in order."""
        for number, stage in enumerate(self.stages, start=1):
            for repeat in range(stage.repeats):
                yield f"s{number}b{repeat + 1}", stage, stage.stride if repeat == 0 else 1


@dataclass(frozen=True, slots=True)
class Variant:
    """``base`` with one part from a paper instead, to compare with ours.

    ``activation``: a key of `ACTIVATIONS`. ``average``: average pooling, as in MobileNetV2.
    """

    base: Backbone
    activation: str = "relu6"
    average: bool = False

    @property
    def dimension(self) -> int:
        """The length of an embedding."""
        return self.base.dimension


Layout = Backbone | Variant | backbones.Stock
"""Our own network, or another to compare it with."""

FACE_LAYOUT = Backbone(
    stem=16,
    stages=(
        Stage(2, 64, 1, 2),
        Stage(2, 64, 1, 1),
        Stage(4, 128, 1, 2),
        Stage(2, 128, 5, 1),
        Stage(4, 192, 1, 2),
        Stage(2, 192, 2, 1),
    ),
    head=512,
    dimension=192,
)

WIDE_LAYOUT = replace(FACE_LAYOUT, stages=(*FACE_LAYOUT.stages[:-1], Stage(4, 192, 3, 1)), head=768)
"""Two thirds more weights, where they cost the least time: on the last, 7x7 map and after it."""

LARGE_LAYOUT = replace(
    FACE_LAYOUT, stages=(*FACE_LAYOUT.stages[:-1], Stage(4, 192, 4, 1)), head=1024
)
"""The shipped layout: `WIDE_LAYOUT` with one more block on the last map, and a third more channels
after it."""

SLIM_LAYOUT = replace(LARGE_LAYOUT, stages=(*LARGE_LAYOUT.stages[:-1], Stage(3, 192, 4, 1)))
"""`LARGE_LAYOUT` with a quarter fewer channels inside the blocks on the last map."""

Activate = Callable[[keras.KerasTensor, str], keras.KerasTensor]


def _relu6(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    return keras.layers.ReLU(6.0, name=f"{name}_relu6")(x)


def _prelu(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """PReLU (He et al. 2015): each channel learns its slope below zero, starting from 0."""
    return keras.layers.PReLU(shared_axes=(1, 2), name=f"{name}_prelu")(x)


ACTIVATIONS: dict[str, Activate] = {"relu6": _relu6, "prelu": _prelu}


def build(layout: Layout, size_px: int) -> keras.Model:
    """Build a network: float32 chips (N, size_px, size_px, 3), RGB in -1..1 -> (N, dimension).

    Variables are float32; feature maps have the dtype of Keras' global policy. Raises ValueError
    for an unknown activation or stock network.
    """
    if isinstance(layout, backbones.Stock):
        return backbones.build(layout, size_px)
    variant = layout if isinstance(layout, Variant) else Variant(layout)
    if variant.activation not in ACTIVATIONS:
        raise ValueError(f"activation: {variant.activation!r} is none of relu6, prelu")
    base, activate = variant.base, ACTIVATIONS[variant.activation]
    chips = keras.Input((size_px, size_px, 3), name="chips")
    x = activate(_conv_bn(chips, base.stem, 3, 2, "stem"), "stem")
    for name, stage, stride in base.blocks():
        x = _inverted_residual(x, stage, stride, name, activate)
    x = activate(_conv_bn(x, base.head, 1, 1, "head"), "head")
    if variant.average:
        x = keras.layers.GlobalAveragePooling2D(keepdims=True, name="average")(x)
    else:
        x = GlobalDepthwiseConv(x.shape[1:3], use_bias=False, name="global")(x)
        x = batch_norm(x, "global")
    x = _conv_bn(x, base.dimension, 1, 1, "embed")
    x = keras.layers.Reshape((base.dimension,), name="flat")(x)
    return keras.Model(chips, keras.layers.Activation("linear", dtype="float32")(x))


def transfer(source: keras.Model, target: keras.Model) -> None:
    """Copy all weights to the same layout at another chip size, resampling the global kernel.

    A k x k kernel learned on small chips is stretched bilinearly to the larger map. It is scaled to
    keep its sum, and so, to first order, its response to a face.
    """
    for from_layer, to_layer in zip(source.layers, target.layers, strict=True):
        values = from_layer.get_weights()
        if isinstance(from_layer, GlobalDepthwiseConv):
            values = [_stretched(values[0], to_layer.kernel.shape[:2])]
        to_layer.set_weights(values)


def _stretched(kernel: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    if kernel.shape[:2] == tuple(shape):
        return kernel
    resized = np.asarray(
        keras.ops.convert_to_numpy(keras.ops.image.resize(kernel[..., 0][None], shape))
    )[0]
    area = kernel.shape[0] * kernel.shape[1] / (shape[0] * shape[1])
    return (resized * area)[..., None].astype(np.float32)


def _inverted_residual(
    x: keras.KerasTensor, stage: Stage, stride: int, name: str, activate: Activate
) -> keras.KerasTensor:
    wide = x
    if stage.expand > 1:
        expand = f"{name}_expand"
        wide = activate(_conv_bn(x, x.shape[-1] * stage.expand, 1, 1, expand), expand)
    depth = f"{name}_depth"
    deep = DepthwiseConv(3, strides=stride, padding="same", use_bias=False, name=depth)(wide)
    deep = activate(batch_norm(deep, depth), depth)
    y = _conv_bn(deep, stage.channels, 1, 1, f"{name}_project")
    if stride == 1 and x.shape[-1] == stage.channels:
        return keras.layers.Add(name=f"{name}_add")([x, y])
    return y


def _conv_bn(
    x: keras.KerasTensor, channels: int, kernel: int, stride: int, name: str
) -> keras.KerasTensor:
    x = Conv(channels, kernel, strides=stride, padding="same", use_bias=False, name=name)(x)
    return batch_norm(x, name)
