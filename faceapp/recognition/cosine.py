"""The one product behind every score."""

from __future__ import annotations

import numpy as np

from faceapp.types import F32


def cosines(rows: F32, columns: F32) -> F32:
    """Return the cosine of each of ``rows`` float32 (R, D) to each of ``columns`` (C, D): (R, C).

    Both are unit rows. Raises ValueError where a cosine is not a finite number.
    """
    # WORKAROUND https://github.com/numpy/numpy/issues/24067: kernels of OpenBLAS now and then flag
    # an invalid value for finite factors, having read memory whose result they throw away.
    with np.errstate(invalid="ignore"):
        products: F32 = rows @ columns.T
    if not np.isfinite(products).all():
        raise ValueError("vectors: expected finite values")
    return products


def cosine(one: F32, other: F32) -> float:
    """Return the cosine of two unit vectors (D,). Raises ValueError where it is not finite."""
    return float(cosines(one[np.newaxis], other[np.newaxis])[0, 0])
