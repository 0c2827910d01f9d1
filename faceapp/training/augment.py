"""Augmentation for training: distort clean chips as a webcam would.

Each distortion is a function of its own; `augment` applies them with the probabilities of an
`Augmentation`. Chips stay uint8 RGB. Geometry, which imitates the jitter of the detector's
landmarks, comes first because it also resizes. The rest follows the order in a camera: light on the
face, objects in front of it, optics and sensor (resolution, blur, noise), compression.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from faceapp.types import CHIP_SIZE_PX

Chip = NDArray[np.uint8]
Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Augmentation:
    """The probability 0..1 of each distortion, and the size of the alignment's jitter.

    ``shift_px`` (of a 112 px chip), ``rotate_deg`` and ``log_scale`` are standard deviations.
    """

    mirror: float = 0.5
    shift_px: float = 1.7
    rotate_deg: float = 3.5
    log_scale: float = 0.055
    light: float = 0.5
    side_light: float = 0.15
    warmth: float = 0.3
    grey: float = 0.08
    blur: float = 0.2
    low_resolution: float = 0.2
    noise: float = 0.2
    jpeg: float = 0.2
    occlusion: float = 0.15


MILD = Augmentation(
    shift_px=1.2,
    rotate_deg=2.5,
    log_scale=0.04,
    light=0.3,
    side_light=0.08,
    warmth=0.2,
    grey=0.03,
    blur=0.1,
    low_resolution=0.1,
    noise=0.1,
    jpeg=0.1,
    occlusion=0.06,
)
"""For the end of a run: most chips look almost as in the app, but all distortions still occur."""


def augment(chip: Chip, size_px: int, how: Augmentation, rng: Rng) -> Chip:
    """A distorted copy of ``chip`` (112, 112, 3) at ``size_px``: uint8 (size_px, size_px, 3)."""
    odds = rng.random(9)
    out = _jittered(chip, size_px, how, rng)
    if odds[0] < how.light:
        out = _light(out, rng)
    if odds[1] < how.side_light:
        out = _side_light(out, rng)
    if odds[2] < how.warmth:
        out = _warmth(out, rng)
    if odds[3] < how.grey:
        out = _grey(out)
    if odds[4] < how.occlusion:
        out = _occlude(out, rng)
    if odds[5] < how.low_resolution:
        out = _low_resolution(out, rng)
    if odds[6] < how.blur:
        out = _blurred(out, rng.uniform(0.4, 1.4) * size_px / CHIP_SIZE_PX)
    if odds[7] < how.noise:
        out = _noise(out, rng)
    if odds[8] < how.jpeg:
        out = _jpeg(out, rng)
    return out


def _jittered(chip: Chip, size_px: int, how: Augmentation, rng: Rng) -> Chip:
    """Similarity jitter, mirror and resize in one resampling; borders repeat the edge."""
    zoom = size_px / CHIP_SIZE_PX * float(np.exp(rng.normal(0.0, how.log_scale)))
    angle = np.deg2rad(rng.normal(0.0, how.rotate_deg))
    cos, sin = zoom * np.cos(angle), zoom * np.sin(angle)
    flip = -1.0 if rng.random() < how.mirror else 1.0
    linear = np.array([[cos * flip, -sin], [sin * flip, cos]])
    centre = (CHIP_SIZE_PX - 1) / 2
    shift = rng.normal(0.0, how.shift_px, 2) * size_px / CHIP_SIZE_PX
    offset = (size_px - 1) / 2 + shift - linear @ np.array([centre, centre])
    if size_px * 2 <= CHIP_SIZE_PX:
        chip = _blurred(chip, 0.35 * CHIP_SIZE_PX / size_px)
    matrix = np.column_stack([linear, offset])
    moved = cv2.warpAffine(
        chip, matrix, (size_px, size_px), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return _chip(moved)


def _chip(picture: cv2.typing.MatLike) -> Chip:
    """Tell the type checker that OpenCV returned bytes for bytes. Makes no copy."""
    return np.asarray(picture, np.uint8)


def _blurred(chip: Chip, sigma_px: float) -> Chip:
    return _chip(cv2.GaussianBlur(chip, (0, 0), sigma_px))


def _grey(chip: Chip) -> Chip:
    return _chip(cv2.cvtColor(cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB))


def _light(chip: Chip, rng: Rng) -> Chip:
    """Gamma, contrast about middle grey, brightness; one table look-up."""
    levels = np.arange(256, dtype=np.float32) / 255.0
    levels = levels ** float(np.exp(rng.normal(0.0, 0.3)))
    levels = (levels - 0.5) * rng.uniform(0.6, 1.3) + 0.5 + rng.uniform(-0.15, 0.15)
    return _chip(cv2.LUT(chip, np.clip(levels * 255.0, 0, 255).astype(np.uint8)))


def _side_light(chip: Chip, rng: Rng) -> Chip:
    """Light falls off along a random direction, as beside a window."""
    size_px = chip.shape[0]
    angle = rng.uniform(0.0, 2 * np.pi)
    along = np.linspace(-1.0, 1.0, size_px, dtype=np.float32)
    ramp = np.cos(angle) * along[None, :] + np.sin(angle) * along[:, None]
    gain = 1.0 + rng.uniform(0.2, 0.6) * ramp
    return np.clip(chip * gain[..., None], 0, 255).astype(np.uint8)


def _warmth(chip: Chip, rng: Rng) -> Chip:
    """Colour temperature: red and blue move apart."""
    shift = rng.normal(0.0, 0.12)
    gain = np.array([1.0 + shift, 1.0, 1.0 - shift], np.float32)
    return np.clip(chip * gain, 0, 255).astype(np.uint8)


def _occlude(chip: Chip, rng: Rng) -> Chip:
    """A rectangle of one colour on up to a fifth of the chip (hand, hair, mask, microphone)."""
    size_px = chip.shape[0]
    height, width = (int(size_px * rng.uniform(0.12, 0.45)) for _ in range(2))
    top, left = (int(rng.integers(0, size_px - side)) for side in (height, width))
    out = chip.copy()
    out[top : top + height, left : left + width] = rng.integers(0, 256, 3)
    return out


def _low_resolution(chip: Chip, rng: Rng) -> Chip:
    """Imitate a face that was small in the picture: shrink to 24..64 px and enlarge again."""
    size_px = chip.shape[0]
    small_px = min(int(rng.integers(24, 65)), size_px)
    small = cv2.resize(chip, (small_px, small_px), interpolation=cv2.INTER_AREA)
    return _chip(cv2.resize(small, (size_px, size_px), interpolation=cv2.INTER_LINEAR))


def _noise(chip: Chip, rng: Rng) -> Chip:
    """Sensor noise, mostly luminance."""
    size_px = chip.shape[0]
    grain = rng.standard_normal((size_px, size_px, 1), dtype=np.float32) * rng.uniform(2.0, 12.0)
    return np.clip(chip + grain, 0, 255).astype(np.uint8)


def _jpeg(chip: Chip, rng: Rng) -> Chip:
    quality = int(rng.integers(25, 90))
    _, data = cv2.imencode(".jpg", chip, [cv2.IMWRITE_JPEG_QUALITY, quality])
    back = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if back is None:
        raise ValueError("JPEG: what was encoded could not be decoded")
    return _chip(back)
