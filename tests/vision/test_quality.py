from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.types import F32, U8, Face, PoorReason, Quality
from faceapp.vision.align import align
from faceapp.vision.detect import Detector
from faceapp.vision.quality import EYE_DISTANCE_PX, Limit, assess, pose_deg, score
from tests.vision.made import FRONTAL, Portraits, chip_of, face_at, read, texture

FRAME = (112, 112, 3)


def rich(brightness: float = 120.0, contrast: float = 1.0) -> U8:
    """Make a chip full of detail of a given light."""
    fine = np.random.default_rng(2).normal(0, 25, (28, 28)).repeat(4, 0).repeat(4, 1)[..., None]
    rough = (texture(112, 112).astype(float) - 128) * 0.5 + fine
    return (rough * contrast + brightness).clip(0, 255).astype(np.uint8)


def of(rgb: U8, landmarks: F32 = FRONTAL, frame: tuple[int, ...] = FRAME) -> Quality:
    return assess(frame, face_at(landmarks), chip_of(rgb))


def in_picture(rgb: U8, face: Face) -> Quality:
    return assess(rgb.shape, face, align(rgb, face))


def turned(yaw_deg: float = 0.0, pitch_deg: float = 0.0, roll_deg: float = 0.0) -> F32:
    """Project a simple head: eyes, nose tip, mouth, ears in 3-D, ears in the turning axis."""
    head = np.array(
        [[-19, -16, 14], [19, -16, 14], [0, 8, 32], [0, 22, 18], [-42, 0, -6], [42, 0, -6]], float
    )
    y, p, r = np.radians([yaw_deg, pitch_deg, roll_deg])
    side = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    nod = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    lean = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    seen: F32 = ((lean @ side @ nod @ head.T).T[:, :2] + 56).astype(np.float32)
    return seen


def test_a_good_face_has_no_reason() -> None:
    quality = of(rich())
    assert quality.reason is None
    assert quality.good
    assert quality.brightness == pytest.approx(120, abs=15)
    assert quality.eye_distance_px == pytest.approx(38, abs=0.1)
    assert abs(quality.yaw_deg) < 2
    assert quality.roll_deg == 0


@pytest.mark.parametrize(
    ("rgb", "reason"),
    [
        (rich(12, 0.3), PoorReason.TOO_DARK),
        (rich(250, 0.3), PoorReason.TOO_BRIGHT),
        (rich(120, 0.02), PoorReason.LOW_CONTRAST),
        (np.asarray(cv2.GaussianBlur(rich(), (0, 0), 7), np.uint8), PoorReason.BLURRED),
        (np.asarray(cv2.blur(rich(), (25, 1)), np.uint8), PoorReason.BLURRED),
        (np.asarray(cv2.blur(rich(), (1, 25)), np.uint8), PoorReason.BLURRED),
        (np.zeros(FRAME, np.uint8), PoorReason.TOO_DARK),
    ],
)
def test_the_first_thing_wrong_with_the_light_or_the_focus(rgb: U8, reason: PoorReason) -> None:
    assert of(rgb).reason is reason


def test_a_dark_face_before_a_window_has_the_light_behind_it() -> None:
    rgb = rich(25, 0.4)
    rgb[:90, :14] = rgb[:90, 98:] = 240
    assert of(rgb).reason is PoorReason.BACKLIT
    rgb = rich(60, 0.4)
    rgb[:90, :14] = rgb[:90, 98:] = 240
    assert of(rgb).reason is None


@pytest.mark.parametrize(
    ("landmarks", "frame", "reason"),
    [
        (FRONTAL - [60, 0], FRAME, PoorReason.CUT_OFF),
        (FRONTAL + np.array([0, 30]), FRAME, PoorReason.CUT_OFF),
        (FRONTAL - [20, 0], FRAME, None),
        # Nearly all of the box is in, but the eyes or the mouth are not.
        (FRONTAL - [0, 53.2], FRAME, PoorReason.CUT_OFF),
        (FRONTAL, (90, 112, 3), PoorReason.CUT_OFF),
        (FRONTAL * 0.25, (400, 400, 3), PoorReason.TOO_SMALL),
        (turned(yaw_deg=60), FRAME, PoorReason.TURNED_AWAY),
        (turned(yaw_deg=-60), FRAME, PoorReason.TURNED_AWAY),
        (turned(pitch_deg=60), FRAME, PoorReason.TURNED_AWAY),
        (turned(roll_deg=70), FRAME, PoorReason.TILTED),
    ],
)
def test_the_first_thing_wrong_with_where_the_face_is(
    landmarks: F32, frame: tuple[int, ...], reason: PoorReason | None
) -> None:
    assert of(rich(), landmarks.astype(np.float32), frame).reason is reason


def test_of_several_reasons_the_first_in_order_is_given() -> None:
    dark = np.zeros(FRAME, np.uint8)
    assert of(dark, turned(yaw_deg=60, roll_deg=70)).reason is PoorReason.TURNED_AWAY
    assert of(dark, turned(roll_deg=70)).reason is PoorReason.TILTED


@given(st.floats(-35, 35), st.floats(-30, 30))
def test_angles_have_the_right_sign_and_about_the_right_size(yaw: float, roll: float) -> None:
    """Own left is the picture's right; clockwise is positive."""
    found_yaw, _, found_roll = pose_deg(turned(yaw_deg=yaw, roll_deg=roll))
    assert found_yaw == pytest.approx(yaw, abs=4 + 0.25 * abs(yaw))
    assert found_roll == pytest.approx(roll, abs=6)


@given(st.floats(-30, 30))
def test_looking_up_is_positive(pitch: float) -> None:
    rest = pose_deg(turned())[1]
    _, found, _ = pose_deg(turned(pitch_deg=pitch))
    assert found - rest == pytest.approx(pitch, abs=3 + 0.4 * abs(pitch))


@given(st.floats(0.3, 8.0), st.floats(-3.1, 3.1), st.floats(-900, 900), st.floats(-900, 900))
def test_size_and_place_do_not_change_the_pose(
    scale: float, turn: float, x: float, y: float
) -> None:
    lean = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    points = turned(yaw_deg=15, pitch_deg=8)
    moved = (points @ lean.T * scale + [x, y]).astype(np.float32)
    here, there = pose_deg(points), pose_deg(moved)
    assert there[:2] == pytest.approx(here[:2], abs=0.2)
    turned_by = (there[2] - here[2] - np.degrees(turn) + 180) % 360 - 180
    assert turned_by == pytest.approx(0, abs=0.2)


def test_landmarks_on_one_point_are_no_error() -> None:
    assert np.isfinite(pose_deg(np.full((6, 2), 50, np.float32))).all()


def test_less_focus_is_less_sharpness_whatever_the_light() -> None:
    sharp = of(rich()).sharpness
    values = [
        of(np.asarray(cv2.GaussianBlur(rich(), (0, 0), sigma), np.uint8)).sharpness
        for sigma in (1, 2, 3, 5)
    ]
    assert [sharp, *values] == sorted([sharp, *values], reverse=True)
    assert of(rich(contrast=0.5)).sharpness == pytest.approx(sharp, rel=0.15)


@pytest.mark.parametrize("limit", [Limit(12, 48), Limit(45, 10)])
def test_a_limit_runs_from_poor_to_fine_in_either_direction(limit: Limit) -> None:
    assert limit.share(limit.poor) == 0
    assert limit.share(limit.fine) == 1
    assert limit.share((limit.poor + limit.fine) / 2) == pytest.approx(0.5)
    assert limit.share(2 * limit.poor - limit.fine) == 0
    assert limit.share(2 * limit.fine - limit.poor) == 1


@given(st.floats(0.2, 3.0), st.floats(60, 170), st.floats(0.5, 1.0))
def test_scores_lie_between_nought_and_one_and_poor_faces_have_none(
    size: float, brightness: float, contrast: float
) -> None:
    landmarks = (FRONTAL * size).astype(np.float32)
    quality = of(rich(brightness, contrast), landmarks, (600, 600, 3))
    assert 0.0 <= score(quality) <= 1.0
    assert quality.good or score(quality) == 0.0
    assert quality.good == (quality.eye_distance_px >= EYE_DISTANCE_PX.poor)


def test_a_small_face_scores_lower_than_a_large_one() -> None:
    large = of(rich(), (FRONTAL * 3).astype(np.float32), (600, 600, 3))
    small = of(rich(), (FRONTAL * 0.5).astype(np.float32), (600, 600, 3))
    assert score(large) > 0.8 > score(small) > 0.0


def test_every_demo_picture_is_good_and_faces_where_its_name_says(portraits: Portraits) -> None:
    """The names tell directions as the viewer sees them; "up" and "down" tell the forehead's."""
    found = {name: in_picture(*portrait) for name, portrait in portraits.items()}
    assert all(quality.good for quality in found.values())
    people = {name.split("/")[0] for name in found}
    yaws = [found[f"{one}/right"].yaw_deg - found[f"{one}/left"].yaw_deg for one in people]
    pitches = [found[f"{one}/down"].pitch_deg - found[f"{one}/up"].pitch_deg for one in people]
    assert np.median(yaws) > 5
    assert np.median(pitches) > 5


@pytest.mark.shared
def test_nearly_every_webcam_picture_is_good(near: Detector, shared: Path) -> None:
    paths = sorted((shared / "faces" / "webcam" / "real").glob("*/*.webp"))[::4]
    assert len(paths) >= 30
    verdicts = []
    for path in paths:
        rgb = read(path)
        verdicts.append(in_picture(rgb, near.detect(rgb)[0]).good)
    assert np.mean(verdicts) >= 0.95
