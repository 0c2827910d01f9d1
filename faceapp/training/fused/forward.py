"""Compute the network of `network.build` in training, on the weights of its Keras model."""

from __future__ import annotations

import keras
import torch

from faceapp.training.fused import kernels
from faceapp.training.fused.units import PATCH, Block, Moments, Pointwise, Pool, patches
from faceapp.training.layers import BN_EPSILON, BN_MOMENTUM
from faceapp.training.network import Backbone, Layout

LANES = 16


class Forward:
    """``forward(chips, moments)``: float32 (B, S, S, 3) in -1..1 -> embeddings float32 (B, D).

    Gradients flow to the model's variables. A pass does not change the running statistics:
    ``moments`` receives the batch's statistics by layer, and `learn` updates the running ones from
    them. So several threads may compute parts of a batch side by side.
    """

    name = "kernels"
    side_by_side = True

    def __init__(self, model: keras.Model, layout: Backbone) -> None:
        self._layers = {layer.name: layer for layer in model.layers}
        self._layout = layout

    def __call__(self, chips: torch.Tensor, moments: dict[str, Moments]) -> torch.Tensor:
        x = self._unit(patches(chips), "stem", moments)
        for name, _, stride in self._layout.blocks():
            x = self._block(x, stride, name, moments)
        x = self._unit(x, "head", moments)
        # From here on each channel of a chip is one number.
        pooled = self._norm(Pool.apply(x, self._kernel("global")), "global", moments)
        kernel = self._kernel("embed")
        return self._norm(pooled @ kernel.reshape(kernel.shape[-2:]), "embed", moments)

    @torch.no_grad()
    def learn(self, parts: list[dict[str, Moments]]) -> None:
        """Move the running statistics towards the mean over the ``parts`` of a batch."""
        kept, seen = [], []
        for name in parts[0]:
            norm = self._layers[f"{name}_bn"]
            kept += [norm.moving_mean._value, norm.moving_variance._value]
            seen += [
                _mean([part[name].mean for part in parts]),
                _mean([part[name].variance for part in parts]),
            ]
        torch._foreach_lerp_(kept, seen, 1.0 - BN_MOMENTUM)

    def _unit(self, x: torch.Tensor, name: str, moments: dict[str, Moments]) -> torch.Tensor:
        seen: list[Moments] = []
        kernel, *affine = self._weights(name)
        if kernel.shape[:2] != (1, 1):  # the stem's kernel, which is applied to patches
            kernel = kernel.reshape(1, 1, -1, kernel.shape[-1])
            kernel = torch.nn.functional.pad(kernel, (0, 0, 0, PATCH - kernel.shape[2]))
        x = Pointwise.apply(x, seen, kernel, *affine)
        moments[name] = seen[0]
        return x

    def _block(
        self, x: torch.Tensor, stride: int, name: str, moments: dict[str, Moments]
    ) -> torch.Tensor:
        names = [f"{name}_{part}" for part in ("expand", "depth", "project")]
        seen: list[Moments] = []
        weights = [tensor for part in names for tensor in self._weights(part)]
        x = Block.apply(x, stride, seen, *weights)
        moments.update(zip(names, seen, strict=True))
        return x

    def _norm(self, x: torch.Tensor, name: str, moments: dict[str, Moments]) -> torch.Tensor:
        variance, mean = torch.var_mean(x, 0, correction=0)
        unbiased = len(x) / max(len(x) - 1, 1)
        moments[name] = Moments(mean.detach(), variance.detach() * unbiased)
        _, gamma, beta = self._weights(name)
        return (x - mean) * torch.rsqrt(variance + BN_EPSILON) * gamma + beta

    def _weights(self, name: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        norm = self._layers[f"{name}_bn"]
        return self._kernel(name), norm.gamma._value, norm.beta._value

    def _kernel(self, name: str) -> torch.Tensor:
        return self._layers[name].kernel._value


def _mean(values: list[torch.Tensor]) -> torch.Tensor:
    return values[0] if len(values) == 1 else torch.stack(values).mean(0)


def of(model: keras.Model, layout: Layout, size_px: int) -> Forward | None:
    """The forward pass of ``model``; None if the kernels cannot compute it on this machine.

    They need a CPU that they were written for, channels in multiples of 16, blocks that expand, and
    strides of 1 or, on even maps, 2.
    """
    if not isinstance(layout, Backbone) or torch.cuda.is_available():
        return None
    widths = [layout.stem, layout.head, *(stage.channels for stage in layout.stages)]
    if any(width % LANES for width in widths) or any(s.expand < 2 for s in layout.stages):
        return None
    for stride in [2, *(stage.stride for stage in layout.stages)]:
        if stride not in (1, 2) or size_px % stride:
            return None
        size_px //= stride
    return Forward(model, layout) if kernels.library() is not None else None
