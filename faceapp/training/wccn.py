"""Within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006) of a trained network.

Light, pose and camera move all faces along few directions, people along others. What the former
do shall count less: `target.stretch` finds them, and `apply` builds it into the network's last
layer, so that a face costs no more than before.
"""

from __future__ import annotations

import keras
import numpy as np
from numpy.typing import NDArray

from faceapp.training import chipset, progress_check, target

FLOOR = 4.0
"""Shares of the mean variance that are added to each direction's; less evens out more.
docs/adr/026-one-block-more.md compares."""
MOST_CHIPS = 20_000
LEAST_DIFFERENCES = 10
"""For each dimension of the embedding. Fewer pictures of one person show chance alone."""


def apply(model: keras.Model, chips: NDArray[np.uint8], people: NDArray[np.integer]) -> bool:
    """Let ``model`` count less what differs between pictures of one person; tell whether it did.

    ``chips`` uint8 (N, 112, 112, 3) of ``people`` (N,), -1 for the unknown: those it was trained
    on, never those it is judged by. With too few pictures nothing changes.
    """
    known = np.flatnonzero(people != chipset.UNKNOWN)[:MOST_CHIPS]
    said = progress_check.outputs(model, chips[known], chipset.SIZE_PX)
    vectors = chipset.unit(said)
    own = target.supported(vectors, np.unique(people[known], return_inverse=True)[1])
    usable = own != chipset.UNKNOWN
    differences = np.count_nonzero(usable) - len(np.unique(own[usable]))
    if differences < LEAST_DIFFERENCES * vectors.shape[1]:
        return False
    _fold(model, target.stretch(vectors, own, FLOOR), said)
    return True


def _fold(model: keras.Model, matrix: NDArray[np.float32], said: NDArray[np.float32]) -> None:
    """Multiply what comes out by ``matrix`` (D, D), in the last kernel and its normalisation.

    The normalisation's statistics become those of the new outputs, as they follow from ``said``
    (N, D), the former ones: training can go on from there.
    """
    embed, norm = model.get_layer("embed"), model.get_layer("embed_bn")
    (kernel,) = embed.get_weights()
    gamma, beta, mean, variance = norm.get_weights()
    scaled = (gamma / np.sqrt(variance + norm.epsilon))[:, None] * matrix
    spread = (said @ matrix).var(axis=0)
    embed.set_weights([kernel @ scaled])
    norm.set_weights([np.sqrt(spread + norm.epsilon), beta @ matrix, mean @ scaled, spread])
