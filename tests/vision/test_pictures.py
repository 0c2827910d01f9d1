"""Pictures that can wait get a second look, and nobody in front hides who is behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.types import U8, Face, RangeMode
from faceapp.vision.detect import Detector, for_everybody, for_pictures
from faceapp.vision.detect.pictures import (
    SMALL_PX,
    EverybodyDetector,
    LateDetector,
    PatientDetector,
)
from tests.vision.made import paste, read


def not_needed() -> Detector:
    """Stand where a second look is opened that nobody may ask for."""
    raise AssertionError("a second look was taken")


@pytest.fixture
def patient(near: Detector, models: Path) -> Iterator[Detector]:
    opened = for_pictures(RangeMode.NEAR, near, models)
    yield opened
    opened.close()


def photograph(demo_people: Path, face_px: int) -> U8:
    """Somebody far away in a picture of 4000x3000."""
    rgb = np.full((3000, 4000, 3), 120, np.uint8)
    paste(read(demo_people / "P01 - Clara Bennett" / "front.jpg"), rgb, 2300, 1400, face_px)
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
    (seen,), (again,) = (
        near.detect(rgb),
        PatientDetector(near, LateDetector(not_needed)).detect(rgb),
    )
    assert np.array_equal(seen.landmarks, again.landmarks)


def test_a_small_picture_without_anybody_needs_no_second_look(near: Detector) -> None:
    empty = np.full((SMALL_PX // 2, SMALL_PX, 3), 120, np.uint8)
    assert PatientDetector(near, LateDetector(not_needed)).detect(empty) == ()


def test_far_needs_no_second_look(far: Detector, models: Path) -> None:
    assert for_pictures(RangeMode.FAR, far, models) is far


@pytest.fixture
def everybody(near: Detector, models: Path) -> Iterator[Detector]:
    opened = for_everybody(RangeMode.NEAR, near, models)
    yield opened
    opened.close()


def crowd(demo_people: Path, columns: int, rows: int, face_px: int, *, front: bool = False) -> U8:
    """Rows of small portraits, and perhaps a large one before them, at the right."""
    portraits = [read(path) for path in sorted(demo_people.glob("*/front.jpg"))]
    step = face_px + face_px // 5
    rgb = np.full((max(rows * step, 800), columns * step + 800 * front, 3), 120, np.uint8)
    for at in range(columns * rows):
        left, top = at % columns * step, at // columns * step
        paste(portraits[at % len(portraits)], rgb, left, top, face_px)
    if front:
        rgb[:800, -800:] = cv2.resize(portraits[0], (800, 800))
    return rgb


def small(faces: tuple[Face, ...]) -> int:
    return sum(face.box.width < 300 for face in faces)


def test_somebody_near_does_not_hide_the_others(
    patient: Detector, everybody: Detector, demo_people: Path
) -> None:
    rgb = crowd(demo_people, 6, 1, 150, front=True)
    (large,) = patient.detect(rgb)
    found = everybody.detect(rgb)
    assert len(found) == 7
    assert np.array_equal(found[0].landmarks, large.landmarks)
    assert small(found) == 6


def test_more_than_sixty_in_one_picture_are_found(
    everybody: Detector, far: Detector, models: Path, demo_people: Path
) -> None:
    rgb = crowd(demo_people, 12, 7, 90)
    assert len(far.detect(rgb)) <= 60
    assert len(everybody.detect(rgb)) == 84
    wide = for_everybody(RangeMode.FAR, far, models)
    assert len(wide.detect(rgb)) == 84
    wide.close()


def test_a_small_picture_of_people_needs_no_second_look(near: Detector, demo_people: Path) -> None:
    everybody = EverybodyDetector(near, LateDetector(not_needed))
    shrunk = cv2.resize(crowd(demo_people, 2, 1, 400), (SMALL_PX, SMALL_PX // 2))
    rgb = np.asarray(shrunk, np.uint8)
    boxes = [face.box for face in everybody.detect(rgb)]
    assert boxes == [face.box for face in near.detect(rgb)]


@pytest.mark.parametrize("side_px", [SMALL_PX, 2000])
def test_nobody_is_found_where_nobody_is(
    patient: Detector, everybody: Detector, side_px: int
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (side_px // 20, side_px // 20, 3), np.uint8)
    rgb = noise.repeat(20, axis=0).repeat(20, axis=1)
    assert patient.detect(rgb) == everybody.detect(rgb) == ()
