from __future__ import annotations

import threading
from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtGui import QImage

from faceapp.types import CameraState, Frame, FrameResult, Sighting
from faceapp.ui.feed import Feed, picture

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def result(index: int, latency_ms: float | None = 5.0) -> FrameResult:
    frame = Frame(np.zeros((4, 6, 3), np.uint8), index / 10, AT, index)
    return FrameResult(frame, (), latency_ms)


class Told:
    """What a feed told, in order."""

    def __init__(self) -> None:
        self.pictures = 0
        self.facts: list[object] = []
        self.sightings: list[Sighting] = []
        self.feed = Feed(self.sightings.append, self._pictured, self._told, self._told)
        self.hooks = self.feed.hooks()

    def _pictured(self, feed: object) -> None:
        assert feed is self.feed
        self.pictures += 1

    def _told(self, feed: object, fact: object) -> None:
        assert feed is self.feed
        self.facts.append(fact)


def colour(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    found = image.pixelColor(x, y)
    return found.red(), found.green(), found.blue()


def test_the_newest_picture_wins_and_one_event_is_in_flight() -> None:
    told = Told()
    for index in range(100):
        told.hooks.on_result(result(index))
    assert told.pictures == 1
    shown = told.feed.take()
    assert shown is not None
    assert shown.result.frame.index == 99
    assert told.feed.take() is None
    told.hooks.on_result(result(100))
    assert told.pictures == 2


def test_no_fact_is_lost() -> None:
    told = Told()
    error = ValueError("x")
    for state in (CameraState.OPENING, CameraState.OK, CameraState.LOST):
        told.hooks.on_state(state)
    told.hooks.on_failure(error)
    assert told.facts == [CameraState.OPENING, CameraState.OK, CameraState.LOST, error]


def test_between_two_threads_the_last_picture_always_arrives() -> None:
    arrived = threading.Event()
    last = 2_000
    feed = Feed(lambda _: None, lambda _: arrived.set(), lambda *_: None, lambda *_: None)
    hooks = feed.hooks()
    made = [result(index) for index in range(last + 1)]

    def produce() -> None:
        for one in made:
            hooks.on_result(one)

    producer = threading.Thread(target=produce)
    producer.start()
    newest = -1
    while newest < last:
        assert arrived.wait(10), f"no event after picture {newest}"
        arrived.clear()
        shown = feed.take()
        if shown is not None:
            assert shown.result.frame.index > newest
            newest = shown.result.frame.index
    producer.join()


def test_speed_is_that_of_the_pictures() -> None:
    told = Told()
    assert told.feed.speed() is None
    for index in range(11):
        told.hooks.on_result(result(index))
    speed = told.feed.speed()
    assert speed is not None
    assert (speed.fps, speed.latency_ms) == pytest.approx((10.0, 5.0))
    assert told.feed.speed() is None


def test_pictures_that_were_not_looked_at_are_shown_but_have_no_latency() -> None:
    told = Told()
    for index in range(12):
        told.hooks.on_result(result(index, latency_ms=5.0 if index % 4 == 0 else None))
    shown, speed = told.feed.take(), told.feed.speed()
    assert shown is not None
    assert shown.result.frame.index == 11
    assert speed is not None
    assert (speed.fps, speed.latency_ms) == pytest.approx((10.0, 5.0))
    for index in range(3):
        told.hooks.on_result(result(index, latency_ms=None))
    speed = told.feed.speed()
    assert speed is not None
    assert speed.fps == pytest.approx(10.0)
    assert speed.latency_ms is None


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_picture_keeps_its_colours_and_is_perhaps_turned_over(mirrored: bool) -> None:
    rgb = np.random.default_rng(1).integers(0, 255, (5, 7, 3), np.uint8)
    image = picture(rgb, mirrored=mirrored)
    assert (image.width(), image.height()) == (7, 5)
    columns = reversed(range(7)) if mirrored else range(7)
    for x, column in enumerate(columns):
        assert colour(image, x, 3) == tuple(int(value) for value in rgb[3, column])


def test_a_picture_does_not_share_the_frames_memory() -> None:
    rgb = np.zeros((4, 4, 3), np.uint8)
    image = picture(rgb, mirrored=False)
    rgb[:] = 255
    assert colour(image, 0, 0) == (0, 0, 0)


def test_people_see_themselves_as_in_a_mirror() -> None:
    told = Told()
    rgb = np.zeros((4, 6, 3), np.uint8)
    rgb[:, 0] = 255
    told.hooks.on_result(FrameResult(Frame(rgb, 0.0, AT, 0), (), 5.0))
    shown = told.feed.take()
    assert shown is not None
    assert (colour(shown.image, 0, 0), colour(shown.image, 5, 0)) == ((0,) * 3, (255,) * 3)
