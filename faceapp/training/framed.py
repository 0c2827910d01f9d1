"""A face in the frame of another: hair, ears and background of one chip around the middle of one.

Cut tightly, as most of the research chips are, a chip ends in smeared borders, which no camera
shows. What belongs there is taken from people who do not exist. Only a teacher that is asked
(`training.live`) can say what became of the face.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from faceapp.training.chipset import SIZE_PX

TOP_PX = (30.0, 40.0)
"""How far down the middle of the forehead a frame reaches, of a chip of 112 px; brows lie at 42."""
HALF_PX = (34.0, 44.0)
"""Half the width between the sides of a frame."""
FALL_PX = (6.0, 14.0)
"""How much lower than in the middle the forehead ends at the sides."""
SOFT_PX = (1.5, 5.0)
"""The width of the edge between face and frame."""
FACE = slice(44, 104), slice(28, 84)
"""Rows and columns by which two faces get one colour."""
TOLD_AT_PX, TOLD_PX = (70.0, 56.0), 18.0
"""Row and column around which a face is told by, and the standard deviation of that."""

Chip = NDArray[np.uint8]
_PLACES = np.arange(SIZE_PX, dtype=np.float32) + 0.5
_DOWN, _ACROSS = (np.exp(-0.5 * ((_PLACES - middle) / TOLD_PX) ** 2) for middle in TOLD_AT_PX)
_TOLD = np.outer(_DOWN / _DOWN.sum(), _ACROSS / _ACROSS.sum())


def framed(chip: Chip, around: Chip, rng: np.random.Generator) -> tuple[Chip, float]:
    """Show the face of ``chip`` in the frame of ``around``: uint8 (112, 112, 3) both.

    Returns the picture and how much of what tells a face is that of ``chip``, 0..1.
    """
    mask = inside(rng)
    frame = around + (chip[FACE].mean(axis=(0, 1)) - around[FACE].mean(axis=(0, 1)))
    mixed = frame + mask[..., None] * (chip - frame)
    picture = np.clip(np.rint(mixed), 0, 255).astype(np.uint8)
    return picture, float((mask * _TOLD).sum())


def inside(rng: np.random.Generator) -> NDArray[np.float32]:
    """How much of a face is seen where, another frame each time: (112, 112) in 0..1."""
    top, half, fall, soft = (rng.uniform(*bounds) for bounds in (TOP_PX, HALF_PX, FALL_PX, SOFT_PX))
    off = (_PLACES - SIZE_PX / 2.0) / half
    below = (_PLACES[:, None] - top - fall * off[None, :] ** 2) / soft
    between = (1.0 - np.abs(off)) * half / soft
    return np.asarray(1.0 / ((1.0 + np.exp(-below)) * (1.0 + np.exp(-between))), np.float32)
