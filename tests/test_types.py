"""The values that cross boundaries: boxes, rows of an FMR table, arrays that are checked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.types import (
    F32,
    MIN_ERRORS,
    Box,
    CameraState,
    FmrRow,
    check_and_freeze,
    check_array,
    unit_rows,
)

sides = st.integers(0, 40)
places = st.integers(-50, 50)
boxes = st.builds(Box, places, places, sides, sides)


def test_a_box_knows_its_area_and_centre() -> None:
    assert Box(10, 20, 30, 40).area == 1200
    assert Box(10, 20, 30, 40).centre == (25, 40)


@pytest.mark.parametrize(
    ("other", "common", "iou"),
    [
        (Box(0, 0, 10, 10), 100, 1.0),
        (Box(5, 0, 10, 10), 50, 1 / 3),
        (Box(2, 2, 5, 5), 25, 0.25),
        (Box(10, 0, 10, 10), 0, 0.0),
        (Box(20, 20, 10, 10), 0, 0.0),
        (Box(5, 5, 0, 0), 0, 0.0),
        (Box(8, 8, -4, -4), 0, 0.0),  # what no face is, but a model may say
    ],
)
def test_two_boxes_have_a_common_area_and_an_iou(other: Box, common: float, iou: float) -> None:
    assert Box(0, 0, 10, 10).common_area(other) == common
    assert Box(0, 0, 10, 10).iou(other) == pytest.approx(iou)


@given(boxes, boxes)
def test_sharing_is_the_same_both_ways_and_never_more_than_either(one: Box, other: Box) -> None:
    common = one.common_area(other)
    assert common == other.common_area(one)
    assert common <= min(one.area, other.area)
    assert 0.0 <= one.iou(other) <= 1.0
    assert one.iou(other) == other.iou(one)
    assert one.iou(one) == (1.0 if one.area else 0.0)


@pytest.mark.parametrize(
    ("row", "reliable"),
    [
        (FmrRow(0.3, 1e-6, MIN_ERRORS * 10**6), True),
        (FmrRow(0.3, 1e-6, (MIN_ERRORS - 1) * 10**6), False),
        (FmrRow(0.3, MIN_ERRORS / 7_919_003, 7_919_003), True),  # whatever the product rounds to
    ],
)
def test_a_row_is_reliable_from_thirty_false_matches_on(row: FmrRow, reliable: bool) -> None:
    assert row.reliable is reliable


def test_only_finite_vectors_of_length_one_are_unit_rows() -> None:
    good = [0.6, 0.8]
    rows = np.array(
        [good, [0.6, 0.9], [0, 0], [np.nan, 1], [np.inf, 0], [3e38, 3e38], good], np.float32
    )
    assert unit_rows(rows).tolist() == [True, False, False, False, False, False, True]
    assert unit_rows(rows[:0]).tolist() == []


@pytest.mark.parametrize(
    ("array", "named"),
    [
        (np.zeros((2, 4), np.float32), r"float32 \(2, 4\)"),
        (np.zeros(3, np.float32), r"float32 \(3,\)"),
        (np.zeros((2, 3), np.float64), r"float64 \(2, 3\)"),
    ],
)
def test_an_array_of_another_shape_or_kind_is_refused(array: F32, named: str) -> None:
    for check in (check_array, check_and_freeze):
        with pytest.raises(ValueError, match=rf"points: expected float32 .*, got {named}"):
            check("points", array, (None, 3), np.float32)
    assert array.flags.writeable


def test_only_what_is_frozen_becomes_read_only() -> None:
    array = np.zeros((2, 3), np.float32)
    check_array("points", array, (None, 3), np.float32)
    assert array.flags.writeable
    check_and_freeze("points", array, (None, 3), np.float32)
    assert not array.flags.writeable


def test_a_camera_delivers_when_it_is_well_or_slow() -> None:
    assert [state for state in CameraState if state.delivers] == [CameraState.OK, CameraState.SLOW]
