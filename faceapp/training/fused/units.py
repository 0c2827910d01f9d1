"""Forward and backward passes of 1x1 convolutions (stem, head) and of whole inverted residuals.

Feature maps are contiguous bfloat16 (B, H, W, C); weights and statistics are float32. A map is
stored as its convolution left it, together with the coefficients of its normalisation, which each
reader applies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import torch

from faceapp.training.fused.kernels import call
from faceapp.training.layers import BN_EPSILON

Tensor: TypeAlias = torch.Tensor
PATCH = 32
"""The 27 numbers of the stem's 3x3 pixels, padded to as many as the kernels multiply at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Mean and unbiased variance of a map over a batch, float32 (C,)."""

    mean: Tensor
    variance: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A convolution and its batch normalisation: ``kernel`` in Keras' shape, ``gamma``, ``beta``.

    They are detached, because gradients are computed by hand here.
    """

    kernel: Tensor
    gamma: Tensor
    beta: Tensor

    @property
    def matrix(self) -> Tensor:
        """A 1x1 kernel as bfloat16 (C, D)."""
        return self.kernel.reshape(self.kernel.shape[-2:]).bfloat16()


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """``y`` (B, H, W, C) before its normalisation, which is ``scale * y + shift``."""

    y: Tensor
    mean: Tensor
    deviation: Tensor
    scale: Tensor
    shift: Tensor

    @classmethod
    def of(cls, y: Tensor, sums: Tensor, weights: Weights) -> Map:
        """Derive the normalisation of ``y`` from ``sums`` (2, C): those of y and of its squares."""
        mean, squares = sums / (y.numel() // y.shape[-1])
        deviation = (squares - mean.square()).clamp_(min=0.0).add_(BN_EPSILON).sqrt_()
        scale = weights.gamma / deviation
        return cls(y, mean, deviation, scale, weights.beta - scale * mean)

    @property
    def rows(self) -> int:
        return self.y.numel() // self.y.shape[-1]

    @property
    def moments(self) -> Moments:
        unbiased = self.rows / max(self.rows - 1, 1)
        return Moments(self.mean, (self.deviation.square() - BN_EPSILON) * unbiased)

    def normalised(self, act: bool, skip: Tensor | None) -> Tensor:
        z = torch.empty_like(self.y)
        size = (self.rows, self.y.shape[-1])
        call("normalise", self.y, *size, self.scale, self.shift, act, skip, z)
        return z


@dataclass(frozen=True, slots=True, eq=False)
class Slope:
    """The gradient ``g`` of a normalised map, with coefficients for the gradient of the map itself.

    The latter is ``scale * g + slope * y + offset``, with the map's ``scale`` and ``y``.
    """

    g: Tensor
    slope: Tensor
    offset: Tensor
    dgamma: Tensor
    dbeta: Tensor

    @classmethod
    def of(cls, g: Tensor, sums: Tensor, at: Map) -> Slope:
        """Derive the coefficients from ``sums`` (2, C) of g and of g y; ``at`` is the map."""
        dbeta = sums[0]
        dgamma = (sums[1] - at.mean * dbeta) / at.deviation
        slope = -at.scale * dgamma / (at.deviation * at.rows)
        return cls(g, slope, -at.scale * dbeta / at.rows - slope * at.mean, dgamma, dbeta)

    @classmethod
    def before(cls, dz: Tensor, at: Map, act: bool) -> Slope:
        """Start from ``dz``, the gradient of the result of `Map.normalised` for the map ``at``."""
        dz, sums = dz.contiguous(), torch.empty(2, dz.shape[-1])
        g, relu = (torch.empty_like(dz), (at.scale, at.shift)) if act else (dz, (None, None))
        call("normalise_gradient", dz, at.y, at.rows, dz.shape[-1], *relu, g, sums[0], sums[1])
        return cls.of(g, sums, at)


def _pointwise(x: Tensor | Map, weights: Weights) -> Map:
    source, scale, shift = _source(x)
    matrix = weights.matrix
    y = source.new_empty(*source.shape[:-1], matrix.shape[1])
    sums = torch.empty(2, matrix.shape[1])
    rows = source.numel() // source.shape[-1]
    call("pointwise", source, scale, shift, rows, *matrix.shape, matrix, y, sums[0], sums[1])
    return Map.of(y, sums, weights)


def _pointwise_back(
    x: Tensor | Map, weights: Weights, at: Map, by: Slope, skip: Tensor | None = None
) -> tuple[Any, tuple[Tensor, ...]]:
    """The gradient of ``x`` (a `Slope` if ``x`` is a `Map`), and those of the weights.

    ``skip``, the gradient through the shortcut, is added to the former.
    """
    source, scale, shift = _source(x)
    matrix = weights.matrix
    dx, dkernel = torch.empty_like(source), torch.empty_like(weights.kernel)
    sums = torch.empty(2, matrix.shape[0])
    after = (by.g, at.y, at.scale, by.slope, by.offset, at.rows, *matrix.shape, matrix)
    call("pointwise_gradient", source, scale, shift, *after, skip, dx, dkernel, sums[0], sums[1])
    of_x = Slope.of(dx, sums, x) if isinstance(x, Map) else dx
    return of_x, (dkernel, by.dgamma, by.dbeta)


def _depthwise(x: Map, weights: Weights, stride: int) -> Map:
    count, height, width, channels = x.y.shape
    y = x.y.new_empty(count, height // stride, width // stride, channels)
    sums = torch.empty(2, channels)
    size = (*x.y.shape, stride)
    call("depthwise", *_source(x), *size, weights.kernel, y, sums[0], sums[1])
    return Map.of(y, sums, weights)


def _depthwise_back(
    x: Map, weights: Weights, at: Map, by: Slope, stride: int
) -> tuple[Slope, tuple[Tensor, ...]]:
    dx, dkernel = torch.empty_like(x.y), torch.empty_like(weights.kernel)
    sums = torch.empty(2, dx.shape[-1])
    after = (by.g, at.y, at.scale, by.slope, by.offset, *dx.shape, stride, weights.kernel)
    call("depthwise_gradient", *_source(x), *after, dx, dkernel, sums[0], sums[1])
    return Slope.of(dx, sums, x), (dkernel, by.dgamma, by.dbeta)


def _source(x: Tensor | Map) -> tuple[Tensor, Tensor | None, Tensor | None]:
    return (x.y, x.scale, x.shift) if isinstance(x, Map) else (x, None, None)


class Pointwise(torch.autograd.Function):
    """``relu6(norm(x kernel))``, x (B, H, W, C): ``apply(x, seen, kernel, gamma, beta)``.

    ``seen`` is a list that receives the `Moments`.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, seen: list[Moments], *weights: Tensor) -> Tensor:
        own = Weights(*(tensor.detach() for tensor in weights))
        made = _pointwise(x, own)
        seen.append(made.moments)
        ctx.kept = x.detach(), own, made
        return made.normalised(act=True, skip=None)

    @staticmethod
    def backward(ctx: Any, dz: Tensor) -> Any:
        x, own, made = ctx.kept
        by = Slope.before(dz, made, act=True)
        dx, of_weights = _pointwise_back(x, own, made, by)
        return dx, None, *of_weights


class Block(torch.autograd.Function):
    """An inverted residual of x (B, H, W, C): ``apply(x, stride, seen, *weights)``.

    ``weights``: kernel, gamma and beta of expansion, depthwise convolution and projection;
    ``seen`` receives the `Moments` of the three.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, stride: int, seen: list[Moments], *weights: Tensor) -> Tensor:
        plain = [tensor.detach() for tensor in weights]
        expand, depth, project = (Weights(*plain[first : first + 3]) for first in (0, 3, 6))
        wide = _pointwise(x, expand)
        deep = _depthwise(wide, depth, stride)
        narrow = _pointwise(deep, project)
        seen += [wide.moments, deep.moments, narrow.moments]
        skip = x if narrow.y.shape == x.shape else None
        ctx.kept = x.detach(), (expand, depth, project), (wide, deep, narrow)
        ctx.stride, ctx.skips = stride, skip is not None
        return narrow.normalised(act=False, skip=skip)

    @staticmethod
    def backward(ctx: Any, dz: Tensor) -> Any:
        x, (expand, depth, project), (wide, deep, narrow) = ctx.kept
        dz = dz.contiguous()
        by_narrow = Slope.before(dz, narrow, act=False)
        by_deep, of_project = _pointwise_back(deep, project, narrow, by_narrow)
        by_wide, of_depth = _depthwise_back(wide, depth, deep, by_deep, ctx.stride)
        dx, of_expand = _pointwise_back(x, expand, wide, by_wide, dz if ctx.skips else None)
        return dx, None, None, *of_expand, *of_depth, *of_project


class Pool(torch.autograd.Function):
    """The global depthwise convolution: x (B, H, W, C), kernel (H, W, C, 1) -> float32 (B, C)."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, kernel: Tensor) -> Tensor:
        count, height, width, channels = x.shape
        out = torch.empty(count, channels)
        call("pool", x, count, height * width, channels, kernel.detach(), out)
        ctx.save_for_backward(x, kernel)
        return out

    @staticmethod
    def backward(ctx: Any, dout: Tensor) -> Any:
        x, kernel = ctx.saved_tensors
        count, height, width, channels = x.shape
        dx, dkernel = torch.empty_like(x), torch.empty_like(kernel)
        size = (count, height * width, channels)
        call("pool_gradient", x, dout.contiguous(), *size, kernel.detach(), dx, dkernel)
        return dx, dkernel


def patches(chips: Tensor) -> Tensor:
    """The 3x3 pixels under each position of a stride of 2: bfloat16 (B, S / 2, S / 2, 32)."""
    count, size_px = chips.shape[:2]
    out = torch.empty(count, size_px // 2, size_px // 2, PATCH, dtype=torch.bfloat16)
    call("patches", chips.contiguous(), count, size_px, out)
    return out
