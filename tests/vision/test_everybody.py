"""A picture in which everybody is looked for: nobody in front hides who is behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.types import U8, Face, RangeMode
from faceapp.vision.detect import Detector, for_everybody, for_pictures
from faceapp.vision.detect.everybody import EverybodyDetector
from faceapp.vision.detect.patient import SMALL_PX
from tests.vision.made import not_needed, read


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
        x, y = at % columns * step, at // columns * step
        small = cv2.resize(
            portraits[at % len(portraits)], (face_px, face_px), interpolation=cv2.INTER_AREA
        )
        rgb[y : y + face_px, x : x + face_px] = small
    if front:
        rgb[:800, -800:] = cv2.resize(portraits[0], (800, 800))
    return rgb


def small(faces: tuple[Face, ...]) -> int:
    return sum(face.box.width < 300 for face in faces)


def test_somebody_near_does_not_hide_the_others(
    near: Detector, everybody: Detector, models: Path, demo_people: Path
) -> None:
    rgb = crowd(demo_people, 6, 1, 150, front=True)
    enrolling = for_pictures(RangeMode.NEAR, near, models)
    (large,) = enrolling.detect(rgb)
    enrolling.close()
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


def test_a_small_picture_needs_no_second_look(near: Detector, demo_people: Path) -> None:
    everybody = EverybodyDetector(near, not_needed)
    shrunk = cv2.resize(crowd(demo_people, 2, 1, 400), (SMALL_PX, SMALL_PX // 2))
    rgb = np.asarray(shrunk, np.uint8)
    boxes = [face.box for face in everybody.detect(rgb)]
    assert boxes == [face.box for face in near.detect(rgb)]


@pytest.mark.parametrize("side_px", [SMALL_PX, 2000])
def test_nobody_is_found_where_nobody_is(everybody: Detector, side_px: int) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (side_px // 20, side_px // 20, 3), np.uint8)
    assert everybody.detect(noise.repeat(20, axis=0).repeat(20, axis=1)) == ()
