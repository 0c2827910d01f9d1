"""Well-known networks with our embedding, for comparison: unchanged from keras.applications.

A config chooses one by ``layout=Stock("resnet50")``. They were designed for pictures of 224 px and
more; on chips of 112 px their last maps are 4x4 or smaller. Weights are never downloaded.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras

from faceapp.training.layers import BN_EPSILON, BN_MOMENTUM, BatchNorm

MAKERS = {
    "resnet50": "ResNet50",
    "inception_resnet_v2": "InceptionResNetV2",
    "mobilenet_v2": "MobileNetV2",
}
SMALLEST_PX = {"resnet50": 32, "inception_resnet_v2": 75, "mobilenet_v2": 32}


@dataclass(frozen=True, slots=True)
class Stock:
    """``name`` is a key of `MAKERS`."""

    name: str
    dimension: int = 192


def build(layout: Stock, size_px: int) -> keras.Model:
    """The stock network, average-pooled, with a linear embedding: used like `network.build`.

    Raises ValueError for an unknown name, or chips that are too small for the network.
    """
    if layout.name not in MAKERS:
        raise ValueError(f"backbone: {layout.name!r} is none of {', '.join(MAKERS)}")
    if size_px < SMALLEST_PX[layout.name]:
        raise ValueError(f"backbone: {layout.name} wants chips of {SMALLEST_PX[layout.name]} px")
    chips = keras.Input((size_px, size_px, 3), name="chips")
    stock = getattr(keras.applications, MAKERS[layout.name])(
        include_top=False, weights=None, input_tensor=chips, pooling="avg"
    )
    for layer in stock.layers:  # MobileNetV2's average over 1,000 steps, more than a short run has
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = BN_MOMENTUM
    x = keras.layers.Dense(layout.dimension, use_bias=False, name="embed")(stock.output)
    x = BatchNorm(momentum=BN_MOMENTUM, epsilon=BN_EPSILON, name="embed_bn")(x)
    return keras.Model(chips, keras.layers.Activation("linear", dtype="float32")(x))
