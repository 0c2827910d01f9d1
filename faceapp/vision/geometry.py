"""Similarity transforms, and sampling a patch of a picture through one.

A matrix here is float32 or float64 (2, 3) and maps picture to patch. The callers decide which
points map where.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from faceapp.types import F32, U8

Matrix = NDArray[np.floating]

_MIN_SPREAD_PX2 = 1e-6
_MAX_COORDINATE_PX = 1e6


def estimate_similarity(src: ArrayLike, dst: ArrayLike, weights: ArrayLike | None = None) -> F32:
    """Find the scale, rotation and shift that map ``src`` closest to ``dst`` (Umeyama 1991).

    ``src`` and ``dst`` are (N, 2), N >= 2; ``weights`` (N,) >= 0 say how much each pair counts.
    Never mirrors. Returns float32 (2, 3). Raises ValueError if the shapes do not match, points are
    not finite or beyond any picture, or all points of ``src`` coincide.
    """
    here, there = np.asarray(src, np.float64), np.asarray(dst, np.float64)
    if here.shape != there.shape or here.ndim != 2 or here.shape[1] != 2 or len(here) < 2:
        raise ValueError(f"expected two (N, 2), N >= 2, got {here.shape} and {there.shape}")
    # Written so that NaN is refused too.
    if not (np.abs(here).max() < _MAX_COORDINATE_PX and np.abs(there).max() < _MAX_COORDINATE_PX):
        raise ValueError("points are no pixels of a picture")
    share = np.ones(len(here)) if weights is None else np.asarray(weights, np.float64)
    share = share / share.sum()
    from_mean, to_mean = share @ here, share @ there
    a, b = here - from_mean, there - to_mean
    spread = float((share * (a**2).sum(axis=1)).sum())
    if spread < _MIN_SPREAD_PX2:
        raise ValueError("points do not span a similarity")
    cos = float((share * (a * b).sum(axis=1)).sum()) / spread
    sin = float((share * (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])).sum()) / spread
    turn = np.array([[cos, -sin], [sin, cos]])
    return np.hstack([turn, (to_mean - turn @ from_mean)[:, None]]).astype(np.float32)


def apply(matrix: Matrix, points: ArrayLike) -> F32:
    """Map ``points`` (N, 2) through ``matrix``; float32 (N, 2)."""
    exact = matrix.astype(np.float64)
    mapped = np.asarray(points, np.float64) @ exact[:, :2].T + exact[:, 2]
    return mapped.astype(np.float32)


def invert(matrix: Matrix) -> F32:
    """Return the inverse, patch -> picture; float32 (2, 3)."""
    return np.asarray(cv2.invertAffineTransform(matrix.astype(np.float64)), np.float32)


def scale_of(matrix: Matrix) -> float:
    """Return the length in patch pixels of one picture pixel."""
    return float(np.hypot(matrix[0, 0], matrix[1, 0]))


def warp(rgb: U8, matrix: Matrix, size_px: int) -> U8:
    """Sample a square patch uint8 (size, size, 3) of ``rgb`` uint8 (H, W, 3) through ``matrix``.

    Interpolates linearly. A picture that shrinks to half or less is averaged first, to avoid
    aliasing. Beyond the picture's edge, the edge pixels repeat.
    """
    to_patch: Matrix = matrix.astype(np.float64)
    shrink = min(int(1.0 / max(scale_of(matrix), 1e-6)), *rgb.shape[:2])
    if shrink >= 2:
        rgb, to_patch = _averaged(rgb, to_patch, size_px, shrink)
    patch = cv2.warpAffine(rgb, to_patch, (size_px, size_px), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(patch, np.uint8)


def _averaged(rgb: U8, matrix: Matrix, size_px: int, shrink: int) -> tuple[U8, Matrix]:
    """Return the part that the patch shows, ``shrink`` times smaller, and the matrix for it."""
    height, width = rgb.shape[:2]
    end = size_px - 1
    corners = apply(invert(matrix), [[0, 0], [end, 0], [0, end], [end, end]])
    # One pixel more than the linear kernel needs, and never empty.
    low = np.floor(corners.min(axis=0)).astype(int) - 2 * shrink
    high = np.ceil(corners.max(axis=0)).astype(int) + 2 * shrink
    left, top = int(np.clip(low[0], 0, width - 1)), int(np.clip(low[1], 0, height - 1))
    right, bottom = int(np.clip(high[0], left + 1, width)), int(np.clip(high[1], top + 1, height))
    part = rgb[top:bottom, left:right]
    # Filled up to whole cells, which OpenCV averages some ten times faster than parts of them.
    below, beside = -part.shape[0] % shrink, -part.shape[1] % shrink
    whole = cv2.copyMakeBorder(part, 0, below, 0, beside, cv2.BORDER_REPLICATE)
    small_size = whole.shape[1] // shrink, whole.shape[0] // shrink
    small = cv2.resize(whole, small_size, interpolation=cv2.INTER_AREA)
    # small pixel centre -> picture pixel centre
    middle = (shrink - 1) / 2.0
    back = np.array([[shrink, 0.0, left + middle], [0.0, shrink, top + middle], [0.0, 0.0, 1.0]])
    return np.asarray(small, np.uint8), matrix @ back
