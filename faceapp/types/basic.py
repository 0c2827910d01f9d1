"""Ids, array types, array checks, and the rows of an FMR table."""

from __future__ import annotations

from typing import NamedTuple, NewType

import numpy as np
from numpy.typing import NDArray

PersonId = NewType("PersonId", str)
TrackId = NewType("TrackId", int)
TemplateId = NewType("TemplateId", int)
EntryId = NewType("EntryId", int)
ModelId = NewType("ModelId", str)

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

CHIP_SIZE_PX = 112

MIN_ERRORS = 30
"""A row of an FMR table is reliable if it has at least this many false matches.

Rule of 30: the true rate then lies within 30 % of the measured one, at 90 % confidence.
"""

UNIT_TOLERANCE = 1e-3
"""How far the length of a unit vector may be from 1."""


class Model(NamedTuple):
    """An embedding model; each of its vectors has ``dimension`` values."""

    id: ModelId
    dimension: int


class FmrRow(NamedTuple):
    """A row of a model card's FMR table.

    ``fmr`` is the share of the impostor ``comparisons`` whose cosine is at or above ``score``.
    """

    score: float
    fmr: float
    comparisons: int

    @property
    def reliable(self) -> bool:
        """Whether the row was measured on at least `MIN_ERRORS` false matches."""
        # The product may fall short of a whole number by rounding.
        return self.fmr * self.comparisons >= MIN_ERRORS - 0.5


def unit_rows(vectors: F32) -> NDArray[np.bool_]:
    """Return whether each of ``vectors`` (N, D) has length 1, as (N,) bool.

    False for vectors with NaN, infinity or values so large that the length overflows.
    """
    with np.errstate(all="ignore"):  # damaged vectors can hold any values
        lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
        # Written so that NaN fails too.
        units: NDArray[np.bool_] = np.abs(lengths - 1.0) < UNIT_TOLERANCE
    return units


def check_and_freeze(
    name: str, array: np.ndarray, shape: tuple[int | None, ...], dtype: type[np.generic]
) -> None:
    """Check ``array`` as `check_array` does, then make it read-only."""
    check_array(name, array, shape, dtype)
    array.flags.writeable = False


def check_array(
    name: str, array: np.ndarray, shape: tuple[int | None, ...], dtype: type[np.generic]
) -> None:
    """Raise ValueError unless ``array`` has ``shape`` (None: any length) and ``dtype``."""
    fits = array.ndim == len(shape) and all(
        want is None or want == have for want, have in zip(shape, array.shape, strict=True)
    )
    if not fits or array.dtype != dtype:
        raise ValueError(
            f"{name}: expected {np.dtype(dtype).name} {shape}, got {array.dtype.name} {array.shape}"
        )
