"""The kernels of ``faceapp/training/fused``, one by one, against PyTorch in float32."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip("torch", reason="the kernels serve PyTorch: make test-training")


from faceapp.training import fused, network
from faceapp.training.backbones import Stock
from faceapp.training.config import Phase, Weights
from faceapp.training.engine import Engine
from faceapp.training.fused import kernels
from faceapp.training.fused.forward import Forward
from faceapp.training.fused.units import Block, Moments, Pool, patches
from faceapp.training.network import Backbone, Layout, Stage, Variant
from tests.conftest import ROOT
from tests.training.trained.test_engine import CENTRES, batch
from tests.training.trained.tiny import ALL_LOSSES, CONFIG

LAYOUT = Backbone(
    stem=16,
    stages=(Stage(2, 32, 1, 2), Stage(3, 48, 2, 1), Stage(2, 80, 1, 2)),
    head=64,
    dimension=16,
)
needs_kernels = pytest.mark.skipif(
    kernels.library() is None, reason="needs a C++ compiler and a processor with AVX-512 BF16"
)
SHAPES = [(1, 2, 16, 16), (3, 6, 16, 32), (2, 8, 48, 112), (5, 4, 64, 144), (1, 14, 256, 128)]


def cosine(a: Any, b: Any) -> float:
    a, b = (torch.as_tensor(x).double().flatten() for x in (a, b))
    return float(a @ b / (a.norm() * b.norm()))


def maps(*shape: int, seed: int = 0) -> Any:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).bfloat16()


def numbers(*shape: int, seed: int = 0) -> Any:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@needs_kernels
def test_parts_of_a_batch_teach_their_mean() -> None:
    model = network.build(LAYOUT, 32)
    forward = Forward(model, LAYOUT)
    one: dict[str, Moments] = {}
    other: dict[str, Moments] = {}
    for moments, seed in ((one, 1), (other, 2)):
        forward(numbers(4, 32, 32, 3, seed=seed), moments)
    forward.learn([one, other])
    norm = model.get_layer("s2b1_depth_bn")
    mean = (one["s2b1_depth"].mean + other["s2b1_depth"].mean) / 2
    assert torch.allclose(norm.moving_mean.value, mean * (1 - norm.momentum), atol=1e-6)
    variance = (one["s2b1_depth"].variance + other["s2b1_depth"].variance) / 2
    learned = norm.momentum + variance * (1 - norm.momentum)  # it begins at 1
    assert torch.allclose(norm.moving_variance.value, learned, atol=1e-6)


@needs_kernels
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("lazy", [False, True])
def test_products_of_any_size(shape: tuple[int, int, int, int], lazy: bool) -> None:
    """Rows that fill no block, depths that fill no tile."""
    count, side, depth, columns = shape
    rows = count * side * side
    x, weights = maps(rows, depth), maps(depth, columns, seed=1)
    scale, shift = numbers(depth, seed=2), numbers(depth, seed=3)
    read = x.float()
    if lazy:
        read = (read * scale + shift).clamp(0, 6).bfloat16().float()
    y, sums = torch.empty(rows, columns, dtype=torch.bfloat16), torch.empty(2, columns)
    at = (x, scale, shift) if lazy else (x, None, None)
    kernels.call("pointwise", *at, rows, depth, columns, weights, y, sums[0], sums[1])
    wanted = read @ weights.float()
    assert torch.allclose(y.float(), wanted, rtol=1e-2, atol=1e-2 * float(wanted.abs().max()))
    assert torch.allclose(sums[0], wanted.sum(0), atol=1e-3 * float(wanted.abs().sum(0).max()))
    assert torch.allclose(sums[1], wanted.square().sum(0), rtol=1e-3)


@needs_kernels
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("lazy", [False, True])
def test_gradients_of_products_of_any_size(shape: tuple[int, int, int, int], lazy: bool) -> None:
    count, side, depth, columns = shape
    rows = count * side * side
    x, weights = maps(rows, depth), maps(depth, columns, seed=1)
    scale, shift = numbers(depth, seed=2), numbers(depth, seed=3)
    g, y = maps(rows, columns, seed=4), maps(rows, columns, seed=5)
    by = [numbers(columns, seed=seed) for seed in (6, 7, 8)]
    skip = maps(rows, depth, seed=9)
    dx, dweights = torch.empty_like(x), torch.empty(depth, columns)
    sums = torch.empty(2, depth)
    at = (x, scale, shift) if lazy else (x, None, None)
    size = (rows, depth, columns, weights)
    beside = None if lazy else skip
    kernels.call("pointwise_gradient", *at, g, y, *by, *size, beside, dx, dweights, *sums)
    dy = by[0] * g.float() + by[1] * y.float() + by[2]
    wanted = dy @ weights.float().T
    read = x.float()
    if lazy:
        read = read * scale + shift
        wanted = wanted * ((read > 0) & (read < 6))
        read = read.clamp(0, 6)
        assert cosine(sums[0], wanted.sum(0)) > 0.999
        assert cosine(sums[1], (wanted * x.float()).sum(0)) > 0.999
    else:
        wanted = wanted + skip.float()
    assert cosine(dx.float(), wanted) > 0.9999
    assert cosine(dweights, read.T @ dy) > 0.9999


@needs_kernels
@pytest.mark.parametrize(("height", "width"), [(2, 2), (4, 6), (14, 14), (7, 5)])
@pytest.mark.parametrize("stride", [1, 2])
def test_depthwise_convolutions_of_any_size(height: int, width: int, stride: int) -> None:
    if stride == 2 and (height % 2 or width % 2):
        pytest.skip("strides want even maps")
    x = maps(3, height, width, 32)
    kernel = numbers(3, 3, 32, 1, seed=1).requires_grad_()
    scale, shift = numbers(32, seed=2), numbers(32, seed=3)
    y = torch.empty(3, height // stride, width // stride, 32, dtype=torch.bfloat16)
    sums = torch.empty(2, 32)
    size = (3, height, width, 32, stride, kernel.detach())
    kernels.call("depthwise", x, scale, shift, *size, y, *sums)
    before = (x.float() * scale + shift).requires_grad_()
    read = before.clamp(0, 6).movedim(-1, 1)
    first = 1 if stride == 1 else 0
    padded = torch.nn.functional.pad(read, (first, 1, first, 1))
    wanted = torch.nn.functional.conv2d(
        padded, kernel.permute(2, 3, 0, 1), stride=stride, groups=32
    ).movedim(1, -1)
    assert wanted.shape == y.shape
    flat = wanted.detach().reshape(-1, 32)
    near = 1e-2 * float(flat.abs().max())
    assert torch.allclose(y.float().reshape(-1, 32), flat, rtol=1e-2, atol=near)
    assert torch.allclose(sums[1], flat.square().sum(0), rtol=1e-3)
    g, by = maps(*y.shape, seed=4), [numbers(32, seed=seed) for seed in (5, 6, 7)]
    dx, dkernel = torch.empty_like(x), torch.empty_like(kernel)
    kernels.call(
        "depthwise_gradient", x, scale, shift, g, y, *by, *size, dx, dkernel.detach(), *sums
    )
    dy = by[0] * g.float() + by[1] * y.float() + by[2]
    d_before, d_kernel = torch.autograd.grad(wanted, (before, kernel), dy)
    assert cosine(dx.float(), d_before) > 0.9999
    assert cosine(dkernel.detach(), d_kernel) > 0.9999
    assert cosine(sums[0], d_before.sum((0, 1, 2))) > 0.999


@needs_kernels
def test_the_global_kernel_weighs_every_place() -> None:
    x, kernel = maps(4, 3, 5, 48).requires_grad_(), numbers(3, 5, 48, 1, seed=1).requires_grad_()
    ours = Pool.apply(x, kernel)
    theirs = (x.float() * kernel[..., 0]).sum((1, 2))
    assert torch.allclose(ours, theirs, atol=1e-4)
    wanted = numbers(4, 48, seed=2)
    for a, b in zip(
        torch.autograd.grad(ours, (x, kernel), wanted),
        torch.autograd.grad(theirs, (x, kernel), wanted),
        strict=True,
    ):
        assert cosine(a.float(), b.float()) > 0.9999


@needs_kernels
def test_a_stem_convolves_patches() -> None:
    chips, kernel = numbers(2, 12, 12, 3), numbers(3, 3, 3, 16, seed=1)
    rows = patches(chips).float()
    assert float(rows[..., 27:].abs().max()) == 0.0
    padded = torch.nn.functional.pad(chips.movedim(-1, 1), (0, 1, 0, 1))
    wanted = torch.nn.functional.conv2d(padded, kernel.permute(3, 2, 0, 1), stride=2)
    found = rows[..., :27] @ kernel.reshape(27, 16)
    assert torch.allclose(found, wanted.movedim(1, -1), atol=0.1)


@needs_kernels
def test_a_block_adds_to_what_it_was_given() -> None:
    """A projection of nothing leaves the shortcut, forward and back."""
    x = maps(2, 4, 4, 32).requires_grad_()
    weights = [
        *(numbers(1, 1, 32, 64, seed=1), torch.ones(64), torch.zeros(64)),
        *(numbers(3, 3, 64, 1, seed=2), torch.ones(64), torch.zeros(64)),
        *(numbers(1, 1, 64, 32, seed=3), torch.zeros(32), torch.zeros(32)),
    ]
    out = Block.apply(x, 1, [], *weights)
    assert torch.equal(out, x)
    dout = maps(2, 4, 4, 32, seed=4)
    (dx,) = torch.autograd.grad(out, x, dout)
    assert torch.equal(dx, dout)


@needs_kernels
def test_a_run_in_parts_goes_on_exactly() -> None:
    config = replace(
        CONFIG,
        layout=LAYOUT,
        parts=2,
        phases=(Phase(size_px=32, steps=100, batch=8, rate=5e-3),),
        losses=ALL_LOSSES,
    )
    whole, first, second = (Engine(config, config.phases[0], CENTRES) for _ in range(3))
    assert isinstance(whole.forward, Forward)
    for _ in range(5):
        whole.step(batch(32), 5e-3)
    for _ in range(2):
        first.step(batch(32), 5e-3)
    second.restore(first.state())
    for _ in range(3):
        second.step(batch(32), 5e-3)
    for a, b in zip(whole.model.get_weights(), second.model.get_weights(), strict=True):
        assert np.array_equal(a, b)
    for a, b in zip(whole.averaged(), second.averaged(), strict=True):
        assert np.array_equal(a, b)


@needs_kernels
def test_the_kernels_learn() -> None:
    config = replace(CONFIG, layout=LAYOUT, parts=2, losses=Weights(distil_cosine=1.0))
    engine = Engine(config, Phase(size_px=32, steps=100, batch=8, rate=5e-3), CENTRES)
    said = [engine.step(batch(32), 5e-3)["distil_cosine"] for _ in range(30)]
    assert np.mean(said[-3:]) < 0.7 * np.mean(said[:3])


@needs_kernels
def test_what_the_kernels_cannot_do() -> None:
    def possible(layout: Layout, size_px: int) -> bool:
        return fused.of(network.build(layout, size_px), layout, size_px) is not None

    assert possible(LAYOUT, 32)
    assert possible(network.FACE_LAYOUT, 112)
    assert not possible(LAYOUT, 36)  # 9 px before the last stride
    for stride in (3, 4):
        assert not possible(replace(LAYOUT, stages=(Stage(2, 32, 1, stride),)), 48)
    assert not possible(replace(LAYOUT, head=40), 32)
    assert not possible(replace(LAYOUT, stages=(Stage(1, 32, 1, 2),)), 32)
    assert not possible(CONFIG.layout, 32)
    assert not possible(Stock("mobilenet_v2"), 32)
    assert not possible(Variant(LAYOUT, "prelu"), 32)


@needs_kernels
def test_numbers_must_lie_in_one_piece() -> None:
    with pytest.raises(ValueError, match="in one piece"):
        kernels.call("normalise", maps(4, 32)[:, ::2])


@pytest.fixture
def other_kernels(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let the test say how the kernels are compiled."""
    kernels.library.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    kernels.library.cache_clear()


def test_without_a_compiler_there_are_no_kernels(other_kernels: pytest.MonkeyPatch) -> None:
    other_kernels.setenv("CXX", "no-such-compiler")
    assert kernels.library() is None
    assert fused.of(network.build(LAYOUT, 32), LAYOUT, 32) is None


@needs_kernels
def test_where_nothing_can_be_kept_there_are_no_kernels(
    other_kernels: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Training works without them, as in a container whose home cannot be written to."""
    (tmp_path / "cache").write_text("a file, not a folder")
    other_kernels.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert kernels.library() is None


@needs_kernels
def test_a_processor_without_the_instructions_has_no_kernels(
    other_kernels: pytest.MonkeyPatch,
) -> None:
    other_kernels.setenv("CXXFLAGS", "-march=x86-64-v3")
    assert kernels.library() is None


@needs_kernels
@pytest.mark.parametrize("shape", SHAPES)
def test_without_tiles_products_are_the_same(
    shape: tuple[int, int, int, int], other_kernels: pytest.MonkeyPatch
) -> None:
    other_kernels.setenv("CXXFLAGS", "-mno-amx-bf16 -mno-amx-tile")
    test_products_of_any_size(shape, lazy=True)
    test_gradients_of_products_of_any_size(shape, lazy=False)


REFUSE_TILES = """
import ctypes, struct
rules = [  # of seccomp: no to arch_prctl(ARCH_REQ_XCOMP_PERM), yes to everything else
    *((0x20, 0, 0, 0), (0x15, 0, 3, 158), (0x20, 0, 0, 16), (0x15, 0, 1, 0x1023)),
    *((0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x7FFF0000)),
]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rules), ctypes.addressof(code)))
libc = ctypes.CDLL(None)
assert not libc.prctl(38, 1, 0, 0, 0)
assert not libc.prctl(22, 2, program, 0, 0)
from faceapp.training.fused import kernels
from tests.training.trained import test_fused
test_fused.test_products_of_any_size((3, 6, 16, 32), lazy=True)
print(kernels.library()._name)
"""


@needs_kernels
@pytest.mark.skipif(
    not Path("/proc/cpuinfo").exists() or "amx_bf16" not in Path("/proc/cpuinfo").read_text(),
    reason="needs a processor with AMX on Linux",
)
def test_tiles_that_are_refused_are_done_without() -> None:
    """A sandbox may say no; to use them all the same would end the process."""
    done = subprocess.run(
        [sys.executable, "-c", REFUSE_TILES],
        cwd=ROOT,
        env=os.environ | {"KERAS_BACKEND": "torch"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    library = kernels.library()
    assert library is not None
    assert done.stdout.strip() != library._name
