"""What the tests of the vision room are made of: pictures, faces and cards."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from faceapp.types import F32, U8, Box, Chip, Face
from faceapp.vision.template import ALIGNMENT, TEMPLATE

Portraits = dict[str, tuple[U8, Face]]
"""Pictures, each with the one face in it, by ``folder/picture``."""

FRONTAL = np.array(
    [[36.5, 52.6], [74.5, 52.6], [55.5, 77.0], [55.5, 90.5], [14.0, 69.0], [97.0, 69.0]], np.float32
)
"""Landmarks of somebody who looks straight ahead, in px of a chip."""


def read(path: Path) -> U8:
    """Read a picture as RGB uint8 (H, W, 3)."""
    rgb = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    assert rgb is not None, path
    return np.asarray(rgb, np.uint8)


def texture(height: int, width: int, seed: int = 0) -> U8:
    """Make a smooth random picture in which every place looks different."""
    coarse = np.random.default_rng(seed).integers(30, 226, (9, 9, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def similarity(angle: float, scale: float, x: float, y: float) -> F32:
    """Make the matrix float32 (2, 3) that turns, enlarges and then moves."""
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    return np.array([[cos, -sin, x], [sin, cos, y]], np.float32)


def paste(rgb: U8, frame: U8, left: int, top: int, side: int) -> None:
    """Put a square picture, shrunk to ``side``, into a frame."""
    small = cv2.resize(rgb, (side, side), interpolation=cv2.INTER_AREA)
    frame[top : top + side, left : left + side] = small


def face_at(landmarks: F32) -> Face:
    """Make a face whose box holds its landmarks."""
    (left, top), (right, bottom) = landmarks.min(axis=0).tolist(), landmarks.max(axis=0).tolist()
    return Face(Box(left, top, right - left, bottom - top), landmarks.astype(np.float32), 0.9)


def chip_of(rgb: U8) -> Chip:
    """Make a chip of a picture uint8 (112, 112, 3), as if it had been cut out as it is."""
    return Chip(rgb, np.array([[1, 0, 0], [0, 1, 0]], np.float32))


def card_content(**changes: Any) -> dict[str, Any]:
    """Make what a good card holds, with changes."""
    return {
        "schema": 1,
        "model_id": "made-up-1",
        "file": "made.tflite",
        "sha256": "0" * 64,
        "bytes": 18,
        "input": {"size_px": 112, "dtype": "uint8", "colour": "RGB"},
        "dimension": 192,
        "alignment": ALIGNMENT,
        "template": TEMPLATE.tolist(),
        "fmr_table": [
            {"score": 0.2, "fmr": 1e-2, "comparisons": 1_000_000},
            {"score": 0.4, "fmr": 1e-4, "comparisons": 1_000_000},
        ],
        "accuracy": {"lfw": 0.99},
        "training": {"pictures": 65_345},
        "licence": "research",
        "limits": ["twins"],
        "date": "2026-01-05",
        **changes,
    }
