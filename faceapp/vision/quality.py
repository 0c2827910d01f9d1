"""Decides whether a face's picture is good enough to be matched and enrolled, and if not, why.

This module measures and sets the limits; the window words the coaching. The limits are wide: they
refuse faces that a strong face model could no longer tell apart (measured by degrading chips), not
those that are merely less than perfect.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np

from faceapp.types import F32, U8, Box, Chip, Face, Landmark, PoorReason, Quality


class Limit(NamedTuple):
    """Anything worse than ``poor`` is refused; anything better than ``fine`` is rated no higher."""

    poor: float
    fine: float

    def share(self, value: float) -> float:
        """Return where ``value`` lies between poor (0.0) and fine (1.0)."""
        return min(max((value - self.poor) / (self.fine - self.poor), 0.0), 1.0)


# The table of limits. Sharpness has no unit, see `_sharpness`; light is in grey levels 0..255.
INSIDE_SHARE = Limit(0.85, 1.0)
EYE_DISTANCE_PX = Limit(12.0, 48.0)
YAW_DEG = Limit(45.0, 10.0)
PITCH_DEG = Limit(35.0, 10.0)
ROLL_DEG = Limit(45.0, 20.0)
DARK = Limit(28.0, 80.0)
BRIGHT = Limit(225.0, 180.0)
CONTRAST = Limit(7.0, 28.0)
SHARPNESS = Limit(1.1, 8.0)

BACKLIT_FACE = 45.0
"""A face darker than this many grey levels may be backlit."""

BACKLIT_RATIO = 3.5
"""Such a face is backlit if its surroundings are more than this many times brighter."""

# Parts of the chip as (rows, columns): the face without hair and background; the sides of the head.
_FACE = (slice(32, 104), slice(22, 90))
_BESIDE = ((slice(0, 90), slice(0, 12)), (slice(0, 90), slice(100, 112)))

# How the nose tip moves when the head turns: tan(angle) = factor * (offset - offset at rest),
# offsets in distances between the ears (yaw) and from eyes to mouth (pitch). Fitted to the turn of
# the landmark model's 3-D points on 940 faces; residuals are 1.3 degrees rms in yaw, 2.5 in pitch.
_YAW_FACTOR = 1.32
_PITCH_FACTOR = 0.858
_PITCH_REST = 0.214


def assess(frame_shape: tuple[int, ...], face: Face, chip: Chip) -> Quality:
    """Measure ``face`` and its ``chip``; ``frame_shape`` (H, W, ...) says where the frame ends."""
    yaw, pitch, roll = pose_deg(face.landmarks)
    grey = np.asarray(cv2.cvtColor(chip.rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    inner = grey[_FACE]
    eyes = face.landmarks[Landmark.LEFT_EYE] - face.landmarks[Landmark.RIGHT_EYE]
    quality = Quality(
        sharpness=_sharpness(inner),
        brightness=float(inner.mean()),
        contrast=float(inner.std()),
        yaw_deg=yaw,
        pitch_deg=pitch,
        roll_deg=roll,
        eye_distance_px=float(np.hypot(*eyes)),
        reason=None,
    )
    reason = _first_reason(quality, _inside_share(frame_shape, face), _light_beside(grey))
    return replace(quality, reason=reason)


def score(quality: Quality) -> float:
    """Rate a face 0..1: half by its weakest value, half by the mean of all; 0 if it is poor."""
    if not quality.good:
        return 0.0
    shares = (
        EYE_DISTANCE_PX.share(quality.eye_distance_px),
        YAW_DEG.share(abs(quality.yaw_deg)),
        PITCH_DEG.share(abs(quality.pitch_deg)),
        DARK.share(quality.brightness),
        BRIGHT.share(quality.brightness),
        CONTRAST.share(quality.contrast),
        SHARPNESS.share(quality.sharpness),
    )
    return (min(shares) + sum(shares) / len(shares)) / 2.0


def pose_deg(landmarks: F32) -> tuple[float, float, float]:
    """Return yaw, pitch and roll in degrees from landmarks (6, 2); signs as in `Quality`."""
    right_eye, left_eye, nose, mouth, right_ear, left_ear = landmarks.astype(np.float64)
    across = left_eye - right_eye
    roll = float(np.arctan2(across[1], across[0]))
    cos, sin = np.cos(roll), np.sin(roll)
    upright = np.array([[cos, sin], [-sin, cos]])
    eyes, ears = (right_eye + left_eye) / 2.0, (right_ear + left_ear) / 2.0
    side, down = upright @ (nose - ears)
    width = max(float((upright @ (left_ear - right_ear))[0]), 1.0)
    height = max(float((upright @ (mouth - eyes))[1]), 1.0)
    yaw = np.arctan(_YAW_FACTOR * side / width)
    pitch = np.arctan(_PITCH_FACTOR * (_PITCH_REST - down / height))
    return float(np.degrees(yaw)), float(np.degrees(pitch)), float(np.degrees(roll))


def _first_reason(quality: Quality, inside: float, beside: float) -> PoorReason | None:
    """Return the first reason that applies, in the order of `PoorReason`."""
    dim = quality.brightness < BACKLIT_FACE and beside > BACKLIT_RATIO * quality.brightness
    turned = abs(quality.yaw_deg) > YAW_DEG.poor or abs(quality.pitch_deg) > PITCH_DEG.poor
    checks = (
        (PoorReason.CUT_OFF, inside < INSIDE_SHARE.poor),
        (PoorReason.TOO_SMALL, quality.eye_distance_px < EYE_DISTANCE_PX.poor),
        (PoorReason.TURNED_AWAY, turned),
        (PoorReason.TILTED, abs(quality.roll_deg) > ROLL_DEG.poor),
        # "More light" does not help a dark face in front of a bright window.
        (PoorReason.TOO_DARK, quality.brightness < DARK.poor and not dim),
        (PoorReason.TOO_BRIGHT, quality.brightness > BRIGHT.poor),
        (PoorReason.BACKLIT, dim),
        (PoorReason.LOW_CONTRAST, quality.contrast < CONTRAST.poor),
        (PoorReason.BLURRED, quality.sharpness < SHARPNESS.poor),
    )
    return next((reason for reason, applies in checks if applies), None)


def _sharpness(grey: U8) -> float:
    """Measure the finest detail of ``grey`` in the direction that has the least of it.

    The variance of the second difference along one of four directions, after a blur that hides the
    camera's noise, in thousandths of the picture's own variance. So light and contrast cancel out,
    and motion blur, which leaves one direction sharp, still shows.
    """
    smooth = cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 1.0)
    inner = smooth[1:-1, 1:-1]
    pairs = (
        (smooth[1:-1, 2:] + smooth[1:-1, :-2], 1.0),
        (smooth[2:, 1:-1] + smooth[:-2, 1:-1], 1.0),
        (smooth[2:, 2:] + smooth[:-2, :-2], 0.5),  # diagonal neighbours are farther apart
        (smooth[2:, :-2] + smooth[:-2, 2:], 0.5),
    )
    least = min(float(((both - 2.0 * inner) * share).var()) for both, share in pairs)
    return 1000.0 * least / (float(grey.var()) + 1.0)


def _light_beside(grey: U8) -> float:
    """Return the 75th percentile of the brightness beside the head."""
    return float(np.percentile(np.concatenate([grey[part].ravel() for part in _BESIDE]), 75))


def _inside_share(frame_shape: tuple[int, ...], face: Face) -> float:
    """Return the share of the box inside the frame; 0 if an eye, nose or mouth is outside."""
    height, width = frame_shape[:2]
    points = face.landmarks[: Landmark.MOUTH_CENTRE + 1]
    if (points < -0.5).any() or (points > (width - 0.5, height - 0.5)).any():
        return 0.0
    frame = Box(-0.5, -0.5, float(width), float(height))
    return face.box.common_area(frame) / max(face.box.area, 1e-6)
