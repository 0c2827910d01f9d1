from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need PyTorch: make test-training")

import keras

from faceapp.training import backbones, compare, network
from faceapp.training.backbones import Stock
from faceapp.training.layers import BN_MOMENTUM, GlobalDepthwiseConv
from faceapp.training.network import Layout, Variant
from tests.training.trained.tiny import LAYOUT


def said(model: keras.Model, chips: np.ndarray) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(model(chips, training=False)))


def scaled(count: int, size_px: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.uniform(-1.0, 1.0, (count, size_px, size_px, 3)).astype(np.float32)


def stirred(model: keras.Model) -> keras.Model:
    """Give every weight and statistic a value of its own."""
    rng = np.random.default_rng(0)
    model.set_weights([w + rng.uniform(0.0, 0.2, w.shape) for w in model.get_weights()])
    return model


def global_kernel(model: keras.Model) -> np.ndarray:
    (layer,) = (one for one in model.layers if isinstance(one, GlobalDepthwiseConv))
    return np.asarray(layer.get_weights()[0])


@pytest.mark.parametrize(("size_px", "map_px"), [(48, 3), (80, 5), (112, 7)])
def test_the_face_layout_ends_in_one_place_per_sixteen_pixels(size_px: int, map_px: int) -> None:
    model = network.build(network.FACE_LAYOUT, size_px)
    assert model.input_shape == (None, size_px, size_px, 3)
    assert model.output_shape == (None, 192)
    assert global_kernel(model).shape == (map_px, map_px, 512, 1)


def test_the_face_layout_is_as_large_as_its_card_says() -> None:
    model = network.build(network.FACE_LAYOUT, 112)
    assert model.count_params() == 1_138_064
    strided = [layer.name for layer in model.layers if getattr(layer, "strides", (1,))[0] == 2]
    assert strided == ["stem", "s1b1_depth", "s3b1_depth", "s5b1_depth"]


def test_every_chip_is_embedded_alone() -> None:
    model = stirred(network.build(LAYOUT, 32))
    chips = scaled(4, 32)
    together = said(model, chips)
    assert together.dtype == np.float32
    for number in range(4):
        assert np.allclose(said(model, chips[number : number + 1])[0], together[number], atol=1e-4)


def test_weights_move_between_networks_of_one_size_unchanged() -> None:
    source, target = stirred(network.build(LAYOUT, 48)), network.build(LAYOUT, 48)
    network.transfer(source, target)
    assert np.array_equal(said(source, scaled(3, 48)), said(target, scaled(3, 48)))


@pytest.mark.parametrize("larger_px", [80, 112])
def test_a_global_kernel_is_stretched_to_the_larger_map(larger_px: int) -> None:
    source, target = stirred(network.build(LAYOUT, 48)), network.build(LAYOUT, larger_px)
    network.transfer(source, target)
    small, large = global_kernel(source), global_kernel(target)
    assert large.shape[:2] != small.shape[:2]
    assert np.allclose(large.sum(axis=(0, 1)), small.sum(axis=(0, 1)), rtol=0.15)
    for one, other in zip(source.layers, target.layers, strict=True):
        if not isinstance(one, GlobalDepthwiseConv):
            for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
                assert np.array_equal(a, b)


def test_a_face_seen_larger_gets_nearly_the_same_embedding() -> None:
    """To first order: plain chips, whose maps are the same but at the border."""
    source, target = stirred(network.build(LAYOUT, 64)), network.build(LAYOUT, 128)
    network.transfer(source, target)
    colours = np.random.default_rng(1).uniform(-1, 1, (6, 1, 1, 3)).astype(np.float32)
    small, large = (
        said(model, np.broadcast_to(colours, (6, px, px, 3)).copy())
        for model, px in ((source, 64), (target, 128))
    )
    cosines = (small * large).sum(1) / np.linalg.norm(small, axis=1) / np.linalg.norm(large, axis=1)
    assert cosines.min() > 0.95


@pytest.mark.parametrize(
    ("name", "size_px", "least_million"),
    [("mobilenet_v2", 32, 2.2), ("resnet50", 32, 23.5), ("inception_resnet_v2", 75, 54.0)],
)
def test_stock_networks_speak_in_the_same_dimension(
    name: str, size_px: int, least_million: float
) -> None:
    model = network.build(Stock(name, 64), size_px)
    assert model.input_shape == (None, size_px, size_px, 3)
    assert model.output_shape == (None, 64)
    assert least_million < model.count_params() / 1e6 < least_million + 1.0


def test_stock_networks_remember_as_long_as_ours() -> None:
    for layout, size_px in ((Stock("mobilenet_v2", 16), 32), (network.FACE_LAYOUT, 32)):
        model = network.build(layout, size_px)
        norms = [n for n in model.layers if isinstance(n, keras.layers.BatchNormalization)]
        assert len(norms) > 30
        assert {norm.momentum for norm in norms} == {BN_MOMENTUM}


def test_every_stock_network_is_tried() -> None:
    tried = {"mobilenet_v2", "resnet50", "inception_resnet_v2"}
    assert set(backbones.STOCK) == tried


def kinds(model: keras.Model) -> Counter[str]:
    return Counter(type(layer).__name__ for layer in model.layers)


def test_a_variant_differs_in_what_it_names_alone() -> None:
    ours = kinds(network.build(LAYOUT, 32))
    steep = kinds(network.build(Variant(LAYOUT, "prelu"), 32))
    assert steep == Counter({**ours, "ReLU": 0, "PReLU": ours["ReLU"]})
    mean = kinds(network.build(Variant(LAYOUT, average=True), 32))
    without = {"GlobalDepthwiseConv": 0, "BatchNorm": ours["BatchNorm"] - 1}
    assert mean == Counter({**ours, **without, "GlobalAveragePooling2D": 1})


def test_prelu_goes_on_below_zero_as_steeply_as_it_has_learned() -> None:
    model = network.build(Variant(LAYOUT, "prelu"), 32)
    slopes = [layer for layer in model.layers if isinstance(layer, keras.layers.PReLU)]
    assert {layer.get_weights()[0].shape[:2] for layer in slopes} == {(1, 1)}  # one per channel
    for layer in slopes:
        layer.set_weights([np.ones_like(layer.get_weights()[0])])
    # As steep below zero as above, and without a bound, the network is linear but for a constant.
    one, other, none = scaled(1, 32, 1), scaled(1, 32, 2), np.zeros((1, 32, 32, 3), np.float32)
    said_of = {name: said(model, chips) for name, chips in (("a", one), ("b", other), ("0", none))}
    both = said(model, one + other)
    assert np.allclose(
        both - said_of["0"], said_of["a"] + said_of["b"] - 2 * said_of["0"], atol=1e-4
    )


@pytest.mark.parametrize(
    ("layout", "size_px"),
    [
        *((layout, compare.SMALL_PX) for layout in compare.VARIANTS.values()),
        *((layout, compare.NETWORKS_PX) for layout in compare.NETWORKS.values()),
    ],
)
def test_every_network_of_a_comparison_takes_its_chips(layout: Layout, size_px: int) -> None:
    assert network.build(layout, size_px).output_shape == (None, layout.dimension)


def test_what_cannot_be_built_is_said() -> None:
    with pytest.raises(ValueError, match="'vgg' is none of resnet50"):
        network.build(Stock("vgg"), 112)
    with pytest.raises(ValueError, match="'gelu' is none of relu6, prelu"):
        network.build(Variant(LAYOUT, "gelu"), 32)
    with pytest.raises(ValueError, match="chips of 75 px"):
        network.build(Stock("inception_resnet_v2"), 48)


def test_a_stock_network_moves_between_sizes() -> None:
    source = stirred(network.build(Stock("mobilenet_v2", 16), 32))
    target = network.build(Stock("mobilenet_v2", 16), 64)
    network.transfer(source, target)
    for a, b in zip(source.get_weights(), target.get_weights(), strict=True):
        assert np.array_equal(a, b)
