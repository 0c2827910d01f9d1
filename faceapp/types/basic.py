"""Names of things, kinds of arrays and how arrays are checked."""

from __future__ import annotations

from typing import NewType

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
"""False matches behind a row that may be relied on (rule of 30: within 30 % at 90 % confidence)."""


def may_be_relied_on(fmr: float, comparisons: int) -> bool:
    """Tell whether a row of a card's table has `MIN_ERRORS` false matches behind it."""
    # The product may fall short of a whole number by rounding.
    return fmr * comparisons >= MIN_ERRORS - 0.5


def checked(
    name: str, array: np.ndarray, shape: tuple[int | None, ...], dtype: type[np.generic]
) -> None:
    """Make ``array`` read-only after checking it; ``None`` in ``shape`` admits any length.

    Raises ValueError with expected and actual shape and dtype.
    """
    fits = array.ndim == len(shape) and all(
        want is None or want == have for want, have in zip(shape, array.shape, strict=True)
    )
    if not fits or array.dtype != dtype:
        raise ValueError(
            f"{name}: expected {np.dtype(dtype).name} {shape}, got {array.dtype.name} {array.shape}"
        )
    array.flags.writeable = False
