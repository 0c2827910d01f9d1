"""The pass that a GPU is given, against Keras, layer by layer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

import keras

from faceapp.training import compiled, network
from faceapp.training.compiled import Compiled
from faceapp.training.fused.units import Moments
from faceapp.training.network import Backbone, Stage
from tests.training.trained.tiny import unsettle

LAYOUTS = {
    "every kind of block": Backbone(
        stem=16,
        stages=(Stage(2, 32, 1, 2), Stage(3, 48, 2, 1), Stage(1, 80, 1, 2)),
        head=64,
        dimension=16,
    ),
    "odd maps": Backbone(stem=8, stages=(Stage(2, 16, 2, 2),), head=24, dimension=8),
}


@pytest.fixture(params=LAYOUTS)
def seen(request: Any, half: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What Keras and what the one function make of a batch: model, embeddings, moments."""
    monkeypatch.setattr(compiled, "_compiled", lambda: compiled.embed)  # which is to be compiled
    layout, size_px = LAYOUTS[request.param], 30 if request.param == "odd maps" else 32
    keras.utils.set_random_seed(3)
    model = network.build(layout, size_px)
    rng = np.random.default_rng(1)
    unsettle(model, rng)
    chips = torch.from_numpy(rng.uniform(-1, 1, (12, size_px, size_px, 3))).float()
    moments: dict[str, Moments] = {}
    ours = Compiled(model, layout)(chips, moments)
    with torch.no_grad():
        kept = [v.value.clone() for v in model.weights]
    theirs = model(chips, training=True)
    learned = [v.value.detach().clone() for v in model.weights]
    for variable, value in zip(model.weights, kept, strict=True):
        if not variable.trainable:
            variable.value.data = value
    return model, layout, ours, theirs, moments, learned


def alike(a: Any, b: Any) -> float:
    a, b = a.detach().double().flatten(), b.detach().double().flatten()
    return float(a @ b / (a.norm() * b.norm()))


def test_embeddings_are_those_of_keras(seen: Any) -> None:
    _, layout, ours, theirs, _, _ = seen
    assert ours.shape == theirs.shape == (12, layout.dimension)
    assert ours.dtype == torch.float32
    assert alike(ours, theirs) > 0.999


def test_gradients_are_those_of_keras(seen: Any) -> None:
    model, _, ours, theirs, _, _ = seen
    wanted = torch.randn(ours.shape, generator=torch.Generator().manual_seed(0))
    variables = [v.value for v in model.trainable_variables]
    here = torch.autograd.grad((ours * wanted).sum(), variables)
    there = torch.autograd.grad((theirs * wanted).sum(), variables)
    for variable, a, b in zip(model.trainable_variables, here, there, strict=True):
        # What a normalisation takes away again leaves only noise to compare.
        if float(b.norm()) > 0.1 * float(variable.value.detach().norm()):
            assert alike(a, b) > 0.95, variable.path
            assert float(a.norm()) == pytest.approx(float(b.norm()), rel=0.2), variable.path


def test_statistics_become_those_of_keras(seen: Any) -> None:
    model, layout, _, _, moments, learned = seen
    Compiled(model, layout).learn([moments])
    for variable, wanted in zip(model.weights, learned, strict=True):
        if not variable.trainable:
            assert torch.allclose(variable.value, wanted, rtol=1e-2, atol=3e-3), variable.path


def test_without_a_gpu_nothing_is_compiled() -> None:
    assert compiled.can_compile() == torch.cuda.is_available()
