from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from faceapp.runtime.pace import LOOK_EVERY_S, REST_AFTER_S, Pace

FPS = 30


def looks(pace: Pace, times: Iterable[float], faces: bool = False) -> list[float]:
    """Show frames of these times; return those that are looked at."""
    looked = []
    for t_s in times:
        if pace.is_due(t_s):
            pace.looked(t_s, faces=faces)
            looked.append(t_s)
    return looked


def seconds(first: float, last: float) -> list[float]:
    """Return the times of frames from ``first`` to just before ``last``."""
    return [first + index / FPS for index in range(round((last - first) * FPS))]


def test_every_frame_counts_until_nobody_was_there_for_a_while() -> None:
    pace = Pace()
    every = seconds(100.0, 100.0 + REST_AFTER_S)
    assert looks(pace, every) == every
    rest = looks(pace, seconds(111.0, 121.0))
    steps = [after - before for before, after in pairwise(rest)]
    assert min(steps) > LOOK_EVERY_S
    assert max(steps) < LOOK_EVERY_S + 1 / FPS
    assert len(rest) < 0.3 * len(seconds(111.0, 121.0))


def test_a_face_makes_every_frame_count_again() -> None:
    pace = Pace()
    looks(pace, seconds(0.0, 20.0))
    assert len(looks(pace, [21.0], faces=True)) == 1
    after = seconds(21.1, 21.0 + REST_AFTER_S)
    assert looks(pace, after) == after


def test_whoever_stays_is_looked_at_in_every_frame() -> None:
    every = seconds(0.0, 3 * REST_AFTER_S)
    assert looks(Pace(), every, faces=True) == every


def test_a_slow_camera_keeps_all_its_frames() -> None:
    every = [index / 5 for index in range(100)]
    assert looks(Pace(), every) == every


def test_times_that_start_over_are_looked_at() -> None:
    pace = Pace()
    looks(pace, seconds(50.0, 70.0))
    again = seconds(0.0, REST_AFTER_S)
    assert looks(pace, again) == again
