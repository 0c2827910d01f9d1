from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise, repeat

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.camera.steady import LONGEST_START_S, LONGEST_WAIT_S, STALE_CALL_S, SteadyCamera
from faceapp.errors import CameraBusy, CameraError, CameraLost, CameraNotFound
from faceapp.types import CameraState, Frame
from tests.camera.fakes import Port, Step, picture, pictures
from tests.helpers.clock import HandClock
from tests.helpers.examples import examples

Finds = list[list[Step] | CameraError]


class Bench:
    """A steady camera on a scripted port, and what was seen of it."""

    def __init__(self, finds: Finds, then: list[Step] | CameraError | None = None) -> None:
        self.clock = HandClock()
        last: Iterator[list[Step] | CameraError] = repeat(
            then if then is not None else CameraNotFound(source="0")
        )
        self.port = Port(self.clock, chain(finds, last), self._look)
        self.camera = SteadyCamera("0", self.port.open, self.clock)
        self.frames: list[Frame] = []
        self.seen: list[tuple[float, CameraState]] = []

    def run(self, seconds: float) -> Bench:
        until_s = self.clock.t_s + seconds
        while self.clock.t_s < until_s:
            frame = self.camera.read()
            self._look()
            if frame is not None:
                self.frames.append(frame)
        return self

    def _look(self) -> None:
        self.seen.append((self.clock.t_s, self.camera.state))

    def first_s(self, state: CameraState) -> float:
        return next(t_s for t_s, seen in self.seen if seen is state)


def test_it_opens_at_the_first_read_and_not_before() -> None:
    bench = Bench([pictures(60)])
    assert bench.camera.state is CameraState.OPENING
    assert bench.port.tried_s == []
    bench.run(1)
    assert bench.camera.state is CameraState.OK
    assert bench.camera.name == "0"
    assert [frame.index for frame in bench.frames] == list(range(len(bench.frames)))
    assert len(bench.frames) >= 29


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (CameraNotFound(source="0"), CameraState.MISSING),
        (CameraBusy(source="0"), CameraState.BUSY),
        (CameraLost(source="0"), CameraState.LOST),
    ],
)
def test_what_keeps_it_from_opening_is_its_state(error: CameraError, state: CameraState) -> None:
    bench = Bench([error]).run(0.4)
    assert bench.camera.state is state
    assert bench.frames == []


def test_it_tries_again_after_half_a_second_and_then_ever_less_often() -> None:
    bench = Bench([]).run(60)
    waits = [round(after - before, 1) for before, after in pairwise(bench.port.tried_s)]
    assert waits[:6] == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]
    assert max(waits) == LONGEST_WAIT_S


def test_it_comes_back_when_the_camera_does() -> None:
    missing: Finds = [CameraNotFound(source="0")] * 3
    bench = Bench([*missing, pictures(300)]).run(8)
    assert bench.camera.state is CameraState.OK
    assert len(bench.frames) > 60


def test_after_a_good_while_the_first_wait_is_short_again() -> None:
    bench = Bench([*[CameraNotFound(source="0")] * 4, [*pictures(120), Step(lost=True)]]).run(25)
    lost_s = bench.first_s(CameraState.LOST)
    assert bench.port.tried_s[5] - lost_s <= 0.6


def test_a_camera_that_fails_at_once_is_not_hammered() -> None:
    bench = Bench([], then=[*pictures(3), Step(lost=True)]).run(60)
    assert len(bench.port.tried_s) < 14


def test_an_unplugged_camera_is_lost_within_a_second_and_reopened() -> None:
    bench = Bench([pictures(90), pictures(900, first=500)])
    bench.run(2.9)
    gone_s = bench.frames[-1].t_s
    bench.run(6)
    assert bench.first_s(CameraState.LOST) - gone_s <= 1.0
    assert bench.port.opened[0].closed == 1
    assert bench.camera.state is CameraState.OK


def test_a_driver_that_repeats_its_last_picture_is_frozen_and_no_frame_of_it_passes() -> None:
    last = picture(89)
    bench = Bench([[*pictures(90), *repeat(Step(last), 300)]]).run(5)
    assert len(bench.frames) == 90
    assert bench.first_s(CameraState.FROZEN) - bench.frames[-1].t_s <= 1.0
    assert bench.port.opened[0].closed == 1


def test_a_driver_still_frozen_after_reopening_gives_nothing() -> None:
    last = picture(89)
    frozen = [Step(last)] * 3000
    bench = Bench([[*pictures(90), *frozen]], then=frozen).run(30)
    assert len(bench.frames) == 90
    assert CameraState.OK not in {state for t_s, state in bench.seen if t_s > 1010}


def test_black_is_shown_but_does_not_reopen() -> None:
    bench = Bench([[*pictures(60), *pictures(300, first=100, brightness=3)]]).run(6)
    assert bench.camera.state is CameraState.BLACK
    assert len(bench.port.tried_s) == 1


def test_a_slow_camera_is_slow_and_kept() -> None:
    bench = Bench([pictures(40, fps=1)]).run(30)
    assert bench.camera.state is CameraState.SLOW
    assert len(bench.port.tried_s) == 1
    assert len(bench.frames) >= 28


@pytest.mark.parametrize("takes_s", [STALE_CALL_S + 0.5, 6.0, LONGEST_START_S - 0.5])
def test_a_camera_that_is_slow_to_start_works(takes_s: float) -> None:
    start = Step(picture(500), takes_s=takes_s)
    bench = Bench([[start, *pictures(60)]], then=[start, *pictures(60)]).run(takes_s + 1.5)
    assert len(bench.port.tried_s) == 1
    assert bench.camera.state is CameraState.OK
    assert len(bench.frames) >= 40


def test_a_camera_that_hangs_at_every_start_is_not_hammered() -> None:
    hangs = [Step(picture(500), takes_s=LONGEST_START_S + 1)]
    bench = Bench([], then=hangs).run(60)
    waits = [after - before - LONGEST_START_S - 1 for before, after in pairwise(bench.port.tried_s)]
    assert bench.frames == []
    assert [round(wait, 1) for wait in waits[:3]] == [0.5, 1.0, 2.0]


def test_a_read_that_hangs_does_not_hang_the_state() -> None:
    bench = Bench([[*pictures(60), Step(picture(777), takes_s=60.0)], pictures(300, first=900)])
    bench.run(65)
    last_s = bench.frames[59].t_s
    in_the_hang = {state for t_s, state in bench.seen if last_s + 7 < t_s < last_s + 60}
    assert in_the_hang == {CameraState.LOST}
    assert bench.camera.state is CameraState.OK


def test_what_a_hanging_driver_lets_go_of_is_not_passed_on() -> None:
    stuck = picture(777)
    bench = Bench([[*pictures(60), Step(stuck, takes_s=60.0)], pictures(300, first=900)]).run(70)
    assert not any(np.array_equal(frame.rgb, stuck) for frame in bench.frames)
    assert len(bench.frames) > 60


def test_a_camera_that_raises_is_reopened() -> None:
    error = CameraLost(source="0")
    bench = Bench([[*pictures(30), Step(error=error)], pictures(300, first=500)]).run(4)
    assert bench.camera.state is CameraState.OK
    assert bench.port.opened[0].closed == 1


def test_after_the_machine_slept_the_camera_is_reopened_before_anything_is_passed_on() -> None:
    bench = Bench([pictures(300), pictures(300, first=600)]).run(1)
    passed = len(bench.frames)
    bench.clock.move(3600)
    bench.run(0.5)
    assert len(bench.port.tried_s) == 2
    assert np.array_equal(bench.frames[passed].rgb, picture(600))


def test_a_slow_opening_is_not_taken_for_sleep() -> None:
    bench = Bench([pictures(300)])
    bench.port.takes_s = 30.0
    bench.run(35)
    assert len(bench.port.tried_s) == 1
    assert len(bench.frames) > 100


def test_setting_the_system_clock_does_no_harm() -> None:
    bench = Bench([pictures(300), pictures(300, first=600)]).run(1)
    bench.clock.wall = bench.clock.wall.replace(year=2024)
    bench.run(1)
    assert bench.camera.state is CameraState.OK


def test_a_change_of_resolution_is_passed_on() -> None:
    small = [Step(picture(k, size=(16, 12))) for k in range(100, 160)]
    bench = Bench([[*pictures(30), *small]]).run(2)
    assert {frame.rgb.shape[:2] for frame in bench.frames} == {(24, 32), (12, 16)}


def test_closed_it_stays_closed() -> None:
    bench = Bench([pictures(300)]).run(1)
    bench.camera.close()
    bench.camera.close()
    assert bench.camera.state is CameraState.STOPPED
    assert bench.camera.read() is None
    assert bench.port.opened[0].closed == 1


STEPS = st.one_of(
    st.builds(lambda n: pictures(n % 60 + 1, first=n * 100), st.integers(0, 500)),
    st.builds(lambda n: [Step(picture(n))] * 40, st.integers(0, 3)),
    st.builds(lambda n: pictures(n, first=7000, brightness=2), st.integers(1, 40)),
    st.sampled_from(
        [
            [Step(takes_s=0.5)] * 8,
            [Step(picture(5), takes_s=30.0)],
            [Step(picture(6), takes_s=STALE_CALL_S * 2)],
            [Step(error=CameraLost(source="0"))],
            [Step(lost=True)],
        ]
    ),
)
FINDS = st.one_of(
    st.lists(STEPS, max_size=6).map(lambda parts: [step for part in parts for step in part]),
    st.sampled_from([CameraNotFound(source="0"), CameraBusy(source="0")]),
)


@settings(max_examples=examples(40))
@given(st.lists(FINDS, max_size=5))
def test_whatever_happens_no_stale_frame_passes_and_it_comes_back(finds: Finds) -> None:
    bench = Bench(finds, then=pictures(300, first=1_000_000, fps=10))
    while len(bench.port.tried_s) <= len(finds):
        bench.run(1)
    bench.run(5)
    for before, after in pairwise(bench.frames):
        assert not np.array_equal(before.rgb, after.rgb)
        assert after.t_s > before.t_s
        assert after.index == before.index + 1
    assert bench.camera.state is CameraState.OK
    assert bench.clock.t_s - bench.frames[-1].t_s < 0.2
