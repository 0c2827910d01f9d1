from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

import keras

from faceapp.training import network, target, wccn
from faceapp.training.backbones import Stock
from faceapp.training.chipset import unit
from faceapp.training.network import Layout
from faceapp.training.progress_check import embed
from tests.training.made import chips
from tests.training.trained.tiny import LAYOUT

PEOPLE = np.repeat(np.arange(60), 4)


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    """Sixty people, four pictures each, which differ by how bright they are and by noise."""
    rng = np.random.default_rng(0)
    light = rng.uniform(0.6, 1.0, (len(PEOPLE), 1, 1, 1))
    noise = rng.normal(0.0, 12.0, (len(PEOPLE), 112, 112, 3))
    return np.clip(chips(60)[PEOPLE] * light + noise, 0, 255).astype(np.uint8)


def said(model: keras.Model, pictures: np.ndarray) -> np.ndarray:
    """What comes out, not normalised."""
    with torch.no_grad():
        out = model(pictures.astype(np.float32) / 127.5 - 1.0, training=False)
    return np.asarray(keras.ops.convert_to_numpy(out))


def trained(layout: Layout, pictures: np.ndarray) -> keras.Model:
    """A network whose last normalisation knows what comes to it."""
    keras.utils.set_random_seed(0)
    keras.config.set_dtype_policy("float32")
    model = network.build(layout, 112)
    norm: Any = model.get_layer("embed_bn")
    before = said(model, pictures)
    gamma = np.linspace(0.5, 1.5, len(before[0]), dtype=np.float32)
    beta = np.linspace(-0.3, 0.3, len(before[0]), dtype=np.float32)
    scale = np.sqrt(1.0 + norm.epsilon)
    norm.set_weights([gamma, beta, before.mean(axis=0) * scale, before.var(axis=0) * scale**2])
    return model


@pytest.mark.parametrize(("layout", "count"), [(LAYOUT, 240), (Stock("mobilenet_v2", 2), 32)])
def test_the_map_is_built_into_the_last_layer(
    layout: Layout, count: int, pictures: np.ndarray
) -> None:
    some, people = pictures[:count], PEOPLE[:count]
    model = trained(layout, some)
    before, vectors = said(model, some), embed(model, some, 112)
    assert wccn.apply(model, some, people)
    matrix = target.stretch(vectors, target.supported(vectors, people), wccn.FLOOR)
    assert said(model, some) == pytest.approx(before @ matrix, abs=2e-4)


def test_statistics_are_those_of_the_new_outputs(pictures: np.ndarray) -> None:
    model = trained(LAYOUT, pictures)
    wccn.apply(model, pictures, PEOPLE)
    after = said(model, pictures)
    gamma, beta, mean, variance = model.get_layer("embed_bn").get_weights()
    assert after.mean(axis=0) == pytest.approx(beta, abs=1e-3)
    assert after.std(axis=0) == pytest.approx(gamma, rel=0.01)
    assert variance == pytest.approx(gamma**2, rel=0.01)
    assert np.isfinite(mean).all()


def test_pictures_of_one_person_agree_more(pictures: np.ndarray) -> None:
    model = trained(LAYOUT, pictures)

    def apart() -> float:
        """Squared distance within a person, as a share of that between people."""
        vectors = embed(model, pictures, 112).reshape(60, 4, -1)
        middles = vectors.mean(axis=1)
        return float(vectors.var(axis=1).sum(axis=1).mean() / middles.var(axis=0).sum())

    before = apart()
    wccn.apply(model, pictures, PEOPLE)
    assert apart() < 0.95 * before


def test_strangers_and_wrong_labels_do_not_count(pictures: np.ndarray) -> None:
    """Whoever is unknown is not even looked at."""
    crowd = np.concatenate([pictures, chips(30, seed=9)])
    names = np.concatenate([PEOPLE, np.full(30, -1)])
    alone, among = trained(LAYOUT, pictures), trained(LAYOUT, pictures)
    wccn.apply(alone, pictures, PEOPLE)
    wccn.apply(among, crowd, names)
    assert unit(said(among, pictures)) == pytest.approx(unit(said(alone, pictures)), abs=1e-6)


def test_with_few_pictures_nothing_changes(pictures: np.ndarray) -> None:
    model = trained(LAYOUT, pictures)
    before = model.get_weights()
    assert not wccn.apply(model, pictures[:160], PEOPLE[:160])
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))
