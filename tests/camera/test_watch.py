from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.camera.watch import FIRST_PICTURE_S, CameraWatch
from faceapp.types import CameraState
from tests.camera.fakes import picture


def watched(interval_s: float, seconds: float) -> tuple[CameraWatch, float]:
    """A watch that saw new pictures for so long, and when the last one came."""
    watch, t_s = CameraWatch(0.0), 0.0
    for number in range(int(seconds / interval_s)):
        t_s += interval_s
        watch.saw(picture(number), t_s)
    return watch, t_s


def test_a_camera_that_delivers_is_ok() -> None:
    watch, t_s = watched(1 / 30, 3)
    assert watch.state(t_s) is CameraState.OK
    assert watch.state(t_s + 0.3) is CameraState.OK


def test_before_the_first_picture_it_is_opening_for_a_while() -> None:
    watch = CameraWatch(10.0)
    assert watch.state(10.0 + FIRST_PICTURE_S - 0.1) is CameraState.OPENING
    assert watch.state(10.0 + FIRST_PICTURE_S) is CameraState.LOST


def test_silence_is_told_within_a_second() -> None:
    watch, t_s = watched(1 / 30, 3)
    assert watch.state(t_s + 0.95) is CameraState.LOST


def test_the_same_picture_again_and_again_is_told_within_a_second() -> None:
    watch, t_s = watched(1 / 30, 3)
    same = watch.last_picture
    assert same is not None
    news = [watch.saw(same.copy(), t_s + k / 30) for k in range(1, 28)]
    assert not any(news)
    assert watch.state(t_s + 27 / 30) is CameraState.FROZEN


def test_a_new_picture_ends_the_frost() -> None:
    watch, t_s = watched(1 / 30, 3)
    same = watch.last_picture
    assert same is not None
    for k in range(1, 40):
        watch.saw(same, t_s + k / 30)
    assert watch.saw(picture(9999), t_s + 40 / 30)
    assert watch.state(t_s + 40 / 30) is CameraState.OK


def test_a_picture_repeated_now_and_then_is_no_frost() -> None:
    watch = CameraWatch(0.0)
    for k in range(90):
        watch.saw(picture(k // 2), k / 30)
    assert watch.state(3.0) is CameraState.OK


def test_where_still_scenes_repeat_exactly_frost_takes_longer() -> None:
    watch = CameraWatch(0.0, frozen_after_s=20.0)
    for k in range(30 * 19):
        watch.saw(picture(1), k / 30)
    assert watch.state(19.0) is CameraState.OK
    for k in range(30 * 19, 30 * 21):
        watch.saw(picture(1), k / 30)
    assert watch.state(21.0) is CameraState.FROZEN


@pytest.mark.parametrize("brightness", [0, 5, 12])
def test_black_is_told_within_a_second(brightness: int) -> None:
    watch, t_s = watched(1 / 30, 3)
    for k in range(1, 25):
        watch.saw(picture(k, brightness), t_s + k / 30)
    assert watch.state(t_s + 25 / 30) is CameraState.BLACK


def test_a_closed_shutter_is_black_not_frozen() -> None:
    watch = CameraWatch(0.0)
    for k in range(60):
        watch.saw(np.zeros((48, 64, 3), np.uint8), k / 30)
    assert watch.state(2.0) is CameraState.BLACK


def test_a_dark_room_with_a_lamp_is_not_black() -> None:
    watch = CameraWatch(0.0)
    for k in range(60):
        dark = picture(k, 4)
        dark[8:24, 8:24] = 200
        watch.saw(dark, k / 30)
    assert watch.state(2.0) is CameraState.OK


def test_four_pictures_a_second_are_slow() -> None:
    watch, t_s = watched(1 / 4, 4)
    assert watch.state(t_s) is CameraState.SLOW


def test_one_picture_a_second_is_slow_and_not_lost() -> None:
    watch, t_s = watched(1.0, 6)
    assert watch.state(t_s + 0.95) is CameraState.SLOW
    assert watch.state(t_s + 3) is CameraState.LOST


def test_a_burst_of_240_a_second_is_ok_and_remembers_little() -> None:
    watch, t_s = watched(1 / 240, 5)
    assert watch.state(t_s) is CameraState.OK
    assert len(watch._arrivals_s) <= 242


def test_after_reopening_the_old_picture_is_no_news() -> None:
    before, _ = watched(1 / 30, 1)
    old = before.last_picture
    assert old is not None
    watch = CameraWatch(10.0, old)
    assert not watch.saw(old.copy(), 10.1)
    assert watch.state(10.1) is CameraState.OPENING
    for k in range(30):
        watch.saw(old.copy(), 10.1 + k / 30)
    assert watch.state(11.0) is CameraState.FROZEN


def test_a_picture_of_another_size_is_news() -> None:
    watch = CameraWatch(0.0)
    assert watch.saw(np.zeros((48, 64, 3), np.uint8), 0.1)
    assert watch.saw(np.zeros((24, 32, 3), np.uint8), 0.2)


@given(
    gaps_s=st.lists(st.floats(0.002, 0.7), min_size=1, max_size=80),
    same=st.lists(st.booleans(), min_size=80, max_size=80),
)
def test_whatever_came_before_silence_and_frost_end_ok_within_the_limit(
    gaps_s: list[float], same: list[bool]
) -> None:
    watch, t_s, number = CameraWatch(0.0), 0.0, 0
    for gap_s, repeated in zip(gaps_s, same, strict=False):
        t_s += gap_s
        number += not repeated
        watch.saw(picture(number), t_s)
    patience_s = max(0.8, 2.5 * max(gaps_s))
    assert watch.state(t_s + patience_s + 0.01) is CameraState.LOST
