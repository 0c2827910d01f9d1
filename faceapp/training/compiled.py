"""The forward pass of `network.build` in training as one function, compiled for a GPU.

Computed layer by layer, a step passes over memory a thousand times; compiled, normalisation and
activation need only a few passes.
"""

from __future__ import annotations

import functools
import importlib.util
import warnings
from collections.abc import Callable, Mapping
from typing import TypeAlias

import keras
import torch
from torch.nn import functional

from faceapp.training.fused.forward import Forward
from faceapp.training.fused.units import Moments
from faceapp.training.layers import BN_EPSILON, same_padding
from faceapp.training.network import Backbone

Tensor: TypeAlias = torch.Tensor
Unit: TypeAlias = tuple[Tensor, Tensor, Tensor]
"""Kernel, gamma, beta of a convolution and the batch normalisation after it."""
Seen: TypeAlias = dict[str, tuple[Tensor, Tensor]]
"""Mean and unbiased variance of each unit's feature map, float32 (C,)."""
Blocks: TypeAlias = tuple[tuple[str, int], ...]
"""Name and stride of each inverted residual."""


class Compiled(Forward):
    """`fused.forward.Forward` by PyTorch's compiler, for any device that it supports."""

    name = "compiled"
    side_by_side = False

    def __init__(self, model: keras.Model, layout: Backbone) -> None:
        super().__init__(model, layout)
        self._blocks: Blocks = tuple((name, stride) for name, _, stride in layout.blocks())
        norms = (name for name in self._layers if name.endswith("_bn"))
        self._units = tuple(name.removesuffix("_bn") for name in norms)

    def __call__(self, chips: Tensor, moments: dict[str, Moments]) -> Tensor:
        units = {name: self._weights(name) for name in self._units}
        embeddings, seen = _compiled()(chips, self._blocks, units)
        moments.update((name, Moments(*values)) for name, values in seen.items())
        return torch.as_tensor(embeddings)


def can_compile() -> bool:
    """Whether there is a GPU and a compiler for it."""
    return torch.cuda.is_available() and importlib.util.find_spec("triton") is not None


def embed(chips: Tensor, blocks: Blocks, units: Mapping[str, Unit]) -> tuple[Tensor, Seen]:
    """Embed ``chips`` float32 (B, S, S, 3): float32 (B, D), and the moments of all feature maps.

    Feature maps are bfloat16 (B, H, W, C).
    """
    seen: Seen = {}
    x = _unit(_patches(chips.bfloat16()), "stem", units, seen).clamp(0.0, 6.0)
    for name, stride in blocks:
        wide = x
        if f"{name}_expand" in units:
            wide = _unit(x, f"{name}_expand", units, seen).clamp(0.0, 6.0)
        kernel, gamma, beta = units[f"{name}_depth"]
        deep = _depthwise(wide, kernel.bfloat16(), stride)
        deep = _normalised(deep, gamma, beta, f"{name}_depth", seen).clamp(0.0, 6.0)
        y = _unit(deep, f"{name}_project", units, seen)
        x = x + y if stride == 1 and x.shape == y.shape else y
    x = _unit(x, "head", units, seen).clamp(0.0, 6.0)
    kernel, gamma, beta = units["global"]
    pooled = (x * kernel[..., 0].bfloat16()).float().sum(dim=(1, 2)).bfloat16()
    pooled = _normalised(pooled, gamma, beta, "global", seen)
    return _unit(pooled, "embed", units, seen).float(), seen


def _unit(x: Tensor, name: str, units: Mapping[str, Unit], seen: Seen) -> Tensor:
    """Apply a 1x1 convolution and its normalisation."""
    kernel, gamma, beta = units[name]
    y = x @ kernel.flatten(0, 2).bfloat16()
    return _normalised(y, gamma, beta, name, seen)


def _normalised(y: Tensor, gamma: Tensor, beta: Tensor, name: str, seen: Seen) -> Tensor:
    """Batch normalisation in float32 (Ioffe and Szegedy 2015)."""
    values, rows = y.float(), y.numel() // y.shape[-1]
    places = tuple(range(y.ndim - 1))
    mean = values.mean(dim=places)
    variance = (values.square().mean(dim=places) - mean.square()).clamp_min(0.0)
    seen[name] = mean.detach(), variance.detach() * (rows / max(rows - 1, 1))
    scale = gamma * torch.rsqrt(variance + BN_EPSILON)
    return (values * scale + (beta - mean * scale)).to(y.dtype)


def _depthwise(x: Tensor, kernel: Tensor, stride: int) -> Tensor:
    """Apply a depthwise convolution (3, 3, C, 1), "same"; strides are slices, as in `layers`."""
    maps = functional.conv2d(
        x.permute(0, 3, 1, 2), kernel.permute(2, 3, 0, 1), padding=1, groups=x.shape[-1]
    ).permute(0, 2, 3, 1)
    if stride == 1:
        return maps
    down, right = (1 - same_padding(side, 3, stride)[0] for side in x.shape[1:3])
    return maps[:, down::stride, right::stride].contiguous()


def _patches(chips: Tensor) -> Tensor:
    """The 3x3 pixels under each position of a stride of 2, row by row: (B, S / 2, S / 2, 27)."""
    top, bottom = same_padding(chips.shape[1], 3, 2)
    padded = functional.pad(chips, (0, 0, top, bottom, top, bottom))
    last = padded.shape[1] - 2
    return torch.cat(
        [
            padded[:, row : row + last : 2, column : column + last : 2]
            for row in range(3)
            for column in range(3)
        ],
        dim=-1,
    )


@functools.cache
def _compiled() -> Callable[[Tensor, Blocks, Mapping[str, Unit]], tuple[Tensor, Seen]]:
    """`embed`, shared by all phases of a run; PyTorch compiles it when it is first called."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PyTorch uses its own deprecated code
        return torch.compile(embed, dynamic=False)
