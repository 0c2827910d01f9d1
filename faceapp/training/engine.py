"""One network in training: forward pass, losses, optimisers, running average of the weights.

Keras runs on PyTorch, on CPU or GPU, with bfloat16 feature maps, which AMX can multiply. On a GPU
our own network is `compiled`; on a CPU `fused` computes it if it has kernels for that processor.
Any other network is `traced`, which saves Python's share of each step. A batch may be computed in
parts, one per core; what needs the whole batch (losses, optimisers) is computed once.
"""

from __future__ import annotations

import gc
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import keras
import numpy as np
import torch

from faceapp.training import compiled, fused, network
from faceapp.training.config import Phase, TrainConfig
from faceapp.training.criterion import Batch, Criterion
from faceapp.training.fused.forward import Forward
from faceapp.training.fused.units import Moments
from faceapp.training.losses.sphere import unit
from faceapp.training.muon import Muon
from faceapp.training.network import Backbone
from faceapp.training.traced import Traced
from faceapp.types import CHIP_SIZE_PX

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
ADAMW_SHARE = 0.15
"""AdamW's learning rate as a share of Muon's."""


class Engine:
    """The network of one phase with its optimisers. State goes in and out as plain tensors.

    ``centres`` (C, D): the initial weights of a classification head. ``forward`` computes the
    network in the way that is fastest on this machine; ``criterion`` holds the losses and their
    state.
    """

    forward: Forward | Traced

    def __init__(self, config: TrainConfig, phase: Phase, centres: torch.Tensor) -> None:
        keras.config.set_dtype_policy("mixed_bfloat16")
        keras.utils.set_random_seed(config.seed)  # decides the initial weights
        torch.backends.cudnn.benchmark = True  # on a GPU: each layer's fastest kernel
        self.config, self.phase = config, phase
        self.model = network.build(config.layout, phase.size_px)
        self.criterion = Criterion(config, phase.losses or config.losses, centres.to(DEVICE))
        self._optimisers = self._optimisers_of(config.weight_decay)
        self.forward = _fastest_forward(self.model, config, phase.size_px)
        self._pool = ThreadPoolExecutor(config.parts if self.forward.side_by_side else 1)
        self._average = self._weights()
        self._averaged_steps = 0

    def step(self, batch: Batch, rate: float) -> dict[str, torch.Tensor]:
        """Learn from one batch on `DEVICE`.

        Returns the weighted losses and the spread of the embeddings as tensors. It does not wait
        for them, so that a GPU can already be given the next step.
        """
        chunks = batch.chips.chunk(self.config.parts)
        moments: list[dict[str, Moments]] = [{} for _ in chunks]
        outputs = list(self._pool.map(self.forward, chunks, moments))
        embeddings = torch.cat([output.detach() for output in outputs]).float().requires_grad_()
        losses = self.criterion.losses(embeddings, batch)
        sum(losses.values()).backward()
        self._back(outputs, embeddings.grad)
        self.forward.learn(moments)
        list(self._pool.map(lambda optimiser: _move(optimiser, rate), self._optimisers))
        self._update_average()
        spread = unit(embeddings.detach()).std(dim=0).mean()
        return {name: value.detach() for name, value in losses.items()} | {"spread": spread}

    def _back(self, outputs: list[torch.Tensor], gradient: torch.Tensor) -> None:
        """Give every variable the sum of its gradients over all parts of the batch."""
        variables = [v._value for v in self.model.trainable_variables]
        gradients = gradient.split([len(output) for output in outputs])

        def back(output: torch.Tensor, gradient: torch.Tensor) -> Any:
            return torch.autograd.grad(output, variables, gradient.to(output.dtype))

        found = self._pool.map(back, outputs, gradients)
        for variable, *parts in zip(variables, *found, strict=True):
            variable.grad = sum(parts[1:], parts[0]).contiguous()  # as the fused AdamW needs it

    def _weights(self) -> list[torch.Tensor]:
        return [v._value.detach().clone() for v in self.model.weights]

    def averaged(self) -> list[np.ndarray]:
        """The running average of all weights and statistics, in the order of ``model.weights``."""
        return [value.float().cpu().numpy() for value in self._average]

    def state(self) -> dict[str, Any]:
        """The state that `restore` needs to continue exactly."""
        return {
            "weights": [v._value.detach() for v in self.model.weights],
            "average": self._average,
            "averaged_steps": self._averaged_steps,
            "criterion": self.criterion.state(),
            "optimisers": [optimiser.state_dict() for optimiser in self._optimisers],
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Continue from `state` of the same phase."""
        with torch.no_grad():
            for variable, value in zip(self.model.weights, state["weights"], strict=True):
                variable._value.copy_(value)
            for mine, value in zip(self._average, state["average"], strict=True):
                mine.copy_(value)
        self.criterion.restore(state["criterion"])
        self._averaged_steps = state["averaged_steps"]
        for optimiser, kept in zip(self._optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(kept)

    def begin_with(self, weights: Path) -> None:
        """Load trained weights, a ``.weights.h5`` of this layout for 112 px.

        Raises ValueError if the file is not one, or has another layout.
        """
        if not weights.name.endswith(".weights.h5"):
            raise ValueError(f"{weights}: expected a .weights.h5")
        trained = network.build(self.config.layout, CHIP_SIZE_PX)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", UserWarning)  # Keras only warns of missing weights
                trained.load_weights(weights)
        except OSError as error:  # it does not name the file
            raise ValueError(f"{weights}: expected a .weights.h5: {error}") from error
        except (ValueError, UserWarning) as error:
            raise ValueError(
                f"{weights}: expected weights of the network of {self.config.name}"
            ) from error
        network.transfer(trained, self.model)
        self._average = self._weights()

    def begin_from(self, smaller: Engine) -> None:
        """Take over weights and average of the previous phase.

        Optimisers start anew, and so does the memory of the average: at another resolution the old
        average is soon worthless.
        """
        network.transfer(smaller.model, self.model)
        raw = self.model.get_weights()
        smaller.model.set_weights(smaller.averaged())
        network.transfer(smaller.model, self.model)
        self._average = self._weights()
        self.model.set_weights(raw)
        self.criterion.restore(smaller.criterion.state())

    def _optimisers_of(self, decay: float) -> tuple[torch.optim.Optimizer, ...]:
        kernels: list[torch.Tensor] = []
        others: list[torch.Tensor] = []
        for variable in self.model.trainable_variables:
            is_pointwise = variable.name == "kernel" and variable.shape[:2] == (1, 1)
            (kernels if is_pointwise else others).append(variable._value)
        if self.criterion.head is not None:
            others.append(self.criterion.head)
        shares = [kernels[first :: self.config.parts] for first in range(self.config.parts)]
        return (
            *(Muon(share, lr=0.0, weight_decay=decay) for share in shares if share),
            torch.optim.AdamW(others, lr=0.0, weight_decay=0.0, fused=True),
        )

    @torch.no_grad()
    def _update_average(self) -> None:
        """Update the average, at first with a short memory: a tenth of the steps so far."""
        self._averaged_steps += 1
        memory = min(self.config.average_decay, 1.0 - 1.0 / (1.0 + 0.1 * self._averaged_steps))
        torch._foreach_lerp_(
            self._average, [v._value.detach() for v in self.model.weights], 1.0 - memory
        )


def _fastest_forward(model: keras.Model, config: TrainConfig, size_px: int) -> Forward | Traced:
    """The fastest way to compute ``model`` in training on this machine.

    `fused` and `compiled` code can normalise only by the statistics of the batch.
    """
    if config.keep_statistics:
        return Traced(model, keep_statistics=True)
    if isinstance(config.layout, Backbone) and compiled.can_compile():
        return compiled.Compiled(model, config.layout)
    return fused.of(model, config.layout, size_px) or Traced(model, keep_statistics=False)


def freeze_garbage() -> None:
    """Exempt all present objects from garbage collection, which would scan them in every step.

    First frees unreachable ones, such as an earlier engine's: once frozen, they would stay.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _move(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """Let ``optimiser`` take one step; ``rate`` is Muon's learning rate."""
    for group in optimiser.param_groups:
        group["lr"] = rate if isinstance(optimiser, Muon) else rate * ADAMW_SHARE
    optimiser.step()
    optimiser.zero_grad()
