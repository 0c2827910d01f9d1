"""Initialise a network with the blocks of a smaller or larger trained one.

The residual blocks of one stage refine the same features, so a network survives the loss of some of
them and relearns in a fraction of the time that random weights need (Huang et al. 2016, stochastic
depth; Fan et al. 2020, layer drop). A network that gains blocks or channels starts by computing
what the smaller one did (Chen et al. 2016, Net2Net): new channels are read with weights of zero,
and what a new residual block adds is scaled by zero.
"""

from __future__ import annotations

import keras
import numpy as np

from faceapp.training.layers import Conv

Block = list[keras.layers.Layer]


def blocks(model: keras.Model) -> dict[str, Block]:
    """Group convolutions and normalisations, in order, by the block that begins their names.

    PReLU weights are left out: they are not inherited.
    """
    grouped: dict[str, Block] = {}
    for layer in model.layers:
        if layer.weights and not isinstance(layer, keras.layers.PReLU):
            grouped.setdefault(layer.name.split("_")[0], []).append(layer)
    return grouped


def inherit(source: keras.Model, target: keras.Model) -> tuple[list[str], list[str]]:
    """Give each block of ``target`` the weights of a block of ``source`` that fits.

    The first choice is the block of the same name if its weights have the same shapes, then the
    first unused block with the same shapes (names change behind a removed stage), then a narrower
    block of the same name. Returns the names of the blocks of ``target`` that inherited, and of the
    others. These keep their random weights; if they are residual, they add nothing at first.
    """
    unused, inherited, fresh = blocks(source), [], []
    for name, block in blocks(target).items():
        chosen = _chosen(unused, name, block)
        if chosen is None:
            fresh.append(name)
            _silence(target, name, block)
        else:
            inherited.append(name)
            _copy(unused.pop(chosen), block)
    return inherited, fresh


def _chosen(unused: dict[str, Block], name: str, block: Block) -> str | None:
    alike = [n for n, other in unused.items() if _shapes(other) == _shapes(block)]
    if alike:
        return name if name in alike else alike[0]
    return name if name in unused and _fits(unused[name], block) else None


def _shapes(block: Block) -> list[tuple[int, ...]]:
    return [tuple(weight.shape) for layer in block for weight in layer.weights]


def _fits(narrow: Block, wide: Block) -> bool:
    """Whether no weight of ``narrow`` is larger than its counterpart in ``wide``."""
    if [len(shape) for shape in _shapes(narrow)] != [len(shape) for shape in _shapes(wide)]:
        return False
    sides = zip(_shapes(narrow), _shapes(wide), strict=True)
    return all(all(np.less_equal(small, large)) for small, large in sides)


def _copy(narrow: Block, wide: Block) -> None:
    """Make the first channels of ``wide`` compute what ``narrow`` does."""
    for theirs, mine in zip(narrow, wide, strict=True):
        merged = mine.get_weights()
        for small, large in zip(theirs.get_weights(), merged, strict=True):
            if isinstance(mine, Conv):
                large[:, :, small.shape[2] :] = 0.0  # new input channels do not count yet
            large[tuple(slice(side) for side in small.shape)] = small
        mine.set_weights(merged)


def _silence(model: keras.Model, name: str, block: Block) -> None:
    """Make a residual block add nothing: its last normalisation scales by zero."""
    if any(layer.name == f"{name}_add" for layer in model.layers):
        gamma, *others = block[-1].get_weights()
        block[-1].set_weights([np.zeros_like(gamma), *others])
