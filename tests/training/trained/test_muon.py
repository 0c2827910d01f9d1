from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="the optimiser is PyTorch's: make test-training")

from faceapp.training.muon import Muon, orthogonal

SHAPES = [(8, 8), (32, 64), (64, 32), (192, 512), (5, 130)]


def random(shape: tuple[int, ...], seed: int = 0) -> Any:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [1e-4, 1.0, 1e4])
def test_all_directions_get_nearly_one_length(shape: tuple[int, int], size: float) -> None:
    (found,) = orthogonal(random(shape)[None] * size)
    assert found.shape == shape
    assert found.dtype == torch.float32
    values = torch.linalg.svdvals(found)
    assert 0.6 < float(values.min()) < float(values.max()) < 1.3


@pytest.mark.parametrize("shape", SHAPES)
def test_directions_stay(shape: tuple[int, int]) -> None:
    left, _, right = torch.linalg.svd(random(shape), full_matrices=False)
    spread = torch.linspace(1.0, 0.2, left.shape[1])
    (moved,) = orthogonal((left @ torch.diag(spread) @ right)[None])
    turned = left.T @ moved @ right.T
    diagonal = torch.diag(turned)
    assert float(diagonal.min()) > 0.6
    assert float((turned - torch.diag(diagonal)).abs().max()) < 0.1


def test_nothing_moves_nowhere() -> None:
    assert float(orthogonal(torch.zeros(2, 4, 6)).abs().max()) == 0.0


def stepped(kernel: Any, gradients: list[Any], lr: float = 0.1, decay: float = 0.0) -> Any:
    kernel = kernel.clone().requires_grad_()
    optimiser = Muon([kernel], lr=lr, weight_decay=decay)
    for gradient in gradients:
        kernel.grad = gradient
        optimiser.step()
    return kernel.detach()


def test_the_size_of_a_gradient_does_not_matter() -> None:
    kernel, gradient = random((1, 1, 16, 24)), random((1, 1, 16, 24), 1)
    first, second = (stepped(kernel, [gradient * size]) for size in (1.0, 100.0))
    assert float((first - second).abs().max()) < 5e-3


def test_a_step_goes_down_and_as_far_as_the_rate_says() -> None:
    kernel, gradient = random((1, 1, 16, 24)), random((1, 1, 16, 24), 1)
    moved = stepped(kernel, [gradient]) - kernel
    assert float((moved * gradient).sum()) < 0
    values = torch.linalg.svdvals(moved[0, 0]) / (0.1 * (24 / 16) ** 0.5)
    assert 0.6 < float(values.min()) < float(values.max()) < 1.3


@pytest.mark.parametrize("shape", [(16, 24), (24, 16)])
def test_steps_are_those_of_the_paper(shape: tuple[int, int]) -> None:
    """Nesterov's look ahead on a momentum of 0.95, orthogonalised; outputs are the columns here."""
    kernel, rate, decay = random((1, 1, *shape)), 0.2, 0.5
    gradients = [random((1, 1, *shape), seed) for seed in (1, 2, 3)]
    wanted, momentum = kernel[0, 0], torch.zeros(shape)
    for gradient in gradients:
        momentum = 0.95 * momentum + 0.05 * gradient[0, 0]
        (turned,) = orthogonal((0.05 * gradient[0, 0] + 0.95 * momentum)[None])
        length = max(1.0, shape[1] / shape[0]) ** 0.5
        wanted = (1.0 - rate * decay) * wanted - rate * length * turned
    found = stepped(kernel, gradients, rate, decay)[0, 0]
    assert torch.allclose(found, wanted, atol=0.02)


def test_weights_decay_on_their_own() -> None:
    kernel = random((1, 1, 8, 8))
    found = stepped(kernel, [torch.zeros_like(kernel)] * 3, decay=0.5)
    assert np.allclose(found, kernel * (1 - 0.05) ** 3, atol=1e-6)


def test_it_goes_on_exactly_from_its_state() -> None:
    kernel = random((1, 1, 8, 12))
    gradients = [random((1, 1, 8, 12), seed) for seed in range(4)]
    whole = stepped(kernel, gradients)
    first = kernel.clone().requires_grad_()
    before = Muon([first], lr=0.1, weight_decay=0.0)
    for gradient in gradients[:2]:
        first.grad = gradient
        before.step()
    second = first.detach().clone().requires_grad_()
    after = Muon([second], lr=0.1, weight_decay=0.0)
    after.load_state_dict(before.state_dict())
    for gradient in gradients[2:]:
        second.grad = gradient
        after.step()
    assert torch.equal(second.detach(), whole)


def test_kernels_of_one_shape_move_as_each_would_alone() -> None:
    """Also one of the transposed shape, and one of another among them."""
    kernels = [random((1, 1, *shape), n) for n, shape in enumerate([(8, 12), (12, 8), (8, 12)])]
    kernels.insert(1, random((1, 1, 4, 6), 7))
    gradients = [random(tuple(kernel.shape), 10 + n) for n, kernel in enumerate(kernels)]
    together = [kernel.clone().requires_grad_() for kernel in kernels]
    for kernel, gradient in zip(together, gradients, strict=True):
        kernel.grad = gradient
    Muon(together, lr=0.1, weight_decay=0.1).step()
    for kernel, gradient, found in zip(kernels, gradients, together, strict=True):
        alone = stepped(kernel, [gradient], decay=0.1)
        assert torch.allclose(found.detach(), alone, atol=2e-3)
        assert not torch.allclose(found.detach(), kernel, atol=2e-2)
