from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="training needs PyTorch: make test-training")

from faceapp.training.backbones import Stock
from faceapp.training.config import Phase, TrainConfig, Weights
from faceapp.training.criterion import Batch
from faceapp.training.engine import Engine
from faceapp.training.losses import classify
from faceapp.training.traced import Traced
from tests.training.made import chips
from tests.training.trained.tiny import ALL_LOSSES, CONFIG

PEOPLE = np.repeat(np.arange(4), 2)
CENTRES = torch.randn(4, CONFIG.layout.dimension, generator=torch.Generator().manual_seed(0))
SINGLE = list(Weights.__dataclass_fields__)


def batch(size_px: int) -> Batch:
    """Four people who look alike, twice each, with a teacher who knows them."""
    alike, own = (chips(4, seed)[:, :size_px, :size_px] / 127.5 - 1.0 for seed in (0, 1))
    pictures = (0.8 * alike[:1] + 0.2 * own[PEOPLE]).astype(np.float32)
    noise = np.random.default_rng(0).normal(0, 0.3, pictures.shape).astype(np.float32)
    teacher = torch.eye(16)
    return Batch(
        torch.from_numpy(pictures + noise),
        torch.from_numpy(PEOPLE),
        teacher[torch.from_numpy(PEOPLE)],
        teacher[4:],
    )


def config(weights: Weights, **changes: Any) -> TrainConfig:
    phase = Phase(size_px=32, steps=100, batch=8, rate=5e-3)
    return replace(CONFIG, phases=(phase,), losses=weights, **changes)


def engine(chosen: TrainConfig) -> Engine:
    return Engine(chosen, chosen.phases[0], CENTRES)


def learned(trained: Engine, steps: int, rate: float = 5e-3) -> list[dict[str, float]]:
    told = [trained.step(batch(32), rate) for _ in range(steps)]
    return [{name: float(value) for name, value in said.items()} for said in told]


@pytest.mark.parametrize("name", SINGLE)
def test_every_loss_can_be_learned_alone(name: str) -> None:
    heard = learned(engine(config(Weights(**{name: 1.0}))), 25)
    assert set(heard[0]) == {name, "spread"}
    first, last = (np.mean([said[name] for said in part]) for part in (heard[:3], heard[-3:]))
    assert last < first


@pytest.mark.parametrize("side", [1.0, -1.0])
def test_a_face_exactly_at_its_centre_or_opposite_teaches_no_nonsense(side: float) -> None:
    """The sine of the angle, which ArcFace needs, has no slope there."""
    faces = (side * torch.eye(4)[:1]).requires_grad_()
    classify.arcface(faces, torch.eye(4), torch.tensor([0]), 32.0, 0.4).backward()
    assert torch.isfinite(faces.grad).all()


def test_losses_add_up_by_their_weights() -> None:
    once, thrice = (
        learned(engine(config(Weights(distil_cosine=factor, arcface=1.0))), 1)[0]
        for factor in (1.0, 3.0)
    )
    assert thrice["distil_cosine"] == pytest.approx(3 * once["distil_cosine"], rel=1e-4)
    assert thrice["arcface"] == pytest.approx(once["arcface"], rel=1e-4)


def test_the_same_seed_begins_with_the_same_weights() -> None:
    first, again, other = (engine(config(ALL_LOSSES, seed=seed)).averaged() for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))


def test_tracing_leaves_no_mark_on_the_statistics() -> None:
    """The forward pass is traced on an empty batch before the first step."""
    traced, plain = engine(config(ALL_LOSSES)), engine(config(ALL_LOSSES))
    assert isinstance(traced.forward, Traced)
    seen = batch(32).chips
    traced.forward(seen, {})
    plain.model(seen, training=True)
    pairs = zip(traced.model.get_weights(), plain.model.get_weights(), strict=True)
    assert all(np.allclose(a, b, rtol=1e-3, atol=1e-5) for a, b in pairs)


def test_weights_and_statistics_move_and_the_average_follows() -> None:
    moving = engine(config(ALL_LOSSES))
    before = moving.averaged()
    learned(moving, 3)
    now, average = moving.model.get_weights(), moving.averaged()
    for old, new, mean in zip(before, now, average, strict=True):
        assert not np.array_equal(old, new)
        low, high = np.minimum(old, new).min(), np.maximum(old, new).max()
        assert np.isfinite(mean).all()
        assert low - 1.0 < mean.min() <= mean.max() < high + 1.0


def test_statistics_that_are_kept_normalise_the_maps_and_stay_as_they_are() -> None:
    """A few faces are not like all faces: by their own statistics they would all look alike."""
    kept = engine(config(Weights(distil_cosine=1.0), keep_statistics=True))
    for variable in kept.model.non_trainable_variables:
        variable.assign(variable + 0.25)
    before = {v.path: v.numpy().copy() for v in kept.model.non_trainable_variables}
    seen = batch(32).chips
    said = kept.forward(seen, {}).detach()
    assert torch.equal(said, kept.model(seen, training=False).detach())
    heard = learned(kept, 8)
    assert heard[-1]["distil_cosine"] < heard[0]["distil_cosine"]
    for variable in kept.model.non_trainable_variables:
        assert np.array_equal(before[variable.path], variable.numpy())


def test_a_network_without_rate_stands_still() -> None:
    still = engine(config(Weights(distil_cosine=1.0)))
    before = still.model.trainable_variables[0].numpy().copy()
    learned(still, 2, rate=0.0)
    assert np.array_equal(before, still.model.trainable_variables[0].numpy())


def test_restored_it_goes_on_exactly() -> None:
    whole, first = engine(config(ALL_LOSSES)), engine(config(ALL_LOSSES))
    learned(whole, 5)
    learned(first, 2)
    second = engine(config(ALL_LOSSES))
    second.restore(first.state())
    learned(second, 3)
    for a, b in zip(whole.averaged(), second.averaged(), strict=True):
        assert np.array_equal(a, b)
    for a, b in zip(whole.model.get_weights(), second.model.get_weights(), strict=True):
        assert np.array_equal(a, b)


def test_answers_of_late_are_kept_and_the_oldest_go() -> None:
    going = engine(config(Weights(distil_hardest=1.0), recent_size=12))
    learned(going, 1)
    assert going.criterion.recent is not None
    student, teacher = going.criterion.recent
    assert not student[:4].any()
    assert torch.allclose(student[4:].norm(dim=1), torch.ones(8))
    assert torch.equal(teacher[4:], batch(32).teacher)
    learned(going, 1)
    assert torch.equal(going.criterion.recent[0, :4], student[8:])


def test_the_next_phase_takes_over_weights_average_and_people() -> None:
    small = engine(config(ALL_LOSSES))
    learned(small, 3)
    weights, average = small.model.get_weights(), small.averaged()
    assert small.criterion.head is not None
    head = small.criterion.head.detach().clone()
    large = Engine(CONFIG, CONFIG.phases[1], CENTRES)
    large.begin_from(small)
    assert large.criterion.head is not None
    kept = [
        number
        for number, (a, b) in enumerate(zip(weights, average, strict=True))
        if a.shape == large.model.get_weights()[number].shape
    ]
    assert len(kept) == len(weights) - 1  # all but the global kernel
    for number in kept:
        assert np.array_equal(large.model.get_weights()[number], weights[number])
        assert np.array_equal(large.averaged()[number], average[number])
    assert torch.equal(large.criterion.head.detach(), head)


def test_a_stock_network_learns_weights_and_statistics() -> None:
    """Keras' own layers set their statistics, which a traced pass must do in every step."""
    stock = engine(config(Weights(distil_cosine=1.0), layout=Stock("mobilenet_v2", 16)))
    heard, statistics = [], []
    for _ in range(16):
        heard += learned(stock, 1)
        statistics.append([v.numpy().copy() for v in stock.model.non_trainable_variables])
    assert heard[-1]["distil_cosine"] < heard[0]["distil_cosine"]
    for first, second, *_ in zip(*statistics, strict=True):
        assert not np.array_equal(first, second)
