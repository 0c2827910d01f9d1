"""Well-known networks from keras.applications, unchanged, with our embedding: for comparison.

A config chooses one by ``layout=Stock("resnet50")``. They were designed for pictures of 224 px and
more; on chips of 112 px their last feature maps are 4x4 or smaller. Weights are never downloaded.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras

from faceapp.training.layers import BN_MOMENTUM, batch_norm

STOCK = {
    "resnet50": ("ResNet50", 32),
    "inception_resnet_v2": ("InceptionResNetV2", 75),
    "mobilenet_v2": ("MobileNetV2", 32),
}
"""Name in keras.applications, and the smallest chip in pixels that the network accepts."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The layout of a stock network: ``name`` is a key of `STOCK`."""

    name: str
    dimension: int = 192


def build(layout: Stock, size_px: int) -> keras.Model:
    """Build the stock network with average pooling and a linear embedding, like `network.build`.

    Raises ValueError if the name is unknown or the chips are too small for the network.
    """
    if layout.name not in STOCK:
        raise ValueError(f"backbone: {layout.name!r} is none of {', '.join(STOCK)}")
    maker, smallest_px = STOCK[layout.name]
    if size_px < smallest_px:
        raise ValueError(f"backbone: {layout.name} wants chips of {smallest_px} px")
    chips = keras.Input((size_px, size_px, 3), name="chips")
    stock = getattr(keras.applications, maker)(
        include_top=False, weights=None, input_tensor=chips, pooling="avg"
    )
    for layer in stock.layers:  # MobileNetV2 averages over 1,000 steps, too many for a short run
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = BN_MOMENTUM
    x = keras.layers.Dense(layout.dimension, use_bias=False, name="embed")(stock.output)
    embeddings = keras.layers.Activation("linear", dtype="float32")(batch_norm(x, "embed"))
    return keras.Model(chips, embeddings)
