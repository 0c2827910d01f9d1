from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.types import Landmark
from faceapp.vision.align import align
from faceapp.vision.detect.near import NearDetector
from faceapp.vision.geometry import apply, scale_of
from faceapp.vision.template import POINTS, TEMPLATE, WEIGHTS
from tests.helpers.examples import examples
from tests.vision.made import FRONTAL, Portraits, face_at, similarity, texture


def test_a_face_that_lies_on_the_template_is_cut_out_as_it_is() -> None:
    landmarks = FRONTAL.copy()
    landmarks[list(POINTS)] = TEMPLATE
    rgb = texture(112, 112)
    chip = align(rgb, face_at(landmarks))
    assert np.allclose(chip.matrix, [[1, 0, 0], [0, 1, 0]], atol=1e-4)
    assert np.abs(chip.rgb.astype(int) - rgb).max() <= 1


@given(st.floats(-0.7, 0.7), st.floats(0.2, 6.0), st.floats(-2000, 3000), st.floats(-2000, 3000))
def test_the_matrix_brings_the_points_home_from_everywhere(
    angle: float, scale: float, x: float, y: float
) -> None:
    landmarks = FRONTAL.copy()
    landmarks[list(POINTS)] = TEMPLATE
    face = face_at(apply(similarity(angle, scale, x, y), landmarks))
    chip = align(np.zeros((48, 64, 3), np.uint8), face)
    assert np.allclose(apply(chip.matrix, face.landmarks[list(POINTS)]), TEMPLATE, atol=0.1)
    assert scale_of(chip.matrix) == pytest.approx(1.0 / scale, rel=1e-3)


@settings(max_examples=examples(30))
@given(st.floats(-0.6, 0.6), st.floats(1.0, 2.0))
def test_turning_and_enlarging_the_picture_leaves_the_chip_alone(
    angle: float, scale: float
) -> None:
    rgb = texture(300, 300, seed=4)
    landmarks = FRONTAL + 94
    step = similarity(angle, scale, 0, 0)
    step[:, 2] = 300 - step[:, :2] @ np.array([150, 150])
    turned = np.asarray(
        cv2.warpAffine(rgb, step, (600, 600), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
    one = align(rgb, face_at(landmarks))
    other = align(turned, face_at(apply(step, landmarks)))
    assert np.abs(one.rgb.astype(int) - other.rgb).mean() < 2.0


def test_beyond_the_frame_its_edge_is_repeated() -> None:
    rgb = np.full((80, 80, 3), 90, np.uint8)
    chip = align(rgb, face_at(FRONTAL - np.float32(60)))
    assert (chip.rgb == 90).all()


def test_neither_ears_nor_box_nor_score_move_the_chip() -> None:
    rgb = texture(200, 200)
    other = FRONTAL.copy()
    other[[Landmark.RIGHT_EAR, Landmark.LEFT_EAR]] += 30
    assert np.array_equal(align(rgb, face_at(FRONTAL)).rgb, align(rgb, face_at(other)).rgb)


def test_the_template_is_symmetric_and_cannot_be_changed() -> None:
    mirrored = TEMPLATE[[1, 0, 2, 3]] * [-1, 1] + [111, 0]
    assert np.allclose(mirrored, TEMPLATE, atol=0.02)
    assert len(WEIGHTS) == len(TEMPLATE) == len(POINTS)
    with pytest.raises(ValueError, match="read-only"):
        TEMPLATE[0, 0] = 1.0


def test_chips_of_real_faces_have_their_features_at_the_template(
    portraits: Portraits, models: Path
) -> None:
    """Found again in the chip, framed by a border, the points lie where the template has them."""
    detector = NearDetector(models / "mediapipe")
    misses = []
    for rgb, face in portraits.values():
        chip = align(rgb, face)
        frame = cv2.copyMakeBorder(chip.rgb, *(56,) * 4, cv2.BORDER_REPLICATE)
        found = detector.detect(np.asarray(frame, np.uint8))
        assert len(found) == 1
        misses.append(found[0].landmarks[list(POINTS)] - 56 - TEMPLATE)
    detector.close()
    assert np.abs(np.median(misses, axis=0)).max() < 3.0
    assert np.abs(misses).mean() < 3.0
