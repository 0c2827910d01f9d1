"""A picture that can wait gets a second look where the first finds nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.types import U8, RangeMode
from faceapp.vision.detect import Detector, for_pictures, open_detector
from faceapp.vision.detect.patient import SMALL_PX, PatientDetector
from tests.vision.made import not_needed


@pytest.fixture
def near(models: Path) -> Iterator[Detector]:
    opened = open_detector(RangeMode.NEAR, models)
    yield opened
    opened.close()


@pytest.fixture
def patient(near: Detector, models: Path) -> Iterator[Detector]:
    opened = for_pictures(RangeMode.NEAR, near, models)
    yield opened
    opened.close()


def photograph(demo_people: Path, face_px: int) -> U8:
    """Somebody far away in a picture of 4000x3000."""
    path = demo_people / "P01 - Clara Bennett" / "front.jpg"
    portrait = np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR_RGB), np.uint8)
    rgb = np.full((3000, 4000, 3), 120, np.uint8)
    small = cv2.resize(portrait, (face_px, face_px), interpolation=cv2.INTER_AREA)
    rgb[1400 : 1400 + face_px, 2300 : 2300 + face_px] = small
    return rgb


def test_a_small_face_in_a_large_photograph_is_found(
    near: Detector, patient: Detector, demo_people: Path
) -> None:
    rgb = photograph(demo_people, 480)
    assert near.detect(rgb) == ()
    (face,) = patient.detect(rgb)
    assert 2300 < face.box.x < face.box.x + face.box.width < 2780
    assert 1400 < face.box.y < face.box.y + face.box.height < 1880


def test_what_the_first_look_finds_is_the_answer(near: Detector, demo_people: Path) -> None:
    rgb = photograph(demo_people, 1600)
    (seen,), (again,) = near.detect(rgb), PatientDetector(near, not_needed).detect(rgb)
    assert np.array_equal(seen.landmarks, again.landmarks)


@pytest.mark.parametrize("side_px", [SMALL_PX, 2000])
def test_nobody_is_found_where_nobody_is(patient: Detector, side_px: int) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (side_px // 20, side_px // 20, 3), np.uint8)
    assert patient.detect(noise.repeat(20, axis=0).repeat(20, axis=1)) == ()


def test_a_small_picture_needs_no_second_look(near: Detector) -> None:
    empty = np.full((SMALL_PX // 2, SMALL_PX, 3), 120, np.uint8)
    assert PatientDetector(near, not_needed).detect(empty) == ()


def test_far_needs_no_second_look(models: Path) -> None:
    far = open_detector(RangeMode.FAR, models)
    assert for_pictures(RangeMode.FAR, far, models) is far
    far.close()
