from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="the layers' own kernels need PyTorch: make test-training")

import keras

from faceapp.training.layers import BatchNorm, Conv, DepthwiseConv, GlobalDepthwiseConv

SIZES = (5, 6, 7, 8)
pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "torch", reason="on other back-ends these are Keras' own layers"
)


def maps(size_px: int, channels: int = 6, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(0.3, 1.0, (3, size_px, size_px, channels)).astype(np.float32)


def both(ours: Any, theirs: Any, x: np.ndarray, **how: Any) -> tuple[np.ndarray, np.ndarray]:
    """Give what both layers say with the same weights."""
    for layer in (ours, theirs):
        layer.build(x.shape)
        layer.set_weights([weights(number, w.shape) for number, w in enumerate(layer.weights)])
    here, there = (keras.ops.convert_to_numpy(layer(x, **how)) for layer in (ours, theirs))
    return here, there


def weights(number: int, shape: tuple[int, ...]) -> np.ndarray:
    """Make weights that may be variances as well."""
    return np.random.default_rng(number).uniform(0.1, 1.0, shape)


@pytest.mark.parametrize("size_px", SIZES)
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel_px", [1, 3, 5])
def test_convolution(size_px: int, stride: int, kernel_px: int) -> None:
    said = {"strides": stride, "padding": "same", "use_bias": False}
    ours, theirs = Conv(4, kernel_px, **said), keras.layers.Conv2D(4, kernel_px, **said)
    here, there = both(ours, theirs, maps(size_px))
    assert here.shape == there.shape
    assert np.allclose(here, there, atol=1e-4)


@pytest.mark.parametrize("size_px", SIZES)
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel_px", [3, 5])
def test_depthwise_convolution(size_px: int, stride: int, kernel_px: int) -> None:
    said = {"strides": stride, "padding": "same", "use_bias": False}
    ours, theirs = DepthwiseConv(kernel_px, **said), keras.layers.DepthwiseConv2D(kernel_px, **said)
    here, there = both(ours, theirs, maps(size_px))
    assert here.shape == there.shape
    assert np.allclose(here, there, atol=1e-4)


@pytest.mark.parametrize("size_px", SIZES)
def test_global_depthwise_convolution(size_px: int) -> None:
    ours = GlobalDepthwiseConv((size_px, size_px), use_bias=False)
    theirs = keras.layers.DepthwiseConv2D((size_px, size_px), use_bias=False)
    here, there = both(ours, theirs, maps(size_px))
    assert here.shape == there.shape == (3, 1, 1, 6)
    assert np.allclose(here, there, atol=1e-4)


@pytest.mark.parametrize("training", [False, True])
def test_batch_normalisation(training: bool) -> None:
    said = {"momentum": 0.9, "epsilon": 1e-5}
    ours, theirs = BatchNorm(**said), keras.layers.BatchNormalization(**said)
    x = maps(7)
    here, there = both(ours, theirs, x, training=training)
    assert np.allclose(here, there, atol=1e-5)
    mine, keras_own = (layer.get_weights() for layer in (ours, theirs))
    assert np.allclose(mine[2], keras_own[2], atol=1e-6)
    if training:  # PyTorch keeps the unbiased variance
        before = weights(3, (6,))
        count = x[..., 0].size
        fresh = (keras_own[3] - 0.9 * before) * count / (count - 1)
        assert np.allclose(mine[3], 0.9 * before + fresh, atol=1e-5)
    else:
        assert np.array_equal(mine[3], keras_own[3])


def test_a_frozen_batch_normalisation_learns_no_statistics() -> None:
    layer = BatchNorm()
    layer.build((None, 5, 5, 6))
    layer.trainable = False
    before = [weight.copy() for weight in layer.get_weights()]
    layer(maps(5), training=True)
    assert all(np.array_equal(a, b) for a, b in zip(before, layer.get_weights(), strict=True))


def test_layers_survive_being_saved() -> None:
    for layer in (Conv(4, 3), DepthwiseConv(3), BatchNorm(), GlobalDepthwiseConv((2, 2))):
        again = keras.layers.deserialize(keras.layers.serialize(layer))
        assert type(again) is type(layer)
