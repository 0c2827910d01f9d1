"""The traced forward pass of any Keras model in training: for what `fused` cannot compute.

A traced pass saves Python's share of a step, about 60 ms for our network (48 px, batches of 32).
"""

from __future__ import annotations

import warnings
from typing import Any

import keras
import torch

from faceapp.training.fused.units import Moments


class Traced:
    """The training-mode forward pass of a Keras model, traced once for each batch shape.

    Used like `fused.forward.Forward`, except that Keras' layers update their statistics themselves
    in each pass, so the parts of a batch must be computed one after the other. With
    ``keep_statistics``, feature maps are normalised by the running statistics, which do not change.
    """

    name = "layer by layer"
    side_by_side = False

    def __init__(self, model: keras.Model, keep_statistics: bool) -> None:
        self._model = model
        self._module = _Pass(model, training=not keep_statistics)
        self._scripts: dict[torch.Size, Any] = {}

    def __call__(self, chips: torch.Tensor, moments: dict[str, Moments]) -> torch.Tensor:  # noqa: ARG002
        """Embed ``chips``; ``moments`` stays empty."""
        if chips.shape not in self._scripts:
            self._scripts[chips.shape] = self._traced(torch.zeros_like(chips))
        return self._scripts[chips.shape](chips)

    def learn(self, parts: list[dict[str, Moments]]) -> None:
        """Do nothing: the layers have updated their statistics already."""

    def _traced(self, example: torch.Tensor) -> Any:
        # The profiling executor re-optimises for half a minute and gains nothing here.
        torch._C._jit_set_profiling_executor(False)
        kept = [v._value.detach().clone() for v in self._model.weights]
        with warnings.catch_warnings():
            # All sizes are constants here. torch.compile, the successor, needs a C++ compiler.
            warnings.simplefilter("ignore", torch.jit.TracerWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            script = torch.jit.trace(self._module, example, check_trace=False)
        with torch.no_grad():
            for variable, value in zip(self._model.weights, kept, strict=True):
                variable._value.copy_(value)
        return script


class _Pass(torch.nn.Module):
    """Wrap a Keras model as a module that can be traced."""

    def __init__(self, model: keras.Model, training: bool) -> None:
        super().__init__()
        self.model, self.by_batch = model, training  # `training` is taken by Module itself

    def forward(self, chips: torch.Tensor) -> torch.Tensor:
        return self.model(chips, training=self.by_batch)
