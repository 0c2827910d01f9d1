"""A smaller network that begins with the blocks of a larger, trained one.

Residual blocks of one stage refine the same features, so a network survives the loss of some of
them and relearns in a fraction of the time that random weights need (Huang et al. 2016,
stochastic depth; Fan et al. 2020, layer drop).
"""

from __future__ import annotations

import keras


def blocks(model: keras.Model) -> dict[str, list[keras.layers.Layer]]:
    """The layers that have weights, by the block their names begin with, in the network's order."""
    grouped: dict[str, list[keras.layers.Layer]] = {}
    for layer in model.layers:
        if layer.weights:
            grouped.setdefault(layer.name.split("_")[0], []).append(layer)
    return grouped


def inherit(source: keras.Model, target: keras.Model) -> tuple[list[str], list[str]]:
    """Give each block of ``target`` the weights of the first unused block of ``source`` like it.

    Alike are blocks whose weights have the same shapes. Returns the names of the target's blocks
    that inherited and of those that keep their random weights.
    """
    unused = list(blocks(source).values())
    inherited: list[str] = []
    fresh: list[str] = []
    for name, layers in blocks(target).items():
        match = next((block for block in unused if _shapes(block) == _shapes(layers)), None)
        if match is None:
            fresh.append(name)
            continue
        unused.remove(match)
        inherited.append(name)
        for mine, theirs in zip(layers, match, strict=True):
            mine.set_weights(theirs.get_weights())
    return inherited, fresh


def _shapes(block: list[keras.layers.Layer]) -> list[tuple[int, ...]]:
    return [tuple(weight.shape) for layer in block for weight in layer.weights]
