"""Every way to compute our network in training, against Keras, layer by layer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

import keras

from faceapp.training import compiled, network
from faceapp.training.compiled import Compiled
from faceapp.training.fused.forward import Forward
from faceapp.training.fused.units import Moments
from faceapp.training.network import Backbone, Stage
from tests.training.trained.test_fused import LAYOUT, cosine, needs_kernels, numbers
from tests.training.trained.tiny import unsettle

NO_EXPANSION = replace(LAYOUT, stages=(*LAYOUT.stages[:-1], Stage(1, 80, 1, 2)))
ODD_MAPS = Backbone(stem=8, stages=(Stage(2, 16, 2, 2),), head=24, dimension=8)
WAYS = [
    pytest.param((Compiled, NO_EXPANSION, 32), id="compiled"),
    pytest.param((Compiled, ODD_MAPS, 30), id="compiled, odd maps"),
    pytest.param((Forward, LAYOUT, 32), id="kernels", marks=needs_kernels),
]


def but_one_channel(a: Any, b: Any) -> tuple[Any, Any]:
    """Leave out where two gradients differ most.

    A number at the edge of ReLU6 passes or not by how it was rounded, which is the processor's; in
    a channel that seldom opens it may be most of the gradient.
    """
    count = a.shape[-1] if a.shape[-1] > 1 else a.shape[-2]  # a depthwise kernel ends in one
    channels = [gradient.reshape(-1, count) for gradient in (a, b)]
    worst = int((channels[0] - channels[1]).norm(dim=0).argmax())
    rest = [place for place in range(count) if place != worst]
    return channels[0][:, rest], channels[1][:, rest]


@pytest.fixture(params=WAYS)
def seen(request: Any, half: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What Keras and one of the ways make of a batch: the way, embeddings, moments.

    The last are the variables as Keras leaves them.
    """
    monkeypatch.setattr(compiled, "_compiled", lambda: compiled.embed)  # which is to be compiled
    way, layout, size_px = request.param
    keras.utils.set_random_seed(3)
    model = network.build(layout, size_px)
    unsettle(model, np.random.default_rng(1))
    chips = np.random.default_rng(0).uniform(-1, 1, (12, size_px, size_px, 3))
    moments: dict[str, Moments] = {}
    forward = way(model, layout)
    ours = forward(torch.from_numpy(chips).float(), moments)
    with torch.no_grad():
        kept = [v.value.clone() for v in model.weights]
    theirs = model(torch.from_numpy(chips).float(), training=True)
    learned = [v.value.detach().clone() for v in model.weights]
    for variable, value in zip(model.weights, kept, strict=True):
        if not variable.trainable:
            variable.value.data = value
    return model, forward, ours, theirs, moments, learned


def test_embeddings_are_those_of_keras(seen: Any) -> None:
    model, _, ours, theirs, *_ = seen
    assert ours.shape == theirs.shape == (12, model.output_shape[1])
    assert ours.dtype == torch.float32
    assert cosine(ours.detach(), theirs.detach()) > 0.999


def test_gradients_are_those_of_keras(seen: Any) -> None:
    model, forward, *embeddings, _, _ = seen
    wanted = numbers(*embeddings[0].shape)
    variables = [v.value for v in model.trainable_variables]
    here, there = (torch.autograd.grad((e * wanted).sum(), variables) for e in embeddings)
    for variable, a, b in zip(model.trainable_variables, here, there, strict=True):
        assert a.shape == b.shape
        # What a normalisation takes away again leaves only noise to compare.
        if float(b.norm()) > 0.1 * float(variable.value.detach().norm()):
            by_kernels = not isinstance(forward, Compiled)
            ours, theirs = but_one_channel(a, b) if by_kernels else (a, b)
            least = 0.9 if by_kernels else 0.95  # bfloat16 through four blocks
            assert cosine(ours, theirs) > least, variable.path
            assert float(ours.norm()) == pytest.approx(float(theirs.norm()), rel=0.2), variable.path


def test_statistics_become_those_of_keras(seen: Any) -> None:
    model, forward, _, _, moments, learned = seen
    forward.learn([moments])
    for variable, wanted in zip(model.weights, learned, strict=True):
        if not variable.trainable:
            assert torch.allclose(variable.value, wanted, rtol=1e-2, atol=2e-3), variable.path


def test_without_a_gpu_nothing_is_compiled() -> None:
    assert compiled.can_compile() == torch.cuda.is_available()
