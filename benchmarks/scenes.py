"""Frames to measure on: one face and eight, of the demo people or of a webcam, or pasted ones.

Nothing is measured here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from faceapp.camera.pictures import iter_pictures, read_picture
from faceapp.paths import assets_dir
from faceapp.types import U8, Frame

SHARED = Path(__file__).resolve().parents[2] / "shared"


def one_face() -> U8:
    """A frame of 640x480 with one face as large as before a laptop: uint8 (480, 640, 3)."""
    webcam = SHARED / "faces" / "webcam" / "real"
    if webcam.is_dir():
        return read_picture(next(iter_pictures(webcam)))
    frame = np.full((480, 640, 3), 90, np.uint8)
    frame[:, 80:560] = _fronts()[0]
    return frame


def eight_faces() -> U8:
    """A frame of 640x480 with eight people in two rows: uint8 (480, 640, 3)."""
    frame = np.full((480, 640, 3), 90, np.uint8)
    for number, picture in enumerate(_fronts()[:8]):
        row, column = divmod(number, 4)
        # Every third pixel of 480x480, after a mean over three: no ruler-sharp edges.
        small = picture.reshape(160, 3, 160, 3, 3).mean(axis=(1, 3)).astype(np.uint8)
        frame[row * 240 + 40 : row * 240 + 200, column * 160 : column * 160 + 160] = small
    return frame


def moving(picture: U8, count: int, fps: float = 30.0) -> list[Frame]:
    """``count`` frames in which the picture sways by some pixels, as people do."""
    at = datetime.now(UTC)
    frames = []
    for index in range(count):
        shift = round(6 * np.sin(index / 7)), round(9 * np.sin(index / 11))
        rgb = np.ascontiguousarray(np.roll(picture, shift, (0, 1)))
        frames.append(Frame(rgb, index / fps, at, index))
    return frames


def paste(
    frame: NDArray[np.floating], picture: U8, place: tuple[int, int], rim_px: int, blur_px: float
) -> None:
    """Paste ``picture`` (H, W, 3) at ``place``, its left and top in the frame (H, W, 3).

    It fades away at its rim, whose outer ``rim_px`` are blurred with a Gaussian of ``blur_px``.
    """
    high, wide = picture.shape[:2]
    mask = np.zeros((high, wide), frame.dtype)
    mask[rim_px:-rim_px, rim_px:-rim_px] = 1.0
    soft = cv2.GaussianBlur(mask, (0, 0), blur_px)[..., None]
    left, top = place
    part = frame[top : top + high, left : left + wide]
    part[:] = part * (1.0 - soft) + picture * soft


def _fronts() -> list[U8]:
    return [read_picture(path) for path in sorted((assets_dir() / "demo").glob("P*/front.jpg"))]
