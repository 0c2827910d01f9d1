"""Show the face of one chip in the frame of another: in its hair, ears and background.

Most of the research chips are cut so tightly that they end in smeared borders, which no camera
shows. The frames that replace these borders come from people who do not exist. Only a live teacher
(`training.live`) can tell what the face then looks like.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from faceapp.types import CHIP_SIZE_PX

TOP_PX = (30.0, 40.0)
"""The row down to which a frame covers the middle of the forehead (chips of 112 px; brows: 42)."""
HALF_PX = (34.0, 44.0)
"""Half the width of the face between the sides of a frame."""
FALL_PX = (6.0, 14.0)
"""How much lower a frame reaches at the sides of the forehead than in the middle."""
SOFT_PX = (1.5, 5.0)
"""The softness of the edge between face and frame: the scale of its logistic curve."""
FACE = slice(44, 104), slice(28, 84)
"""The rows and columns whose mean colour is matched between the two chips."""
IDENTITY_AT_PX, IDENTITY_PX = (70.0, 56.0), 18.0
"""The row and column around which faces differ most, and the standard deviation of that area."""

Chip = NDArray[np.uint8]
_PLACES = np.arange(CHIP_SIZE_PX, dtype=np.float32) + 0.5
_DOWN, _ACROSS = (
    np.exp(-0.5 * ((_PLACES - middle) / IDENTITY_PX) ** 2) for middle in IDENTITY_AT_PX
)
_IDENTITY = np.outer(_DOWN / _DOWN.sum(), _ACROSS / _ACROSS.sum())


def framed(chip: Chip, around: Chip, rng: np.random.Generator) -> tuple[Chip, float]:
    """Show the face of ``chip`` in the frame of ``around``, both uint8 (112, 112, 3).

    Returns the picture, and how much of its identity comes from ``chip``, 0..1.
    """
    mask = inside(rng)
    frame = around + (chip[FACE].mean(axis=(0, 1)) - around[FACE].mean(axis=(0, 1)))
    mixed = frame + mask[..., None] * (chip - frame)
    picture = np.clip(np.rint(mixed), 0, 255).astype(np.uint8)
    return picture, float((mask * _IDENTITY).sum())


def inside(rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw the mask of a random frame: (112, 112), 1 in the face, 0 in the frame."""
    top, half, fall, soft = (rng.uniform(*bounds) for bounds in (TOP_PX, HALF_PX, FALL_PX, SOFT_PX))
    off = (_PLACES - CHIP_SIZE_PX / 2.0) / half
    below = (_PLACES[:, None] - top - fall * off[None, :] ** 2) / soft
    between = (1.0 - np.abs(off)) * half / soft
    return np.asarray(1.0 / ((1.0 + np.exp(-below)) * (1.0 + np.exp(-between))), np.float32)
