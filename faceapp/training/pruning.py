"""Make the blocks of a trained network narrower inside.

Only the block itself uses the channels between its expansion and its projection. It can do without
those that its other channels can replace. They are removed one by one. Each time, the projection's
remaining weights are refit by least squares, and the channel goes whose loss then changes the
block's output least (Hassibi and Stork 1993, "Optimal brain surgeon"; on one layer's own output as
in Dong et al. 2017, "Learning to prune deep neural networks via layer-wise optimal brain surgeon").
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
import torch
from numpy.typing import NDArray

from faceapp.training.augment import MILD, augment
from faceapp.training.batches import scaled
from faceapp.training.chipset import ChipSet, hold_out
from faceapp.training.layers import BN_EPSILON
from faceapp.types import CHIP_SIZE_PX

CHIPS = 1_200
"""How many chips to look at; each gives 49 outputs of a block on the 7x7 map."""

AT_ONCE = 50
RIDGE = 1e-4
"""As a share of the channels' mean variance. Some channels are nearly sums of others."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What is left of a block with M channels inside and C after it.

    ``channels`` int64 (K,): those that stay. ``weights`` (K, C): the projection's weights for them.
    ``shift`` (C,): how much lower the projection's mean output is than before. ``lost``: the share
    of its output's variance that is lost.
    """

    channels: NDArray[np.int64]
    weights: Floats
    shift: Floats
    lost: float


def drawn(chips: ChipSet, held_out_people: int, seed: int) -> NDArray[np.uint8]:
    """Draw `CHIPS` chips (N, 112, 112, 3) not held out, distorted as at the end of training."""
    rng = np.random.default_rng(seed)
    rows = np.flatnonzero(~hold_out(chips.people, held_out_people, seed))
    chosen = np.sort(rng.choice(rows, min(CHIPS, len(rows)), replace=False))
    return np.stack(
        [augment(np.array(chips.chips[row]), CHIP_SIZE_PX, MILD, rng) for row in chosen]
    )


def prune(source: keras.Model, target: keras.Model, chips: NDArray[np.uint8]) -> dict[str, float]:
    """Give ``target`` the weights of ``source``, whose blocks are as wide inside or wider.

    ``chips`` uint8 (N, S, S, 3) show which channels matter. Returns the share of variance lost, by
    block. Raises ValueError if the two networks differ in anything else.
    """
    _check_same_layers(source, target)
    kept: dict[str, Kept] = {}
    for layer in target.layers:
        if layer.name.endswith("_project"):
            block, count = layer.name.removesuffix("_project"), layer.kernel.shape[2]
            if count < source.get_layer(layer.name).kernel.shape[2]:
                kept[block] = _pruned(source, block, count, chips)
    for layer in target.layers:
        if layer.weights:
            values = source.get_layer(layer.name).get_weights()
            block, _, part = layer.name.partition("_")
            layer.set_weights(_left(kept[block], part, values) if block in kept else values)
    return {block: left.lost for block, left in kept.items()}


def _check_same_layers(source: keras.Model, target: keras.Model) -> None:
    """Raise ValueError if the layers or the sizes of their outputs differ."""
    theirs, mine = (
        {layer.name: layer.output.shape[1:-1] for layer in model.layers if layer.weights}
        for model in (source, target)
    )
    if theirs != mine:
        differing = sorted(name for name, _ in theirs.items() ^ mine.items())
        raise ValueError(f"networks differ in more than how far blocks expand: {differing[0]}")


def keep_best(gram: Floats, weights: Floats, count: int) -> tuple[NDArray[np.int64], Floats, float]:
    """Keep ``count`` rows of ``weights`` (M, C), refit so that ``x @ weights`` changes least.

    ``gram`` (M, M) is the mean of ``x x'``. Returns the numbers of the kept rows, in order, their
    new values (count, C), and the mean square of the change as a share of that of ``x @ weights``.
    """
    ridge = RIDGE * np.diag(gram).mean()
    rows, refit = np.arange(len(gram)), weights.copy()
    inverse = np.linalg.inv(gram + ridge * np.eye(len(gram)))
    while len(rows) > count:
        # Cost of removing each one with all others refit (the Schur complement of its variance).
        cost = (refit**2).sum(axis=1) / np.diag(inverse)
        gone = int(cost.argmin())
        column = inverse[:, gone] / inverse[gone, gone]
        refit = refit - np.outer(column, refit[gone])
        inverse = inverse - np.outer(column, inverse[gone])
        stay = np.arange(len(rows)) != gone
        rows, refit, inverse = rows[stay], refit[stay], inverse[np.ix_(stay, stay)]
    change = weights.copy()
    change[rows] -= refit
    return rows, refit, float(_energy(gram, change) / _energy(gram, weights))


def _energy(gram: Floats, weights: Floats) -> float:
    """The mean of ``(x @ weights) ** 2``, summed over columns."""
    return float(np.einsum("mc,mn,nc->", weights, gram, weights, optimize=True))


def _pruned(model: keras.Model, block: str, count: int, chips: NDArray[np.uint8]) -> Kept:
    projection = model.get_layer(f"{block}_project")
    mean, gram = _moments(keras.Model(model.input, projection.input), chips)
    kernel = projection.get_weights()[0]
    weights = kernel.reshape(kernel.shape[2:]).astype(np.float64)
    gamma, _, _, variance = model.get_layer(f"{block}_project_bn").get_weights()
    scale = gamma / np.sqrt(variance + BN_EPSILON)  # from the projection to the block's output
    rows, refit, lost = keep_best(gram - np.outer(mean, mean), weights * scale, count)
    refit = refit / scale
    return Kept(rows, refit, mean @ weights - mean[rows] @ refit, lost)


def _moments(inside: keras.Model, chips: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """Mean (M,) of the outputs of ``inside`` at all places of ``chips``, and of their products."""
    channels, count = inside.output.shape[-1], 0
    sums, products = np.zeros(channels), np.zeros((channels, channels))
    for start in range(0, len(chips), AT_ONCE):
        with torch.no_grad():
            maps = inside(scaled(torch.from_numpy(chips[start : start + AT_ONCE])), training=False)
        rows = maps.reshape(-1, maps.shape[-1]).double().cpu().numpy()
        sums, products, count = sums + rows.sum(axis=0), products + rows.T @ rows, count + len(rows)
    return sums / count, products / count


def _left(kept: Kept, part: str, values: list[np.ndarray]) -> list[np.ndarray]:
    """Cut the weights ``values`` of one layer of a block down to what is kept."""
    match part:
        case "project":
            return [kept.weights[None, None]]
        case "project_bn":
            gamma, beta, mean, variance = values
            return [gamma, beta, mean - kept.shift, variance]
        case "expand":
            return [values[0][..., kept.channels]]
        case "depth":
            return [values[0][:, :, kept.channels]]
        case _:  # normalisations and activations inside the block
            return [value[..., kept.channels] for value in values]
