"""The matrix product behind every score."""

from __future__ import annotations

import numpy as np

from faceapp.types import F32


def cosines(rows: F32, columns: F32) -> F32:
    """Return the cosine of each of ``rows`` float32 (R, D) to each of ``columns`` (C, D): (R, C).

    Both are unit rows. Raises ValueError if a cosine is not finite.
    """
    # WORKAROUND https://github.com/numpy/numpy/issues/24067: OpenBLAS kernels sometimes flag an
    # invalid value for finite factors, since they read memory whose result they discard.
    with np.errstate(invalid="ignore"):
        products: F32 = rows @ columns.T
    if not np.isfinite(products).all():
        raise ValueError("vectors: expected finite values")
    return products


def cosine(one: F32, other: F32) -> float:
    """Return the cosine of two unit vectors (D,). Raises ValueError if it is not finite."""
    return float(cosines(one[np.newaxis], other[np.newaxis])[0, 0])
